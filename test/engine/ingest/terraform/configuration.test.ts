import { readFileSync } from 'node:fs';
import type { Estate } from '@holdfast/model';
import type { ReadOptions } from '../../../../engine/src/ingest/artifact';
import { ENV, fixture, readConfiguration, readFiles } from './artifact-files';

function read(json: unknown, given: Partial<ReadOptions> = {}): Estate {
  return readConfiguration(json, given).estate;
}

/** Names of the vaults that a configuration declares. */
function vaultNames(body: object, rest: object = {}, given: Partial<ReadOptions> = {}): string[] {
  return (read({ ...rest, resource: { aws_backup_vault: { v: body } } }, given).vaults ?? []).map(
    (v) => v.backupVaultName,
  );
}

describe('names of things', () => {
  // prettier-ignore
  test.each([
    ['a variable with default', '${var.a}',                             { variable: { a: { default: 'x' } } },                         'x'],
    ['a default is literal',    '${var.a}',                             { variable: { a: { default: '${b}' } } },                      '${b}'],
    ['a parameter',             '${var.p}',                             { variable: { p: { default: 'x' } } },                         'given'],
    ['a set has no duplicates', '${join("", var.a)}',                   { variable: { a: { type: 'set(string)', default: ['b', 'a', 'b'] } } }, 'ab'],
    ['a local',                 '${local.a}-${local.b}',                { locals: { a: 'x', b: '${upper(local.a)}' } },                'x-X'],
    ['locals in lists',         '${local.a}${local.b}',                 { locals: [{ a: '1' }, { b: '2' }] },                          '12'],
    ['caller identity',         'v-${data.aws_caller_identity.me.account_id}', { data: { aws_caller_identity: { me: {} } } },          'v-123456789012'],
    ['the Region',              'v-${data.aws_region.here.name}',       { data: { aws_region: { here: {} } } },                        'v-us-east-1'],
    ['the partition',           'v-${data.aws_partition.p.partition}',  { data: { aws_partition: { p: [{}] } } },                      'v-aws'],
    ['the workspace',           'v-${terraform.workspace}',             {},                                                            'v-default'],
    ['the path',                'v${path.module}${path.root}',          {},                                                            'v..'],
    ['an escaped template',     '$${x}',                                {},                                                            '${x}'],
  ])('%s', (_, name, rest, expected) => {
    expect(vaultNames({ name }, rest, { parameters: { p: 'given' } })).toEqual([expected]);
  });

  test('count, for_each over a map, a set and nothing', () => {
    expect(vaultNames({ count: 2, name: 'v-${count.index}' })).toEqual(['v-0', 'v-1']);
    expect(vaultNames({ count: '${var.on ? 1 : 0}', name: 'v' }, { variable: { on: { default: false } } })).toEqual([]);
    expect(vaultNames({ for_each: { b: 1, a: 2 }, name: '${each.key}${each.value}' })).toEqual(['a2', 'b1']);
    expect(vaultNames({ for_each: '${toset(["y", "x"])}', name: '${each.value}' })).toEqual(['x', 'y']);
  });

  test('addresses carry the key', () => {
    const { vaults } = read({
      resource: { aws_backup_vault: { v: { for_each: { 'a b': 1 }, name: 'v' }, w: { count: 1, name: 'w' } } },
    });
    expect(vaults?.map((v) => v.declaredAt)).toEqual([
      's.tf.json: aws_backup_vault.v["a b"]',
      's.tf.json: aws_backup_vault.w[0]',
    ]);
  });

  test('references to instances: index, key, splat, whole', () => {
    const copies = (destination: string): unknown => ({
      provider: { aws: { region: 'eu-west-1' } },
      resource: {
        aws_backup_vault: { n: { count: 2, name: 'n${count.index}' }, k: { for_each: { a: 1 }, name: 'k${each.key}' } },
        aws_backup_plan: {
          p: { name: 'p', rule: { rule_name: 'r', target_vault_name: destination } },
        },
      },
    });
    const target = (text: string): unknown => read(copies(text)).plans?.[0]?.rules[0]?.targetBackupVaultName;
    expect(target('${aws_backup_vault.n[1].name}')).toBe('n1');
    expect(target('${aws_backup_vault.k["a"].name}')).toBe('ka');
    expect(target('${aws_backup_vault.n.*.name[0]}')).toBe('n0');
    expect(target('${join("+", aws_backup_vault.n[*].name)}')).toBe('n0+n1');
    expect(target('${values(aws_backup_vault.k)[0].id}')).toBe('ka');
    expect(target('${one(values(aws_backup_vault.k)).arn}')).toBe(
      'arn:aws:backup:eu-west-1:123456789012:backup-vault:ka',
    );
  });
});

