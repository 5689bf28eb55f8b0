import { BackupApiCalls, BackupEvents, Plan, Vault } from '@holdfast/cdktf';
import * as cdk from '@holdfast/cdk';
import { BackupApiCall, BackupApiCallOutcome, BackupEvent } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupPlan, BackupVault } from 'aws-cdk-lib/aws-backup';
import { App, Stack } from 'aws-cdk-lib/core';
import {
  addresses,
  all,
  annotations,
  comment,
  message,
  only,
  refusal,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const RULE = 'aws_cloudwatch_event_rule';
const TARGET = 'aws_cloudwatch_event_target';
const VAULT_ARN = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary';

function libStack(): Stack {
  return new Stack(new App(), 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
}

/** Names of the methods that make a rule from an id and options alone. */
function methodsOf(type: { prototype: object }, except: string): string[] {
  return Object.getOwnPropertyNames(type.prototype).filter(
    (name) => /^on[A-Z]/.test(name) && name !== except && name !== 'onFailed',
  );
}

type Maker = Record<string, (id: string) => unknown>;

/** The patterns of the rules that each of the methods makes, by description. */
function patterns(
  makers: { lib: (s: Stack) => object; provider: (s: ReturnType<typeof stackOf>) => object },
  names: string[],
) {
  const [ours, theirs] = [stackOf(), libStack()];
  for (const name of names) {
    (makers.provider(ours) as Maker)[name]!(name);
    (makers.lib(theirs) as Maker)[name]!(name);
  }
  const rendered = all(ours, RULE).map((rule) => JSON.parse(rule.event_pattern as string) as unknown);
  const wanted = Object.values(Template.fromStack(theirs).findResources('AWS::Events::Rule')).map(
    (rule) => (rule as { Properties: { EventPattern: unknown } }).Properties.EventPattern,
  );
  return { rendered: sorted(rendered), wanted: sorted(wanted) };
}

function sorted(all: unknown[]): unknown[] {
  return [...all].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
}

function canonical(pattern: unknown): string {
  return JSON.stringify(pattern, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  );
}

test('events of the Region have the patterns of lib', () => {
  const names = methodsOf(BackupEvents, 'onStateChange');
  expect(names).toEqual(methodsOf(cdk.BackupEvents, 'onStateChange'));
  const { rendered, wanted } = patterns(
    { lib: (s) => cdk.BackupEvents.ofRegion(s), provider: (s) => BackupEvents.ofRegion(s) },
    names,
  );
  expect(names.length).toBeGreaterThan(15);
  expect(rendered).toEqual(wanted);
});

test('calls of the Region have the patterns of lib', () => {
  const names = methodsOf(BackupApiCalls, 'onCall');
  expect(names).toEqual(methodsOf(cdk.BackupApiCalls, 'onCall'));
  const { rendered, wanted } = patterns(
    { lib: (s) => cdk.BackupApiCalls.ofRegion(s), provider: (s) => BackupApiCalls.ofRegion(s) },
    names,
  );
  expect(rendered).toEqual(wanted);
});

test('rules of a vault and of a plan have the patterns of lib', () => {
  const { rendered, wanted } = patterns(
    {
      lib: (s) =>
        cdk.BackupEvents.ofVault(s, BackupVault.fromBackupVaultArn(s, `V${s.node.children.length}`, VAULT_ARN)),
      provider: (s) => BackupEvents.ofVault(s, Vault.fromBackupVaultArn(VAULT_ARN)),
    },
    ['onBackupJobFailed', 'onVaultLocked', 'onRecoveryPointExpired'],
  );
  expect(rendered).toEqual(wanted);
  const plans = patterns(
    {
      lib: (s) => cdk.BackupApiCalls.ofPlan(s, BackupPlan.fromBackupPlanId(s, `P${s.node.children.length}`, 'plan-1')),
      provider: (s) => BackupApiCalls.ofPlan(s, Plan.fromBackupPlanId('plan-1')),
    },
    ['onPlanChange'],
  );
  expect(plans.rendered).toEqual(plans.wanted);
});

test('a rule has the name, description, tags and target that were given', () => {
  const stack = stackOf();
  const topic = 'arn:aws:sns:eu-central-1:111122223333:alerts';
  BackupEvents.ofRegion(stack).onStateChange('Failed', BackupEvent.BACKUP_JOB, {
    states: ['FAILED'],
    resourceTypes: ['EBS'],
    resourceArns: ['arn:aws:ec2:eu-central-1:111122223333:volume/vol-1'],
    ruleName: 'failed',
    description: 'A backup failed',
    tags: { owner: 'platform' },
    target: {
      targetArn: topic,
      roleArn: 'arn:aws:iam::111122223333:role/r',
      deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:q',
    },
  });
  expect(addresses(stack)).toEqual([`${RULE}.Failed`, `${TARGET}.FailedTarget`]);
  expect(only(stack, RULE)).toMatchObject({
    name: 'failed',
    description: 'A backup failed',
    tags: { owner: 'platform' },
  });
  expect(only(stack, TARGET)).toEqual({
    rule: '${aws_cloudwatch_event_rule.Failed.name}',
    arn: topic,
    role_arn: 'arn:aws:iam::111122223333:role/r',
    dead_letter_config: { arn: 'arn:aws:sqs:eu-central-1:111122223333:q' },
  });
});

test('without a target the rule is alone', () => {
  const stack = stackOf();
  BackupEvents.ofRegion(stack).onCopyJobFailed('Failed');
  expect(addresses(stack)).toEqual([`${RULE}.Failed`]);
});

test('calls that were refused are asked for by their outcome', () => {
  const stack = stackOf();
  BackupApiCalls.ofRegion(stack).onCall('Denied', [BackupApiCall.VAULT_LOCK], { outcome: BackupApiCallOutcome.DENIED });
  expect(only(stack, RULE).event_pattern).toContain('AccessDenied');
});

test('fails for what an event does not carry, as lib does', () => {
  const ours = refusal(() =>
    BackupEvents.ofVault(stackOf(), Vault.fromBackupVaultArn(VAULT_ARN)).onRestoreJobFailed('R'),
  );
  const theirs = refusal(() => {
    const s = libStack();
    cdk.BackupEvents.ofVault(s, BackupVault.fromBackupVaultArn(s, 'V', VAULT_ARN)).onRestoreJobFailed('R');
  });
  expect(ours).toBe(theirs);
});

test('fails for calls that name no vault, as lib does', () => {
  const ours = refusal(() =>
    BackupApiCalls.ofVault(stackOf(), Vault.fromBackupVaultArn(VAULT_ARN)).onLegalHoldChange('R'),
  );
  const theirs = refusal(() => {
    const s = libStack();
    cdk.BackupApiCalls.ofVault(s, BackupVault.fromBackupVaultArn(s, 'V', VAULT_ARN)).onLegalHoldChange('R');
  });
  expect(ours).toBe(theirs);
});

test('a finding that is waived stays visible, and the rule is made', () => {
  const waivers = [{ rule: 'event-filter', path: 'Restores.*', reason: 'shows a waiver' }];
  const stack = stackOf();
  BackupEvents.ofVault(stack, Vault.fromBackupVaultArn(VAULT_ARN)).onRestoreJobFailed('Restores', { waivers });
  expect(annotations(stack, 'info').join()).toContain('waived: shows a waiver');
  expect(comment(stack, RULE)).toEqual({ waivers });
  const calls = stackOf();
  const ofCalls = [{ rule: 'event-filter', path: '*', reason: 'shows a waiver' }];
  BackupApiCalls.ofVault(calls, Vault.fromBackupVaultArn(VAULT_ARN)).onLegalHoldChange('Holds', { waivers: ofCalls });
  expect(annotations(calls, 'info').join()).toContain('waived: shows a waiver');
  expect(comment(calls, RULE)).toEqual({ waivers: ofCalls });
});

test('a waiver of another rule or another path changes nothing', () => {
  const declare = (rule: string, path: string) =>
    refusal(() =>
      BackupEvents.ofVault(stackOf(), Vault.fromBackupVaultArn(VAULT_ARN)).onRestoreJobFailed('R', {
        waivers: [{ rule, path, reason: 'shows a waiver' }],
      }),
    );
  expect(declare('event-state', '*')).toContain('[event-filter]');
  expect(declare('event-filter', 'Other.*')).toContain('[event-filter]');
});

test('fails for states and filters that are empty or unknown, saying each', () => {
  const filter = { states: ['BROKEN'], resourceTypes: [], resourceArns: [] };
  const declare = () => BackupEvents.ofRegion(stackOf()).onStateChange('Jobs', BackupEvent.BACKUP_JOB, filter);
  const states =
    'one of CREATED, PENDING, RUNNING, COMPLETED, PARTIAL, FAILED, EXPIRED, ABORTED for a Backup Job State Change';
  expect(refusal(declare)).toBe(
    message('S', [
      sentence('event-state', 'Jobs.states[0]', 'BROKEN', states),
      sentence('event-filter-empty', 'Jobs.resourceTypes', '0'),
      sentence('event-filter-empty', 'Jobs.resourceArns', '0'),
    ]),
  );
});

test('vaults, plans and filters may be known to Terraform alone', () => {
  const stack = stackOf();
  const { text, list } = variables(stack);
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  BackupEvents.ofVault(stack, vault).onBackupJobFailed('Jobs', {
    resourceTypes: [text('type')],
    resourceArns: list('arns'),
    ruleName: text('name'),
    target: { targetArn: text('target') },
  });
  const { name, event_pattern: pattern } = only(stack, RULE) as Record<string, string>;
  expect(name).toBe('${var.name}');
  expect(pattern).toMatch(
    /"backupVaultArn" = \[aws_backup_vault\.Vault_\w+\.arn\], "resourceType" = \[var\.type\], "resourceArn" = var\.arns\}/,
  );
  expect(only(stack, TARGET).arn).toBe('${var.target}');
});
