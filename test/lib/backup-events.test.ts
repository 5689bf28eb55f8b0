import { BackupEvents, OnBackupEventOptions, Plan, Vault } from '@holdfast/cdk';
import { BackupEvent } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { HAPPENED, Happened, PLAN_ID, VAULT, VOLUME } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { refusal, stackOf } from './support/stacks';

type Method = Exclude<keyof BackupEvents, 'onStateChange'>;

const RULE = 'AWS::Events::Rule';

/** Which of all that happened set off the rules of a stack, by construct id. */
function triggered(stack: Stack): Record<string, string[]> {
  const rules = Template.fromStack(stack).findResources(RULE);
  return Object.fromEntries(
    Object.entries(rules).map(([id, rule]) => {
      const pattern = rule.Properties.EventPattern as Record<string, unknown>;
      const names = Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
      return [id.replace(/[0-9A-F]{8}$/, ''), names];
    }),
  );
}

function of(method: Method, make: (stack: Stack) => BackupEvents, options?: OnBackupEventOptions): string[] {
  const stack = stackOf();
  make(stack)[method]('Rule', options);
  return triggered(stack).Rule!;
}

const region = (stack: Stack) => BackupEvents.ofRegion(stack);
const vaultNamed = (arn: string) => (stack: Stack) =>
  BackupEvents.ofVault(stack, backup.BackupVault.fromBackupVaultArn(stack, 'Vault', arn));
const planNamed = (id: string) => (stack: Stack) =>
  BackupEvents.ofPlan(stack, backup.BackupPlan.fromBackupPlanId(stack, 'Plan', id));

const FAILURES: Method[] = [
  'onBackupJobFailed',
  'onBackupJobCompletedWithIssues',
  'onCopyJobFailed',
  'onRestoreJobFailed',
  'onRecoveryPointExpired',
  'onRecoveryPointPartial',
  'onRecoveryPointIndexFailed',
  'onScanJobFailed',
  'onThreatsFound',
];

test('what failed sets off exactly the rules that it should', () => {
  const stack = stackOf();
  for (const method of FAILURES) {
    BackupEvents.ofRegion(stack)[method](method.slice(2));
  }
  expect(triggered(stack)).toEqual({
    BackupJobFailed: ['backup job failed', 'backup job expired'],
    BackupJobCompletedWithIssues: ['backup job completed with issues'],
    CopyJobFailed: ['copy job failed'],
    RestoreJobFailed: ['restore job failed'],
    RecoveryPointExpired: ['recovery point expired'],
    RecoveryPointPartial: ['recovery point partial'],
    RecoveryPointIndexFailed: ['index failed'],
    ScanJobFailed: ['scan failed'],
    ThreatsFound: ['scan found threats'],
  });
});

// prettier-ignore
test.each<[method: Method, happened: RegExp]>([
  ['onBackupJobStateChange',          /^backup job (?!stopped)/],
  ['onBackupJobCompleted',            /^backup job completed/],
  ['onCopyJobStateChange',            /^copy job/],
  ['onRestoreJobStateChange',         /^restore job/],
  ['onRecoveryPointStateChange',      /^recovery point (?!deletion)/],
  ['onVaultStateChange',              /^vault (created|modified|locked|deleted)/],
  ['onVaultLocked',                   /^vault locked/],
  ['onPlanStateChange',               /^plan modified/],
  ['onRegionSettingChange',           /^opt-in/],
  ['onRecoveryPointIndexStateChange', /^index/],
  ['onScanJobStateChange',            /^scan/],
])('%s waits for its events', (method, happened) => {
  const own = Object.keys(HAPPENED).filter((name) => happened.test(name));
  expect(own.length).toBeGreaterThan(0);
  expect(of(method, region)).toEqual(own);
});

// prettier-ignore
test.each<[method: Method, make: (stack: Stack) => BackupEvents, happened: string[]]>([
  ['onBackupJobFailed',              vaultNamed(VAULT),         ['backup job failed', 'backup job expired']],
  ['onBackupJobFailed',              vaultNamed(`${VAULT}2`),   []],
  ['onBackupJobCompletedWithIssues', vaultNamed(VAULT),         ['backup job completed with issues']],
  ['onBackupJobCompletedWithIssues', vaultNamed(`${VAULT}2`),   []],
  ['onCopyJobFailed',                vaultNamed(VAULT),         ['copy job failed']],
  ['onCopyJobFailed',                vaultNamed(`${VAULT}2`),   []],
  ['onVaultLocked',                  vaultNamed(VAULT),         ['vault locked']],
  ['onVaultLocked',                  vaultNamed(`${VAULT}2`),   []],
  ['onThreatsFound',                 vaultNamed(VAULT),         ['scan found threats']],
  ['onThreatsFound',                 vaultNamed(`${VAULT}2`),   []],
  ['onBackupJobFailed',              planNamed(PLAN_ID),        ['backup job failed', 'backup job expired']],
  ['onBackupJobFailed',              planNamed('another'),      []],
  ['onPlanStateChange',              planNamed(PLAN_ID),        ['plan modified']],
  ['onPlanStateChange',              planNamed('another'),      []],
])('%s of a vault or a plan: %#', (method, make, happened) => {
  expect(of(method, make)).toEqual(happened);
});

