/**
 * InviteAccountToOrganization.
 *
 * Source   API reference of AWS Organizations, InviteAccountToOrganization.
 */
import type {
  InviteAccountToOrganizationCommandInput,
  InviteAccountToOrganizationCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findManaged } from '../find-organization';
import { hex128 } from '../../kernel/ids';

export function inviteAccountToOrganization(
  state: WorldState,
  caller: Caller,
  input: InviteAccountToOrganizationCommandInput,
): Omit<InviteAccountToOrganizationCommandOutput, '$metadata'> {
  const organization = findManaged(state, caller);
  const account = required(input.Target?.Id, 'Target.Id');
  if (state.ledger.organizations.of({ partition: caller.partition, account }) !== undefined) {
    throw new AwsFault('HandshakeConstraintViolationException', 'ALREADY_IN_AN_ORGANIZATION');
  }
  const Id = `h-${hex128(state.seed, { kind: 'handshake', names: [organization.id, account], at: state.now })}`;
  organization.invited.set(Id, account);
  return { Handshake: { Id, State: 'OPEN', Action: 'INVITE' } };
}
