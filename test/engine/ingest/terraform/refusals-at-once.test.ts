// All that keeps Terraform's artifacts from being read, said at once.
import { IngestRefusals } from '../../../../engine/src/ingest/artifact';
import type { ReadOptions } from '../../../../engine/src/ingest/artifact';
import { readConfiguration, readFiles } from './artifact-files';

/** The lines of what is refused. */
function refused(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    const all = error instanceof IngestRefusals ? error.all : [error as Error];
    expect((error as Error).message).toBe(all.map(({ message }) => message).join('\n'));
    return all.map(({ message }) => message);
  }
}

const lines = (json: unknown, given: Partial<ReadOptions> = {}) => refused(() => readConfiguration(json, given));
const now = (place: string) =>
  `s.tf.json: ${place} is \${timestamp()}: timestamp() differs from run to run; give --value ${place}=…`;

test('resource by resource and value by value, in the order of the file', () => {
  const json = {
    resource: {
      aws_backup_selection: {
        s: { plan_id: '${aws_backup_plan.p.id}', name: 's', iam_role_arn: '${timestamp()}', resources: ['*'] },
      },
      aws_backup_plan: {
        p: {
          name: 'p',
          rule: [
            { rule_name: 'r', target_vault_name: '${timestamp()}', schedule: '${timestamp()}', start_window: 'soon' },
            { rule_name: 'q', target_vault_name: 'v', lifecycle: { delete_after: '${timestamp()}' } },
          ],
        },
      },
      aws_backup_vault: { v: { name: '${timestamp()}' }, w: { name: 'w', kms_key_arn: '${timestamp()}' } },
      aws_dynamodb_table: { t: { name: '${timestamp()}' } },
      aws_backup_vault_policy: { x: { backup_vault_name: 'w', policy: '{' } },
    },
  };
  const first = 'aws_backup_plan.p.rule[0]';
  expect(lines(json)).toEqual([
    now('aws_backup_selection.s.iam_role_arn'),
    now(`${first}.target_vault_name`),
    now(`${first}.schedule`),
    `s.tf.json: ${first}.start_window must be a number, got "soon"`,
    now('aws_backup_plan.p.rule[1].lifecycle[0].delete_after'),
    now('aws_backup_vault.v.name'),
    now('aws_backup_vault.w.kms_key_arn'),
    now('aws_dynamodb_table.t.name'),
    's.tf.json: aws_backup_vault_policy.x.policy must be JSON, got "{"',
  ]);
});

const TWO = {
  variable: { schedule: {}, vault: {}, tag: { default: 'x' }, unread: {} },
  resource: {
    aws_backup_plan: {
      p: {
        name: '${var.tag}',
        rule: [{ rule_name: 'r', target_vault_name: '${var.vault}', schedule: '${var.schedule}' }],
      },
    },
    aws_backup_vault: { v: { name: '${var.vault}' } },
  },
};

test('several variables without a value are one line, beside what else is wrong', () => {
  expect(lines(TWO)).toEqual([
    's.tf.json: variables have neither a default nor a value: vault, schedule; give each as --parameter <name>=<value>',
  ]);
  const { resource, ...rest } = TWO;
  expect(lines({ ...rest, resource: { ...resource, aws_ebs_volume: { e: { size: 'big' } } } })).toEqual([
    's.tf.json: variables have neither a default nor a value: vault, schedule; give each as --parameter <name>=<value>',
    's.tf.json: aws_ebs_volume.e.size must be a number, got "big"',
  ]);
});

test('one variable without a value is named where it is needed', () => {
  const place = (name: string) => `s.tf.json: ${name} is \${var.vault}; give --parameter vault=… or --value ${name}=…`;
  expect(lines(TWO, { parameters: { schedule: 'cron(0 5 ? * * *)' } })).toEqual([
    place('aws_backup_plan.p.rule[0].target_vault_name'),
    place('aws_backup_vault.v.name'),
  ]);
  expect(lines(TWO, { parameters: { schedule: 'cron(0 5 ? * * *)', vault: 'v' } })).toEqual([]);
});

test('what keeps several resources from being read in the same words is said once', () => {
  const json = {
    provider: { aws: { region: '${timestamp()}' } },
    resource: { aws_backup_vault: { v: { name: 'v' }, w: { name: 'w' } } },
  };
  expect(lines(json)).toEqual([now('provider.aws.region')]);
});

test('a count that is not known is named beside the rest', () => {
  const json = {
    resource: {
      aws_backup_vault: { v: { name: 'v', kms_key_arn: '${timestamp()}' }, w: { name: 'w', count: '${timestamp()}' } },
    },
  };
  expect(lines(json)).toEqual([now('aws_backup_vault.w.count'), now('aws_backup_vault.v.kms_key_arn')]);
});

test('a selection of a plan that is refused is read, and one of a plan elsewhere is not', () => {
  const selection = (planId: string) => ({ plan_id: planId, name: 's', iam_role_arn: '${timestamp()}' });
  const json = {
    resource: {
      aws_backup_plan: { p: { name: 'p', rule: 'daily' } },
      aws_backup_selection: { s: selection('${aws_backup_plan.p.id}'), elsewhere: selection('other') },
    },
  };
  expect(lines(json)).toEqual([
    's.tf.json: aws_backup_plan.p.rule[0] must be an object, got "daily"',
    now('aws_backup_selection.s.iam_role_arn'),
  ]);
});

test('of a plan, every part that its references do not give', () => {
  const change = (address: string, after: object, unknown: object) => {
    const [type, name] = address.split('.');
    return { address, mode: 'managed', type, name, change: { actions: ['create'], after, after_unknown: unknown } };
  };
  const configured = (address: string, expressions: object) => {
    const [type, name] = address.split('.');
    return { address, mode: 'managed', type, name, expressions };
  };
  const plan = {
    planned_values: {},
    resource_changes: [
      change('aws_backup_vault.v', { name: 'v' }, { kms_key_arn: true }),
      change(
        'aws_backup_plan.p',
        { name: 'p', rule: [{ rule_name: 'r', target_vault_name: 'v' }] },
        { rule: [{ schedule: true }] },
      ),
    ],
    configuration: {
      root_module: {
        resources: [
          configured('aws_backup_vault.v', { kms_key_arn: { references: ['local.key'] } }),
          configured('aws_backup_plan.p', { rule: [{ schedule: { references: ['local.schedule'] } }] }),
        ],
      },
    },
  };
  const place = (name: string, local: string) =>
    `p.json: ${name} is \${local.${local}}: a plan does not carry locals; give --value ${name}=…`;
  expect(refused(() => readFiles({ 'p.json': plan }, ['p.json']))).toEqual([
    place('aws_backup_vault.v.kms_key_arn', 'key'),
    place('aws_backup_plan.p.rule[0].schedule', 'schedule'),
  ]);
});

test('of several artifacts, and of files that cannot be read', () => {
  const vault = (name: string) => ({ resource: { aws_backup_vault: { v: { name } } } });
  const two = { 'a.tf.json': vault('${timestamp()}'), 'b.tf.json': vault('${timestamp()}') };
  const line = (file: string) => now('aws_backup_vault.v.name').replace('s.tf.json', file);
  expect(refused(() => readFiles(two, ['a.tf.json', 'b.tf.json']))).toEqual([line('a.tf.json'), line('b.tf.json')]);
  const bent = { ...two, 'c.tf.json': [], 'd.tf.json': [] };
  expect(refused(() => readFiles(bent, Object.keys(bent)))).toEqual([
    'c.tf.json: must hold a JSON object',
    'd.tf.json: must hold a JSON object',
  ]);
});
