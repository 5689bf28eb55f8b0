import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformIterator, TerraformStack, TerraformVariable } from 'cdktf';
import { detectTerraform } from '../../../../engine/src/ingest/terraform/detect-terraform';
import { disk, fixture, inMemory, readConfiguration, readFiles, readPaths } from './artifact-files';

const EUC1 = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
const EUW1 = { ...EUC1, region: 'eu-west-1' };

describe('cdktf.out', () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-cdktf-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  function synthesize(): void {
    const app = new App({ outdir: directory });
    const vaults = new TerraformStack(app, 'vaults');
    new AwsProvider(vaults, 'aws', {
      region: 'eu-central-1',
      allowedAccountIds: ['111111111111'],
      defaultTags: [{ tags: { team: 'platform', backup: 'no' } }],
    });
    const vault = new BackupVault(vaults, 'vault', { name: 'main', tags: { team: 'backup' } });
    const table = new DynamodbTable(vaults, 'orders', {
      name: 'orders',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
      tags: { backup: 'daily' },
      replica: [{ regionName: 'eu-west-1', propagateTags: true }],
    });
    const plans = new TerraformStack(app, 'plans');
    new AwsProvider(plans, 'aws', { region: 'eu-central-1', allowedAccountIds: ['111111111111'] });
    const dr = new AwsProvider(plans, 'aws-dr', {
      region: 'eu-west-1',
      alias: 'dr',
      allowedAccountIds: ['111111111111'],
    });
    const schedule = new TerraformVariable(plans, 'schedule', { type: 'string', default: 'cron(0 5 ? * * *)' });
    const copies = new BackupVault(plans, 'copies', { name: 'copies', provider: dr });
    const document = new DataAwsIamPolicyDocument(plans, 'deny', {
      statement: [
        {
          effect: 'Deny',
          actions: ['backup:DeleteRecoveryPoint'],
          resources: ['*'],
          principals: [{ type: '*', identifiers: ['*'] }],
        },
      ],
    });
    new BackupVaultPolicy(plans, 'policy', { backupVaultName: copies.name, policy: document.json, provider: dr });
    const plan = new BackupPlan(plans, 'plan', {
      name: 'p',
      rule: [
        {
          ruleName: 'daily',
          targetVaultName: vault.name,
          schedule: schedule.stringValue,
          lifecycle: { deleteAfter: 35 },
          copyAction: [{ destinationVaultArn: copies.arn, lifecycle: { deleteAfter: 30 } }],
        },
      ],
    });
    const me = new DataAwsCallerIdentity(plans, 'me');
    new BackupSelection(plans, 'selection', {
      planId: plan.id,
      name: 's',
      iamRoleArn: `arn:aws:iam::${me.accountId}:role/backup`,
      resources: [table.arn],
    });
    new BackupVault(plans, 'many', { forEach: TerraformIterator.fromList(['x', 'y']), name: `v-\${each.value}` });
    app.synth();
  }

  test('stacks are one estate, references across them resolved', () => {
    synthesize();
    const { estate, notRead } = readPaths([directory], disk);
    const account = '111111111111';
    expect(notRead).toEqual([]);
    expect(estate.vaults?.map((v) => [v.backupVaultName, v.env.account, v.env.region, v.tags])).toEqual([
      ['copies', account, 'eu-west-1', undefined],
      ['v-x', account, 'eu-central-1', undefined],
      ['v-y', account, 'eu-central-1', undefined],
      ['main', account, 'eu-central-1', { team: 'backup', backup: 'no' }],
    ]);
    expect(estate.vaults?.[0]?.accessPolicy).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'backup:DeleteRecoveryPoint', Resource: '*', Principal: '*' }],
    });
    const stack = join(directory, 'stacks/plans/cdk.tf.json');
    expect(estate.plans).toEqual([
      {
        backupPlanName: 'p',
        env: { ...EUC1, account },
        rules: [
          {
            ruleName: 'daily',
            targetBackupVaultName: 'main',
            scheduleExpression: 'cron(0 5 ? * * *)',
            scheduleExpressionTimezone: 'Etc/UTC',
            startWindowMinutes: 60,
            completionWindowMinutes: 180,
            lifecycle: { deleteAfterDays: 35 },
            copyActions: [
              {
                destinationBackupVaultArn: `arn:aws:backup:eu-west-1:${account}:backup-vault:copies`,
                lifecycle: { deleteAfterDays: 30 },
              },
            ],
          },
        ],
        selections: [
          {
            selectionName: 's',
            iamRoleArn: `arn:aws:iam::${account}:role/backup`,
            resources: [`arn:aws:dynamodb:eu-central-1:${account}:table/orders`],
            declaredAt: `${stack}: aws_backup_selection.selection`,
          },
        ],
        declaredAt: `${stack}: aws_backup_plan.plan`,
      },
    ]);
    expect(estate.resources?.map((r) => [r.arn, r.tags])).toEqual([
      [`arn:aws:dynamodb:eu-central-1:${account}:table/orders`, { team: 'platform', backup: 'daily' }],
      [`arn:aws:dynamodb:eu-west-1:${account}:table/orders`, { team: 'platform', backup: 'daily' }],
    ]);
  });

  test('a stack alone is refused where it needs another', () => {
    synthesize();
    const file = join(directory, 'stacks/plans/cdk.tf.json');
    expect(() => readPaths([file], disk)).toThrow(
      `${file}: aws_backup_plan.plan.rule[0].target_vault_name is ` +
        '${data.terraform_remote_state.cross-stack-reference-input-vaults.outputs.cross-stack-output-aws_backup_vaultvaultname}: ' +
        'data.terraform_remote_state.cross-stack-reference-input-vaults is the state of a configuration that is not among ' +
        'the artifacts; give --value aws_backup_plan.plan.rule[0].target_vault_name=…',
    );
  });
});

