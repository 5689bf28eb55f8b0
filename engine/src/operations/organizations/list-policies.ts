/**
 * ListPolicies.
 *
 * Source   API reference of AWS Organizations, ListPolicies.
 */
import type { ListPoliciesCommandInput, ListPoliciesCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, policyKind } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showSummary } from '../show-organization';

export function listPolicies(
  state: WorldState,
  caller: Caller,
  input: ListPoliciesCommandInput,
): Omit<ListPoliciesCommandOutput, '$metadata'> {
  const kind = policyKind(input.Filter);
  const policies = [...findAdministered(state, caller).policies.values()].filter((policy) => policy.kind === kind);
  const page = pageOf(policies, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListPolicies',
    parent: kind,
    keyOf: ({ id }) => id,
  });
  return given({ Policies: page.items.map(showSummary), NextToken: page.nextToken });
}
