import { OrganizationVault } from '@holdfast/cdktf';

test('names the vault of each member account, in the Region of the plan', () => {
  expect(OrganizationVault.ofMemberAccount('main')).toEqual({
    backupVaultName: 'main',
    backupVaultArn: 'arn:aws:backup:$region:$account:backup-vault:main',
  });
});

test('names the vault of each member account in another Region, in the partition of that', () => {
  expect(OrganizationVault.ofMemberAccountIn('cn-north-1', 'copies')).toEqual({
    backupVaultName: 'copies',
    backupVaultArn: 'arn:aws-cn:backup:cn-north-1:$account:backup-vault:copies',
  });
});
