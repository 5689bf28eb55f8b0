import {
  GlobalSettings,
  GlobalSettingsRules,
  OrganizationDelegation,
  OrganizationDelegations,
  OrganizationProvision,
  OrganizationProvisionRules,
  OrganizationStackSet,
  OrganizationStackSetRules,
  RegionSettings,
  RegionSettingsRules,
} from '@holdfast/model';
import { ENV, many, PLAIN, Row, testRows } from './rows';

// prettier-ignore
const GLOBAL: Row<GlobalSettings>[] = [
  ['global-settings-empty', 'fails',  {}, 'g.isCrossAccountBackupEnabled', 'none'],
  ['global-settings-empty', 'passes', { isCrossAccountBackupEnabled: false }],
  ['global-settings-empty', 'passes', { isMpaEnabled: true }],
];

testRows((settings) => GlobalSettingsRules.check(settings, 'g', PLAIN), GLOBAL);

test('settings that are not declared are left out', () => {
  expect(GlobalSettingsRules.render({ isMpaEnabled: false, isDelegatedAdministratorEnabled: undefined })).toEqual({
    isMpaEnabled: false,
  });
});

const region = (over: Partial<RegionSettings>): RegionSettings => ({ env: ENV, ...over });

// prettier-ignore
const REGION: Row<RegionSettings>[] = [
  ['region-settings-opt-in-key',     'passes', region({ resourceTypeOptInPreference: { 'SAP HANA on Amazon EC2': true } })],
  ['region-settings-opt-in-key',     'fails',  region({ resourceTypeOptInPreference: { Ebs: true } }), 'r.resourceTypeOptInPreference', 'Ebs'],
  ['region-settings-management-key', 'passes', region({ resourceTypeManagementPreference: { DynamoDB: true } })],
  ['region-settings-management-key', 'fails',  region({ resourceTypeManagementPreference: { EBS: true } }), 'r.resourceTypeManagementPreference', 'EBS'],
];

testRows((settings) => RegionSettingsRules.check(settings, 'r', PLAIN), REGION);

test('names every key once', () => {
  expect(RegionSettingsRules.optInKeys()).toEqual([
    ...[
      'Aurora',
      'CloudFormation',
      'DSQL',
      'DocumentDB',
      'DynamoDB',
      'EBS',
      'EC2',
      'EFS',
      'EKS',
      'FSx',
      'Neptune',
      'RDS',
    ],
    ...['Redshift', 'Redshift Serverless', 'S3', 'SAP HANA on Amazon EC2', 'Storage Gateway', 'Timestream'],
    'VirtualMachine',
  ]);
  expect(RegionSettingsRules.managementKeys()).toEqual(['CloudFormation', 'DSQL', 'DynamoDB', 'EFS']);
});

const delegation = (...accountIds: string[]): OrganizationDelegation => ({
  accountIds,
  organizationId: 'o-a1b2c3d4e5',
  managementAccountId: '999988887777',
});
const account = (index: number) => `11112222333${index}`;

// prettier-ignore
const DELEGATIONS: Row<OrganizationDelegation>[] = [
  ['organization-delegated-administrators', 'fails',  delegation(), 'd.accountIds', '0'],
  ['organization-delegated-administrators', 'passes', delegation(account(0))],
  ['organization-delegated-administrators', 'passes', delegation(...many(5, account))],
  ['organization-delegated-administrators', 'fails',  delegation(...many(6, account)), 'd.accountIds', '6'],
  ['organization-account',                  'passes', delegation(account(0))],
  ['organization-account',                  'fails',  delegation('1111-2222-3333'), 'd.accountIds[0]', '1111-2222-3333'],
];

testRows((declared) => OrganizationDelegations.check(declared, 'd', PLAIN), DELEGATIONS);

// prettier-ignore
const DOCUMENTS: Row<string>[] = [
  ['organization-delegation-size', 'passes', 'x'.repeat(39_998)],
  ['organization-delegation-size', 'fails',  'x'.repeat(39_999), 'd', '40001 characters'],
];

testRows((document) => OrganizationDelegations.checkDocument(document, 'd'), DOCUMENTS);

const stackSet = (over: Partial<OrganizationStackSet>): OrganizationStackSet => ({
  targetIds: ['ou-a1b2-12345678'],
  regions: ['eu-central-1'],
  templateBody: '{}',
  ...over,
});

