import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import {
  IVault,
  Plan,
  PlanRuleProps,
  Selection,
  SelectionOptions,
  SelectionResource,
  Vault,
  VaultProps,
} from '@holdfast/cdktf';
import { Schedule, Waiver } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { annotations, comment, message, refusal, sentence, stackOf, variables } from './support/stacks';

const NOT_ACKNOWLEDGED = sentence('vault-lock-acknowledgement', 'vaultLock.changeableForDays', 'no acknowledgement');

const BOUNDS = 'at least 7 days, the bounds of vault primary';

function vault(stack: TerraformStack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

function plan(stack: TerraformStack, target: IVault, rule: Partial<PlanRuleProps> = {}, waivers?: Waiver[]): Plan {
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault: target, ...rule }],
    waivers,
  });
}

function selected(stack: TerraformStack, rule: Partial<PlanRuleProps>, options: Partial<SelectionOptions>): void {
  plan(stack, vault(stack), rule).addSelection('Chosen', { selectionName: 'chosen', ...options });
}

function table(stack: TerraformStack): SelectionResource {
  return SelectionResource.fromResource(new DynamodbTable(stack, 'Orders', { name: 'orders', hashKey: 'id' }));
}

test('fails for tags that only AWS gives', () => {
  const stack = stackOf();
  const declare = () => plan(stack, vault(stack), { recoveryPointTags: { 'AWS:team': 'a' } });
  const expected = sentence('tag-key-reserved', 'rules[0].recoveryPointTags', 'AWS:team');
  expect(refusal(declare)).toBe(message('S/Plan', [expected]));
});

describe('vault', () => {
  test('fails with every finding at once, under its path', () => {
    const declare = () =>
      vault(stackOf(), {
        backupVaultName: 'x',
        encryptionKeyArn: 'alias/backup',
        vaultLock: { minRetentionDays: 0, maxRetentionDays: 36501, changeableForDays: 2 },
        notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:backups.fifo',
        notificationEvents: ['BACKUP_JOB_BORED'],
      });
    expect(refusal(declare)).toBe(
      message('S/Vault', [
        sentence('vault-name', 'backupVaultName', 'x'),
        sentence('vault-encryption-key-arn', 'encryptionKeyArn', 'alias/backup'),
        sentence('vault-lock-min-retention', 'vaultLock.minRetentionDays', '0 days'),
        sentence('vault-lock-max-retention', 'vaultLock.maxRetentionDays', '36501 days'),
        sentence('vault-lock-grace-time', 'vaultLock.changeableForDays', '2 days'),
        sentence(
          'vault-notification-topic-fifo',
          'notifications.snsTopicArn',
          'arn:aws:sns:eu-central-1:111122223333:backups.fifo',
        ),
        sentence('vault-notification-event', 'notifications.backupVaultEvents[0]', 'BACKUP_JOB_BORED'),
        NOT_ACKNOWLEDGED,
      ]),
    );
  });

  test('fails when nobody acknowledged a lock in compliance mode', () => {
    const declare = () => vault(stackOf(), { vaultLock: { minRetentionDays: 7, changeableForDays: 3 } });
    expect(refusal(declare)).toBe(message('S/Vault', [NOT_ACKNOWLEDGED]));
  });

  test('fails when the acknowledgement is none, where the author wrote it', () => {
    const declare = () =>
      vault(stackOf(), {
        vaultLock: { minRetentionDays: 7, changeableForDays: 3 },
        complianceAcknowledgement: { deployedOn: '2027-02-30', acknowledgedBy: ' ' },
      });
    expect(refusal(declare)).toBe(
      message('S/Vault', [
        sentence('vault-lock-acknowledgement-day', 'complianceAcknowledgement.deployedOn', '2027-02-30'),
        sentence('vault-lock-acknowledgement-author', 'complianceAcknowledgement.acknowledgedBy', 'an empty name'),
      ]),
    );
  });
});

