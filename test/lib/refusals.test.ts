import {
  CopyDestination,
  Plan,
  PlanRuleProps,
  Selection,
  SelectionOptions,
  SelectionResource,
  Vault,
  VaultProps,
} from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const { days } = Duration;

const API = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_';
const LOCK = `${API}PutBackupVaultLockConfiguration.html`;
const INPUT = `${API}BackupRuleInput.html`;
const SELECTION = `${API}BackupSelection.html`;
const CRON = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html';

/** A vault that is refused with these lines. */
type VaultRow = [title: string, props: Partial<VaultProps>, ...lines: string[]];

// prettier-ignore
const VAULTS: VaultRow[] = [
  ['a name of one letter',               { backupVaultName: 'x' },
    `backupVaultName must be 2 to 50 letters, digits, - and _, got x [vault-name] (${API}CreateBackupVault.html)`],
  ['a lower bound of no day',            { vaultLock: { minRetentionDays: 0 } },
    `vaultLock.minRetentionDays must be a whole number of days, at least 1 and at most 36500, got 0 days [vault-lock-min-retention] (${LOCK})`],
  ['an upper bound above a century',     { vaultLock: { maxRetentionDays: 36501 } },
    `vaultLock.maxRetentionDays must be a whole number of days, at least 1 and at most 36500, got 36501 days [vault-lock-max-retention] (${LOCK})`],
  ['bounds in the wrong order',          { vaultLock: { minRetentionDays: 8, maxRetentionDays: 7 } },
    'vaultLock.maxRetentionDays must be at least 8 days, the minRetentionDays, got 7 days [vault-lock-bounds] (AWS Backup facts B7.4/3)'],
  ['a grace time of two days',           { vaultLock: { minRetentionDays: 7, changeableForDays: 2 }, complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'me' } },
    `vaultLock.changeableForDays must be a whole number of days from 3 to 36500, got 2 days [vault-lock-grace-time] (${LOCK})`],
  ['compliance mode that nobody acknowledged', { vaultLock: { minRetentionDays: 7, changeableForDays: 3 } },
    'vaultLock.changeableForDays must be acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can undo the lock after its grace time, got no acknowledgement [vault-lock-acknowledgement] (AWS Backup facts B7.4/1)'],
  ['an acknowledgement for no day of the calendar', { vaultLock: { minRetentionDays: 7, changeableForDays: 3 }, complianceAcknowledgement: { deployedOn: '2027-02-30', acknowledgedBy: 'me' } },
    'complianceAcknowledgement.deployedOn must be a day of the calendar, YYYY-MM-DD, got 2027-02-30 [vault-lock-acknowledgement-day] (AWS Backup facts B7.4/1)'],
  ['an acknowledgement of nobody',       { vaultLock: { minRetentionDays: 7, changeableForDays: 3 }, complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: ' ' } },
    'complianceAcknowledgement.acknowledgedBy must be the name of who acknowledges the lock, got an empty name [vault-lock-acknowledgement-author] (AWS Backup facts B7.4/1)'],
  ['everything at once',                 { backupVaultName: 'x', vaultLock: { minRetentionDays: 0, changeableForDays: 2 } },
    `backupVaultName must be 2 to 50 letters, digits, - and _, got x [vault-name] (${API}CreateBackupVault.html)`,
    `vaultLock.minRetentionDays must be a whole number of days, at least 1 and at most 36500, got 0 days [vault-lock-min-retention] (${LOCK})`,
    `vaultLock.changeableForDays must be a whole number of days from 3 to 36500, got 2 days [vault-lock-grace-time] (${LOCK})`,
    'vaultLock.changeableForDays must be acknowledged with deployedOn and acknowledgedBy, as nobody, AWS included, can undo the lock after its grace time, got no acknowledgement [vault-lock-acknowledgement] (AWS Backup facts B7.4/1)'],
];

function lines(heading: string, ...rest: string[]): string {
  return [`${heading}: ${rest.length} value(s) that AWS Backup refuses`, ...rest.map((line) => `  ${line}`)].join('\n');
}

