import { BackupKey, BackupKeyReplica, CopyDestination, Plan, SourceKeyGrants, Vault } from '@holdfast/cdk';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';

const PRIMARY = 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab';
const WAIVERS = [{ rule: 'key-pending-window', path: '*', reason: 'shows a waiver in the template' }];

/** Declares keys, their replicas and what copies need of them, with every property. */
export function declareEveryKey(stack: Stack): void {
  const backupRoles = [roleOf(stack, 'Backup')];
  const common = {
    description: 'Encrypts the backups of the ledger',
    adminRoles: [roleOf(stack, 'Deployment')],
    backupRoles,
    pendingWindow: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
    tags: { owner: 'platform' },
    waivers: WAIVERS,
  };
  const key = new BackupKey(stack, 'Key', {
    ...common,
    aliasName: 'alias/ledger',
    rotationPeriod: Duration.days(180),
    multiRegion: true,
  });
  key.allowBackupRole(roleOf(stack, 'Restore'));
  key.allowCopiesTo('444455556666');
  const replica = new BackupKeyReplica(stack, 'Replica', {
    ...common,
    aliasName: 'alias/ledger-replica',
    primaryKeyArn: PRIMARY,
  });
  replica.allowBackupRole(roleOf(stack, 'RestoreElsewhere'));
  replica.allowCopiesTo('444455556666');
  new SourceKeyGrants(stack, 'Grants', {
    key: new BackupKey(stack, 'Source').key,
    backupRoles,
    destinationAccounts: ['444455556666'],
    trustWholeAccounts: true,
    waivers: WAIVERS,
  });
}

/** Declares copies to everywhere, with every property. */
export function declareEveryCopy(stack: Stack): void {
  const elsewhere = backup.BackupVault.fromBackupVaultArn(
    stack,
    'Elsewhere',
    'arn:aws:backup:eu-north-1:111122223333:backup-vault:elsewhere',
  );
  const common = {
    backupVaultName: 'second',
    supportStackName: 'ledger-copies',
    vaultLock: { minRetentionDays: 30, maxRetentionDays: 400, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassRoleArns: ['arn:aws:iam::111122223333:role/break-glass'],
    recoveryRoleName: 'ledger-recovery',
    removalPolicy: RemovalPolicy.RETAIN,
    tags: { owner: 'platform' },
  };
  const destinations = [
    CopyDestination.vault(elsewhere),
    CopyDestination.region('eu-west-1', { ...common, primaryKeyArn: PRIMARY }),
    CopyDestination.account('444455556666', {
      ...common,
      region: 'eu-west-1',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      organizationId: 'o-a1b2c3d4e5',
      createServiceLinkedRole: true,
    }),
    CopyDestination.account('777788889999'),
  ];
  const plan = new Plan(stack, 'Copied', {
    backupPlanName: 'copied',
    rules: [
      {
        ruleName: 'monthly',
        vault: new Vault(stack, 'Origin', { backupVaultName: 'origin' }).backupVault,
        deleteAfter: Duration.days(365),
        moveToColdStorageAfter: Duration.days(90),
        copyActions: destinations.map((destination) => ({
          destination,
          moveToColdStorageAfter: Duration.days(30),
          deleteAfter: Duration.days(365),
          optInToArchiveForSupportedResources: true,
        })),
      },
    ],
  });
  plan.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'copied' }, role: roleOf(stack, 'Selected') });
}

function roleOf(stack: Stack, id: string): iam.IRole {
  return iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`);
}
