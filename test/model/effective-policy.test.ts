import {
  AttachedPolicy,
  EffectivePolicies,
  EffectivePolicy,
  OrganizationBackupPolicies,
  OrganizationNode,
  Severity,
} from '@holdfast/model';
import { orgPlan, ROLE, SAMPLE } from './organization-rows';
import { many, Row, testRows } from './rows';

const ACCOUNT = '111122223333';
const NONE = { '@@operators_allowed_for_child_policies': ['@@none'] };
const only = (...operators: string[]) => ({ '@@operators_allowed_for_child_policies': operators });
const assign = <T>(value: T) => ({ '@@assign': value });

/** A whole plan `ledger`, with more laid over it. */
const BASE = OrganizationBackupPolicies.render({
  policyName: 'base',
  plans: [orgPlan({ rules: [{ ...orgPlan().rules[0]!, lifecycle: { deleteAfterDays: 30 } }] })],
}) as { plans: { ledger: { rules: { daily: { lifecycle: object } } } } };

const policy = (policyName: string, plans: object): AttachedPolicy => ({ policyName, content: { plans } });
const base: AttachedPolicy = { policyName: 'base', content: BASE };
const ledger = (over: object) => ({ plans: { ledger: { ...BASE.plans.ledger, ...over } } });
const daily = (over: object) => ledger({ rules: { daily: { ...BASE.plans.ledger.rules.daily, ...over } } });
const deleteAfter = (days: string) => ({
  ledger: { rules: { daily: { lifecycle: { delete_after_days: assign(days) } } } },
});

/** An account below a unit below the root, with policies at each of the three. */
function effective(
  root: AttachedPolicy[],
  unit: AttachedPolicy[] = [],
  account: AttachedPolicy[] = [],
): EffectivePolicy {
  const tree: OrganizationNode = {
    id: 'r-a1b2',
    name: 'Root',
    policies: root,
    children: [
      { id: 'ou-a1b2-12345678', name: 'Workloads', policies: unit, children: [{ id: ACCOUNT, policies: account }] },
    ],
  };
  const [preview] = EffectivePolicies.preview(tree);
  return preview!;
}

const planOf = (preview: EffectivePolicy, name = 'ledger') => preview.content.plans[name];
const errors = (preview: EffectivePolicy) =>
  preview.findings.filter(({ severity }) => severity === Severity.ERROR).map(({ rule, path }) => `${rule} ${path}`);

test('a policy alone: operators gone, account put in, rules and selections in lower case', () => {
  const preview = effective([{ policyName: 'sample', content: JSON.stringify(SAMPLE) }]);
  const plan = planOf(preview, 'PII_Backup_Plan');
  expect(Object.keys(plan.rules)).toEqual(['hourly']);
  expect(plan.regions).toEqual(['eu-central-1', 'eu-west-1']);
  expect(plan.rules.hourly).toMatchObject({
    start_backup_window_minutes: '480',
    target_logically_air_gapped_backup_vault_arn: `arn:aws:backup:$region:${ACCOUNT}:backup-vault:lag`,
    lifecycle: { delete_after_days: '270' },
  });
  const copy = `arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:secondary`;
  expect(plan.rules.hourly.copy_actions).toEqual({
    [copy]: { target_backup_vault_arn: copy, lifecycle: { delete_after_days: '100' } },
  });
  expect(plan.selections.tags.datatype.iam_role_arn).toBe(`arn:aws:iam::${ACCOUNT}:role/OrgBackup`);
  expect(JSON.stringify(preview.content)).not.toMatch(/@@|\$account/);
  expect(preview).toMatchObject({ accountId: ACCOUNT, path: `Root/Workloads/${ACCOUNT}`, ignored: [] });
  expect(errors(preview)).toEqual([]);
});