// prettier-ignore
const STACK_SETS: Row<OrganizationStackSet>[] = [
  ['organization-stack-set-target',  'passes', stackSet({ targetIds: ['r-a1b2', 'ou-a1b2-12345678'] })],
  ['organization-stack-set-target',  'fails',  stackSet({ targetIds: ['111122223333'] }), 's.targetIds[0]', '111122223333'],
  ['organization-stack-set-target',  'fails',  stackSet({ targetIds: [] }), 's.targetIds', 'none'],
  ['organization-stack-set-regions', 'passes', stackSet({})],
  ['organization-stack-set-regions', 'fails',  stackSet({ regions: [] }), 's.regions', 'none'],
  ['organization-stack-set-roles-region', 'passes', stackSet({ rolesRegion: 'eu-central-1' })],
  ['organization-stack-set-roles-region', 'fails',  stackSet({ rolesRegion: 'eu-west-1' }), 's.rolesRegion', 'eu-west-1'],
  ['organization-stack-set-size',    'passes', stackSet({ templateBody: 'x'.repeat(51_200) })],
  ['organization-stack-set-size',    'fails',  stackSet({ templateBody: 'x'.repeat(51_201) }), 's.templateBody', '51201 bytes'],
  ['organization-stack-set-size',    'fails',  stackSet({ templateBody: `${'x'.repeat(51_196)}é€` }), 's.templateBody', '51201 bytes'],
  ['organization-stack-set-size',    'fails',  stackSet({ templateBody: `${'x'.repeat(51_197)}😀` }), 's.templateBody', '51201 bytes'],
];

testRows((declared) => OrganizationStackSetRules.check(declared, 's', PLAIN), STACK_SETS);

const provision = (...roleNames: string[]): OrganizationProvision => ({ backupVaultNames: ['main'], roleNames });

// prettier-ignore
const PROVISIONS: Row<OrganizationProvision>[] = [
  ['organization-role-name', 'passes', provision('HoldfastBackup', 'x'.repeat(64))],
  ['organization-role-name', 'fails',  provision('HoldfastBackup', 'x'.repeat(65)), 'p.roleNames[1]', 'x'.repeat(65)],
  ['organization-role-name', 'fails',  provision('service-role/backup'), 'p.roleNames[0]', 'service-role/backup'],
];

testRows((declared) => OrganizationProvisionRules.check(declared, 'p', PLAIN), PROVISIONS);

describe('the resource policy of an organization', () => {
  interface Statement {
    readonly Sid: string;
    readonly Action: string[];
    readonly Principal: object;
    readonly Resource: string | string[];
    readonly Condition?: object;
  }
  const { Statement: statements } = OrganizationDelegations.backupPolicies(delegation(account(0), account(1))) as {
    Statement: Statement[];
  };

  test('names the accounts and nobody else', () => {
    const AWS = [`arn:aws:iam::${account(0)}:root`, `arn:aws:iam::${account(1)}:root`];
    expect(statements.map(({ Principal }) => Principal)).toEqual(statements.map(() => ({ AWS })));
  });

  test('lets nothing be written but backup policies', () => {
    const writing = statements.filter(({ Action }) => Action.some((action) => !/:(Describe|List)/.test(action)));
    expect(writing.map(({ Sid }) => Sid)).toEqual(['WriteBackupPolicies', 'AttachBackupPolicies', 'TagBackupPolicies']);
    const policies = 'arn:aws:organizations::999988887777:policy/o-a1b2c3d4e5/backup_policy/*';
    for (const { Sid, Resource, Condition } of writing) {
      expect([Resource].flat()).toContain(policies);
      expect([Resource].flat()).not.toContain('*');
      const condition = { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } };
      expect(Condition).toEqual(Sid === 'TagBackupPolicies' ? undefined : condition);
    }
  });

  test('names every action in full, and lets nobody enable or disable types of policies', () => {
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^organizations:[A-Za-z]+$/.test(action))).toEqual([]);
    expect(actions.filter((action) => /PolicyType|Administrator|Organization$/.test(action))).toEqual([
      'organizations:DescribeOrganization',
    ]);
  });

  test('is in the partition of the organization', () => {
    const document = OrganizationDelegations.backupPolicies({ ...delegation(account(0)), partition: 'aws-cn' });
    expect(JSON.stringify(document)).not.toContain('arn:aws:');
  });
});

test('accounts that are tokens are not checked', () => {
  const probe = { known: (value: unknown) => value !== 'token' };
  expect(OrganizationDelegations.check(delegation('token'), '', probe)).toEqual([]);
  expect(OrganizationDelegations.check({ ...delegation(), accountIds: 'token' as never }, '', probe)).toEqual([]);
  const settings = region({ resourceTypeOptInPreference: 'token' as never });
  expect(RegionSettingsRules.check(settings, '', probe)).toEqual([]);
  expect(GlobalSettingsRules.check('token' as never, '', probe)).toEqual([]);
});
