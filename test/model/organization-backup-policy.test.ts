import {
  OrganizationAdjustment,
  OrganizationBackupPlan,
  OrganizationBackupPolicies,
  OrganizationBackupPolicy,
  OrganizationBackupPolicyRules,
} from '@holdfast/model';
import { orgPlan, orgPolicy, PROVIDED, ROLE, SAMPLE } from './organization-rows';
import { many, PLAIN, Row, testRows } from './rows';

const { check, checkDocument } = OrganizationBackupPolicyRules;

function withPlan(over: Partial<OrganizationBackupPlan>): OrganizationBackupPolicy {
  return orgPolicy({ plans: [orgPlan(over)] });
}

function adjusted(node: string, valueOperator: string, values: string[]): OrganizationBackupPolicy {
  const adjustment: OrganizationAdjustment = { node, valueOperator, values };
  return { policyName: 'part', adjustments: [adjustment] };
}

const [RULE] = orgPlan().rules;
const [TAGGED] = orgPlan().tagSelections!;
const TYPED = { selectionName: 'typed', iamRoleArn: ROLE, resourceTypes: ['arn:aws:s3:::*'] };
const copyTo = (arn: string) => withPlan({ rules: [{ ...RULE!, copyActions: [{ destinationBackupVaultArn: arn }] }] });
const targets = (id: string) => orgPolicy({ targetIds: [id] });
const WEST = 'arn:aws:backup:eu-west-1:$account:backup-vault:west';

const scanning = (scannerRoleArn: string) => ({
  malwareScanner: 'GUARDDUTY',
  resourceTypes: ['EBS'],
  scannerRoleArn,
});

/** A policy whose content has so many characters. */
function sized(size: number): OrganizationBackupPolicy {
  const written = (tags: Record<string, string>) =>
    OrganizationBackupPolicies.minified(OrganizationBackupPolicies.render(withPlan({ tags }))).length;
  const tags: Record<string, string> = { last: '' };
  for (let key = 10; size - written(tags) > 256; key++) {
    tags[`key${key}`] = 'x'.repeat(140);
  }
  return withPlan({ tags: { ...tags, last: 'x'.repeat(size - written(tags)) } });
}

