/**
 * ListResourceSharePermissions: the default one of the kind of resource that a share has.
 *
 * Source   API of AWS RAM 2018-01-04, ListResourceSharePermissions.
 */
import type {
  ListResourceSharePermissionsCommandInput,
  ListResourceSharePermissionsCommandOutput,
} from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findShare } from '../share';

/** Assumed: the name, as those of other kinds of resources are made. */
const VAULT_PERMISSION = 'AWSRAMDefaultPermissionBackupVault';

export function listResourceSharePermissions(
  state: WorldState,
  caller: Caller,
  input: ListResourceSharePermissionsCommandInput,
): Omit<ListResourceSharePermissionsCommandOutput, '$metadata'> {
  const share = findShare(state, caller, input.resourceShareArn);
  const permissions = share.vaults.size === 0 ? [] : [VAULT_PERMISSION];
  return {
    permissions: permissions.map((name) => ({
      arn: `arn:${caller.partition}:ram::aws:permission/${name}`,
      version: '1',
      defaultVersion: true,
      name,
      resourceType: 'backup:BackupVault',
      status: 'ASSOCIATED',
      isResourceTypeDefault: true,
    })),
  };
}
