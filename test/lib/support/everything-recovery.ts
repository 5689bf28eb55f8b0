import { CopyBack, RestoreRunbook, Vault } from '@holdfast/cdk';
import { RestoreMetadata } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Stack } from 'aws-cdk-lib/core';

/** Declares a runbook for each resource type, one of them with every property, and the way back with every property. */
export function declareEveryRecovery(stack: Stack): void {
  const copies = new Vault(stack, 'Forensic', { backupVaultName: 'forensic' }).backupVault;
  for (const resourceType of RestoreMetadata.resourceTypes()) {
    new RestoreRunbook(stack, `Restore${resourceType.replace(/ /g, '')}`, { resourceType });
  }
  new RestoreRunbook(stack, 'RestoreInstance', {
    resourceType: 'EC2',
    documentName: 'restore-instance',
    backupVault: copies,
    metadataDefaults: { SubnetId: 'subnet-0123456789abcdef0' },
    timeout: Duration.hours(6),
    passedRoles: [iam.Role.fromRoleName(stack, 'InstanceRole', 'instances')],
    tags: { owner: 'platform' },
    waivers: [{ rule: 'restore-runbook-metadata-key', path: '*', reason: 'shows a waiver in the template' }],
  });
  new RestoreRunbook(stack, 'RestoreByRole', {
    resourceType: 'S3',
    restoreRole: iam.Role.fromRoleName(stack, 'RestoreRoleOfOthers', 'restore'),
  });
  const arn = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:primary';
  new CopyBack(stack, 'CopyBack', {
    source: copies,
    destination: backup.BackupVault.fromBackupVaultArn(stack, 'Workload', arn),
    deleteAfter: Duration.days(30),
    documentName: 'copy-back',
    copyRoleName: 'copy-back',
    tags: { owner: 'platform' },
    waivers: [{ rule: 'copy-action-partition', path: '*', reason: 'shows a waiver in the template' }],
  });
}
