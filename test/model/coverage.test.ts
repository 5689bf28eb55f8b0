import { BackupPlan, BackupSelection, Coverage, Environment, StatefulResource } from '@holdfast/model';

const HERE: Environment = { partition: 'aws', account: '111122223333', region: 'eu-central-1' };
const THERE: Environment = { ...HERE, region: 'eu-west-1' };
const ROLE = 'arn:aws:iam::111122223333:role/backup';

function table(name: string, tags: Record<string, string> = {}, env: Environment = HERE): StatefulResource {
  const arn = `arn:aws:dynamodb:${env.region}:${env.account}:table/${name}`;
  return { arn, service: 'dynamodb-advanced', resourceType: 'DynamoDB', name, env, tags };
}

function plan(name: string, selections: Partial<BackupSelection>[], env: Environment = HERE): BackupPlan {
  return {
    backupPlanName: name,
    env,
    rules: [{ ruleName: 'daily', targetBackupVaultName: 'main' }],
    selections: selections.map((selection, index) => ({ selectionName: `s${index}`, iamRoleArn: ROLE, ...selection })),
  };
}

const tagged = (value: string) => ({ listOfTags: [{ conditionKey: 'backup', conditionValue: value }] });

test('a resource lists each plan that selects it once, in order of declaration', () => {
  const orders = table('orders', { backup: 'daily' });
  const plans = [
    plan('b', [tagged('daily'), { resources: [orders.arn] }]),
    plan('a', [{ resources: ['*'] }]),
    plan('c', []),
  ];
  expect(Coverage.rows({ plans, resources: [orders] })).toEqual([
    { resourceArn: orders.arn, resourceType: 'DynamoDB', declaredAt: undefined, plans: ['b', 'a'] },
  ]);
});

/** Why a resource has no plan. */
// prettier-ignore
const REASONS: [what: string, plans: BackupPlan[], reason: RegExp][] = [
  ['there is no plan',               [],                                             /^there is no plan$/],
  ['the plan is elsewhere',          [plan('p', [{ resources: ['*'] }], THERE)],     /^no plan is in account 111122223333, Region eu-central-1$/],
  ['the plan has no selection',      [plan('p', [])],                                /^no plan in account 111122223333, Region eu-central-1 has a selection$/],
  ['no selection names it',          [plan('p', [tagged('weekly')])],                /^no selection names its ARN or one of its tags$/],
  ['a selection leaves it out',      [plan('p', [{ resources: ['*'], notResources: ['arn:aws:dynamodb:*:*:table/orders'] }])],
                                                                                     /^selection s0 of plan p: .*arn:aws:dynamodb:\*:\*:table\/orders/],
  ['a condition is not met',         [plan('p', [{ resources: ['*'], conditions: { stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }] } }])],
                                                                                     /^selection s0 of plan p: .*stage/],
];

test.each(REASONS)('says why a resource has no plan: %s', (_, plans, reason) => {
  const [row] = Coverage.rows({ plans, resources: [table('orders', { backup: 'daily' })] });
  expect(row?.plans).toEqual([]);
  expect(row?.reason).toMatch(reason);
});

test('of several selections the reason is that of the one that came nearest', () => {
  const conditions = { stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }] };
  const plans = [plan('p', [{ resources: ['*'], conditions }, tagged('weekly')])];
  expect(Coverage.rows({ plans, resources: [table('orders')] })[0]?.reason).toMatch(/^selection s0 of plan p/);
});

test('a type that is opted out is the reason where a selection goes by tag alone', () => {
  const plans = [plan('p', [tagged('daily')])];
  const regionSettings = [{ env: HERE, resourceTypeOptInPreference: { DynamoDB: false } }];
  const [row] = Coverage.rows({ plans, resources: [table('orders', { backup: 'daily' })], regionSettings });
  expect(row?.reason).toMatch(/^selection s0 of plan p: .*opted/);
});

test('a plan selects in its own account and Region alone', () => {
  const resources = [table('orders'), table('orders', {}, THERE)];
  const rows = Coverage.rows({ plans: [plan('p', [{ resources: ['*'] }])], resources });
  expect(rows.map((row) => row.plans)).toEqual([['p'], []]);
});

test('ten thousand resources and ten plans: each is found by every one', () => {
  const resources = Array.from({ length: 10_000 }, (_, index) => table(`t${index}`, { backup: 'daily' }));
  const plans = Array.from({ length: 10 }, (_, index) => plan(`p${index}`, [tagged('daily')]));
  const rows = Coverage.rows({ plans, resources });
  expect(rows).toHaveLength(10_000);
  expect(rows.every((row) => row.plans.length === 10)).toBe(true);
});

test('finds each resource that no plan selects, and none that one does', () => {
  const plans = [plan('p', [tagged('daily')])];
  const resources = [table('orders', { backup: 'daily' }), table('carts')];
  const found = Coverage.check({ plans, resources }).map(({ rule, path }) => [rule, path]);
  expect(found).toEqual([['resource-unprotected', 'arn:aws:dynamodb:eu-central-1:111122223333:table/carts']]);
});
