import { BackupVaultRules, CopyPlace, CopyPlacePolicies, CopyPlaceRules, RuleCatalog } from '@holdfast/model';
import { ENV, PLAIN, Row, testRows, vault } from './rows';

const KEY = `arn:aws:kms:eu-west-1:${ENV.account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const west = (over: Partial<CopyPlace> = {}): CopyPlace => ({ region: 'eu-west-1', ...over });

// prettier-ignore
const ROWS: Row<CopyPlace>[] = [
  ['copy-destination-region',       'passes', west()],
  ['copy-destination-region',       'passes', { region: 'us-gov-west-1' }],
  ['copy-destination-region',       'fails',  { region: 'Ireland' }, 'destination.region', 'Ireland'],
  ['copy-destination-region',       'fails',  { region: '' }, 'destination.region', 'an empty name'],
  ['copy-destination-account',      'passes', { account: '210987654321' }],
  ['copy-destination-account',      'fails',  { account: '21098765432' }, 'destination.account', '21098765432'],
  ['copy-destination-elsewhere',    'passes', west({ account: ENV.account })],
  ['copy-destination-elsewhere',    'passes', { region: ENV.region, account: '210987654321' }],
  ['copy-destination-elsewhere',    'fails',  { region: ENV.region }, 'destination', `account ${ENV.account} in eu-central-1, which is here`],
  ['copy-destination-elsewhere',    'fails',  { account: ENV.account }, 'destination', `account ${ENV.account} in eu-central-1, which is here`],
  ['copy-destination-key',          'passes', west({ encryptionKeyArn: KEY })],
  ['copy-destination-key',          'passes', west({ primaryKeyArn: KEY })],
  ['copy-destination-key',          'fails',  west({ encryptionKeyArn: KEY, primaryKeyArn: KEY }), 'destination.primaryKeyArn', 'both'],
  ['copy-destination-organization', 'passes', west({ organizationId: 'o-a1b2c3d4e5' })],
  ['copy-destination-organization', 'fails',  west({ organizationId: 'o-a1b2c3d4e' }), 'destination.organizationId', 'o-a1b2c3d4e'],
  ['copy-destination-stack-name',   'passes', west({ supportStackName: `s${'-'.repeat(127)}` })],
  ['copy-destination-stack-name',   'fails',  west({ supportStackName: `s${'-'.repeat(128)}` }), 'destination.supportStackName', `s${'-'.repeat(128)}`],
  ['copy-destination-stack-name',   'fails',  west({ supportStackName: '1st' }), 'destination.supportStackName', '1st'],
  // What form it has is told of at the vault.
  ['copy-destination-vault-name',   'passes', west({ backupVaultName: 'a vault' })],
  ['copy-destination-role-name',    'passes', west({ recoveryRoleName: 'r'.repeat(64) })],
  ['copy-destination-role-name',    'fails',  west({ recoveryRoleName: 'a role' }), 'destination.recoveryRoleName', 'a role'],
  ['copy-destination-role-name',    'fails',  west({ recoveryRoleName: 'r'.repeat(65) }), 'destination.recoveryRoleName', 'r'.repeat(65)],
];

testRows((place: CopyPlace) => CopyPlaceRules.check(place, ENV, 'destination', PLAIN), ROWS);

const TOKENS = { known: (value: unknown) => !String(value).startsWith('token') };

// prettier-ignore
test.each([
  [{ ...ENV, region: 'token' },                    'a stack that leaves its Region open'],
  [{ ...ENV, account: 'token' },                   'a stack that leaves its account open'],
  [{ ...ENV, account: 'token', region: 'token2' }, 'a stack that leaves its account and its Region open'],
])('a place is told from the environment of the plan alone: %j', (env, given) => {
  const [finding, ...more] = CopyPlaceRules.check({ region: 'nowhere' }, env, 'destination', TOKENS);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: 'copy-destination-environment', path: 'destination' });
  expect(finding?.message).toMatch(new RegExp(`, got ${given}$`));
});

test('a stack, a vault and a role cannot be named by a token; all else may be one', () => {
  const names = { supportStackName: 'token', backupVaultName: 'token', recoveryRoleName: 'token' };
  const place = { region: 'token', account: 'token', organizationId: 'token', ...names };
  const findings = CopyPlaceRules.check(place, ENV, '', TOKENS);
  expect(findings.map(({ rule, path, message }) => `${path} ${message} ${rule}`)).toEqual([
    'region must be the name of a Region, known at synthesis, got a value of the deployment copy-destination-region',
    'account must be the id of an account, 12 digits, known at synthesis, got a value of the deployment copy-destination-account',
    'supportStackName must be a letter and up to 127 letters, digits and -, known at synthesis, got a value of the deployment copy-destination-stack-name',
    'backupVaultName must be known at synthesis, as the ARN of the vault is spelled out, got a value of the deployment copy-destination-vault-name',
    'recoveryRoleName must be 1 to 64 letters, digits and _+=,.@-, known at synthesis, got a value of the deployment copy-destination-role-name',
  ]);
});

test('the policies are ones that AWS Backup takes, each for its source alone', () => {
  const account = CopyPlacePolicies.allowAccount('aws', '210987654321');
  const organization = CopyPlacePolicies.allowOrganization('o-a1b2c3d4e5');
  expect(account).toEqual({
    Sid: 'AllowCopiesFrom210987654321',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  });
  expect(organization).toMatchObject({
    Sid: 'AllowCopiesFromOrganization',
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  });
  const accessPolicy = { Version: '2012-10-17', Statement: [account, organization] };
  expect(BackupVaultRules.check(vault({ accessPolicy }), '', PLAIN)).toEqual([]);
});

test('a provider of elsewhere is told with what there is instead', () => {
  expect(CopyPlaceRules.checkProvider('none with the alias west', 'destination.providerAlias')).toMatchObject([
    {
      rule: 'copy-destination-provider',
      path: 'destination.providerAlias',
      message: `must be ${RuleCatalog.find('copy-destination-provider').allowed}, got none with the alias west`,
    },
  ]);
});

test('a destination that makes its vault is told where a rule backs up into it', () => {
  expect(CopyPlaceRules.checkTarget('eu-west-1', 'rules[0].vault')).toMatchObject([
    {
      rule: 'copy-destination-target',
      path: 'rules[0].vault',
      message: `must be ${RuleCatalog.find('copy-destination-target').allowed}, got the destination eu-west-1`,
    },
  ]);
});

test('what is asked otherwise of a vault that was made before is told, and what is left out is not', () => {
  const first = { tags: { owner: 'platform' }, recoveryRoleName: 'recovery' };
  expect(CopyPlaceRules.checkAlike(first, { tags: { owner: 'platform' } }, 'destination')).toEqual([]);
  expect(CopyPlaceRules.checkAlike(first, { tags: undefined }, 'destination')).toEqual([]);
  const later = { tags: { owner: 'data' }, preventDestroy: false };
  expect(CopyPlaceRules.checkAlike(first, later, 'destination').map(({ path, rule }) => [rule, path])).toEqual([
    ['copy-destination-conflict', 'destination.tags'],
    ['copy-destination-conflict', 'destination.preventDestroy'],
  ]);
});
