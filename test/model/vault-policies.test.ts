import { BackupVaultRules, VaultPolicies } from '@holdfast/model';
import { PLAIN, vault } from './rows';

const DEPLOYER = 'arn:aws:iam::123456789012:role/cdk-*-cfn-exec-role-*';
const BREAK_GLASS = 'arn:aws:iam::123456789012:role/break-glass';

test('denies everybody to empty the vault, and nothing that a deployment needs', () => {
  expect(VaultPolicies.denyDelete()).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyEmptyingTheVault',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'backup:DeleteRecoveryPoint',
          'backup:DisassociateRecoveryPoint',
          'backup:DisassociateRecoveryPointFromParent',
          'backup:UpdateRecoveryPointLifecycle',
        ],
        Resource: '*',
      },
    ],
  });
});

test('denies all but the exempt to weaken the vault too', () => {
  const policy = VaultPolicies.denyDelete({ breakGlassPrincipalArns: [BREAK_GLASS, DEPLOYER] });
  const Condition = { ArnNotLike: { 'aws:PrincipalArn': [BREAK_GLASS, DEPLOYER] } };
  expect(policy.Statement).toEqual([
    expect.objectContaining({ Sid: 'DenyEmptyingTheVault', Effect: 'Deny', Condition }),
    {
      Sid: 'DenyWeakeningTheVault',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: [
        'backup:DeleteBackupVault',
        'backup:DeleteBackupVaultAccessPolicy',
        'backup:DeleteBackupVaultLockConfiguration',
        'backup:DeleteBackupVaultNotifications',
        'backup:PutBackupVaultAccessPolicy',
        'backup:PutBackupVaultLockConfiguration',
        'backup:PutBackupVaultNotifications',
      ],
      Resource: '*',
      Condition,
    },
  ]);
});

test('an empty list of the exempt is none', () => {
  expect(VaultPolicies.denyDelete({ breakGlassPrincipalArns: [] })).toEqual(VaultPolicies.denyDelete());
});

test('each policy is one that AWS Backup takes, and plain JSON', () => {
  for (const breakGlassPrincipalArns of [undefined, [BREAK_GLASS]]) {
    const accessPolicy = VaultPolicies.denyDelete({ breakGlassPrincipalArns });
    expect(BackupVaultRules.check(vault({ accessPolicy }), '', PLAIN)).toEqual([]);
    expect(JSON.parse(JSON.stringify(accessPolicy))).toEqual(accessPolicy);
  }
});