test('states, resource types and resources narrow a rule', () => {
  const states = ['FAILED', 'ABORTED'];
  expect(of('onBackupJobStateChange', region, { states })).toEqual(['backup job failed', 'backup job aborted']);
  expect(of('onBackupJobFailed', region, { resourceTypes: ['RDS'] })).toEqual([]);
  expect(of('onBackupJobFailed', region, { resourceArns: [VOLUME], resourceTypes: ['EBS'] })).toHaveLength(2);
});

test('takes the options of the CDK', () => {
  const stack = stackOf();
  const topic = new sns.Topic(stack, 'Topic');
  const rule = BackupEvents.ofRegion(stack).onCopyJobFailed('Rule', {
    description: 'copies that failed',
    ruleName: 'copies-failed',
    eventPattern: { account: ['111122223333'] },
    target: new targets.SnsTopic(topic),
  });
  expect(rule.node.id).toBe('Rule');
  Template.fromStack(stack).hasResourceProperties(RULE, {
    Description: 'copies that failed',
    Name: 'copies-failed',
    EventPattern: { account: ['111122223333'], source: ['aws.backup'], detail: { state: ['FAILED'] } },
    Targets: [{ Arn: { Ref: 'TopicBFC7AF6E' } }],
  });
});

test('puts a rule for a target of another stack where the options say', () => {
  const stack = stackOf();
  const other = new Stack(stack.node.root as never, 'T', { env: { account: '111122223333', region: 'eu-central-1' } });
  const target = new targets.SnsTopic(new sns.Topic(other, 'Topic'));
  BackupEvents.ofRegion(stack).onCopyJobFailed('Rule', { crossStackScope: other, target });
  Template.fromStack(other).resourceCountIs(RULE, 1);
  Template.fromStack(stack).resourceCountIs(RULE, 0);
});

test('is of the vaults and plans of our constructs', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const rules = [{ ruleName: 'daily', vault: vault.backupVault }];
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  BackupEvents.ofVault(stack, vault.backupVault).onBackupJobFailed('OfVault');
  BackupEvents.ofPlan(stack, plan.backupPlan).onBackupJobFailed('OfPlan');
  const template = Template.fromStack(stack);
  template.hasResourceProperties(RULE, {
    EventPattern: { detail: { backupVaultArn: [{ 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultArn'] }] } },
  });
  template.hasResourceProperties(RULE, {
    EventPattern: {
      detail: { createdBy: { backupPlanId: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Plan'), 'BackupPlanId'] }] } },
    },
  });
});

test('fails for a restore job that failed of a vault, as its event names none', () => {
  const stack = stackOf();
  expect(refusal(() => vaultNamed(VAULT)(stack).onRestoreJobFailed('Restores'))).toBe(
    [
      'S: 1 value(s) that AWS Backup refuses',
      '  Restores.backupVaultArns must be asked of events that carry it, or the rule never matches, got Restore Job State Change FAILED [event-filter] (AWS Backup facts B14.1/2)',
    ].join('\n'),
  );
});

test('fails for a state that the kind does not have and for an empty filter, both at once', () => {
  const message = refusal(() =>
    BackupEvents.ofRegion(stackOf()).onStateChange('Rule', BackupEvent.COPY_JOB, {
      states: ['EXPIRED'],
      resourceArns: [],
    }),
  );
  expect(message).toContain(
    'Rule.states[0] must be one of CREATED, RUNNING, COMPLETED, PARTIAL, FAILED for a Copy Job',
  );
  expect(message).toContain('Rule.resourceArns must be at least one value, or left out, got 0 [event-filter-empty]');
});

test('makes a rule in spite of a finding that is waived', () => {
  const waivers = [{ rule: 'event-filter', path: 'Restores.*', reason: 'shows a waiver' }];
  expect(() => vaultNamed(VAULT)(stackOf()).onRestoreJobFailed('Restores', { waivers })).not.toThrow();
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const rule = BackupEvents.ofRegion(stack).onBackupJobStateChange('Rule', {
    states: [text('State')],
    resourceTypes: [text('Type')],
    resourceArns: [text('Resource')],
    ruleName: text('Name'),
    description: text('Description'),
  });
  expect((rule.node.defaultChild as events.CfnRule).cfnResourceType).toBe(RULE);
  Template.fromStack(stack).hasResourceProperties(RULE, {
    EventPattern: {
      detail: { state: [{ Ref: 'State' }], resourceType: [{ Ref: 'Type' }], resourceArn: [{ Ref: 'Resource' }] },
    },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  BackupEvents.ofRegion(stack).onBackupJobFailed('Failed');
  expect(stack.node.findAll().map((construct) => construct.node.path)).toEqual(['S', 'S/Failed', 'S/Failed/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Failed178E83A2']);
});
