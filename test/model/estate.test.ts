import {
  BackupPlan,
  Estate,
  EstateRules,
  RegionSettings,
  StatefulResource,
  StatefulResourceRules,
  TagCondition,
} from '@holdfast/model';
import {
  airGapped,
  checkEstate,
  ENV,
  many,
  plan,
  PLAIN,
  resource,
  Row,
  rule,
  selection,
  testRows,
  vault,
} from './rows';

const WEST = { ...ENV, region: 'eu-west-1' };
const renamed = (over: Partial<BackupPlan>): Estate => ({ plans: [plan(), plan({ declaredAt: 'second', ...over })] });
const optIn = (keys: { [key: string]: boolean }): Estate => settings({ resourceTypeOptInPreference: keys });
const managed = (keys: { [key: string]: boolean }): Estate => settings({ resourceTypeManagementPreference: keys });
function settings(over: Partial<RegionSettings>): Estate {
  return { regionSettings: [{ env: ENV, declaredAt: 'settings', ...over }] };
}

// prettier-ignore
const NAMES: Row<Estate>[] = [
  ['vault-name-unique', 'passes', { vaults: [vault(), vault({ env: WEST }), vault({ backupVaultName: 'Main' })] }],
  ['vault-name-unique', 'fails',  { vaults: [vault(), vault({ declaredAt: 'second' })] }, 'second.backupVaultName', 'main again, as in main'],
  ['vault-name-unique', 'fails',  { vaults: [vault()], logicallyAirGappedVaults: [airGapped({ backupVaultName: 'main', declaredAt: 'second' })] }, 'second.backupVaultName', 'main again, as in main'],
  ['vault-quota', 'passes', { vaults: many(300, (i) => vault({ backupVaultName: `v${i}` })) }],
  ['vault-quota', 'fails',  { vaults: many(301, (i) => vault({ backupVaultName: `v${i}` })) }, 'v0', '301'],
  ['vault-quota', 'passes', { vaults: [...many(300, (i) => vault({ backupVaultName: `v${i}` })), vault({ env: WEST })] }],
  ['plan-quota',  'passes', { plans: many(300, (i) => plan({ backupPlanName: `p${i}`, rules: [] })) }],
  ['plan-quota',  'fails',  { plans: many(301, (i) => plan({ backupPlanName: `p${i}`, rules: [] })) }, 'p0', '301'],
  ['plan-document-unique', 'passes', renamed({ backupPlanName: 'other' })],
  ['plan-document-unique', 'passes', renamed({ env: WEST })],
  ['plan-document-unique', 'passes', renamed({ rules: [rule({ startWindowMinutes: 61 })] })],
  ['plan-document-unique', 'fails',  renamed({ selections: [selection({ selectionName: 'other' })] }), 'second', 'those of plan again'],
  ['plan-document-unique', 'fails',  renamed({ tags: { a: 'b' } }), 'second', 'those of plan again'],
  ['plan-name-unique', 'passes', renamed({ backupPlanName: 'other' })],
  ['plan-name-unique', 'passes', renamed({})],
  ['plan-name-unique', 'fails',  renamed({ rules: [rule({ startWindowMinutes: 61 })] }), 'second.backupPlanName', 'plan again, as in plan'],
  ['plan-no-selection', 'passes', { plans: [plan()] }],
  ['plan-no-selection', 'fails',  { plans: [plan({ selections: [] })] },        'plan.selections', '0'],
  ['plan-no-selection', 'fails',  { plans: [plan({ selections: undefined })] }, 'plan.selections', '0'],
  ['region-settings-opt-in-key', 'passes', optIn({ Aurora: true, 'Storage Gateway': false, VirtualMachine: true })],
  ['region-settings-opt-in-key', 'fails',  optIn({ aurora: true }), 'settings.resourceTypeOptInPreference', 'aurora'],
  ['region-settings-management-key', 'passes', managed({ DynamoDB: true, EFS: true })],
  ['region-settings-management-key', 'fails',  managed({ RDS: true }), 'settings.resourceTypeManagementPreference', 'RDS'],
];
testRows(checkEstate, NAMES);

