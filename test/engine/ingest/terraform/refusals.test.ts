import * as fc from 'fast-check';
import { IngestRefusal } from '../../../../engine/src/ingest/artifact';
import type { ReadOptions } from '../../../../engine/src/ingest/artifact';
import { detectTerraform } from '../../../../engine/src/ingest/terraform/detect-terraform';
import { readTerraform } from '../../../../engine/src/ingest/terraform/read-terraform';
import { disk, fixture, inMemory, options, readConfiguration, readFiles, readPaths } from './artifact-files';

const plan = (rule: object, rest: object = {}): object => ({
  ...rest,
  resource: { aws_backup_plan: { p: { name: 'p', rule: { rule_name: 'r', target_vault_name: 'v', ...rule } } } },
});

const vault = (body: object, rest: object = {}): object => ({ ...rest, resource: { aws_backup_vault: { v: body } } });

const SCHEDULE = 'aws_backup_plan.p.rule[0].schedule';

// prettier-ignore
test.each<[string, unknown, string]>([
  ['a variable without default', plan({ schedule: '${var.schedule}' }, { variable: { schedule: {} } }),
    `${SCHEDULE} is \${var.schedule}; give --parameter schedule=… or --value ${SCHEDULE}=…`],
  ['a variable inside text', plan({ schedule: 'cron(${var.at})' }, { variable: { at: {} } }),
    `${SCHEDULE} is cron(\${var.at}): var.at has no default; give --parameter at=… or --value ${SCHEDULE}=…`],
  ['an undeclared variable', plan({ schedule: '${var.schedule}' }),
    `${SCHEDULE} is \${var.schedule}: there is no var.schedule; give --value ${SCHEDULE}=…`],
  ['a local on the way', plan({ schedule: '${local.s}' }, { locals: { s: '${timestamp()}' } }),
    `${SCHEDULE} is \${local.s}: timestamp() differs from run to run; give --value ${SCHEDULE}=…`],
  ['an unknown function', plan({ schedule: '${filebase64("x")}' }),
    `${SCHEDULE} is \${filebase64("x")}: the function filebase64() is not read; give --value ${SCHEDULE}=…`],
  ['a fault in an expression', plan({ schedule: '${1 + "a"}' }),
    `${SCHEDULE} is \${1 + "a"}: the right side of '+' must be a number, got "a"; give --value ${SCHEDULE}=…`],
  ['a template that is none', plan({ schedule: '${' }),
    `${SCHEDULE} is \${: at character 2 a value is expected, got the end; give --value ${SCHEDULE}=…`],
  ['what only AWS knows', plan({ target_vault_name: '${data.aws_ssm_parameter.p.value}' }, { data: { aws_ssm_parameter: { p: { name: 'x' } } } }),
    'aws_backup_plan.p.rule[0].target_vault_name is ${data.aws_ssm_parameter.p.value}: data.aws_ssm_parameter.p.value is known only after apply; give --value aws_backup_plan.p.rule[0].target_vault_name=…'],
  ['a number that is none', plan({ start_window: 'soon' }),
    'aws_backup_plan.p.rule[0].start_window must be a number, got "soon"'],
  ['two lifecycles', plan({ lifecycle: [{}, {}] }), 'aws_backup_plan.p.rule[0].lifecycle must be one block, got a list of 2'],
  ['a rule that is no block', { resource: { aws_backup_plan: { p: { name: 'p', rule: 'daily' } } } },
    'aws_backup_plan.p.rule[0] must be an object, got "daily"'],
  ['a policy that is no JSON', { resource: {
      aws_backup_vault: { v: { name: 'v' } }, aws_backup_vault_policy: { p: { backup_vault_name: 'v', policy: '{' } } } },
    'aws_backup_vault_policy.p.policy must be JSON, got "{"'],
  ['a circle of locals', vault({ name: '${local.a}' }, { locals: { a: '${local.b}', b: '${upper(local.a)}' } }),
    'local.a refers to itself: local.a -> local.b -> local.a'],
  ['a circle of resources', { resource: { aws_backup_vault: { v: { name: '${aws_backup_vault.w.name}' }, w: { name: '${aws_backup_vault.v.name}' } } } },
    'aws_backup_vault.v.name refers to itself: aws_backup_vault.v.name -> aws_backup_vault.w.name -> aws_backup_vault.v.name'],
  ['a count that is not known', vault({ name: 'v', count: '${var.n}' }, { variable: { n: {} } }),
    'aws_backup_vault.v.count is ${var.n}; give --parameter n=… or --value aws_backup_vault.v.count=…'],
  ['a count too large', vault({ name: 'v', count: 1e9 }), 'aws_backup_vault.v.count must be 0 to 20000, got 1000000000'],
  ['a count that is none', vault({ name: 'v', count: 'many' }), 'aws_backup_vault.v.count must be a number, got "many"'],
  ['for_each over a list', vault({ name: 'v', for_each: ['a'] }),
    'aws_backup_vault.v.for_each must be a map or a set of text, got a list of 1; toset() makes a set of it'],
  ['a Region that is not known', vault({ name: 'v' }, { provider: { aws: { region: '${var.region}' } }, variable: { region: {} } }),
    'provider.aws.region is ${var.region}; give --parameter region=… or --value provider.aws.region=…'],
  ['an account that is none', vault({ name: 'v' }, { provider: { aws: { allowed_account_ids: ['1'] } } }),
    'provider.aws.allowed_account_ids[0] must name an account of 12 digits, got "1"'],
  ['a provider that nobody declares', vault({ name: 'v', provider: 'aws.dr' }),
    'aws_backup_vault.v.provider is aws.dr, which no provider block declares'],
  ['a resource that is no object', { resource: { aws_backup_vault: 'v' } }, 'resource.aws_backup_vault must be an object, got "v"'],
  ['a table whose name is not known', { resource: { aws_dynamodb_table: { t: { name: '${var.n}' } } }, variable: { n: {} } },
    'aws_dynamodb_table.t.name is ${var.n}; give --parameter n=… or --value aws_dynamodb_table.t.name=…'],
  ['an engine that is not known', { resource: { aws_rds_cluster: { c: { engine: '${var.e}' } } }, variable: { e: {} } },
    'aws_rds_cluster.c.engine is ${var.e}; give --parameter e=… or --value aws_rds_cluster.c.engine=…'],
  ['a chain too long', vault({ name: '${local.l0}' }, { locals: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`l${i}`, `\${local.l${i + 1}}`])) }),
    'local.l199 is reached by more than 200 references'],
])('%s', (_, json, message) => {
  expect(() => readConfiguration(json)).toThrow(new IngestRefusal('s.tf.json', '', message));
});