describe('plan', () => {
  test('fails with every finding at once, under its path', () => {
    const stack = stackOf();
    const declare = () =>
      plan(stack, vault(stack), {
        ruleName: 'every day',
        schedule: Schedule.expression('rate(1 day)', 'Mars/Olympus'),
        startWindowMinutes: 30,
        moveToColdStorageAfterDays: 30,
        deleteAfterDays: 60,
      });
    expect(refusal(declare)).toBe(
      message('S/Plan', [
        sentence('rule-name', 'rules[0].ruleName', 'every day'),
        sentence('schedule-time-zone', 'rules[0].scheduleExpressionTimezone', 'Mars/Olympus'),
        sentence('schedule-cron-form', 'rules[0].scheduleExpression', 'rate(1 day)'),
        sentence('rule-start-window', 'rules[0].startWindowMinutes', '30'),
        sentence(
          'lifecycle-cold-gap',
          'rules[0].lifecycle.deleteAfterDays',
          '60',
          'at least 120 days, 90 after moveToColdStorageAfterDays 30',
        ),
      ]),
    );
  });

  test('fails when a rule keeps longer than the lock of its vault allows', () => {
    const stack = stackOf();
    const target = vault(stack, { vaultLock: { minRetentionDays: 7, maxRetentionDays: 365 } });
    expect(refusal(() => plan(stack, target, { deleteAfterDays: 366 }))).toBe(
      message('S/Plan', [
        sentence(
          'rule-retention-in-lock',
          'rules[0].lifecycle.deleteAfterDays',
          '366 days',
          '7 to 365 days, the bounds of vault primary',
        ),
      ]),
    );
  });

  test('fails when a rule keeps for ever what the lock of its vault bounds', () => {
    const stack = stackOf();
    const target = vault(stack, { vaultLock: { minRetentionDays: 7, maxRetentionDays: 365 } });
    expect(refusal(() => plan(stack, target))).toBe(
      message('S/Plan', [
        sentence(
          'rule-retention-in-lock',
          'rules[0].lifecycle.deleteAfterDays',
          'kept for ever',
          '7 to 365 days, the bounds of vault primary',
        ),
      ]),
    );
  });

  test('fails when a copy is kept for less than the lock of a vault in another Region and stack asks', () => {
    const stack = stackOf();
    const west = new TerraformStack(stack.node.root, 'W');
    new AwsProvider(west, 'Aws', { region: 'eu-west-1', allowedAccountIds: ['111122223333'] });
    const destination = vault(west, { backupVaultName: 'copies', vaultLock: { minRetentionDays: 90 } });
    const declare = () =>
      plan(stack, vault(stack), { deleteAfterDays: 365, copyActions: [{ destination, deleteAfterDays: 89 }] });
    expect(refusal(declare)).toBe(
      message('S/Plan', [
        sentence(
          'copy-action-retention-in-lock',
          'rules[0].copyActions[0].lifecycle.deleteAfterDays',
          '89 days',
          'at least 90 days, the bounds of vault copies',
        ),
      ]),
    );
  });

  test('is warned of when it copies into the vault that it backs up to, wherever that is', () => {
    const stack = new TerraformStack(stackOf().node.root, 'T');
    const target = vault(stack);
    plan(stack, target, { copyActions: [{ destination: target }] });
    expect(annotations(stack, 'warn')).toContain(
      `T/Plan: ${sentence('copy-action-own-vault', 'rules[0].copyActions[0].destinationBackupVaultArn', 'that vault')}`,
    );
  });

  test('fails when a vault of another stack bounds the retention, although neither stack names its account', () => {
    const [stack, other] = ['A', 'B'].map((name) => new TerraformStack(stackOf().node.root, name));
    for (const each of [stack!, other!]) {
      new AwsProvider(each, 'Aws', { region: 'eu-central-1' });
    }
    const target = vault(other!, { vaultLock: { minRetentionDays: 7 } });
    const rule = { deleteAfterDays: 6, copyActions: [{ destination: target }] };
    expect(refusal(() => plan(stack!, target, rule))).toBe(
      message('A/Plan', [
        sentence('rule-retention-in-lock', 'rules[0].lifecycle.deleteAfterDays', '6 days', BOUNDS),
        sentence(
          'copy-action-retention-in-lock',
          'rules[0].copyActions[0].lifecycle.deleteAfterDays',
          '6 days',
          BOUNDS,
        ),
      ]),
    );
  });

  // prettier-ignore
  test.each([
    ['another partition',                  'cn-north-1',   'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies',       'copy-action-partition'],
    ['another account of China',           'cn-north-1',   'arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:copies',   'copy-action-cross-account-china'],
    ['the default vault of another account', 'eu-central-1', 'arn:aws:backup:eu-central-1:444455556666:backup-vault:Default', 'copy-action-cross-account-default-vault'],
  ])('fails when it copies to %s, as its provider says where it is', (_, region, arn, rule) => {
    const stack = new TerraformStack(stackOf().node.root, 'P');
    new AwsProvider(stack, 'Aws', { region, allowedAccountIds: ['111122223333'] });
    const destination = Vault.fromBackupVaultArn(arn);
    expect(refusal(() => plan(stack, vault(stack), { copyActions: [{ destination }] }))).toContain(`[${rule}]`);
  });

  test('takes a copy to wherever when its provider names several accounts, or a Region that only Terraform knows', () => {
    const stack = stackOf();
    const provider = new AwsProvider(stack, 'Other', {
      alias: 'other',
      region: variables(stack).text('region'),
      allowedAccountIds: ['111122223333', '777788889999'],
    });
    const destination = Vault.fromBackupVaultArn('arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:Default');
    const target = new Vault(stack, 'Vault', { backupVaultName: 'primary', provider });
    const rules = [{ ruleName: 'daily', vault: target, copyActions: [{ destination }] }];
    expect(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, provider })).not.toThrow();
  });

  test('fails although the provider is made last', () => {
    const stack = new TerraformStack(stackOf().node.root, 'L');
    const target = vault(stack, { vaultLock: { minRetentionDays: 7 } });
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
    expect(refusal(() => plan(stack, target, { deleteAfterDays: 6 }))).toBe(
      message('L/Plan', [sentence('rule-retention-in-lock', 'rules[0].lifecycle.deleteAfterDays', '6 days', BOUNDS)]),
    );
  });

  test('takes bounds and retention that only Terraform knows', () => {
    const stack = stackOf();
    const { number } = variables(stack);
    const target = vault(stack, { vaultLock: { minRetentionDays: number('min') } });
    expect(() => plan(stack, target, { deleteAfterDays: number('days') })).not.toThrow();
  });

  test('takes a vault that was declared without Holdfast, of whose lock nothing is known', () => {
    const stack = stackOf();
    const plain = Vault.fromBackupVault(new BackupVault(stack, 'Plain', { name: 'plain' }));
    expect(() => plan(stack, plain, { deleteAfterDays: 1 })).not.toThrow();
  });
});

