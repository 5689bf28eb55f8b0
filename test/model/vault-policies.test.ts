import {
  BackupVaultRules,
  VaultCopyPlace,
  VaultCopySource,
  VaultCopySourceRules,
  VaultCopyTargetRules,
  VaultPolicies,
} from '@holdfast/model';
import { ENV, PLAIN, Row, testRows, vault, vaultArn } from './rows';

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

const OTHER = '210987654321';
const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*';
const { account } = ENV;

function copiesIn(...sources: VaultCopySource[]) {
  return VaultPolicies.copiesIn({ env: ENV, sources });
}

test('a logically air-gapped vault is kept from being opened to others, too', () => {
  const options = { breakGlassPrincipalArns: [BREAK_GLASS], logicallyAirGapped: true };
  const [, weakening] = VaultPolicies.denyDelete(options).Statement as { Action: string[] }[];
  expect(weakening?.Action).toEqual(
    expect.arrayContaining([
      'backup:AssociateBackupVaultMpaApprovalTeam',
      'backup:DisassociateBackupVaultMpaApprovalTeam',
      'backup:PutBackupVaultSharingPolicy',
      'backup:DeleteBackupVaultSharingPolicy',
    ]),
  );
});

test('copies in from nobody keep every other account out, and hinder neither the own one nor a service', () => {
  expect(VaultPolicies.copiesIn({ env: ENV })).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyCopiesFromOthers',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
        Condition: {
          StringNotEquals: { 'aws:PrincipalAccount': [account] },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
  });
});

test('copies in are allowed to each kind of source, and denied to whoever is in none of them', () => {
  const { Statement } = copiesIn(
    VaultCopySource.account(OTHER),
    VaultCopySource.organization(ORGANIZATION),
    VaultCopySource.organizationPath(UNIT),
  );
  const allow = { Effect: 'Allow', Action: 'backup:CopyIntoBackupVault', Resource: '*' };
  expect(Statement).toEqual([
    { ...allow, Sid: 'AllowCopiesFromAccounts', Principal: { AWS: [`arn:aws:iam::${OTHER}:root`] } },
    {
      ...allow,
      Sid: 'AllowCopiesFromOrganizations',
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': [ORGANIZATION] } },
    },
    {
      ...allow,
      Sid: 'AllowCopiesFromOrganizationPaths',
      Principal: { AWS: '*' },
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [UNIT] } },
    },
    expect.objectContaining({
      Sid: 'DenyCopiesFromOthers',
      Condition: {
        StringNotEquals: { 'aws:PrincipalAccount': [account, OTHER], 'aws:PrincipalOrgID': [ORGANIZATION] },
        'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': [UNIT] },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  ]);
});

test('copies out go to nobody, or to those that are named, and nothing slips through without a target', () => {
  const deny = {
    Sid: 'DenyCopiesToOthers',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'backup:CopyFromBackupVault',
    Resource: '*',
  };
  expect(VaultPolicies.copiesOut([]).Statement).toEqual([deny]);
  expect(VaultPolicies.copiesOut([{ vaultArn: vaultArn('copy') }, { organizationPath: UNIT }]).Statement).toEqual([
    {
      ...deny,
      Condition: {
        'ForAllValues:ArnNotLike': { 'backup:CopyTargets': [vaultArn('copy')] },
        'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': [UNIT] },
      },
    },
  ]);
});

test('joined policies have all their statements', () => {
  const joined = VaultPolicies.join([VaultPolicies.denyDelete(), copiesIn(), VaultPolicies.copiesOut([])]);
  expect((joined.Statement as { Sid: string }[]).map(({ Sid }) => Sid)).toEqual([
    'DenyEmptyingTheVault',
    'DenyCopiesFromOthers',
    'DenyCopiesToOthers',
  ]);
  expect(BackupVaultRules.check(vault({ accessPolicy: joined }), '', PLAIN)).toEqual([]);
});

// prettier-ignore
const SOURCES: Row<VaultCopySource>[] = [
  ['vault-copy-source-organization', 'passes', VaultCopySource.organization(ORGANIZATION)],
  ['vault-copy-source-organization', 'fails',  VaultCopySource.organization('o-a1b2c3d4e'),     'from[0]', 'o-a1b2c3d4e'],
  ['vault-copy-source-organization', 'passes', VaultCopySource.organization(`o-${'a'.repeat(32)}`)],
  ['vault-copy-source-organization', 'fails',  VaultCopySource.organization('r-ab12'),          'from[0]', 'r-ab12'],
  ['vault-copy-source-path',         'passes', VaultCopySource.organizationPath(UNIT)],
  ['vault-copy-source-path',         'passes', VaultCopySource.organizationPath(UNIT.slice(0, -1))],
  ['vault-copy-source-path',         'passes', VaultCopySource.organizationPath(`${ORGANIZATION}/*`)],
  ['vault-copy-source-path',         'passes', VaultCopySource.organizationPath(`${ORGANIZATION}/r-ab12/*`)],
  ['vault-copy-source-path',         'fails',  VaultCopySource.organizationPath(UNIT.slice(0, -2)), 'from[0]', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111'],
  ['vault-copy-source-path',         'fails',  VaultCopySource.organizationPath('ou-ab12-11111111/*'), 'from[0]', 'ou-ab12-11111111/*'],
  ['vault-copy-source-account',      'passes', VaultCopySource.account(OTHER)],
  ['vault-copy-source-account',      'fails',  VaultCopySource.account('21098765432'),           'from[0]', '21098765432'],
];

testRows((source) => VaultCopySourceRules.check([source], 'from', PLAIN), SOURCES);

// prettier-ignore
const PLACES: Row<VaultCopyPlace>[] = [
  ['vault-copy-target-arn',  'passes', { vaultArn: vaultArn('copy') }],
  ['vault-copy-target-arn',  'passes', { vaultArn: 'arn:aws:backup:eu-*:*:backup-vault:*' }],
  ['vault-copy-target-arn',  'fails',  { vaultArn: 'copy' },                              'to[0]', 'copy'],
  ['vault-copy-target-arn',  'fails',  { vaultArn: 'arn:aws:backup:*:*:recovery-point:*' }, 'to[0]', 'arn:aws:backup:*:*:recovery-point:*'],
  ['vault-copy-target-path', 'passes', { organizationPath: UNIT }],
  ['vault-copy-target-path', 'fails',  { organizationPath: UNIT.slice(0, -2) },           'to[0]', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111'],
];

testRows((place) => VaultCopyTargetRules.check([place], 'to', PLAIN), PLACES);