describe('a plan', () => {
  const file = fixture('plan.json');

  test('what is known only after apply is found through references, modules and data sources', () => {
    const { estate } = readPaths([file], disk);
    expect(estate.vaults?.map((v) => [v.backupVaultName, v.env, v.vaultLock, v.tags])).toEqual([
      ['dr', EUW1, undefined, undefined],
      ['copies', EUW1, { minRetentionDays: 7, maxRetentionDays: 400 }, undefined],
      ['daily', EUC1, { minRetentionDays: 7, maxRetentionDays: 400 }, { team: 'platform' }],
      ['monthly', EUC1, { minRetentionDays: 7, maxRetentionDays: 400 }, { team: 'platform' }],
    ]);
    const [dr, , daily, monthly] = estate.vaults ?? [];
    expect(dr?.accessPolicy).toMatchObject({
      Statement: [{ Resource: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:dr' }],
    });
    expect(daily?.encryptionKeyArn).toMatch(/^arn:aws:kms:eu-central-1:123456789012:key\/[0-9a-f-]{36}$/);
    expect(monthly?.encryptionKeyArn).toBe(daily?.encryptionKeyArn);
    expect(
      estate.plans?.[0]?.rules.map((rule) => [rule.ruleName, rule.targetBackupVaultName, rule.copyActions]),
    ).toEqual([
      [
        'daily',
        'daily',
        [
          {
            destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:dr',
            lifecycle: { deleteAfterDays: 35 },
          },
          { destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:copies' },
        ],
      ],
      ['m', 'monthly', undefined],
    ]);
    expect(estate.plans?.[0]?.selections?.[0]).toMatchObject({
      iamRoleArn: 'arn:aws:iam::123456789012:role/service/backup',
      resources: [
        'arn:aws:dynamodb:eu-central-1:123456789012:table/orders-0',
        'arn:aws:dynamodb:eu-central-1:123456789012:table/orders-1',
        'arn:aws:s3:::holdfast-fixture',
      ],
    });
    expect(estate.plans?.[0]?.selections?.[1]?.conditions).toEqual({
      stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }],
    });
    expect(estate.regionSettings).toEqual([
      {
        env: EUC1,
        resourceTypeOptInPreference: { DynamoDB: true, EBS: true, EC2: false, S3: true },
        resourceTypeManagementPreference: { DynamoDB: true, EFS: true },
        declaredAt: `${file}: aws_backup_region_settings.here`,
      },
    ]);
    expect(estate.resources?.map((r) => r.arn.replace(/-[0-9a-f]{17}$/, '-…'))).toEqual([
      'arn:aws:dynamodb:eu-central-1:123456789012:table/orders-0',
      'arn:aws:dynamodb:eu-west-1:123456789012:table/orders-0',
      'arn:aws:dynamodb:eu-central-1:123456789012:table/orders-1',
      'arn:aws:dynamodb:eu-west-1:123456789012:table/orders-1',
      'arn:aws:ec2:eu-central-1:123456789012:volume/vol-…',
      'arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-…',
      'arn:aws:s3:::holdfast-fixture',
    ]);
  });

  test('lists that were taken from their references alone are said', () => {
    const paths = readPaths([file], disk)
      .notRead.filter(({ type }) => type === 'expression')
      .map(({ path }) => path);
    expect(paths).toEqual([
      `${file}: data.aws_iam_policy_document.deny.resources`,
      `${file}: aws_backup_selection.s.resources`,
      `${file}: aws_backup_selection.t.resources`,
      `${file}: aws_backup_selection.t.not_resources`,
    ]);
  });

  test('the user can say what a plan does not carry', () => {
    const values = { 'aws_backup_selection.t.not_resources': ['arn:aws:s3:::holdfast-fixture-x'] };
    const { estate } = readPaths([file], disk, { values });
    expect(estate.plans?.[0]?.selections?.[1]?.notResources).toEqual(['arn:aws:s3:::holdfast-fixture-x']);
  });

  test('over a state, values of both are there and what is destroyed is not', () => {
    const { estate } = readPaths([fixture('plan-of-change.json')], disk);
    expect(estate.plans?.[0]?.selections?.[0]?.resources).toEqual([
      'arn:aws:dynamodb:eu-central-1:123456789012:table/orders',
      'arn:aws:ec2:*:*:instance/*',
      'arn:aws:s3:::holdfast-fixture',
    ]);
    expect(estate.resources?.map((r) => [r.declaredAt?.split(': ')[1], r.tags])).toEqual([
      ['aws_dynamodb_table.t', { backup: 'weekly' }],
      ['aws_s3_bucket.b', { a: 'b' }],
      ['module.m[0].aws_ebs_volume.v', { Name: 'data' }],
    ]);
  });
});

test('the plan of a configuration in JSON gives the very estate of the configuration', () => {
  const [planned, written] = ['ledger.plan.json', 'ledger.tf.json'].map((name) => {
    const { estate } = readPaths([fixture(name)], disk);
    return JSON.parse(
      JSON.stringify(estate, (key, value: unknown) => (key === 'declaredAt' ? undefined : value)),
    ) as object;
  });
  expect(planned).toEqual(written);
  expect(planned).toMatchObject({ plans: [{ selections: [{}] }, { selections: [{}, {}] }, { selections: [{}] }] });
});

test('a state is read whole, each resource where its ARN says', () => {
  const { estate, notRead } = readPaths([fixture('state.json')], disk);
  expect(estate.vaults).toMatchObject([
    {
      backupVaultName: 'main',
      env: EUC1,
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 3 },
    },
  ]);
  expect(estate.resources?.map((r) => [r.resourceType, r.env, r.sizeGiB])).toEqual([
    ['DynamoDB', EUC1, undefined],
    ['S3', EUC1, undefined],
    ['EBS', EUC1, 50],
    ['EBS', EUC1, 50],
  ]);
  expect(notRead).toEqual([]);
  expect([estate.keys?.length, estate.roles?.length]).toEqual([1, 1]);
});