test('a child cannot change what the parent closed, and is told who did (vector 20)', () => {
  const parent = {
    policyName: 'base',
    content: daily({ lifecycle: { ...NONE, ...BASE.plans.ledger.rules.daily.lifecycle } }),
  };
  const preview = effective([parent], [policy('child', deleteAfter('7'))]);
  expect(planOf(preview).rules.daily.lifecycle).toEqual({ delete_after_days: '30' });
  expect(preview.ignored).toEqual([
    {
      path: 'ledger/rules/daily/lifecycle/delete_after_days',
      valueOperator: '@@assign',
      policy: 'child at Workloads',
      because: 'base at Root allows nothing for ledger/rules/daily/lifecycle',
    },
  ]);
  const [told] = preview.findings.filter(({ rule }) => rule === 'organization-policy-ignored');
  expect(told?.message).toContain('got @@assign of child at Workloads, where base at Root allows nothing');
});

test('a Region that a child appends joins those of the parent (vector 20)', () => {
  const parent = {
    policyName: 'base',
    content: ledger({ regions: { ...only('@@append'), ...assign(['eu-central-1']) } }),
  };
  const child = policy('child', { ledger: { regions: { '@@append': ['eu-west-1', 'eu-central-1'] } } });
  const preview = effective([parent], [child]);
  expect(planOf(preview).regions).toEqual(['eu-central-1', 'eu-west-1']);
  expect(preview.settings).toContainEqual({
    path: 'ledger/regions',
    values: ['eu-central-1', 'eu-west-1'],
    setBy: ['base at Root', 'child at Workloads'],
  });
  const other = effective([parent], [policy('child', { ledger: { regions: assign(['eu-west-1']) } })]);
  expect(planOf(other).regions).toEqual(['eu-central-1']);
  expect(other.ignored).toMatchObject([{ valueOperator: '@@assign', because: expect.stringContaining('@@append') }]);
});

test('a child overrides what is open, and the nearer policy is the one that set it', () => {
  const preview = effective([base], [policy('unit', deleteAfter('60'))], [policy('account', deleteAfter('90'))]);
  expect(planOf(preview).rules.daily.lifecycle.delete_after_days).toBe('90');
  expect(preview.settings.find(({ path }) => path.endsWith('delete_after_days'))?.setBy).toEqual([
    `account at ${ACCOUNT}`,
  ]);
});

test('removed values are gone; an emptied list is missing', () => {
  const remove = (...regions: string[]) => policy('child', { ledger: { regions: { '@@remove': regions } } });
  const two = { policyName: 'base', content: ledger({ regions: assign(['eu-central-1', 'eu-west-1']) }) };
  expect(planOf(effective([two], [remove('eu-west-1', 'us-east-1')])).regions).toEqual(['eu-central-1']);
  expect(errors(effective([base], [remove('eu-central-1')]))).toEqual(['organization-plan-required ledger/regions']);
});

test('children add plans only where the parent lets them (B11.2/3)', () => {
  const { ledger: own } = BASE.plans;
  const add = policy('child', { own });
  const names = (control: object) =>
    Object.keys(
      effective([{ policyName: 'base', content: { plans: { ...control, ...BASE.plans } } }], [add]).content.plans,
    );
  expect(names({})).toEqual(['ledger', 'own']);
  expect(names(only('@@append'))).toEqual(['ledger', 'own']);
  expect(names(NONE)).toEqual(['ledger']);
  expect(names(only('@@assign', '@@remove'))).toEqual(['ledger']);
});

test('a plan of a child that is closed at the root leaves its reason for each element', () => {
  const closed = { policyName: 'base', content: { plans: { ...NONE, ...BASE.plans } } };
  const preview = effective([closed], [policy('child', { own: BASE.plans.ledger })]);
  expect(preview.ignored).toHaveLength(7);
  expect(new Set(preview.ignored.map(({ because }) => because))).toEqual(
    new Set(['base at Root allows nothing for plans']),
  );
});

test('a rule that a child adds to a closed plan is not heeded, one in an open plan is', () => {
  const weekly = { schedule_expression: assign('cron(0 5 ? * 1 *)'), target_backup_vault_name: assign('main') };
  const child = policy('child', { ledger: { rules: { Weekly: weekly } } });
  expect(Object.keys(planOf(effective([base], [child])).rules)).toEqual(['daily', 'weekly']);
  const closed = { policyName: 'base', content: ledger(NONE) };
  expect(Object.keys(planOf(effective([closed], [child])).rules)).toEqual(['daily']);
});

