/**
 * GetRestoreTestingInferredMetadata: with what a test would restore a point, were it restored now.
 *
 * Source   B9.3/8.
 */
import type {
  GetRestoreTestingInferredMetadataInput,
  GetRestoreTestingInferredMetadataOutput,
} from '@aws-sdk/client-backup';
import { hex128 } from '../../kernel/ids';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVaultToRead } from '../find-vault';

export function getRestoreTestingInferredMetadata(
  state: WorldState,
  caller: Caller,
  input: GetRestoreTestingInferredMetadataInput,
): GetRestoreTestingInferredMetadataOutput {
  const owner = { ...caller, account: input.BackupVaultAccountId ?? caller.account };
  const vault = findVaultToRead(state, owner, input.BackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const names = [caller.account, caller.region, input.RecoveryPointArn ?? ''];
  const digits = hex128(state.seed, { kind: 'inferred-metadata', names, at: state.now });
  const metadata = state.restoreTests.metadataOf(
    row,
    caller.region,
    digits.slice(0, 16),
    parseInt(digits.slice(-8), 16),
  );
  return { InferredMetadata: { ...metadata } };
}
