import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import {
  BackupKey,
  BackupKeyReplica,
  CopyDestination,
  LogicallyAirGappedVault,
  Plan,
  RestoreAccessVault,
  SourceKeyGrants,
  Vault,
  VaultCopyTarget,
  VaultEncryption,
} from '@holdfast/cdktf';
import { VaultCopySource, VaultPurpose } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';

/** Makes a provider that plans without a call to AWS. */
type Offline = (stack: TerraformStack, region: string, alias: string) => TerraformProvider;

const OTHER = '444455556666';
const KEY = 'arn:aws:kms:eu-west-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const REPLICATED = 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab';
const ADMIN = 'arn:aws:iam::111122223333:role/terraform';

/** Keys and vaults with every property. */
export function declareEveryVault(stack: TerraformStack, west: TerraformProvider, offline: Offline): void {
  declareEveryKey(stack, west);
  declareEveryAirGappedVault(stack, west);
  declareEveryCopy(stack, offline);
  const forensic = new Vault(stack, 'EveryForensic', {
    backupVaultName: 'forensic',
    purpose: VaultPurpose.FORENSIC,
    vaultLock: { maxRetentionDays: 400, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    copiesInFrom: [
      VaultCopySource.account(OTHER),
      VaultCopySource.organization('o-a1b2c3d4e5'),
      VaultCopySource.organizationPath('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'),
    ],
    copiesOutTo: [VaultCopyTarget.vault(Vault.fromBackupVaultName(stack, 'EveryByName', 'evidence', west))],
    forceDestroy: true,
    preventDestroy: false,
  });
  forensic.allowCopiesTo(VaultCopyTarget.organizationPath('o-a1b2c3d4e5/*'));
  forensic.notifyFailures('Email', { protocol: 'email', endpoint: 'backups@example.com' });
  new Vault(stack, 'EveryCheap', {
    backupVaultName: 'cheap',
    encryption: VaultEncryption.awsManaged(),
    notificationTopicArn: 'arn:aws:sns:eu-west-1:111122223333:backups',
    provider: west,
  }).notifyFailures('Queue', {
    protocol: 'sqs',
    endpoint: 'arn:aws:sqs:eu-west-1:111122223333:backups',
    filterPolicy: { EventType: ['BACKUP_JOB'] },
  });
}

function declareEveryAirGappedVault(stack: TerraformStack, west: TerraformProvider): void {
  new RestoreAccessVault(stack, 'EveryAccess', {
    sourceBackupVaultArn: `arn:aws:backup:eu-west-1:${OTHER}:backup-vault:gapped`,
    backupVaultName: 'access',
    requesterComment: 'drill',
    mpaApprovalTeamArn: `arn:aws:mpa:us-east-1:${OTHER}:approval-team/restore-a1b2c3d4`,
    revokeOnDestroy: true,
    tags: { owner: 'platform' },
    provider: west,
  });
  const gapped = new LogicallyAirGappedVault(stack, 'EveryGapped', {
    backupVaultName: 'gapped',
    minRetentionDays: 7,
    maxRetentionDays: 400,
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassPrincipalArns: [ADMIN],
    copiesInFrom: [VaultCopySource.organization('o-a1b2c3d4e5')],
    copiesOutTo: [],
    notificationEvents: ['COPY_JOB_FAILED'],
    createTimeoutMinutes: 30,
    preventDestroy: false,
    tags: { owner: 'platform' },
    provider: west,
  });
  gapped.share('Recovery', { accounts: [OTHER], allowExternalPrincipals: true, resourceShareName: 'recovery' });
  gapped.notifyFailures('Email', { protocol: 'email', endpoint: 'backups@example.com' });
}

function declareEveryCopy(stack: TerraformStack, offline: Offline): void {
  const options = {
    backupVaultName: 'copies-of-ledger',
    vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassRoleArns: [ADMIN],
    recoveryRoleName: 'recovery',
    preventDestroy: false,
    tags: { owner: 'platform' },
  };
  offline(stack, 'eu-north-1', 'eu-north-1');
  const bunker = offline(stack, 'eu-central-1', 'bunker');
  const destinations = [
    CopyDestination.region('eu-north-1', options),
    CopyDestination.region('eu-north-1', { primaryKeyArn: REPLICATED }),
    CopyDestination.region('eu-west-3', { provider: offline(stack, 'eu-west-3', 'paris'), encryptionKeyArn: KEY }),
    CopyDestination.vault(new Vault(stack, 'EveryBunker', { backupVaultName: 'bunker', provider: bunker })),
  ];
  const vault = new Vault(stack, 'EverySource', { backupVaultName: 'source' });
  const copyActions = destinations.map((destination) => ({ destination, deleteAfterDays: 90 }));
  new Plan(stack, 'EveryCopy', {
    backupPlanName: 'copies',
    rules: [{ ruleName: 'daily', vault, deleteAfterDays: 35, copyActions }],
  });
}

function declareEveryKey(stack: TerraformStack, west: TerraformProvider): void {
  const options = {
    description: 'for the ledger',
    adminRoleArns: [ADMIN],
    backupRoleArns: ['arn:aws:iam::111122223333:role/backup'],
    pendingWindowInDays: 14,
    tags: { owner: 'platform' },
  };
  const key = new BackupKey(stack, 'EveryKey', {
    ...options,
    aliasName: 'alias/backup',
    rotationPeriodInDays: 180,
    multiRegion: true,
  });
  key.allowBackupRole('arn:aws:iam::111122223333:role/later');
  key.allowCopiesTo(OTHER);
  new BackupKeyReplica(stack, 'EveryReplica', {
    ...options,
    aliasName: 'alias/backup',
    primaryKeyArn: key.keyArn,
    preventDestroy: false,
    provider: west,
  });
  const grants = { destinationAccounts: [OTHER], backupRoleArns: [ADMIN], trustWholeAccounts: true };
  new SourceKeyGrants(stack, 'EveryGrant', { key, ...grants });
  const plain = new KmsKey(stack, 'PlainKey', { enableKeyRotation: true });
  new SourceKeyGrants(stack, 'EveryGrantElsewhere', { key: BackupKey.fromKmsKey(plain), ...grants });
}