test('a child can tighten further, and cannot loosen', () => {
  const parent = {
    policyName: 'base',
    content: ledger({ regions: { ...only('@@append', '@@remove'), ...assign(['eu-central-1']) } }),
  };
  const tightened = policy('unit', { ledger: { regions: only('@@append') } });
  const removing = policy('account', {
    ledger: { regions: { '@@remove': ['eu-central-1'], '@@append': ['eu-west-1'] } },
  });
  expect(planOf(effective([parent], [tightened], [removing])).regions).toEqual(['eu-central-1', 'eu-west-1']);
  const loosened = policy('unit', { ledger: { regions: only('@@assign', '@@append') } });
  const assigning = policy('account', { ledger: { regions: assign(['eu-west-1']) } });
  const preview = effective([parent], [loosened], [assigning]);
  expect(planOf(preview).regions).toEqual(['eu-central-1']);
  expect(preview.ignored).toMatchObject([
    { policy: 'unit at Workloads', because: '@@assign stays forbidden by the policies above' },
    { policy: `account at ${ACCOUNT}`, valueOperator: '@@assign' },
  ]);
});

test('a control holds for the nodes below, not for other policies of the node', () => {
  const closed = { policyName: 'base', content: ledger(NONE) };
  const beside = policy('zone', { ledger: { regions: { '@@append': ['eu-west-1'] } } });
  expect(planOf(effective([closed, beside])).regions).toEqual(['eu-central-1', 'eu-west-1']);
});

test('two policies of one node that assign different values are a conflict; the last in the alphabet stands', () => {
  const preview = effective([base], [policy('b', deleteAfter('60')), policy('a', deleteAfter('7'))]);
  expect(planOf(preview).rules.daily.lifecycle.delete_after_days).toBe('60');
  const [conflict] = preview.findings.filter(({ rule }) => rule === 'organization-policy-conflict');
  expect(conflict).toMatchObject({ path: 'ledger/rules/daily/lifecycle/delete_after_days', severity: 'warning' });
  expect(conflict?.message).toMatch(/got a at Workloads, b at Workloads, of which b at Workloads is taken here$/);
  const agreed = effective([base], [policy('b', deleteAfter('60')), policy('a', deleteAfter('60'))]);
  expect(agreed.findings).toEqual([]);
});

test('names that differ in case alone are one rule; plans are told apart', () => {
  const child = policy('child', { ledger: { rules: { DAILY: { lifecycle: { delete_after_days: assign('7') } } } } });
  expect(planOf(effective([base], [child])).rules).toEqual({
    daily: expect.objectContaining({ lifecycle: { delete_after_days: '7' } }),
  });
  expect(Object.keys(effective([base], [policy('c', { Ledger: BASE.plans.ledger })]).content.plans)).toHaveLength(2);
});

// prettier-ignore
test.each([
  ['regions',                          { regions: undefined },                             'ledger/regions'],
  ['rules',                            { rules: undefined },                               'ledger/rules'],
  ['selections',                       { selections: undefined },                          'ledger/selections'],
  ['the schedule of a rule',           { rules: { daily: { target_backup_vault_name: assign('main') } } }, 'ledger/rules/daily/schedule_expression'],
  ['the vault of a rule',              { rules: { daily: { schedule_expression: assign('cron(0 5 ? * * *)') } } }, 'ledger/rules/daily/target_backup_vault_name'],
])('an effective policy without %s is not enforced', (_what, over, path) => {
  expect(errors(effective([{ policyName: 'part', content: ledger(over) }]))).toEqual([`organization-plan-required ${path}`]);
});

test('what is complete is held against the rules of plans', () => {
  expect(errors(effective([base], [policy('child', deleteAfter('0'))]))).toEqual([
    'lifecycle-delete-after ledger.rules[0].lifecycle.deleteAfterDays',
  ]);
  const elsewhere = { tags: { tagged: { iam_role_arn: assign('arn:aws:iam::444455556666:role/x') } } };
  expect(errors(effective([base], [policy('child', { ledger: { selections: elsewhere } })]))).toEqual([
    'organization-selection-role ledger.tagSelections[0].iamRoleArn',
  ]);
  expect(errors(effective([base], [policy('child', deleteAfter('soon'))]))).toEqual([
    'lifecycle-delete-after ledger.rules[0].lifecycle.deleteAfterDays',
  ]);
});

