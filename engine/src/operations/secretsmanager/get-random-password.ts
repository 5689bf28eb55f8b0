/**
 * GetRandomPassword.
 *
 * Source   API of Secrets Manager 2017-10-17. Each call draws another one.
 */
import type { GetRandomPasswordCommandInput, GetRandomPasswordCommandOutput } from '@aws-sdk/client-secrets-manager';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { password } from '../find-secret';

export function getRandomPassword(
  state: WorldState,
  caller: Caller,
  input: GetRandomPasswordCommandInput,
): Omit<GetRandomPasswordCommandOutput, '$metadata'> {
  const place = placeOf(caller);
  const count = state.ledger.particulars.nth(`random-password ${place}`);
  return { RandomPassword: password(state.seed, [place, `${count}`], input) };
}