describe('detection', () => {
  // prettier-ignore
  test.each([
    ['cdktf.out',          { 'cdktf.out/manifest.json': { version: '0.21.0', stacks: {} } },     'cdktf.out',     'cdktf.out'],
    ['its manifest',       { 'd/manifest.json': { version: '0.21.0', stacks: {} } },             'd/manifest.json', 'cdktf.out'],
    ['a configuration',    { 'a/cdk.tf.json': {} },                                              'a/cdk.tf.json', 'cdk.tf.json'],
    ['a directory of them',{ 'a/main.tf.json': {} },                                             'a',             'cdk.tf.json'],
    ['other names',        { 'a.json': { resource: {}, provider: {} } },                         'a.json',        'cdk.tf.json'],
    ['a plan',             { 'p.json': { format_version: '1.2', planned_values: {} } },          'p.json',        'plan'],
    ['a state',            { 's.json': { format_version: '1.0', values: {} } },                  's.json',        'state'],
    ['an empty state',     { 's.json': { format_version: '1.0', terraform_version: '1.11.4' } }, 's.json',        'state'],
    ['a cloud assembly',   { 'o/manifest.json': { version: '36', artifacts: {} } },              'o',             undefined],
    ['a template',         { 't.json': { Resources: {} } },                                      't.json',        undefined],
    ['text',               { 'a.yaml': 'a: 1' },                                                 'a.yaml',        undefined],
    ['HCL',                { 'a/main.tf': '' },                                                  'a',             undefined],
    ['nothing',            {},                                                                   'a',             undefined],
  ])('%s', (_, contents, path, kind) => {
    expect(detectTerraform(path, inMemory(contents))?.kind).toBe(kind);
  });
});

test('several configurations are one estate: outputs are found by backend', () => {
  const backend = (key: string): object => ({
    terraform: { backend: { s3: { bucket: 'states', key, region: 'eu-west-1' } } },
  });
  const result = readFiles(
    {
      'a.tf.json': {
        ...backend('a'),
        resource: { aws_backup_vault: { v: { name: 'main' } } },
        output: { name: { value: '${aws_backup_vault.v.name}' } },
      },
      'b.tf.json': {
        ...backend('b'),
        data: {
          terraform_remote_state: { a: { backend: 's3', config: { bucket: 'states', key: 'a', region: 'us-east-1' } } },
        },
        resource: {
          aws_backup_plan: {
            p: {
              name: 'p',
              rule: { rule_name: 'r', target_vault_name: '${data.terraform_remote_state.a.outputs.name}' },
            },
          },
        },
      },
    },
    ['b.tf.json', 'a.tf.json'],
  );
  expect(result.estate.plans?.[0]?.rules[0]?.targetBackupVaultName).toBe('main');
});

test('waivers that constructs wrote into comments come along', () => {
  const waiver = { rule: 'r', path: 'rules[0].x', reason: 'known' };
  const { waivers } = readConfiguration({
    resource: { aws_backup_vault: { v: { '//': { Holdfast: { waivers: [waiver] } }, name: 'main' } } },
  });
  expect(waivers).toEqual([{ ...waiver, path: 's.tf.json: aws_backup_vault.v.rules[0].x' }]);
});