describe('where things live', () => {
  const place = (provider: unknown, body: object = {}, given: Partial<ReadOptions> = {}): unknown =>
    read({ provider, resource: { aws_backup_vault: { v: { name: 'main', ...body } } } }, given).vaults?.[0]?.env;

  // prettier-ignore
  test.each([
    ['nothing said',          undefined,                                                                    {},                     ENV],
    ['a Region',              { aws: { region: 'eu-west-1' } },                                             {},                     { ...ENV, region: 'eu-west-1' }],
    ['a partition',           { aws: [{ region: 'cn-north-1' }] },                                          {},                     { ...ENV, partition: 'aws-cn', region: 'cn-north-1' }],
    ['an alias',              { aws: [{ region: 'eu-west-1' }, { alias: 'dr', region: 'eu-west-2' }] },     { provider: 'aws.dr' }, { ...ENV, region: 'eu-west-2' }],
    ['an alias as template',  { aws: [{ alias: 'dr', region: 'eu-west-2' }] },                              { provider: '${aws.dr}' }, { ...ENV, region: 'eu-west-2' }],
    ['an allowed account',    { aws: { allowed_account_ids: ['111111111111'] } },                           {},                     { ...ENV, account: '111111111111' }],
    ['two allowed accounts',  { aws: { allowed_account_ids: ['111111111111', '222222222222'] } },           {},                     ENV],
    ['a role',                { aws: { assume_role: [{ role_arn: 'arn:aws:iam::333333333333:role/x' }] } }, {},                     { ...ENV, account: '333333333333' }],
    ['its own Region',        { aws: { region: 'eu-west-1' } },                                             { region: 'eu-west-3' }, { ...ENV, region: 'eu-west-3' }],
  ])('%s', (_, provider, body, expected) => {
    expect(place(provider, body)).toEqual(expected);
  });
});

describe('modules', () => {
  const files = {
    'root/main.tf.json': {
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'dr', region: 'eu-west-2' }] },
      module: {
        near: { source: './vault', for_each: '${toset(["a", "b"])}', name: 'near-${each.key}' },
        far: { source: './vault', providers: { aws: 'aws.dr' }, name: 'far' },
        remote: { source: 'terraform-aws-modules/backup/aws' },
      },
      resource: {
        aws_backup_plan: {
          p: {
            name: 'p',
            rule: {
              rule_name: 'r',
              target_vault_name: '${module.near["a"].name}',
              copy_action: { destination_vault_arn: '${module.far.arn}' },
            },
          },
        },
      },
    },
    'root/vault/main.tf.json': {
      variable: { name: {}, suffix: { default: '-v' } },
      resource: { aws_backup_vault: { this: { name: '${var.name}${var.suffix}' } } },
      output: { name: { value: '${aws_backup_vault.this.name}' }, arn: { value: '${aws_backup_vault.this.arn}' } },
    },
    'root/ignored.tf': '',
  };

  test('calls with for_each, providers, variables and outputs', () => {
    const { estate, notRead } = readFiles(files, ['root']);
    expect(estate.vaults?.map((v) => [v.declaredAt, v.backupVaultName, v.env.region])).toEqual([
      ['root/vault/main.tf.json: module.near["a"].aws_backup_vault.this', 'near-a-v', 'eu-west-1'],
      ['root/vault/main.tf.json: module.near["b"].aws_backup_vault.this', 'near-b-v', 'eu-west-1'],
      ['root/vault/main.tf.json: module.far.aws_backup_vault.this', 'far-v', 'eu-west-2'],
    ]);
    expect(estate.plans?.[0]?.rules[0]).toMatchObject({
      targetBackupVaultName: 'near-a-v',
      copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-west-2:123456789012:backup-vault:far-v' }],
    });
    expect(notRead.map(({ path, type }) => [path, type])).toEqual([
      ['root/ignored.tf', 'HCL'],
      ['root/main.tf.json: module.remote', 'module'],
    ]);
  });
});

