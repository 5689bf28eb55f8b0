/**
 * EnableSharingWithAwsOrganization, by the management account.
 *
 * Source   API of AWS RAM 2018-01-04.
 */
import type { EnableSharingWithAwsOrganizationResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function enableSharingWithAwsOrganization(
  state: WorldState,
  caller: Caller,
): EnableSharingWithAwsOrganizationResponse {
  if (state.ledger.organizations.of(caller)?.managementAccount !== caller.account) {
    // Assumed: the text.
    throw new AwsFault('OperationNotPermittedException', 'Only the management account of an organization may do this.');
  }
  state.shares.openOrganization(caller.account);
  return { returnValue: true };
}
