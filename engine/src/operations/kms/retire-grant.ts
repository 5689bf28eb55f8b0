/**
 * RetireGrant. Who may is a matter of the grant, and decided before (authorize.ts).
 *
 * Source   KMS API reference, RetireGrant.
 */
import type { RetireGrantCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { endGrant, findRetired } from '../find-grant';

export function retireGrant(state: WorldState, caller: Caller, input: RetireGrantCommandInput): void {
  endGrant(state, findRetired(state, caller, input));
}
