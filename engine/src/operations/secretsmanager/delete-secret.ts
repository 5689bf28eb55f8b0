/**
 * DeleteSecret.
 *
 * Source   API of Secrets Manager 2017-10-17: 7 to 30 days to bring it back, 30 unless told otherwise; none when forced.
 */
import type { DeleteSecretCommandInput, DeleteSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { DAY, dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findSecret } from '../find-secret';

export function deleteSecret(
  state: WorldState,
  caller: Caller,
  input: DeleteSecretCommandInput,
): Omit<DeleteSecretCommandOutput, '$metadata'> {
  const { SecretId, ForceDeleteWithoutRecovery: forced = false, RecoveryWindowInDays: days } = input;
  if (forced && days !== undefined) {
    const why = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.";
    throw new AwsFault('InvalidParameterException', why);
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    const why = 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).';
    throw new AwsFault('InvalidParameterException', why);
  }
  const secret = findSecret(state, caller, SecretId, forced ? 'too' : 'refused');
  secret.deletedAt = state.now;
  secret.goneAt = state.now + (forced ? 0 : (days ?? 30) * DAY);
  if (forced) {
    state.services.secrets.remove(caller, secret);
  }
  return { ARN: secret.arn, Name: secret.name, DeletionDate: dateOf(secret.goneAt) };
}
