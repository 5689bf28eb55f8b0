/**
 * MoveAccount.
 *
 * Source   API reference of AWS Organizations, MoveAccount.
 */
import type { MoveAccountCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findAccount, findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function moveAccount(state: WorldState, caller: Caller, input: MoveAccountCommandInput): void {
  const organization = findManaged(state, caller);
  const account = findAccount(organization, input.AccountId);
  if (account.parent?.id !== input.SourceParentId) {
    throw new AwsFault('SourceParentNotFoundException', `${account.id} is not in ${input.SourceParentId}.`);
  }
  const parent = organization.tryFind(input.DestinationParentId ?? '');
  if (parent === undefined || parent.kind === 'ACCOUNT') {
    throw new AwsFault('DestinationParentNotFoundException', `There is no parent ${input.DestinationParentId}.`);
  }
  account.moveTo(parent);
  organizationChanged(state, organization, account.id, `moved to ${parent.id}`);
}
