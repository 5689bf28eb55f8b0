/**
 * AcceptHandshake: the invited account joins, below the root.
 *
 * Source   API reference of AWS Organizations, AcceptHandshake.
 */
import type { AcceptHandshakeCommandInput, AcceptHandshakeCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { organizationChanged } from '../organization-change';

export function acceptHandshake(
  state: WorldState,
  caller: Caller,
  input: AcceptHandshakeCommandInput,
): Omit<AcceptHandshakeCommandOutput, '$metadata'> {
  const id = required(input.HandshakeId, 'HandshakeId');
  const organization = state.ledger.organizations.list().find((one) => one.invited.get(id) === caller.account);
  if (organization === undefined) {
    throw new AwsFault('HandshakeNotFoundException', `There is no handshake ${id} for this account.`);
  }
  if (state.ledger.organizations.of(caller) !== undefined) {
    throw new AwsFault('HandshakeConstraintViolationException', 'ALREADY_IN_AN_ORGANIZATION');
  }
  organization.invited.delete(id);
  organization.addAccount(caller.account, caller.account, undefined, state.now);
  organizationChanged(state, organization, caller.account, 'account joins');
  return { Handshake: { Id: id, State: 'ACCEPTED', Action: 'INVITE' } };
}
