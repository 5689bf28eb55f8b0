import { BackupVault, Environment } from '@holdfast/model';
import { handDeletion } from '../../../engine/src/report/hand-deletion';

const ENV: Environment = { partition: 'aws-cn', account: '111122223333', region: 'cn-north-1' };
const ARN = 'arn:aws-cn:backup:cn-north-1:111122223333:backup-vault:main';
const DENY = { Version: '2012-10-17', Statement: [] };

function vault(more: Partial<BackupVault>): BackupVault {
  return { backupVaultName: 'main', env: ENV, ...more };
}

// prettier-ignore
const ROWS: [what: string, vault: BackupVault, says: RegExp][] = [
  ['no lock, no policy',     vault({}),                                                        /^whoever has backup:DeleteRecoveryPoint/],
  ['an access policy',       vault({ accessPolicy: DENY }),                                    /access policy and IAM let, as the vault has no lock/],
  ['governance mode',        vault({ vaultLock: { minRetentionDays: 7 } }),                    /^whoever may remove the lock/],
  ['a lock past its date',   vault({ vaultLock: { changeableForDays: 0 } }),                   /^nobody: the lock is in compliance mode/],
  ['compliance mode',        vault({ vaultLock: { changeableForDays: 3 }, accessPolicy: DENY }),/^nobody, once the 3 days/],
];

test.each(ROWS)('who may delete from a vault with %s', (_, declared, says) => {
  expect(handDeletion({ vaults: [declared] }, ARN)).toMatch(says);
});

test('nobody deletes from a logically air-gapped vault', () => {
  const airGapped = { backupVaultName: 'main', env: ENV, minRetentionDays: 7, maxRetentionDays: 30 };
  expect(handDeletion({ logicallyAirGappedVaults: [airGapped] }, ARN)).toMatch(/^nobody: /);
});

test('a vault of no artifact is not known', () => {
  expect(handDeletion({ vaults: [vault({ backupVaultName: 'other' })] }, ARN)).toMatch(/^not known/);
});