describe('declarations', () => {
  test('a plan with all arguments, blocks as objects, lists and dynamic', () => {
    const { plans } = read({
      locals: { more: { weekly: 'cron(0 5 ? * 1 *)' } },
      resource: {
        aws_backup_plan: {
          p: {
            name: 'p',
            tags: { a: 1 },
            advanced_backup_setting: { resource_type: 'EC2', backup_options: { WindowsVSS: 'enabled' } },
            rule: [
              {
                rule_name: 'daily',
                target_vault_name: 'main',
                schedule: 'cron(0 5 ? * * *)',
                schedule_expression_timezone: 'Europe/Berlin',
                start_window: 120,
                completion_window: '240',
                enable_continuous_backup: true,
                recovery_point_tags: { kept: true },
                lifecycle: {
                  cold_storage_after: 30,
                  delete_after: 365,
                  opt_in_to_archive_for_supported_resources: true,
                },
                copy_action: [
                  {
                    destination_vault_arn: 'arn:aws:backup:eu-west-1:1:backup-vault:a',
                    lifecycle: { delete_after: 0 },
                  },
                ],
                scan_action: { malware_scanner: 'GUARDDUTY', scan_mode: 'FULL_SCAN' },
              },
            ],
            dynamic: {
              rule: {
                for_each: '${local.more}',
                iterator: 'it',
                content: {
                  rule_name: '${it.key}',
                  target_vault_name: 'main',
                  schedule: '${it.value}',
                  dynamic: [
                    {
                      copy_action: { for_each: ['x'], content: { destination_vault_arn: 'arn:${copy_action.value}' } },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    });
    const defaults = { scheduleExpressionTimezone: 'Etc/UTC', startWindowMinutes: 60, completionWindowMinutes: 180 };
    expect(plans).toEqual([
      {
        backupPlanName: 'p',
        env: ENV,
        tags: { a: '1' },
        advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }],
        declaredAt: 's.tf.json: aws_backup_plan.p',
        rules: [
          {
            ruleName: 'daily',
            targetBackupVaultName: 'main',
            scheduleExpression: 'cron(0 5 ? * * *)',
            scheduleExpressionTimezone: 'Europe/Berlin',
            startWindowMinutes: 120,
            completionWindowMinutes: 240,
            enableContinuousBackup: true,
            recoveryPointTags: { kept: 'true' },
            lifecycle: {
              moveToColdStorageAfterDays: 30,
              deleteAfterDays: 365,
              optInToArchiveForSupportedResources: true,
            },
            copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:1:backup-vault:a', lifecycle: {} }],
            scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }],
          },
          {
            ruleName: 'weekly',
            targetBackupVaultName: 'main',
            scheduleExpression: 'cron(0 5 ? * 1 *)',
            ...defaults,
            copyActions: [{ destinationBackupVaultArn: 'arn:x' }],
          },
        ],
      },
    ]);
  });

  test('what is not modelled is listed', () => {
    const { notRead } = readConfiguration({
      resource: {
        aws_vpc: { v: { cidr_block: '${cidrsubnet("10.0.0.0/8", 8, 1)}' } },
        aws_backup_plan: {
          p: { name: 'p', rule: { rule_name: 'r', target_vault_name: 'v', later_action: { mode: 'FULL' } } },
        },
        aws_backup_selection: { s: { plan_id: 'elsewhere', name: 's', iam_role_arn: 'arn:aws:iam::1:role/x' } },
        aws_backup_vault_policy: { p: { backup_vault_name: 'elsewhere', policy: '{}' } },
        aws_db_instance: { i: { identifier: 'i', engine: 'aurora-mysql' } },
      },
      ephemeral: {},
    });
    expect(notRead).toEqual([
      { path: 's.tf.json: ephemeral', type: 'ephemeral', reason: 'blocks of this kind are not read' },
      {
        path: 's.tf.json: aws_db_instance.i',
        type: 'aws_db_instance',
        reason: 'a member of a DB cluster; AWS Backup protects the cluster',
      },
      {
        path: 's.tf.json: aws_backup_vault_policy.p',
        type: 'aws_backup_vault_policy',
        reason: 'the vault that it names is not among the artifacts',
      },
      {
        path: 's.tf.json: aws_backup_plan.p.rule[0].later_action',
        type: 'aws_backup_plan',
        reason: 'this argument is not modelled',
      },
      {
        path: 's.tf.json: aws_backup_selection.s',
        type: 'aws_backup_selection',
        reason: 'its plan elsewhere is not among the artifacts',
      },
      { path: 's.tf.json: aws_vpc.v', type: 'aws_vpc', reason: 'resources of this type are not modelled' },
    ]);
  });

  test('vaults take policy, lock and notifications that name them in their own Region', () => {
    const { vaults, logicallyAirGappedVaults } = read({
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'dr', region: 'eu-west-2' }] },
      resource: {
        aws_sns_topic: { t: { name: 'events' } },
        aws_backup_vault: {
          v: { name: 'main', kms_key_arn: '${aws_kms_key.k.arn}' },
          w: { name: 'main', provider: 'aws.dr' },
        },
        aws_kms_key: { k: { multi_region: true } },
        aws_backup_vault_lock_configuration: {
          l: { backup_vault_name: '${aws_backup_vault.v.id}', min_retention_days: 7 },
        },
        aws_backup_vault_notifications: {
          n: {
            backup_vault_name: 'main',
            sns_topic_arn: '${aws_sns_topic.t.arn}',
            backup_vault_events: ['COPY_JOB_FAILED'],
          },
        },
        aws_backup_vault_policy: {
          p: { provider: 'aws.dr', backup_vault_name: 'main', policy: '${jsonencode({ Statement = [] })}' },
        },
        aws_backup_logically_air_gapped_vault: { a: { name: 'gap', min_retention_days: 7, max_retention_days: 30 } },
      },
    });
    expect(vaults).toMatchObject([
      {
        encryptionKeyArn: expect.stringMatching(/^arn:aws:kms:eu-west-1:123456789012:key\/mrk-[0-9a-f]{32}$/) as string,
        vaultLock: { minRetentionDays: 7 },
        notifications: {
          snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:events',
          backupVaultEvents: ['COPY_JOB_FAILED'],
        },
      },
      { accessPolicy: { Statement: [] } },
    ]);
    expect(logicallyAirGappedVaults).toMatchObject([
      { backupVaultName: 'gap', minRetentionDays: 7, maxRetentionDays: 30 },
    ]);
  });

  test('policy documents are what the provider renders', () => {
    const { configuration, rendered } = JSON.parse(readFileSync(fixture('policy-documents.json'), 'utf8')) as {
      configuration: object;
      rendered: Record<string, string>;
    };
    for (const [name, expected] of Object.entries(rendered)) {
      const policy = `\${data.aws_iam_policy_document.${name}.json}`;
      const { vaults } = read({
        ...configuration,
        resource: {
          aws_backup_vault: { v: { name: policy } },
        },
      });
      // Principals of one type in several blocks: to the provider the blocks are a set, in an order of its own.
      const ordered = (text = ''): string => text.replace(/"z",(\s+)"y"/, '"y",$1"z"');
      expect(ordered(vaults?.[0]?.backupVaultName)).toBe(expected);
    }
  });
});