// prettier-ignore
const POLICIES: Row<OrganizationBackupPolicy>[] = [
  ['organization-policy-name',        'passes', orgPolicy({ policyName: 'x'.repeat(128) })],
  ['organization-policy-name',        'fails',  orgPolicy({ policyName: 'x'.repeat(129) }), 'p.policyName', '129 characters'],
  ['organization-policy-name',        'fails',  orgPolicy({ policyName: '' }), 'p.policyName', 'an empty name'],
  ['organization-policy-description', 'passes', orgPolicy({ description: 'x'.repeat(512) })],
  ['organization-policy-description', 'fails',  orgPolicy({ description: 'x'.repeat(513) }), 'p.description', '513 characters'],
  ['organization-policy-target',      'passes', targets('r-a1b2')],
  ['organization-policy-target',      'passes', targets('ou-a1b2-12345678')],
  ['organization-policy-target',      'passes', targets('111122223333')],
  ['organization-policy-target',      'fails',  targets('ou-a1b2'), 'p.targetIds[0]', 'ou-a1b2'],
  ['organization-policy-target',      'fails',  targets('11112222333'), 'p.targetIds[0]', '11112222333'],
  ['organization-policy-empty',       'fails',  { policyName: 'none' }, 'p.plans', 'neither'],
  ['organization-policy-empty',       'passes', adjusted('ledger/regions', '@@append', ['eu-west-1'])],
  ['organization-policy-size',        'passes', sized(10_000)],
  ['organization-policy-size',        'fails',  sized(10_001), 'p.content', '10001 characters'],
  ['organization-policy-child-control', 'passes', orgPolicy({ operatorsAllowedForChildPlans: ['@@assign', '@@append'] })],
  ['organization-policy-child-control', 'fails',  orgPolicy({ operatorsAllowedForChildPlans: ['@@none', '@@append'] }), 'p.operatorsAllowedForChildPlans', '["@@none","@@append"]'],
  ['organization-policy-child-control', 'passes', withPlan({ childControls: [{ node: '', operators: ['@@all'] }] })],
  ['organization-policy-child-control', 'fails',  withPlan({ childControls: [{ node: '', operators: [] }] }), 'p.plans[0].childControls[0].operators', '[]'],
  ['organization-policy-child-control', 'fails',  withPlan({ childControls: [{ node: '', operators: ['@@set'] }] }), 'p.plans[0].childControls[0].operators', '["@@set"]'],
  ['organization-policy-node',        'passes', withPlan({ childControls: [{ node: 'rules/daily', operators: ['@@none'] }] })],
  ['organization-policy-node',        'fails',  withPlan({ childControls: [{ node: 'rules/weekly', operators: ['@@none'] }] }), 'p.plans[0].childControls[0].node', 'rules/weekly'],
  ['organization-policy-node',        'passes', adjusted('ledger/selections/tags/x/tag_value', '@@remove', ['a'])],
  ['organization-policy-node',        'fails',  adjusted('ledger/rules', '@@assign', ['a']), 'p.adjustments[0].node', 'ledger/rules'],
  ['organization-policy-node',        'fails',  adjusted('ledger/rules/daily/completion_window_minutes', '@@assign', ['a']), 'p.adjustments[0].node', 'ledger/rules/daily/completion_window_minutes'],
  ['organization-policy-operator',    'fails',  adjusted('ledger/regions', '@@set', ['eu-west-1']), 'p.adjustments[0].valueOperator', '@@set'],
  ['organization-policy-operator',    'passes', adjusted('ledger/regions', '@@assign', ['eu-west-1'])],
  ['organization-policy-operator-of-one-value', 'fails',  adjusted('ledger/rules/daily/schedule_expression', '@@append', ['a']), 'p.adjustments[0].valueOperator', '@@append'],
  ['organization-policy-operator-of-one-value', 'passes', adjusted('ledger/rules/daily/schedule_expression', '@@assign', ['a'])],
  ['organization-policy-value',       'fails',  adjusted('ledger/rules/daily/schedule_expression', '@@assign', ['a', 'b']), 'p.adjustments[0].values', '2'],
  ['organization-policy-value',       'passes', adjusted('ledger/regions', '@@append', ['eu-west-1', 'eu-west-2'])],
  ['organization-policy-value',       'fails',  adjusted('ledger/regions', '@@append', []), 'p.adjustments[0].values', '0'],
  ['organization-policy-region-variable', 'fails',  copyTo('arn:aws:backup:$region:$account:backup-vault:x'), 'p.plans[0].rules[0].copyActions[0].destinationBackupVaultArn', 'arn:aws:backup:$region:$account:backup-vault:x'],
  ['organization-policy-region-variable', 'passes', copyTo(WEST)],
  ['organization-policy-copy-key',    'fails',  withPlan({ rules: [{ ...RULE!, copyActions: [{ destinationBackupVaultArn: WEST }, { destinationBackupVaultArn: WEST }] }] }), 'p.plans[0].rules[0].copyActions[1].destinationBackupVaultArn', `${WEST} again`],
  ['organization-policy-copy-key',    'passes', copyTo(WEST)],
  ['organization-policy-keys',        'fails',  withPlan({ rules: [RULE!, { ...RULE!, ruleName: 'Daily' }] }), 'p.content.plans/ledger/rules.Daily', 'Daily beside daily'],
  ['organization-policy-keys',        'passes', withPlan({ rules: [RULE!, { ...RULE!, ruleName: 'Weekly' }] })],
];