test.each(VAULTS)('fails for a vault with %s', (_, props, ...expected) => {
  const declare = () => new Vault(stackOf(), 'Vault', { backupVaultName: 'primary', ...props });
  expect(refusal(declare)).toBe(lines('S/Vault', ...expected));
});

test.each([
  [
    'an event that there is none of',
    'BACKUP_JOB_FORGOTTEN',
    'notifications.backupVaultEvents[0] must be one of the events of AWS Backup, got BACKUP_JOB_FORGOTTEN [vault-notification-event] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html)',
  ],
])('fails for a vault with %s', (_, event, expected) => {
  const stack = stackOf();
  const notificationTopic = new sns.Topic(stack, 'Topic');
  const declare = () =>
    new Vault(stack, 'Vault', { backupVaultName: 'primary', notificationTopic, notificationEvents: [event] });
  expect(refusal(declare)).toBe(lines('S/Vault', expected));
});

test('fails for a vault that notifies a topic of another account', () => {
  const stack = stackOf();
  const notificationTopic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:444455556666:events');
  const declare = () => new Vault(stack, 'Vault', { backupVaultName: 'primary', notificationTopic });
  expect(refusal(declare)).toBe(
    lines(
      'S/Vault',
      'notifications.snsTopicArn must be a topic of the account of the vault, got 444455556666, where the vault is in 111122223333 [vault-notification-topic-account] (AWS Backup facts B7.3/2)',
    ),
  );
});

/** A vault that keeps 7 to 400 days, and one that keeps 60 and more. */
function vaults(stack: Stack): { readonly primary: backup.IBackupVault; readonly copies: backup.IBackupVault } {
  return {
    primary: new Vault(stack, 'Vault', {
      backupVaultName: 'primary',
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 },
    }).backupVault,
    copies: new Vault(stack, 'Copies', { backupVaultName: 'copies', vaultLock: { minRetentionDays: 60 } }).backupVault,
  };
}

type Rule = Partial<PlanRuleProps> | ((of: ReturnType<typeof vaults>) => Partial<PlanRuleProps>);
/** A rule that is refused with these lines. */
type RuleRow = [title: string, rule: Rule, ...lines: string[]];

// prettier-ignore
const RULES: RuleRow[] = [
  ['a name with a space',            { ruleName: 'every day' },
    `rules[0].ruleName must be 1 to 50 letters, digits, dots, - and _, got every day [rule-name] (${INPUT})`],
  ['less retention than the lock of its vault admits', { deleteAfter: days(5) },
    'rules[0].lifecycle.deleteAfterDays must be 7 to 400 days, the bounds of vault primary, got 5 days [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6)'],
  ['more retention than the lock of its vault admits', { deleteAfter: days(401) },
    'rules[0].lifecycle.deleteAfterDays must be 7 to 400 days, the bounds of vault primary, got 401 days [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6)'],
  ['retention for ever under a lock with an upper bound', { deleteAfter: undefined },
    'rules[0].lifecycle.deleteAfterDays must be 7 to 400 days, the bounds of vault primary, got kept for ever [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6)'],
  ['deletion 30 days after cold storage', { moveToColdStorageAfter: days(30), deleteAfter: days(60) },
    `rules[0].lifecycle.deleteAfterDays must be at least 120 days, 90 after moveToColdStorageAfterDays 30, got 60 [lifecycle-cold-gap] (${API}Lifecycle.html)`],
  ['a start window of half an hour', { startWindow: Duration.minutes(30) },
    `rules[0].startWindowMinutes must be a whole number of minutes from 60 to 52560000, got 30 [rule-start-window] (${INPUT})`],
  ['a completion window of no time', { completionWindow: Duration.minutes(0) },
    'rules[0].completionWindowMinutes must be a whole number of minutes from 1 to 52560000, got 0 [rule-completion-window] (AWS Backup facts 2.1 CompletionWindowMinutes)'],
  ['retention of a day and a half',  { deleteAfter: Duration.hours(180) },
    `rules[0].lifecycle.deleteAfterDays must be a whole number of days from 1 to 36500, or -1 for never, got 7.5 [lifecycle-delete-after] (${INPUT})`],
  ['both days in its schedule',      { schedule: Schedule.expression('cron(0 5 * * * *)') },
    `rules[0].scheduleExpression must be ? in exactly one of day of month and day of week, got * and * [schedule-day-fields] (${CRON})`],
  ['continuous backup kept 36 days', { enableContinuousBackup: true, deleteAfter: days(36) },
    'rules[0].lifecycle.deleteAfterDays must be 1 to 35 days where enableContinuousBackup is on, got 36 days [rule-continuous-retention] (AWS Backup facts B2.3/7, B5.3/1)'],
  ['a copy that the lock of its vault does not admit', ({ copies }) => ({ copyActions: [{ destination: CopyDestination.vault(copies), deleteAfter: days(59) }] }),
    'rules[0].copyActions[0].lifecycle.deleteAfterDays must be at least 60 days, the bounds of vault copies, got 59 days [copy-action-retention-in-lock] (AWS Backup facts B6.2/3, B7.4/3, B7.4/9)'],
  ['a copy that inherits what its lock does not admit', ({ copies }) => ({ copyActions: [{ destination: CopyDestination.vault(copies) }] }),
    'rules[0].copyActions[0].lifecycle.deleteAfterDays must be at least 60 days, the bounds of vault copies, got 35 days [copy-action-retention-in-lock] (AWS Backup facts B6.2/3, B7.4/3, B7.4/9)'],
  ['a tag that only AWS gives',      { recoveryPointTags: { 'aws:team': 'a' } },
    `rules[0].recoveryPointTags must be a key that does not begin with aws:, which only AWS itself gives, got aws:team [tag-key-reserved] (${API}KeyValue.html)`],
  ['an index of a service without one', { indexActions: ['EFS'] },
    `rules[0].indexActions[0] must be EBS or S3, got EFS [rule-index-service] (${API}IndexAction.html)`],
];

