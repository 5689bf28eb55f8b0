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
import { annotations, refusal, stackOf, variables } from './support/stacks';

const API = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_';
const LOCK = `${API}PutBackupVaultLockConfiguration.html`;
const ACKNOWLEDGE =
  '  vaultLock.changeableForDays must be acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can undo the lock after its grace time, got no acknowledgement [vault-lock-acknowledgement] (AWS Backup facts B7.4/1)';

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

/** Lines of one message. */
function message(...lines: string[]): string {
  return lines.join('\n');
}

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
      message(
        'S/Vault: 8 value(s) that AWS Backup refuses',
        `  backupVaultName must be 2 to 50 letters, digits, - and _, got x [vault-name] (${API}CreateBackupVault.html)`,
        '  encryptionKeyArn must be the ARN of a KMS key, not an alias or an id, got alias/backup [vault-encryption-key-arn] (AWS Backup facts B7.1/1)',
        `  vaultLock.minRetentionDays must be a whole number of days, at least 1 and at most 36500, got 0 days [vault-lock-min-retention] (${LOCK})`,
        `  vaultLock.maxRetentionDays must be a whole number of days, at least 1 and at most 36500, got 36501 days [vault-lock-max-retention] (${LOCK})`,
        `  vaultLock.changeableForDays must be a whole number of days from 3 to 36500, got 2 days [vault-lock-grace-time] (${LOCK})`,
        '  notifications.snsTopicArn must be a standard topic, not a FIFO one, got arn:aws:sns:eu-central-1:111122223333:backups.fifo [vault-notification-topic-fifo] (AWS Backup facts B7.3/2)',
        `  notifications.backupVaultEvents[0] must be one of the events of AWS Backup, got BACKUP_JOB_BORED [vault-notification-event] (${API}PutBackupVaultNotifications.html)`,
        ACKNOWLEDGE,
      ),
    );
  });

  test('fails when nobody acknowledged a lock in compliance mode', () => {
    const declare = () => vault(stackOf(), { vaultLock: { minRetentionDays: 7, changeableForDays: 3 } });
    expect(refusal(declare)).toBe(message('S/Vault: 1 value(s) that AWS Backup refuses', ACKNOWLEDGE));
  });

  test('fails when the acknowledgement is none, where the author wrote it', () => {
    const declare = () =>
      vault(stackOf(), {
        vaultLock: { minRetentionDays: 7, changeableForDays: 3 },
        complianceAcknowledgement: { deployedOn: '2027-02-30', acknowledgedBy: ' ' },
      });
    expect(refusal(declare)).toBe(
      message(
        'S/Vault: 2 value(s) that AWS Backup refuses',
        '  complianceAcknowledgement.deployedOn must be a day of the calendar, YYYY-MM-DD, got 2027-02-30 [vault-lock-acknowledgement-day] (AWS Backup facts B7.4/1)',
        '  complianceAcknowledgement.acknowledgedBy must be the name of who acknowledges the lock, got an empty name [vault-lock-acknowledgement-author] (AWS Backup facts B7.4/1)',
      ),
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
      message(
        'S/Plan: 5 value(s) that AWS Backup refuses',
        `  rules[0].ruleName must be 1 to 50 letters, digits, -, _ and ., got every day [rule-name] (${API}BackupRuleInput.html)`,
        '  rules[0].scheduleExpressionTimezone must be the name of an IANA time zone, as the IANA writes it, got Mars/Olympus [schedule-time-zone] (AWS Backup facts 2.1 ScheduleExpressionTimezone)',
        '  rules[0].scheduleExpression must be cron(minute hour day-of-month month day-of-week year), got rate(1 day) [schedule-cron-form] (AWS Backup facts 2.1 ScheduleExpression, 18 #8269)',
        `  rules[0].startWindowMinutes must be a whole number of minutes from 60 to 52560000, got 30 [rule-start-window] (${API}BackupRuleInput.html)`,
        `  rules[0].lifecycle.deleteAfterDays must be at least 120 days, 90 after moveToColdStorageAfterDays 30, got 60 [lifecycle-cold-gap] (${API}Lifecycle.html)`,
      ),
    );
  });

  test('fails when a rule keeps longer than the lock of its vault allows', () => {
    const stack = stackOf();
    const target = vault(stack, { vaultLock: { minRetentionDays: 7, maxRetentionDays: 365 } });
    expect(refusal(() => plan(stack, target, { deleteAfterDays: 366 }))).toBe(
      message(
        'S/Plan: 1 value(s) that AWS Backup refuses',
        '  rules[0].lifecycle.deleteAfterDays must be 7 to 365 days, the bounds of vault primary, got 366 days [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6)',
      ),
    );
  });

  test('fails when a rule keeps for ever what the lock of its vault bounds', () => {
    const stack = stackOf();
    const target = vault(stack, { vaultLock: { minRetentionDays: 7, maxRetentionDays: 365 } });
    expect(refusal(() => plan(stack, target))).toBe(
      message(
        'S/Plan: 1 value(s) that AWS Backup refuses',
        '  rules[0].lifecycle.deleteAfterDays must be 7 to 365 days, the bounds of vault primary, got kept for ever [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6)',
      ),
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
      message(
        'S/Plan: 1 value(s) that AWS Backup refuses',
        '  rules[0].copyActions[0].lifecycle.deleteAfterDays must be at least 90 days, the bounds of vault copies, got 89 days [copy-action-retention-in-lock] (AWS Backup facts B6.2/3, B7.4/3, B7.4/9)',
      ),
    );
  });

  test('fails when it copies into the vault that it backs up to, wherever that is', () => {
    const stack = new TerraformStack(stackOf().node.root, 'T');
    const target = vault(stack);
    expect(refusal(() => plan(stack, target, { copyActions: [{ destination: target }] }))).toBe(
      message(
        'T/Plan: 1 value(s) that AWS Backup refuses',
        '  rules[0].copyActions[0].destinationBackupVaultArn must be a vault other than the one that the rule backs up to, got that vault [copy-action-own-vault] (Assumed; AWS Backup facts B6.2/5)',
      ),
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
      message(
        'S/Plan/Chosen: 3 value(s) that AWS Backup refuses',
        `  selectionName must be 1 to 50 letters, digits, -, _ and ., got not/a/name [selection-name] (${API}BackupSelection.html)`,
        `  iamRoleArn must be the ARN of an IAM role, got backup [selection-role-arn] (${API}BackupSelection.html)`,
        `  resources[0] must be an ARN, an ARN with stars, or *, got orders [selection-resource-arn] (${API}BackupSelection.html)`,
      ),
    );
  });

  test('fails when it is empty', () => {
    expect(refusal(() => selected(stackOf(), {}, { conditions: { stringEquals: { stage: 'prod' } } }))).toBe(
      message(
        'S/Plan/Chosen: 1 value(s) that AWS Backup refuses',
        '  resources must be given resources or listOfTags; conditions and notResources alone are refused, got neither, with 1 condition [selection-empty] (AWS Backup facts B3.1/7, 1.5)',
      ),
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
      message(
        'S/Plan/Chosen: 2 value(s) that AWS Backup refuses',
        '  resources[1] must be a construct with a resource that AWS Backup backs up by itself, got S/Queue with aws_sqs_queue [selection-construct-not-supported] (AWS Backup facts feature table, B2.7/2)',
        '  resources[2] must be a construct with a resource that AWS Backup backs up by itself, got S/Writer with aws_rds_cluster_instance [selection-construct-not-supported] (AWS Backup facts feature table, B2.7/2)',
      ),
    );
  });

  test('warns when its plan asks a resource for what its service does not have', () => {
    const stack = stackOf();
    const reports = new DbInstance(stack, 'Reports', { engine: 'postgres', instanceClass: 'db.m5.large' });
    const resources = [table(stack), SelectionResource.fromResource(reports)];
    selected(stack, { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 }, { resources });
    expect(annotations(stack, 'warn')).toEqual([
      'S/Plan/Chosen: S/Plan.rules[0].lifecycle.moveToColdStorageAfterDays must be asked of services that have cold storage; others ignore it and stay warm, got 1 of Amazon RDS DB instance (single-AZ or Multi-AZ instance): S/Reports [rule-cold-unsupported] (AWS Backup facts B2.3/3, feature table)',
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
    expect(refusal(declare)).toBe(
      message(
        'S/Chosen: 1 value(s) that AWS Backup refuses',
        '  resources must be given resources or listOfTags; conditions and notResources alone are refused, got neither [selection-empty] (AWS Backup facts B3.1/7, 1.5)',
      ),
    );
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
      'S/Plan: rules[0].lifecycle.deleteAfterDays must be at least 30 days, the bounds of vault primary, got 7 days [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6), waived: the lock goes with the next release',
    ]);
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
