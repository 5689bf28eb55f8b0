// What a copy may do next follows from the key that it is under, rather than from that of its resource.
import { describeCopyJob } from '../../../engine/src/operations/backup/describe-copy-job';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { CMK, ENV, resource, ROLE, until, vault, vaultArn, world } from './stage';

const OTHER = { ...ENV, account: '444455556666' };
const OF_AWS = resource('ebs', 'vol-1', { encryptedWith: `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs` });
const PLAIN = resource('ebs', 'vol-2');
const MANAGED_KEY = "Snapshots encrypted with the AWS managed key can't be shared.";
const GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 365 };

/** What comes of copies of a backup from one vault to the next, each as it is complete: the state and message of the last. */
function copied(of: typeof PLAIN, ...way: string[]) {
  const state = world('2027-01-01', {
    vaults: [
      vault('main'),
      vault('keyed'),
      vault('plain', { encryptionKeyArn: undefined }),
      vault('abroad', { env: OTHER, encryptionKeyArn: CMK.replace(ENV.account, OTHER.account) }),
    ],
    logicallyAirGappedVaults: [GAP],
    resources: [of],
  });
  const Lifecycle = { DeleteAfterDays: 30 };
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: of.arn, IamRoleArn: ROLE, Lifecycle });
  let from = 'main';
  let last;
  for (const [day, to] of way.entries()) {
    until(state, `2027-01-0${day + 2}`);
    const { CopyJobId } = startCopyJob(state, ENV, {
      SourceBackupVaultName: from,
      RecoveryPointArn: state.pointsOf(of.arn).find(({ backupVaultName }) => backupVaultName === from)
        ?.recoveryPointArn,
      DestinationBackupVaultArn: vaultArn(to, to === 'abroad' ? OTHER : ENV),
      IamRoleArn: ROLE,
    });
    until(state, `2027-01-0${day + 2}T12:00:00Z`);
    last = describeCopyJob(state, ENV, { CopyJobId }).CopyJob;
    from = to;
  }
  return [last?.State, last?.StatusMessage ?? ''];
}

// prettier-ignore
test.each<[string, typeof PLAIN, string[], string, string]>([
  ['a snapshot under a key of AWS, abroad',                          OF_AWS, ['abroad'],           'FAILED',    MANAGED_KEY],
  ['its copy under a key of the customer, abroad',                   OF_AWS, ['keyed', 'abroad'],  'COMPLETED', ''],
  ['its copy under a key of the customer, into an air-gapped vault', OF_AWS, ['keyed', 'gap'],     'COMPLETED', ''],
  ['a snapshot under no key, abroad',                                PLAIN,  ['abroad'],           'COMPLETED', ''],
  ['its copy in a vault without a key of its own, abroad',           PLAIN,  ['plain', 'abroad'],  'FAILED',    MANAGED_KEY],
  ['the same, into an air-gapped vault',                             PLAIN,  ['plain', 'gap'],     'FAILED',    'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED'],
])('%s (B6.2/1, B6.3/5, B7.5/3, B13)', (_, of, way, state, message) => {
  expect(copied(of, ...way)).toEqual([state, message]);
});