const volume = resource('ebs', 'vol-1', { tags: { stage: 'test' } });
const bucket = resource('s3', 'bucket');
const on = (key: string, value: string): TagCondition[] => [
  { conditionKey: `aws:ResourceTag/${key}`, conditionValue: value },
];
function selected(stringEquals: TagCondition[], over: Estate = {}): Estate {
  const selections = [selection({ conditions: { stringEquals } })];
  return { resources: [volume, bucket], resourcesAreComplete: true, plans: [plan({ selections })], ...over };
}
function optedOut(preference: { [key: string]: boolean }): Estate {
  const selections = [selection({ resources: ['arn:aws:ec2:*'] })];
  const regionSettings = [{ env: ENV, resourceTypeOptInPreference: preference }];
  return { resources: [volume, bucket], plans: [plan({ selections })], regionSettings };
}

// prettier-ignore
const SELECTIONS: Row<Estate>[] = [
  ['selection-matches-nothing', 'passes', selected(on('stage', 'test'))],
  ['selection-matches-nothing', 'fails',  selected(on('stage', 'prod')), 'plan.selections[0]', '0 of 2 resources in 123456789012 eu-central-1'],
  ['selection-matches-nothing', 'passes', selected(on('stage', 'prod'), { resourcesAreComplete: false })],
  ['selection-matches-nothing', 'fails',  selected(on('stage', 'test'), { resources: [] }), 'plan.selections[0]', '0 of 0 resources in 123456789012 eu-central-1'],
  ['selection-opted-out', 'passes', optedOut({ EBS: true })],
  ['selection-opted-out', 'passes', optedOut({ S3: false })],
  ['selection-opted-out', 'fails',  optedOut({ EBS: false }), 'plan.selections[0].resources', `${volume.arn}, opted out`],
];
testRows(checkEstate, SELECTIONS);

const continuous = { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } };
/** Two rules over one bucket and one database. */
function twice(first: object, second: object, resources = [bucket]): Estate {
  const rules = [rule({ ruleName: 'one', ...first }), rule({ ruleName: 'two', ...second })];
  const selections = [selection({ resources: resources.map(({ arn }) => arn) })];
  return { resources, plans: [plan({ rules, selections })] };
}
const shorter = { ...continuous, lifecycle: { deleteAfterDays: 7 } };
const elsewhere = { targetBackupVaultName: 'other' };
const database = resource('rds', 'orders');
const SECOND = 'plan.rules[1].targetBackupVaultName';

// prettier-ignore
const CONTINUOUS: Row<Estate>[] = [
  ['plan-continuous-vaults', 'passes', twice(continuous, continuous)],
  ['plan-continuous-vaults', 'passes', twice(continuous, { ...continuous, ...elsewhere }, [volume])],
  ['plan-continuous-vaults', 'fails',  twice(continuous, { ...continuous, ...elsewhere }), SECOND, 'other, where rule one has main, for bucket'],
  ['plan-continuous-retention', 'passes', twice(continuous, continuous)],
  ['plan-continuous-retention', 'passes', twice(continuous, { ...shorter, ...elsewhere })],
  ['plan-continuous-retention', 'passes', twice(continuous, shorter, [volume])],
  ['plan-continuous-retention', 'fails',  twice(continuous, shorter), 'plan.rules[1].lifecycle.deleteAfterDays', '7 days, where rule one keeps 35 days, for bucket'],
  ['plan-s3-quota', 'passes', twice({}, {}, many(100, (i) => resource('s3', `b${i}`)))],
  ['plan-s3-quota', 'fails',  twice({}, {}, many(101, (i) => resource('s3', `b${i}`))), 'plan.selections', `101 in ${ENV.account}`],
  ['plan-s3-vaults', 'passes', twice(continuous, {})],
  ['plan-s3-vaults', 'passes', twice(continuous, elsewhere, [database])],
  ['plan-s3-vaults', 'fails',  twice(continuous, elsewhere), SECOND, 'other, where rule one has main, for bucket'],
];
testRows(checkEstate, CONTINUOUS);

