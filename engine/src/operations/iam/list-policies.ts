/**
 * ListPolicies: those of the account and those that AWS manages, as far as the World carries them.
 *
 * Source   IAM API reference, ListPolicies.
 */
import type { ListPoliciesCommandInput, ListPoliciesCommandOutput } from '@aws-sdk/client-iam';
import { awsManagedArns } from '../../domain/policy/aws-managed';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { readManagedPolicy } from '../find-identity';
import { showPolicy } from '../show-identity';

export function listPolicies(
  state: WorldState,
  caller: Caller,
  input: ListPoliciesCommandInput,
): Omit<ListPoliciesCommandOutput, '$metadata'> {
  const { roles } = state.ledger;
  const own = roles.policiesOf(caller).map((policy) => showPolicy(policy, roles.usersOfPolicy(policy.arn)));
  const managed = awsManagedArns(caller.partition).map((arn) =>
    showPolicy(readManagedPolicy(state, caller, arn), roles.usersOfPolicy(arn)),
  );
  const all = [...(input.Scope === 'AWS' ? [] : own), ...(input.Scope === 'Local' ? [] : managed)]
    .filter(({ Path = '/' }) => Path.startsWith(input.PathPrefix ?? '/'))
    .filter(({ AttachmentCount = 0 }) => input.OnlyAttached !== true || AttachmentCount > 0);
  // The list shows neither descriptions nor tags (Source: IAM API reference, ListPolicies).
  const briefly = all.map(({ Description: _description, Tags: _tags, ...policy }) => policy);
  const page = pageOf(briefly, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListPolicies',
    keyOf: ({ Arn = '' }) => Arn,
  });
  return given({ Policies: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
