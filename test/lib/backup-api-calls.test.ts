import { BackupApiCalls, OnBackupApiCallOptions } from '@holdfast/cdk';
import { BackupApiCallOutcome } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { HAPPENED, Happened, PLAN_ID, VAULT } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { refusal, stackOf } from './support/stacks';

type Method = Exclude<keyof BackupApiCalls, 'onCall'>;

const RULE = 'AWS::Events::Rule';

function of(method: Method, make: (stack: Stack) => BackupApiCalls, options?: OnBackupApiCallOptions): string[] {
  const stack = stackOf();
  make(stack)[method]('Rule', options);
  const [rule] = Object.values(Template.fromStack(stack).findResources(RULE));
  const pattern = rule!.Properties.EventPattern as Record<string, unknown>;
  return Object.keys(HAPPENED).filter((name) => matchesPattern(pattern, HAPPENED[name as Happened]));
}

const region = (stack: Stack) => BackupApiCalls.ofRegion(stack);
const vaultNamed = (name: string) => (stack: Stack) =>
  BackupApiCalls.ofVault(stack, backup.BackupVault.fromBackupVaultName(stack, 'Vault', name));
const planNamed = (id: string) => (stack: Stack) =>
  BackupApiCalls.ofPlan(stack, backup.BackupPlan.fromBackupPlanId(stack, 'Plan', id));

// prettier-ignore
test.each<[method: Method, make: (stack: Stack) => BackupApiCalls, happened: Happened[]]>([
  ['onVaultLockChange',          region,                ['lock put', 'lock removed']],
  ['onVaultLockChange',          vaultNamed('primary'), ['lock put', 'lock removed']],
  ['onVaultLockChange',          vaultNamed('other'),   []],
  ['onVaultAccessPolicyChange',  region,                ['access policy put']],
  ['onVaultNotificationsChange', region,                ['notifications removed']],
  ['onPlanChange',               region,                ['plan update', 'selection deletion']],
  ['onPlanChange',               planNamed(PLAN_ID),    ['plan update', 'selection deletion']],
  ['onPlanChange',               planNamed('another'),  []],
  ['onLegalHoldChange',          region,                ['legal hold cancelled']],
  ['onRecoveryPointRemoval',     region,                ['recovery point deletion']],
  ['onRecoveryPointRemoval',     vaultNamed('other'),   []],
  ['onBackupJobStop',            region,                ['backup job stopped']],
  ['onSettingsChange',           region,                ['region settings updated']],
  ['onRemovalDenied',            region,                ['lock removal denied', 'recovery point deletion denied']],
  ['onRemovalDenied',            vaultNamed('other'),   []],
])('%s waits for its calls: %#', (method, make, happened) => {
  expect(of(method, make)).toEqual(happened);
});

test('the outcome is the one that was asked for', () => {
  expect(of('onVaultLockChange', region, { outcome: BackupApiCallOutcome.DENIED })).toEqual(['lock removal denied']);
  expect(of('onVaultLockChange', region, { outcome: BackupApiCallOutcome.ANY })).toHaveLength(3);
});

test('takes the options of the CDK, and tokens', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', text('VaultName'));
  BackupApiCalls.ofVault(stack, vault).onVaultLockChange('Rule', {
    ruleName: text('Name'),
    description: text('Description'),
    target: new targets.SnsTopic(new sns.Topic(stack, 'Topic')),
  });
  Template.fromStack(stack).hasResourceProperties(RULE, {
    Name: { Ref: 'Name' },
    Description: { Ref: 'Description' },
    EventPattern: { detail: { requestParameters: { backupVaultName: [{ Ref: 'VaultName' }] } } },
    Targets: [{ Arn: { Ref: 'TopicBFC7AF6E' } }],
  });
});

test('fails for legal holds of a vault, as the calls name none, unless that is waived', () => {
  const declare = (options?: OnBackupApiCallOptions) =>
    BackupApiCalls.ofVault(
      stackOf(),
      backup.BackupVault.fromBackupVaultArn(stackOf(), 'Vault', VAULT),
    ).onLegalHoldChange('Holds', options);
  expect(refusal(() => declare())).toBe(
    [
      'S: 1 value(s) that AWS Backup refuses',
      '  Holds.backupVaultNames must be asked of events that carry it, or the rule never matches, got CreateLegalHold, CancelLegalHold [event-filter] (AWS Backup facts B14.1/2)',
    ].join('\n'),
  );
  expect(() => declare({ waivers: [{ rule: 'event-filter', path: '*', reason: 'shows a waiver' }] })).not.toThrow();
});