test.each(RULES)('fails for a rule with %s', (_, rule, ...expected) => {
  const stack = stackOf();
  const made = vaults(stack);
  const props = typeof rule === 'function' ? rule(made) : rule;
  const rules = [{ ruleName: 'daily', vault: made.primary, deleteAfter: days(35), ...props }];
  expect(refusal(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules }))).toBe(
    lines('S/Plan', ...expected),
  );
});

function planOf(stack: Stack, count = 1, backupPlanName = 'ledger'): Plan {
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
  const rules = Array.from({ length: count }, (_, hour) => ({
    ruleName: `rule-${hour}`,
    vault,
    schedule: Schedule.daily({ hour: 2 * hour }),
    startWindow: Duration.hours(1),
  }));
  return new Plan(stack, 'Plan', { backupPlanName, rules });
}

// prettier-ignore
const PLANS: [string, (stack: Stack) => Plan, string][] = [
  ['no rule',    (stack) => planOf(stack, 0),            'rules must be 1 to 10 rules (quota, adjustable), got 0 [plan-rules] (AWS Backup facts B2.1/1, B2.6/6)'],
  ['11 rules',   (stack) => planOf(stack, 11),           'rules must be 1 to 10 rules (quota, adjustable), got 11 [plan-rules] (AWS Backup facts B2.1/1, B2.6/6)'],
  ['a name with a space', (stack) => planOf(stack, 1, 'my plan'), `backupPlanName must be 1 to 50 letters, digits, dots, - and _, got my plan [plan-name] (${API}BackupPlanInput.html)`],
];

test.each(PLANS)('fails for a plan with %s', (_, declare, expected) => {
  expect(refusal(() => declare(stackOf()))).toBe(lines('S/Plan', expected));
});

test('fails for a rule with six copies', () => {
  const stack = stackOf();
  const vault = (name: string) => backup.BackupVault.fromBackupVaultName(stack, name, name);
  const copyActions = Array.from({ length: 6 }, (_, index) => ({
    destination: CopyDestination.vault(vault(`copies-${index}`)),
  }));
  const rules = [{ ruleName: 'daily', vault: vault('primary'), copyActions }];
  expect(refusal(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules }))).toBe(
    lines(
      'S/Plan',
      'rules[0].copyActions must be at most 5 copy actions (quota, adjustable), got 6 [rule-copy-actions] (AWS Backup facts 2.1 CopyActions, 15)',
    ),
  );
});