describe('selection', () => {
  test('fails with every finding at once, under its path', () => {
    const declare = () =>
      selected(
        stackOf(),
        {},
        {
          selectionName: 'not/a/name',
          roleArn: 'backup',
          resources: [SelectionResource.fromArn('orders')],
        },
      );
    expect(refusal(declare)).toBe(
      message('S/Plan/Chosen', [
        sentence('selection-name', 'selectionName', 'not/a/name'),
        sentence('selection-role-arn', 'iamRoleArn', 'backup'),
        sentence('selection-resource-arn', 'resources[0]', 'orders'),
      ]),
    );
  });

  test('fails when it is empty', () => {
    expect(refusal(() => selected(stackOf(), {}, { conditions: { stringEquals: { stage: 'prod' } } }))).toBe(
      message('S/Plan/Chosen', [sentence('selection-empty', 'resources', 'neither, with 1 condition')]),
    );
  });

  test('fails when a resource is not backed up by itself', () => {
    const stack = stackOf();
    const resources = [
      table(stack),
      SelectionResource.fromResource(new SqsQueue(stack, 'Queue', {})),
      SelectionResource.fromResource(
        new RdsClusterInstance(stack, 'Writer', {
          clusterIdentifier: 'accounts',
          engine: 'aurora-postgresql',
          instanceClass: 'db.serverless',
        }),
      ),
    ];
    expect(refusal(() => selected(stack, {}, { resources }))).toBe(
      message('S/Plan/Chosen', [
        sentence('selection-construct-not-supported', 'resources[1]', 'S/Queue with aws_sqs_queue'),
        sentence('selection-construct-not-supported', 'resources[2]', 'S/Writer with aws_rds_cluster_instance'),
      ]),
    );
  });

  test('warns when its plan asks a resource for what its service does not have', () => {
    const stack = stackOf();
    const reports = new DbInstance(stack, 'Reports', { engine: 'postgres', instanceClass: 'db.m5.large' });
    const resources = [table(stack), SelectionResource.fromResource(reports)];
    selected(stack, { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 }, { resources });
    expect(annotations(stack, 'warn')).toEqual([
      `S/Plan/Chosen: ${sentence('rule-cold-unsupported', 'S/Plan.rules[0].lifecycle.moveToColdStorageAfterDays', '1 of Amazon RDS DB instance (single-AZ or Multi-AZ instance): S/Reports')}`,
    ]);
  });

  test('says the same of a resource only once, however many selections name it', () => {
    const stack = stackOf();
    const orders = new DynamodbTable(stack, 'Orders', { name: 'orders', hashKey: 'id' });
    const made = plan(stack, vault(stack), { enableContinuousBackup: true, deleteAfterDays: 14 });
    for (const selectionName of ['one', 'two']) {
      made.addSelection(selectionName, { selectionName, resources: [SelectionResource.fromResource(orders)] });
    }
    const told = annotations(stack, 'warn').filter((text) => text.includes('[rule-continuous-unsupported]'));
    expect(told).toHaveLength(1);
  });

  test('fails alone where its plan is not of this app', () => {
    const imported = Plan.fromBackupPlanId('11111111-2222-3333-4444-555555555555');
    const declare = () => new Selection(stackOf(), 'Chosen', { selectionName: 'chosen', plan: imported });
    expect(refusal(declare)).toBe(message('S/Chosen', [sentence('selection-empty', 'resources', 'neither')]));
  });
});