const machine = resource('virtual-machine', 'vm-1');
/** Two machines, each with what it says of its hypervisor. */
function machines(first: Partial<StatefulResource>, second: Partial<StatefulResource>): Estate {
  return {
    resources: [{ ...machine, ...first }, resource('virtual-machine', 'vm-2', { declaredAt: 'two', ...second })],
  };
}
const H1 = { hypervisorId: 'h-1' };

// prettier-ignore
const GATEWAYS: Row<Estate>[] = [
  ['resource-hypervisor-gateways', 'passes', machines({ ...H1, gatewayCount: 2 }, { ...H1, gatewayCount: 2 })],
  ['resource-hypervisor-gateways', 'passes', machines({ ...H1, gatewayCount: 2 }, { hypervisorId: 'h-2' })],
  ['resource-hypervisor-gateways', 'passes', machines({ ...H1, gatewayCount: 2 }, { ...H1, env: WEST })],
  ['resource-hypervisor-gateways', 'passes', machines({ gatewayCount: 1 }, {})],
  ['resource-hypervisor-gateways', 'fails',  machines({ ...H1, gatewayCount: 2 }, H1), 'two.gatewayCount', `1, where ${machine.arn} has 2`],
  ['resource-hypervisor-gateways', 'fails',  machines({}, { gatewayCount: 3 }),        'two.gatewayCount', `3, where ${machine.arn} has 1`],
];
testRows(checkEstate, GATEWAYS);

// prettier-ignore
const RESOURCES: Row<Partial<StatefulResource>>[] = [
  ['resource-arn', 'passes', {}],
  ['resource-arn', 'fails',  { arn: 'vol-1' },               'r.arn', 'vol-1'],
  ['resource-service', 'passes', { service: 'aurora' }],
  ['resource-service', 'fails',  { service: 'sqs' },         'r.service', 'sqs'],
  ['resource-size', 'passes', { sizeGiB: 0 }],
  ['resource-size', 'fails',  { sizeGiB: -1 },               'r.sizeGiB', '-1'],
  ['resource-daily-change', 'passes', { dailyChangePercent: 100 }],
  ['resource-daily-change', 'fails',  { dailyChangePercent: 101 }, 'r.dailyChangePercent', '101'],
  ['resource-daily-change', 'fails',  { dailyChangePercent: -1 },  'r.dailyChangePercent', '-1'],
  ['resource-object-count', 'passes', { objectCount: 0 }],
  ['resource-object-count', 'fails',  { objectCount: -1 },         'r.objectCount',        '-1'],
  ['resource-object-count', 'fails',  { objectCount: 1.5 },        'r.objectCount',        '1.5'],
  ['resource-maintenance-window', 'passes', { preferredMaintenanceWindow: 'Sun:23:45-mon:00:15' }],
  ['resource-maintenance-window', 'fails',  { preferredMaintenanceWindow: '05:00-05:30' }, 'r.preferredMaintenanceWindow', '05:00-05:30'],
  ['resource-maintenance-window', 'fails',  { preferredMaintenanceWindow: 'mon:24:00-mon:24:30' }, 'r.preferredMaintenanceWindow', 'mon:24:00-mon:24:30'],
  ['resource-windows-vss', 'passes', { windowsVss: 'works' }],
  ['resource-windows-vss', 'passes', { windowsVss: 'unsupported-version' }],
  ['resource-windows-vss', 'fails',  { windowsVss: 'linux' }, 'r.windowsVss', 'linux'],
  ['resource-hypervisor-id', 'passes', { ...machine, hypervisorId: 'h' }],
  ['resource-hypervisor-id', 'passes', { ...machine, hypervisorId: 'h'.repeat(100) }],
  ['resource-hypervisor-id', 'fails',  { ...machine, hypervisorId: '' }, 'r.hypervisorId', 'an empty name'],
  ['resource-hypervisor-id', 'fails',  { ...machine, hypervisorId: 'h'.repeat(101) }, 'r.hypervisorId', 'h'.repeat(101)],
  ['resource-hypervisor-id', 'fails',  { ...machine, hypervisorId: 'hypervisor/hype-1' }, 'r.hypervisorId', 'hypervisor/hype-1'],
  ['resource-hypervisor-id', 'fails',  { hypervisorId: 'hype-1' }, 'r.hypervisorId', 'hype-1 for ebs'],
  ['resource-gateway-count', 'passes', { ...machine, gatewayCount: 1 }],
  ['resource-gateway-count', 'fails',  { ...machine, gatewayCount: 0 },   'r.gatewayCount', '0'],
  ['resource-gateway-count', 'fails',  { ...machine, gatewayCount: 1.5 }, 'r.gatewayCount', '1.5'],
  ['resource-gateway-count', 'fails',  { gatewayCount: 2 }, 'r.gatewayCount', '2 for ebs'],
  ['resource-backup-window', 'passes', { preferredBackupWindow: '23:45-00:15' }],
  ['resource-backup-window', 'fails',  { preferredBackupWindow: '4:00-4:30' }, 'r.preferredBackupWindow', '4:00-4:30'],
  ['resource-automated-backup-days', 'passes', { automatedBackupDays: 0 }],
  ['resource-automated-backup-days', 'passes', { automatedBackupDays: 35 }],
  ['resource-automated-backup-days', 'fails',  { automatedBackupDays: 36 }, 'r.automatedBackupDays', '36'],
  ['resource-automated-backup-days', 'fails',  { automatedBackupDays: -1 }, 'r.automatedBackupDays', '-1'],
];
testRows((over) => StatefulResourceRules.check({ ...volume, ...over }, 'r', PLAIN), RESOURCES);

