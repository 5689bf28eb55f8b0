/**
 * UpdateRecoveryPointIndexSettings.
 *
 * Source   B5.5/1, B7.5/4, B7.6/5. Assumed: the texts.
 */
import type {
  UpdateRecoveryPointIndexSettingsInput,
  UpdateRecoveryPointIndexSettingsOutput,
} from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault, required } from '../find-vault';
import { given } from './shapes';

export function updateRecoveryPointIndexSettings(
  state: WorldState,
  caller: Caller,
  input: UpdateRecoveryPointIndexSettingsInput,
): UpdateRecoveryPointIndexSettingsOutput {
  const { indexes, ledger } = state;
  const vault = findVault(state, caller, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const wanted: string = required(input.Index, 'Index');
  if (wanted !== 'ENABLED' && wanted !== 'DISABLED') {
    throw new AwsFault('InvalidParameterValueException', `Index must be ENABLED or DISABLED, got ${wanted}`);
  }
  if (!indexes.canBeIndexed(row)) {
    throw new AwsFault('InvalidRequestException', 'Recovery point cannot be indexed.');
  }
  ledger.settle();
  const index = indexes.tryFind(row);
  if (wanted === 'DISABLED') {
    if (index !== undefined && index.status !== 'DELETING') {
      indexes.drop(index);
    }
  } else if (index?.status === 'DELETING') {
    throw new AwsFault('InvalidRequestException', 'The index of the recovery point is being deleted.');
  } else if (index === undefined || index.status === 'FAILED') {
    indexes.begin(row, input.IamRoleArn);
  }
  return given({
    BackupVaultName: vault.name,
    RecoveryPointArn: input.RecoveryPointArn,
    IndexStatus: indexes.tryFind(row)?.status,
    Index: wanted,
  });
}
