/**
 * DescribeResourcePolicies of an account and Region.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type {
  DescribeResourcePoliciesCommandInput,
  DescribeResourcePoliciesCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function describeResourcePolicies(
  state: WorldState,
  caller: Caller,
  input: DescribeResourcePoliciesCommandInput,
): Omit<DescribeResourcePoliciesCommandOutput, '$metadata'> {
  const page = pageOf(state.services.messaging.logs.policies.list(caller), input.limit, input.nextToken, {
    service: 'logs',
    operation: 'DescribeResourcePolicies',
    keyOf: ({ name }) => name,
  });
  return given({
    resourcePolicies: page.items.map(({ name, document, updatedAt }) => ({
      policyName: name,
      policyDocument: document,
      lastUpdatedTime: updatedAt,
    })),
    nextToken: page.nextToken,
  });
}