// prettier-ignore
test.each<[string, Partial<ReadOptions>]>([
  ['a parameter',            { parameters: { schedule: 'cron(0 1 ? * * *)' } }],
  ['a value by path',        { values: { [SCHEDULE]: 'cron(0 1 ? * * *)' } }],
  ['a value by whole path',  { values: { [`s.tf.json: ${SCHEDULE}`]: 'cron(0 1 ? * * *)' } }],
  ['a value of the variable', { values: { 'var.schedule': 'cron(0 1 ? * * *)' } }],
])('%s answers a refusal', (_, given) => {
  const { estate } = readConfiguration(plan({ schedule: '${var.schedule}' }, { variable: { schedule: {} } }), given);
  expect(estate.plans?.[0]?.rules[0]?.scheduleExpression).toBe('cron(0 1 ? * * *)');
});

// prettier-ignore
test.each<[string, Record<string, unknown>, string, string]>([
  ['no stacks',          { 'o/manifest.json': { stacks: {} } },                                   'o', 'o/manifest.json: stacks must list the stacks that cdktf synthesized'],
  ['no path',            { 'o/manifest.json': { stacks: { a: {} } } },                            'o', 'o/manifest.json: stacks.a has no synthesizedStackPath'],
  ['a missing stack',    { 'o/manifest.json': { stacks: { a: { synthesizedStackPath: 'x.json' } } } }, 'o', 'o/x.json: is not a file'],
  ['a stack in HCL',     { 'o/manifest.json': { stacks: { a: { synthesizedStackPath: 'x.tf' } } } }, 'o', 'o/x.tf: is HCL; synthesize JSON (cdktf synth without --hcl)'],
  ['a list',             { 'a.tf.json': [] },                                                     'a.tf.json', 'a.tf.json: must hold a JSON object'],
  ['a failed plan',      { 'p.json': { planned_values: {}, errored: true } },                     'p.json', 'p.json: is the plan of a run that failed'],
  ['a bent plan',        { 'p.json': { planned_values: {}, resource_changes: [{ change: {} }] } }, 'p.json', 'p.json: resource_changes[0] must have an address, a mode and a type'],
  ['a bent state',       { 's.json': { format_version: '1.0', values: { root_module: { resources: {} } } } }, 's.json', 's.json: values.root_module.resources must be a list'],
])('%s', (_, contents, path, message) => {
  expect(() => readFiles(contents, [path])).toThrow(new IngestRefusal(message.split(': ')[0] ?? '', '', message.slice(message.indexOf(': ') + 2)));
});

test('an expression that would not end is refused', () => {
  const name = '${length([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]])}';
  expect(() => readConfiguration(vault({ name }))).toThrow('s.tf.json: evaluates more than 5,000,000 expressions');
});