const arn = (text: string) => SelectionResource.fromArn(text);
const volumes = (count: number, end: string) =>
  Array.from({ length: count }, (_, index) => arn(`arn:aws:ec2:eu-central-1:111122223333:volume/vol-${index}${end}`));

// prettier-ignore
const SELECTIONS: [string, Partial<SelectionOptions>, string][] = [
  ['a name with a space',        { selectionName: 'my selection', tags: { backup: 'daily' } },
    `selectionName must be 1 to 50 letters, digits, dots, - and _, got my selection [selection-name] (${SELECTION})`],
  ['nothing in it',              {},
    'resources must be given resources or listOfTags; conditions and notResources alone are refused, got neither [selection-empty] (AWS Backup facts B3.1/7, 1.5)'],
  ['conditions alone',           { conditions: { stringEquals: { stage: 'prod' } } },
    'resources must be given resources or listOfTags; conditions and notResources alone are refused, got neither, with 1 condition [selection-empty] (AWS Backup facts B3.1/7, 1.5)'],
  ['501 ARNs left out',          { tags: { backup: 'daily' }, notResources: volumes(501, '') },
    `notResources must be at most 500 ARNs without a star, got 501 [selection-arns] (${SELECTION})`],
  ['31 ARNs with a star left out', { tags: { backup: 'daily' }, notResources: volumes(31, '*') },
    `notResources must be at most 30 ARNs with a star, got 31 [selection-wildcard-arns] (${SELECTION})`],
  ['an ARN that is none',        { resources: [arn('orders')] },
    `resources[0] must be an ARN, an ARN with stars, or *, got orders [selection-resource-arn] (${SELECTION})`],
  ['an ARN of another Region',   { resources: [arn('arn:aws:dynamodb:us-east-1:111122223333:table/orders')] },
    'resources[0] must be in the partition, account and Region of the plan, which selects nothing elsewhere, got arn:aws:dynamodb:us-east-1:111122223333:table/orders, where the plan is in aws 111122223333 eu-central-1 [selection-resource-place] (AWS Backup facts B3.1, B3.2/3)'],
  ['an ARN of a service that nothing backs up', { resources: [arn('arn:aws:sqs:eu-central-1:111122223333:queue')] },
    'resources[0] must be of a service that AWS Backup supports, got arn:aws:sqs:eu-central-1:111122223333:queue [selection-resource-service] (AWS Backup facts feature table)'],
];

test.each(SELECTIONS)('fails for a selection with %s', (_, options, expected) => {
  const plan = planOf(stackOf());
  expect(refusal(() => plan.addSelection('Selection', { selectionName: 'chosen', ...options }))).toBe(
    lines('S/Plan/Selection', expected),
  );
});

test('fails for a second selection with what it adds alone', () => {
  const stack = stackOf();
  const bucket = SelectionResource.fromConstruct(new s3.Bucket(stack, 'Bucket'));
  const plan = planOf(stack);
  plan.addSelection('First', { selectionName: 'first', resources: [bucket] });
  expect(refusal(() => plan.addSelection('Second', { selectionName: '', resources: [bucket] }))).toBe(
    lines(
      'S/Plan/Second',
      `selectionName must be 1 to 50 letters, digits, dots, - and _, got an empty name [selection-name] (${SELECTION})`,
    ),
  );
});

test('fails for a selection of a plan that is not of ours by the rules of selections', () => {
  const stack = stackOf();
  const plan = backup.BackupPlan.fromBackupPlanId(stack, 'Plan', '11111111-2222-3333-4444-555555555555');
  expect(
    refusal(() => new Selection(stack, 'Selection', { plan, selectionName: 'a b', tags: { backup: 'daily' } })),
  ).toBe(
    lines(
      'S/Selection',
      `selectionName must be 1 to 50 letters, digits, dots, - and _, got a b [selection-name] (${SELECTION})`,
    ),
  );
});