// prettier-ignore
const PLANS: Row<OrganizationBackupPolicy>[] = [
  ['organization-plan-names',           'fails',  orgPolicy({ plans: [orgPlan(), orgPlan()] }), 'p.plans[1].backupPlanName', 'ledger again, as in plans[0]'],
  ['organization-plan-names',           'passes', orgPolicy({ plans: [orgPlan(), orgPlan({ backupPlanName: 'other' })] })],
  ['organization-plan-regions',         'fails',  withPlan({ regions: [] }), 'p.plans[0].regions', 'none'],
  ['organization-plan-regions',         'passes', withPlan({ regions: ['us-gov-west-1'] })],
  ['organization-plan-region',          'fails',  withPlan({ regions: ['eu-central-1', 'Frankfurt'] }), 'p.plans[0].regions[1]', 'Frankfurt'],
  ['organization-plan-region',          'fails',  withPlan({ regions: ['$region'] }), 'p.plans[0].regions[0]', '$region'],
  ['organization-plan-region',          'passes', withPlan({ regions: ['ap-southeast-2', 'mx-central-1'] })],
  ['organization-plan-selections',      'fails',  withPlan({ tagSelections: [] }), 'p.plans[0].tagSelections', 'none'],
  ['organization-plan-selections',      'passes', withPlan({ resourceSelections: [TYPED] })],
  ['organization-plan-selection-forms', 'fails',  withPlan({ tagSelections: [TAGGED!], resourceSelections: [TYPED] }), 'p.plans[0].resourceSelections', '1 by tags and 1 by resource types'],
  ['organization-plan-selection-forms', 'passes', withPlan({ tagSelections: [TAGGED!, { ...TAGGED!, selectionName: 'second' }] })],
  ['organization-plan-air-gapped-target', 'passes', withPlan({ rules: [{ ...RULE!, targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:$region:$account:backup-vault:lag' }] })],
  ['organization-plan-air-gapped-target', 'fails',  withPlan({ rules: [{ ...RULE!, targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-west-1:$account:backup-vault:lag' }] }), 'p.plans[0].rules[0].targetLogicallyAirGappedBackupVaultArn', 'arn:aws:backup:eu-west-1:$account:backup-vault:lag'],
  ['organization-plan-vault',           'fails',  orgPolicy({ provided: { ...PROVIDED, backupVaultNames: ['Main'] } }), 'p.plans[0].rules[0].targetBackupVaultName', 'main, of which nothing is known'],
  ['organization-plan-vault',           'passes', orgPolicy()],
  ['organization-plan-vault',           'fails',  orgPolicy({ provided: undefined }), 'p.plans[0].rules[0].targetBackupVaultName', 'main, of which nothing is known'],
  ['organization-plan-vault',           'fails',  copyTo(WEST), 'p.plans[0].rules[0].copyActions[0].destinationBackupVaultArn', 'west, of which nothing is known'],
  ['organization-plan-vault',           'passes', copyTo('arn:aws:backup:eu-west-1:$account:backup-vault:main')],
  ['organization-plan-vault',           'passes', copyTo('arn:aws:backup:eu-west-1:444455556666:backup-vault:central')],
  ['organization-selection-role-exists', 'fails',  orgPolicy({ provided: { ...PROVIDED, roleNames: [] } }), 'p.plans[0].tagSelections[0].iamRoleArn', `${ROLE}, of which nothing is known`],
  ['organization-selection-role-exists', 'passes', orgPolicy()],
  ['organization-selection-role-exists', 'fails',  withPlan({ scanSettings: [scanning('arn:aws:iam::$account:role/scan')] }), 'p.plans[0].scanSettings[0].scannerRoleArn', 'arn:aws:iam::$account:role/scan, of which nothing is known'],
  ['organization-selection-role',       'fails',  withPlan({ tagSelections: [{ ...TAGGED!, iamRoleArn: 'arn:aws:iam::111122223333:role/backup' }] }), 'p.plans[0].tagSelections[0].iamRoleArn', 'arn:aws:iam::111122223333:role/backup'],
  ['organization-selection-role',       'passes', withPlan({ tagSelections: [{ ...TAGGED!, iamRoleArn: 'arn:aws-cn:iam::$account:role/service-role/backup' }] })],
  ['organization-selection-role',       'fails',  withPlan({ scanSettings: [scanning('arn:aws:iam::111122223333:role/scan')] }), 'p.plans[0].scanSettings[0].scannerRoleArn', 'arn:aws:iam::111122223333:role/scan'],
  ['organization-selection-role',       'passes', withPlan({ scanSettings: [scanning('arn:aws:iam::$account:role/scan')] })],
  ['organization-selection-tag-key',    'passes', withPlan({ tagSelections: [{ ...TAGGED!, tagKey: 'x'.repeat(128) }] })],
  ['organization-selection-tag-key',    'fails',  withPlan({ tagSelections: [{ ...TAGGED!, tagKey: '' }] }), 'p.plans[0].tagSelections[0].tagKey', 'an empty name'],
  ['organization-selection-tag-values', 'fails',  withPlan({ tagSelections: [{ ...TAGGED!, tagValues: [] }] }), 'p.plans[0].tagSelections[0].tagValues', 'none'],
  ['organization-selection-tag-values', 'passes', withPlan({ tagSelections: [{ ...TAGGED!, tagValues: ['a'] }] })],
  ['selection-tag-star',                'fails',  withPlan({ tagSelections: [{ ...TAGGED!, tagValues: ['a', 'b*'] }] }), 'p.plans[0].tagSelections[0].tagValues[1]', 'b*'],
  ['selection-name',                    'fails',  withPlan({ tagSelections: [{ ...TAGGED!, selectionName: 'a b' }] }), 'p.plans[0].tagSelections[0].selectionName', 'a b'],
  ['selection-conditions',              'fails',  withPlan({ tagSelections: [{ ...TAGGED!, conditions: { stringEquals: many(31, (i) => ({ conditionKey: `aws:ResourceTag/k${i}`, conditionValue: 'v' })) } }] }), 'p.plans[0].tagSelections[0].conditions', '31'],
  ['selection-conditions',              'passes', withPlan({ tagSelections: [{ ...TAGGED!, conditions: { stringEquals: many(30, (i) => ({ conditionKey: `aws:ResourceTag/k${i}`, conditionValue: 'v' })) } }] })],
  ['organization-selection-resource-types', 'fails',  withPlan({ resourceSelections: [{ ...TYPED, resourceTypes: [] }] }), 'p.plans[0].resourceSelections[0].resourceTypes', 'none'],
  ['organization-selection-resource-types', 'passes', withPlan({ resourceSelections: [{ ...TYPED, resourceTypes: ['*'] }] })],
  ['organization-selection-resource-type',  'fails',  withPlan({ resourceSelections: [{ ...TYPED, resourceTypes: ['arn:aws:dynamodb:*:*:table/orders'] }] }), 'p.plans[0].resourceSelections[0].resourceTypes[0]', 'arn:aws:dynamodb:*:*:table/orders'],
  ['organization-selection-resource-type',  'fails',  withPlan({ resourceSelections: [{ ...TYPED, notResourceTypes: ['EBS'] }] }), 'p.plans[0].resourceSelections[0].notResourceTypes[0]', 'EBS'],
  ['organization-selection-resource-type',  'passes', withPlan({ resourceSelections: [{ ...TYPED, notResourceTypes: ['arn:aws-us-gov:rds:*:*:db:*'] }] })],
  ['rule-start-window',                 'fails',  withPlan({ rules: [{ ...RULE!, startWindowMinutes: 59 }] }), 'p.plans[0].rules[0].startWindowMinutes', '59'],
  ['rule-start-window',                 'passes', withPlan({ rules: [{ ...RULE!, startWindowMinutes: 60 }] })],
  ['copy-action-destination-arn',       'passes', copyTo(WEST)],
  ['copy-action-destination-arn',       'fails',  copyTo('arn:aws:backup:eu-west-1:$account:vault:x'), 'p.plans[0].rules[0].copyActions[0].destinationBackupVaultArn', 'arn:aws:backup:eu-west-1:$account:vault:x'],
  ['plan-name',                         'fails',  withPlan({ backupPlanName: 'two words' }), 'p.plans[0].backupPlanName', 'two words'],
];

testRows((policy) => check(policy, 'p', PLAIN), [...POLICIES, ...PLANS]);

const content = (plan: object) => ({ plans: { ledger: plan } });
const hourly = (rule: object) => content({ rules: { hourly: rule } });

// prettier-ignore
const DOCUMENTS: Row<unknown>[] = [
  ['organization-policy-element', 'passes', SAMPLE],
  ['organization-policy-element', 'fails',  { plans: { rules: { daily: {} } } }, 'd.plans/rules.daily', 'daily'],
  ['organization-policy-element', 'fails',  hourly({ completion_window_minutes: { '@@assign': '60' } }), 'd.plans/ledger/rules/hourly.completion_window_minutes', 'completion_window_minutes'],
  ['organization-policy-element', 'fails',  { plans: {}, tags: {} }, 'd.tags', 'tags'],
  ['organization-policy-element', 'fails',  {}, 'd.plans', 'none'],
  ['organization-policy-element', 'fails',  'plans: {}', 'd', 'no JSON object'],
  ['organization-policy-element', 'passes', '{"plans":{}}'],
  ['organization-policy-value',   'fails',  hourly({ schedule_expression: 'cron(0 5 ? * * *)' }), 'd.plans/ledger/rules/hourly/schedule_expression', 'cron(0 5 ? * * *)'],
  ['organization-policy-value',   'fails',  hourly({ lifecycle: { delete_after_days: { '@@assign': 35 } } }), 'd.plans/ledger/rules/hourly/lifecycle/delete_after_days.@@assign', '35'],
  ['organization-policy-value',   'passes', hourly({ lifecycle: { delete_after_days: { '@@assign': '35' } } })],
  ['organization-policy-value',   'fails',  content({ regions: { '@@assign': 'eu-west-1' } }), 'd.plans/ledger/regions.@@assign', '"eu-west-1"'],
  ['organization-policy-value',   'fails',  content({ '@@assign': 'x' }), 'd.plans/ledger', '@@assign'],
  ['organization-policy-operator', 'fails',  content({ regions: { '@@add': ['eu-west-1'] } }), 'd.plans/ledger/regions', '@@add'],
  ['organization-policy-operator', 'passes', content({ regions: { '@@remove': ['eu-west-1'] } })],
  ['organization-policy-operator-of-one-value', 'fails', hourly({ schedule_expression: { '@@append': 'x' } }), 'd.plans/ledger/rules/hourly/schedule_expression', '@@append'],
  ['organization-policy-operator-of-one-value', 'passes', hourly({ schedule_expression: { '@@assign': 'x' } })],
  ['organization-policy-child-control', 'fails',  content({ '@@operators_allowed_for_child_policies': '@@none' }), 'd.plans/ledger.@@operators_allowed_for_child_policies', '"@@none"'],
  ['organization-policy-child-control', 'passes', content({ '@@operators_allowed_for_child_policies': ['@@none'] })],
  ['organization-policy-region-variable', 'fails',  hourly({ target_backup_vault_name: { '@@assign': 'v-$region' } }), 'd.plans/ledger/rules/hourly/target_backup_vault_name', 'v-$region'],
  ['organization-policy-region-variable', 'passes', hourly({ target_logically_air_gapped_backup_vault_arn: { '@@assign': 'arn:aws:backup:$region:$account:backup-vault:x' } })],
  ['organization-policy-copy-key',  'fails',  hourly({ copy_actions: { x: { target_backup_vault_arn: { '@@assign': WEST } } } }), 'd.plans/ledger/rules/hourly/copy_actions/x.target_backup_vault_arn', WEST],
  ['organization-policy-copy-key',  'passes', hourly({ copy_actions: { [WEST]: { target_backup_vault_arn: { '@@assign': WEST } } } })],
  ['organization-policy-keys',      'fails',  content({ rules: { A: {}, a: {} } }), 'd.plans/ledger/rules.a', 'a beside A'],
  ['organization-policy-keys',      'passes', { plans: { A: {}, a: {} } }],
  ['organization-policy-size',      'fails',  hourly({ target_backup_vault_name: { '@@assign': 'x'.repeat(9_915) } }), 'd', '10001 characters'],
  ['organization-policy-size',      'passes', hourly({ target_backup_vault_name: { '@@assign': 'x'.repeat(9_914) } })],
];

testRows((document) => checkDocument(document, 'd', PLAIN), DOCUMENTS);

test('a whole policy whose vaults and role are provided has no findings', () => {
  expect(check(orgPolicy(), '', PLAIN)).toEqual([]);
});

const TOKEN = '${Token[X.1]}';
const probe = { known: (value: unknown) => value !== TOKEN && value !== -1.5 };

// prettier-ignore
const KEYS: Row<OrganizationBackupPolicy>[] = [
  ['organization-plan-name-known', 'fails',  withPlan({ backupPlanName: TOKEN }), 'p.plans[0].backupPlanName', 'a token'],
  ['organization-plan-name-known', 'fails',  withPlan({ rules: [{ ...RULE!, ruleName: TOKEN }] }), 'p.plans[0].rules[0].ruleName', 'a token'],
  ['organization-plan-name-known', 'fails',  withPlan({ tagSelections: [{ ...TAGGED!, selectionName: TOKEN }] }), 'p.plans[0].tagSelections[0].selectionName', 'a token'],
  ['organization-plan-name-known', 'passes', withPlan({})],
  ['organization-plan-copy-destination', 'fails',  copyTo(TOKEN), 'p.plans[0].rules[0].copyActions[0].destinationBackupVaultArn', 'a token'],
  ['organization-plan-copy-destination', 'passes', copyTo(WEST)],
];

testRows((policy) => check(policy, 'p', probe), KEYS);

describe('tokens', () => {
  const [rule] = orgPlan().rules;
  const told = (over: Partial<OrganizationBackupPlan>) =>
    check(withPlan(over), '', probe).map(({ rule: id, path }) => `${id} ${path}`);

  test('values that are tokens are not checked, nor the size of the content', () => {
    const plan: Partial<OrganizationBackupPlan> = {
      regions: [TOKEN],
      rules: [{ ...rule!, targetBackupVaultName: TOKEN, startWindowMinutes: -1.5, scheduleExpression: TOKEN }],
      tagSelections: [{ ...TAGGED!, iamRoleArn: TOKEN, tagKey: TOKEN, tagValues: [TOKEN] }],
      tags: sized(9_900).plans?.[0]?.tags ?? {},
    };
    expect(told(plan)).toEqual([]);
    const surface = { policyName: TOKEN, description: TOKEN, targetIds: [TOKEN] };
    expect(check(orgPolicy(surface), '', probe)).toEqual([]);
  });

  test('a node must be known', () => {
    const found = check(adjusted(TOKEN, '@@assign', ['x']), '', probe);
    expect(found.map(({ rule: id }) => id)).toEqual(['organization-policy-node']);
  });

  test('a document that is a token is not read', () => {
    expect(checkDocument(TOKEN, '', probe)).toEqual([]);
  });
});