test('a policy that AWS would refuse is found once for each account that it reaches', () => {
  const wrong = policy('wrong', { ledger: { rules: { daily: { completion_window_minutes: assign('60') } } } });
  expect(errors(effective([base], [wrong]))).toEqual([
    'organization-policy-element wrong at Workloads.plans/ledger/rules/daily.completion_window_minutes',
  ]);
  expect(errors(effective([base], [{ policyName: 'none', content: 'x' }]))).toEqual([
    'organization-policy-element none at Workloads',
  ]);
});

const attached = (count: number): OrganizationNode => ({
  id: ACCOUNT,
  policies: many(count, (i) => policy(`p${i}`, {})),
});
const nested = (depth: number): OrganizationNode =>
  depth === 0 ? { id: ACCOUNT } : { id: `ou-a1b2-0000000${depth}`, children: [nested(depth - 1)] };
const plans = (count: number): OrganizationNode => ({
  id: ACCOUNT,
  policies: many(count, (i) => policy(`p${i}`, { [`plan${i}`]: { regions: assign(['eu-central-1']) } })),
});
const account = (...policies: AttachedPolicy[]): OrganizationNode => ({ id: ACCOUNT, policies });

// prettier-ignore
const ROWS: Row<OrganizationNode>[] = [
  ['organization-policy-attached', 'passes', attached(10)],
  ['organization-policy-attached', 'fails',  attached(11), `${ACCOUNT}.policies`, '11'],
  ['organization-policy-depth',    'passes', nested(5)],
  ['organization-policy-depth',    'fails',  nested(6), 'ou-a1b2-00000001', '6'],
  ['organization-plan-quota',      'passes', plans(300)],
  ['organization-plan-quota',      'fails',  plans(301), 'plans', '301 in eu-central-1'],
  ['organization-plan-required',   'passes', account(base)],
  ['organization-plan-required',   'fails',  account(policy('part', { ledger: { rules: BASE.plans.ledger.rules, selections: SAMPLE.plans.PII_Backup_Plan.selections } })), 'ledger/regions', 'none'],
  ['organization-policy-conflict', 'passes', account(base, policy('b', deleteAfter('30')))],
  ['organization-policy-conflict', 'fails',  account(base, policy('b', deleteAfter('7'))), 'ledger/rules/daily/lifecycle/delete_after_days', `b at ${ACCOUNT}, base at ${ACCOUNT}, of which base at ${ACCOUNT} is taken here`],
];

testRows((node) => EffectivePolicies.preview(node)[0]!.findings, ROWS);

test('previews every account of a tree, at any depth, in its order', () => {
  const other = '444455556666';
  const tree: OrganizationNode = {
    id: 'r-a1b2',
    policies: [base],
    children: [
      { id: other },
      { id: 'ou-a1b2-12345678', policies: [policy('c', deleteAfter('7'))], children: [{ id: ACCOUNT }] },
    ],
  };
  const previews = EffectivePolicies.preview(tree);
  expect(previews.map(({ accountId, path }) => [accountId, path])).toEqual([
    [other, `r-a1b2/${other}`],
    [ACCOUNT, `r-a1b2/ou-a1b2-12345678/${ACCOUNT}`],
  ]);
  expect(previews.map((one) => planOf(one).rules.daily.lifecycle.delete_after_days)).toEqual(['30', '7']);
  expect(planOf(previews[0]!).selections.tags.tagged.iam_role_arn).toBe(ROLE.replace('$account', other));
  expect(EffectivePolicies.preview({ id: 'r-a1b2', policies: [base] })).toEqual([]);
});

test('without a policy there is no plan', () => {
  expect(effective([])).toMatchObject({ content: { plans: {} }, settings: [], ignored: [], findings: [] });
});
