import { matchBlocks } from '../../../../engine/src/ingest/terraform/plan-blocks';
import { longest } from '../../../../engine/src/ingest/terraform/plan-values';
import { readFiles } from './artifact-files';

const constant = (value: unknown): object => ({ constant_value: value });
const references = (...names: string[]): object => ({ references: names });

/** A plan of new resources: address, values, what is unknown, expressions. */
function planOf(
  resources: readonly (readonly [
    address: string,
    after: object,
    unknown: object,
    expressions: object,
    more?: object,
  ])[],
  rest: object = {},
): object {
  const named = resources.map(([address, after, unknown, expressions, more]) => {
    const [type = '', name = ''] = address.replace(/\[.*$/, '').split('.');
    return { address, type, name, after, unknown, expressions, more };
  });
  return {
    format_version: '1.2',
    planned_values: {},
    resource_changes: named.map(({ address, type, name, after, unknown }) => ({
      address,
      mode: 'managed',
      type,
      name,
      change: { actions: ['create'], after, after_unknown: unknown },
    })),
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: constant('eu-west-1') } } },
      root_module: {
        resources: named.map(({ type, name, expressions, more }) => ({
          address: `${type}.${name}`,
          mode: 'managed',
          type,
          name,
          provider_config_key: 'aws',
          expressions,
          ...more,
        })),
      },
    },
    ...rest,
  };
}

const PLAN = ['aws_backup_plan.p', { name: 'p' }, { id: true }, {}] as const;
const SELECTION = { name: 's', iam_role_arn: 'arn:aws:iam::1:role/x' };
const PLAN_ID = references('aws_backup_plan.p.id', 'aws_backup_plan.p');

function read(json: object, values: Readonly<Record<string, unknown>> = {}): ReturnType<typeof readFiles> {
  return readFiles({ 'p.json': json }, ['p.json'], { values });
}

// prettier-ignore
test.each([
  [['a.b.c', 'a.b'],                         ['a.b.c']],
  [['a.b[0].c', 'a.b[0]', 'a.b'],            ['a.b[0].c']],
  [['a.b.c', 'a.b', 'a.bc.d', 'a.bc'],       ['a.b.c', 'a.bc.d']],
  [['module.m["x.y"].n', 'module.m["x.y"]', 'module.m'], ['module.m["x.y"].n']],
  [['var.x'],                                ['var.x']],
  [[1, null],                                []],
  [undefined,                                []],
])('of the references %j count %j', (given, expected) => {
  expect(longest(given)).toEqual(expected);
});

test('planned blocks find the blocks that they come from, whatever their order', () => {
  const evaluate = (_: string, expression: unknown): string | undefined =>
    (expression as { constant_value?: string }).constant_value;
  const blocks = [
    { a: constant('1'), to: references('x') },
    { a: constant('2'), nested: [{ b: constant(5) }] },
    { a: constant('3') },
  ];
  const values = [{ a: '3' }, { a: '2', nested: [{ b: 5 }] }, { a: '1' }, { a: '9' }];
  expect(matchBlocks(values, [{}, {}, { to: true }, {}], blocks, evaluate)).toEqual([2, 1, 0, undefined]);
});