describe('waivers', () => {
  const waiver: Waiver = {
    rule: 'rule-retention-in-lock',
    path: 'rules[0].lifecycle.deleteAfterDays',
    reason: 'the lock goes with the next release',
    expires: '2027-06-30',
  };
  const declare = (stack: TerraformStack, waivers: Waiver[]) =>
    plan(stack, vault(stack, { vaultLock: { minRetentionDays: 30 } }), { deleteAfterDays: 7 }, waivers);

  test('let a declaration pass, and say so with the reason', () => {
    const stack = stackOf();
    declare(stack, [waiver]).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
    expect(annotations(stack, 'info').filter((text) => text.includes('waived'))).toEqual([
      `S/Plan: ${sentence('rule-retention-in-lock', 'rules[0].lifecycle.deleteAfterDays', '7 days', 'at least 30 days, the bounds of vault primary')}, waived: the lock goes with the next release`,
    ]);
  });

  test('stand in the comments of plan and selection in the Terraform JSON', () => {
    const stack = stackOf();
    const selection: Waiver = { rule: 'selection-tags-or', path: 'listOfTags', reason: 'both are meant' };
    declare(stack, [waiver]).addSelection('Tagged', {
      selectionName: 'tagged',
      tags: { backup: 'daily', stage: 'prod' },
      waivers: [selection],
    });
    expect(comment(stack, 'aws_backup_plan')).toEqual({ waivers: [waiver] });
    expect(comment(stack, 'aws_backup_selection')).toEqual({ waivers: [selection] });
    expect(annotations(stack, 'warn')).toEqual([]);
  });

  test('without a clock never expire', () => {
    expect(() => declare(stackOf(), [{ ...waiver, expires: '1970-01-01' }])).not.toThrow();
  });

  // prettier-ignore
  test.each([
    ['2027-06-30', true],
    ['2027-07-01', false],
  ])('on %s hold: %s', (today, holds) => {
    const stack = stackOf({ 'holdfast:today': today });
    if (holds) {
      expect(() => declare(stack, [waiver])).not.toThrow();
    } else {
      expect(refusal(() => declare(stack, [waiver]))).toContain('[rule-retention-in-lock]');
    }
  });

  test('do not cover another rule or place', () => {
    for (const other of [
      { ...waiver, rule: 'rule-name' },
      { ...waiver, path: 'rules[1].*' },
    ]) {
      expect(refusal(() => declare(stackOf(), [other]))).toContain('[rule-retention-in-lock]');
    }
  });

  test('of a plan cover what a selection finds in the plan', () => {
    const stack = stackOf();
    const cold = { rule: 'rule-cold-unsupported', path: '*', reason: 'the table moves, the database stays' };
    const rule = { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 };
    const reports = new DbInstance(stack, 'Reports', { engine: 'postgres', instanceClass: 'db.m5.large' });
    plan(stack, vault(stack), rule, [cold]).addSelection('Chosen', {
      selectionName: 'chosen',
      resources: [SelectionResource.fromResource(reports)],
    });
    expect(annotations(stack, 'warn')).toEqual([]);
  });
});
