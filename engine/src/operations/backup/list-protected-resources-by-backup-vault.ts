/**
 * ListProtectedResourcesByBackupVault: what has a recovery point in one vault, by ARN.
 *
 * Source   B1.3 ProtectedResource.
 */
import type {
  ListProtectedResourcesByBackupVaultInput,
  ListProtectedResourcesByBackupVaultOutput,
} from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVaultOfPoints } from '../find-vault';
import { pageOf } from '../page';
import { protectedResources } from '../protected-resource';
import { given } from './shapes';

export function listProtectedResourcesByBackupVault(
  state: WorldState,
  caller: Caller,
  input: ListProtectedResourcesByBackupVaultInput,
): ListProtectedResourcesByBackupVaultOutput {
  const vault = findVaultOfPoints(state, caller, input.BackupVaultName, input.BackupVaultAccountId);
  const page = pageOf(protectedResources(state, caller, vault), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListProtectedResourcesByBackupVault',
    parent: vault.arn,
    keyOf: ({ ResourceArn = '' }) => ResourceArn,
  });
  return given({ Results: page.items, NextToken: page.nextToken });
}