test('two copies that differ only in what is unknown get one destination each', () => {
  const copies = [
    references('aws_backup_vault.a.arn', 'aws_backup_vault.a'),
    references('aws_backup_vault.b.arn', 'aws_backup_vault.b'),
  ];
  const { estate } = read(
    planOf([
      ['aws_backup_vault.a', { name: 'a' }, { arn: true }, { name: constant('a') }],
      ['aws_backup_vault.b', { name: 'b' }, { arn: true }, { name: constant('b') }],
      [
        'aws_backup_plan.p',
        {
          name: 'p',
          rule: [{ rule_name: 'r', target_vault_name: 'a', copy_action: [{ lifecycle: [] }, { lifecycle: [] }] }],
        },
        { rule: [{ copy_action: [{ destination_vault_arn: true }, { destination_vault_arn: true }] }] },
        {
          rule: [
            {
              rule_name: constant('r'),
              target_vault_name: constant('a'),
              copy_action: copies.map((to) => ({ destination_vault_arn: to })),
            },
          ],
        },
      ],
    ]),
  );
  expect(estate.plans?.[0]?.rules[0]?.copyActions).toEqual([
    { destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:a' },
    { destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:b' },
  ]);
});

test('what dynamic made is refused, since a plan does not carry it', () => {
  const json = planOf([
    [
      'aws_backup_plan.p',
      { name: 'p', rule: [{ rule_name: 'r', target_vault_name: 'v', copy_action: [{ lifecycle: [] }] }] },
      { rule: [{ copy_action: [{ destination_vault_arn: true }] }] },
      {},
    ],
  ]);
  const place = 'aws_backup_plan.p.rule[0].copy_action[0].destination_vault_arn';
  expect(() => read(json)).toThrow(
    `p.json: ${place} is not known: the plan knows it only after apply and does not carry the expression; give --value ${place}=…`,
  );
  const { estate } = read(json, { [place]: 'arn:x' });
  expect(estate.plans?.[0]?.rules[0]?.copyActions?.[0]?.destinationBackupVaultArn).toBe('arn:x');
});

test('an expression of several references is no value', () => {
  const json = planOf([
    PLAN,
    [
      'aws_backup_selection.s',
      { name: 's', resources: [] },
      { plan_id: true, iam_role_arn: true },
      { plan_id: PLAN_ID, iam_role_arn: references('var.a', 'data.aws_partition.p.partition', 'data.aws_partition.p') },
    ],
  ]);
  expect(() => read(json)).toThrow(
    'p.json: aws_backup_selection.s.iam_role_arn is ${var.a}, ${data.aws_partition.p.partition}: the plan knows it only ' +
      'after apply and does not carry the expression; give --value aws_backup_selection.s.iam_role_arn=…',
  );
});

test('count and for_each: instances by key, keys in expressions', () => {
  const table = (key: string, name: string): readonly [string, object, object, object, object] => [
    `aws_dynamodb_table.t[${key}]`,
    { name },
    { arn: true },
    { name: references('each.value') },
    { for_each_expression: constant({ a: 'A', b: 'B' }) },
  ];
  const { estate, notRead } = read(
    planOf([
      table('"a"', 'A'),
      table('"b"', 'B'),
      PLAN,
      [
        'aws_backup_selection.s',
        SELECTION,
        { plan_id: true, resources: true, not_resources: true },
        {
          plan_id: PLAN_ID,
          resources: references('aws_dynamodb_table.t["b"].arn', 'aws_dynamodb_table.t["b"]', 'aws_dynamodb_table.t'),
          not_resources: references('aws_dynamodb_table.t'),
        },
      ],
    ]),
  );
  const arn = (name: string): string => `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`;
  expect(estate.plans?.[0]?.selections?.[0]).toMatchObject({
    resources: [arn('B')],
    notResources: [arn('A'), arn('B')],
  });
  expect(notRead.map(({ path }) => path)).toEqual([
    'p.json: aws_backup_selection.s.resources',
    'p.json: aws_backup_selection.s.not_resources',
  ]);
});

test('the account that a data source found while planning is that of its provider', () => {
  const me = {
    address: 'data.aws_caller_identity.me',
    mode: 'data',
    type: 'aws_caller_identity',
    name: 'me',
    values: { account_id: '444444444444' },
  };
  const json = planOf([['aws_backup_vault.a', { name: 'a' }, { arn: true }, {}]], {
    prior_state: { values: { root_module: { resources: [me] } } },
  });
  const { configuration } = json as { configuration: { root_module: { resources: object[] } } };
  configuration.root_module.resources.push({ ...me, provider_config_key: 'aws' });
  expect(read(json).estate.vaults?.[0]?.env).toEqual({
    partition: 'aws',
    account: '444444444444',
    region: 'eu-west-1',
  });
});

test('replaced resources are read, destroyed ones are not', () => {
  const json = planOf([
    ['aws_backup_vault.a', { name: 'a' }, {}, {}],
    ['aws_backup_vault.b', { name: 'b' }, {}, {}],
  ]);
  const { resource_changes: changes } = json as { resource_changes: { change: { actions: string[] } }[] };
  (changes[0] as (typeof changes)[0]).change.actions = ['delete', 'create'];
  (changes[1] as (typeof changes)[0]).change.actions = ['delete'];
  expect(read(json).estate.vaults?.map((v) => v.backupVaultName)).toEqual(['a']);
});

test('one reference is taken as the value, and said where text may stand around it', () => {
  const json = planOf([
    ['aws_sns_topic.t', { name: 'events' }, { arn: true }, {}],
    [
      'aws_backup_vault.a',
      {},
      { name: true, kms_key_arn: true },
      { name: references('aws_sns_topic.t.name', 'aws_sns_topic.t') },
    ],
  ]);
  const { estate, notRead } = read(json);
  expect(estate.vaults?.[0]?.backupVaultName).toBe('events');
  expect(notRead.filter(({ type }) => type === 'expression')).toEqual([
    {
      path: 'p.json: aws_backup_vault.a.name',
      type: 'expression',
      reason: 'a plan carries only the references of it; taken as their values alone',
    },
  ]);
});

test('a Region that a reference does not give whole is refused', () => {
  const json = planOf([['aws_backup_vault.a', { name: 'a' }, {}, {}]], { variables: { zone: { value: 'west' } } });
  const { configuration } = json as { configuration: { provider_config: object } };
  configuration.provider_config = { aws: { name: 'aws', expressions: { region: references('var.zone') } } };
  expect(() => read(json)).toThrow('p.json: provider.aws.region is ${var.zone}: the plan knows it only after apply');
  expect(read(json, { 'provider.aws.region': 'eu-west-1' }).estate.vaults?.[0]?.env.region).toBe('eu-west-1');
});