test('text that doubles itself is refused', () => {
  const locals = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`l${i}`, `\${local.l${i + 1}}\${local.l${i + 1}}`]),
  );
  const json = vault({ name: '${local.l0}' }, { locals: { ...locals, l60: 'xxxxxxxx' } });
  expect(() => readConfiguration(json)).toThrow('s.tf.json: makes more than 200,000,000 characters of text');
});

test('an unknown part of a plan that its references do not give is refused', () => {
  const text = disk
    .read(fixture('plan.json'))
    .replace(/"references": \[\s*"aws_iam_role.r.arn",\s*"aws_iam_role.r"\s*\]/g, '"references": ["local.role"]');
  expect(() => readFiles({ 'p.json': text }, ['p.json'])).toThrow(
    'p.json: aws_backup_selection.s.iam_role_arn is ${local.role}: a plan does not carry locals; give --value aws_backup_selection.s.iam_role_arn=…',
  );
});

describe('whatever stands in a file', () => {
  const CONFIGURATION = JSON.stringify({
    variable: { a: { default: 'x' } },
    locals: { l: '${[for k, v in { a = 1 } : "${k}-${v}" if v > 0]}' },
    provider: { aws: [{ region: 'eu-west-1', default_tags: { tags: { a: 'b' } } }] },
    data: { aws_iam_policy_document: { d: { statement: { actions: ['a'], resources: ['*'] } } } },
    resource: {
      aws_backup_vault: { v: { count: 2, name: 'v${count.index}-%{ if true }${local.l[0]}%{ endif }' } },
      aws_backup_vault_policy: {
        p: { backup_vault_name: '${aws_backup_vault.v[0].name}', policy: '${data.aws_iam_policy_document.d.json}' },
      },
      aws_backup_plan: {
        p: {
          name: 'p',
          dynamic: {
            rule: { for_each: { a: 1 }, content: { rule_name: '${rule.key}', target_vault_name: '${var.a}' } },
          },
        },
      },
      aws_backup_selection: {
        s: { plan_id: '${aws_backup_plan.p.id}', name: 's', iam_role_arn: 'x', resources: ['${aws_ebs_volume.e.arn}'] },
      },
      aws_ebs_volume: { e: { size: 5, tags: { Name: 'e' } } },
    },
  });
  const SOURCES: readonly (readonly [string, string])[] = [
    ['s.tf.json', CONFIGURATION],
    ['p.json', disk.read(fixture('plan.json'))],
    ['t.json', disk.read(fixture('state.json'))],
  ];

  /** Either it is read, or refused with the file's name; never anything else. */
  function readOrRefused(name: string, text: string): void {
    const files = inMemory({ [name]: text });
    try {
      const input = detectTerraform(name, files);
      if (input !== undefined) readTerraform([input], options(), files);
    } catch (error) {
      expect(error).toBeInstanceOf(IngestRefusal);
      expect((error as Error).message).toMatch(/^(s\.tf|p|t)\.json: /);
    }
  }

  test.each(SOURCES)('%s cut off anywhere', (name, text) => {
    fc.assert(
      fc.property(fc.nat(text.length), (at) => readOrRefused(name, text.slice(0, at))),
      { numRuns: 100 },
    );
  });

  test.each(SOURCES)('%s with values replaced', (name, text) => {
    const replacement = fc.oneof(
      fc.constantFrom(
        null,
        true,
        0,
        -1,
        1e308,
        '',
        '${',
        '${}',
        '%{ for',
        '${self.x}',
        '${each.key}',
        '${aws_backup_vault.v}',
        [],
        {},
        [[]],
        [null],
      ),
      fc.string().map((s) => `\${${s}}`),
      fc.jsonValue(),
    );
    const property = fc.property(fc.nat(), replacement, (place, value) => {
      readOrRefused(name, JSON.stringify(replaced(JSON.parse(text), place, value)));
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('configurations made of any JSON', () => {
    const keys = fc.constantFrom(
      'resource',
      'data',
      'locals',
      'variable',
      'output',
      'provider',
      'module',
      'terraform',
      '//',
    );
    const property = fc.property(fc.dictionary(keys, fc.jsonValue()), (json) =>
      readOrRefused('s.tf.json', JSON.stringify(json)),
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('deep nesting', () => {
    readOrRefused('s.tf.json', `{"locals":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    readOrRefused('s.tf.json', JSON.stringify(vault({ name: `\${${'['.repeat(20_000)}}` })));
  });
});

/** The value at the n-th place of a JSON tree replaced. */
function replaced(json: unknown, n: number, by: unknown): unknown {
  const places: { of: Record<string, unknown>; key: string }[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ of: value as Record<string, unknown>, key });
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(json);
  const place = places[n % places.length];
  if (place !== undefined) place.of[place.key] = by;
  return json;
}

test('all artifacts of one call are refused or read together', () => {
  expect(() => readPaths([fixture('state.json'), fixture('plan.json')], disk)).not.toThrow();
});
