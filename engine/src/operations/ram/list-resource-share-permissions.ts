/**
 * ListResourceSharePermissions: the default one of each kind of resource that a share has.
 *
 * Source   API of AWS RAM 2018-01-04, ListResourceSharePermissions; AWS Backup developer guide, "Administrator tasks" of
 *          multi-party approval (the permission of teams).
 */
import type {
  ListResourceSharePermissionsCommandInput,
  ListResourceSharePermissionsCommandOutput,
} from '@aws-sdk/client-ram';
import { ApprovalTeam } from '../../domain/approval-team';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findShare } from '../share';

/** Assumed: the name of that of vaults, as those of other kinds of resources are made, and what teams are called. */
const PERMISSIONS = {
  vault: { name: 'AWSRAMDefaultPermissionBackupVault', resourceType: 'backup:BackupVault' },
  team: { name: 'AWSRAMMPAApprovalTeamAccess', resourceType: 'mpa:ApprovalTeam' },
} as const;

export function listResourceSharePermissions(
  state: WorldState,
  caller: Caller,
  input: ListResourceSharePermissionsCommandInput,
): Omit<ListResourceSharePermissionsCommandOutput, '$metadata'> {
  const share = findShare(state, caller, input.resourceShareArn);
  const kinds = new Set([...share.resources].map((one) => (one instanceof ApprovalTeam ? 'team' : 'vault')));
  return {
    permissions: [...kinds]
      .map((kind) => PERMISSIONS[kind])
      .map(({ name, resourceType }) => ({
        arn: `arn:${caller.partition}:ram::aws:permission/${name}`,
        version: '1',
        defaultVersion: true,
        name,
        resourceType,
        status: 'ASSOCIATED',
        isResourceTypeDefault: true,
      })),
  };
}