const fragile = { known: (value: unknown) => value !== 'fragile' || fail() };
function fail(): never {
  throw new Error('the probe broke');
}
// prettier-ignore
const FAILURES: Row<Estate>[] = [
  ['estate-check-failed', 'passes', { vaults: [vault()] }],
  ['estate-check-failed', 'fails',  { vaults: [vault({ backupVaultName: 'fragile' })] }, 'fragile', 'what made a rule throw: Error: the probe broke'],
];
testRows((estate) => EstateRules.check(estate, fragile), FAILURES);

test('a rule that throws hides no other', () => {
  const rules = EstateRules.check(
    { vaults: [vault({ backupVaultName: 'fragile' }), vault({ backupVaultName: 'a' })] },
    fragile,
  );
  expect(rules.map((finding) => finding.rule)).toEqual(['estate-check-failed', 'vault-name']);
});

test('members of another form than AWS has are no reason to throw', () => {
  const odd = (value: unknown) => value as never;
  const strange: Estate = {
    vaults: [vault({ backupVaultName: odd(7), vaultLock: odd('no'), accessPolicy: 5, notifications: odd(1) })],
    plans: [
      plan({ rules: odd('rules'), selections: odd({}), advancedBackupSettings: odd(3) }),
      plan({ rules: [rule({ lifecycle: odd(9), copyActions: odd('x'), recoveryPointTags: odd('ab') })] }),
      plan({ rules: [rule({ scheduleExpression: odd('x'), indexActions: odd({}) }), odd(null)] }),
      plan({ selections: [selection({ resources: odd('*'), listOfTags: odd('t'), conditions: odd('c') })] }),
      plan({ selections: [selection({ resources: [odd(4)], notResources: odd(6), listOfTags: [odd(2)] })] }),
    ],
    resources: [resource('s3', 'bucket', { sizeGiB: odd('big'), tags: odd('none') })],
    regionSettings: odd('all'),
  };
  const failed = EstateRules.check(strange, PLAIN).filter((finding) => finding.rule === 'estate-check-failed');
  expect(failed).toEqual([]);
});

test('a name that is too long is told of at the vault alone, where the vault is declared', () => {
  const name = 'a'.repeat(51);
  const rules = [rule({ targetBackupVaultName: name })];
  const told = (estate: Estate) => checkEstate(estate).map((finding) => finding.rule);
  expect(told({ vaults: [vault({ backupVaultName: name })], plans: [plan({ rules })] })).toEqual(['vault-name']);
  expect(told({ plans: [plan({ rules })] })).toContain('rule-target-vault-name');
});
