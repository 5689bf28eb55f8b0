import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { BackupKey, BackupKeyReplica, SourceKeyGrants } from '@holdfast/cdktf';
import { TerraformProvider, TerraformStack } from 'cdktf';

const OTHER = '444455556666';
const ADMIN = 'arn:aws:iam::111122223333:role/terraform';

/** Keys and vaults with every property. */
export function declareEveryVault(stack: TerraformStack, west: TerraformProvider): void {
  declareEveryKey(stack, west);
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
