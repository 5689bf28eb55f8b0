/**
 * ListPoliciesForTarget.
 *
 * Source   API reference of AWS Organizations, ListPoliciesForTarget.
 */
import type {
  ListPoliciesForTargetCommandInput,
  ListPoliciesForTargetCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findTarget, policyKind } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showSummary } from '../show-organization';

export function listPoliciesForTarget(
  state: WorldState,
  caller: Caller,
  input: ListPoliciesForTargetCommandInput,
): Omit<ListPoliciesForTargetCommandOutput, '$metadata'> {
  const kind = policyKind(input.Filter);
  const target = findTarget(findAdministered(state, caller), input.TargetId);
  const page = pageOf(
    target.policies.filter((policy) => policy.kind === kind),
    input.MaxResults,
    input.NextToken,
    {
      service: 'organizations',
      operation: 'ListPoliciesForTarget',
      parent: `${target.id} ${kind}`,
      keyOf: ({ id }) => id,
    },
  );
  return given({ Policies: page.items.map(showSummary), NextToken: page.nextToken });
}
