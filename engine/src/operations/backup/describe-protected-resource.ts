/**
 * DescribeProtectedResource.
 *
 * Source   B1.3 ProtectedResource. Assumed: what has no recovery point answers ResourceNotFoundException, and its text.
 */
import type { DescribeProtectedResourceInput, DescribeProtectedResourceOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { protectedResources } from '../protected-resource';

export function describeProtectedResource(
  state: WorldState,
  caller: Caller,
  input: DescribeProtectedResourceInput,
): DescribeProtectedResourceOutput {
  const arn = required(input.ResourceArn, 'ResourceArn');
  const found = protectedResources(state, caller).find((one) => one.ResourceArn === arn);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Resource ${arn} has no recovery point.`);
  }
  return found;
}
