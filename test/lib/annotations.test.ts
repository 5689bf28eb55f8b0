import { CopyDestination, Plan, PlanProps, PlanRuleProps, SelectionResource, Vault } from '@holdfast/cdk';
import { Schedule, Waiver } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Annotations, Duration, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const RETENTION = 'rule-retention-in-lock';
const SHORT = { deleteAfter: Duration.days(5) };

/** A plan over a vault that keeps at least 7 days. */
function plan(stack: Stack, rules: Partial<PlanRuleProps>[], props: Partial<PlanProps> = {}): Plan {
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary', vaultLock: { minRetentionDays: 7 } })
    .backupVault;
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: rules.map((rule, index) => ({ ruleName: `rule-${index}`, vault, deleteAfter: Duration.days(30), ...rule })),
    ...props,
  });
}

function select(it: Plan): void {
  it.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
}

function waiver(over: Partial<Waiver> = {}): Waiver {
  return { rule: RETENTION, path: 'rules[0].lifecycle.deleteAfterDays', reason: 'a rehearsal', ...over };
}

test('a warning becomes a warning of CDK, which can be acknowledged', () => {
  const longer = { deleteAfter: Duration.days(90) };
  const stack = stackOf();
  select(plan(stack, [{}, longer]));
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringMatching(/^\/S\/Plan: rules\[0\]\.scheduleExpression must be .* \[rule-suppressed-loss\] \(.*\)$/),
  ]);

  const acknowledging = stackOf();
  const made = plan(acknowledging, [{}, longer]);
  select(made);
  Annotations.of(made).acknowledgeWarning('@holdfast/cdk:rule-suppressed-loss');
  expect(annotations(acknowledging, 'warning')).toEqual([]);
});

test('a copy into the vault that the rule backs up to is warned of, as AWS does not say that it refuses it', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' }).backupVault;
  const rules = [{ ruleName: 'daily', vault, copyActions: [{ destination: CopyDestination.vault(vault) }] }];
  select(new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules }));
  const path = 'rules[0].copyActions[0].destinationBackupVaultArn';
  const given = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary';
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining(
      `/S/Plan: ${path} must be a vault other than the one that the rule backs up to, got ${given} [copy-action-own-vault] (Assumed; `,
    ),
  ]);
});

test('a note becomes an information', () => {
  const stack = stackOf();
  new Vault(stack, 'Vault', { backupVaultName: 'primary', vaultLock: { minRetentionDays: 7 } });
  expect(annotations(stack, 'info')).toEqual([
    expect.stringMatching(/^\/S\/Vault: vaultLock\.changeableForDays must be .* \[vault-lock-governance\] \(.*\)$/),
  ]);
});

test('what a rule asks of a resource that cannot do it is said where the resource is selected', () => {
  const stack = stackOf();
  const table = new dynamodb.TableV2(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  plan(stack, [{ enableContinuousBackup: true }]).addSelection('Tables', {
    selectionName: 'tables',
    resources: [SelectionResource.fromConstruct(table)],
  });
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringMatching(
      /^\/S\/Plan\/Tables: S\/Plan\.rules\[0\]\.enableContinuousBackup must be .* S\/Orders\/Resource \[rule-continuous-unsupported\]/,
    ),
  ]);
});

test('a second selection repeats nothing of the first', () => {
  const stack = stackOf();
  const made = plan(stack, [{}]);
  const bucket = SelectionResource.fromConstruct(new s3.Bucket(stack, 'Bucket'));
  made.addSelection('Both', { selectionName: 'both', resources: [bucket], tags: { backup: 'daily' } });
  made.addSelection('Other', { selectionName: 'other', resources: [bucket] });
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('/S/Plan/Both: ')]);
});

describe('a waiver', () => {
  test('lets an error pass and keeps it in sight, in the annotations and in the template', () => {
    const stack = stackOf();
    select(plan(stack, [SHORT], { waivers: [waiver()] }));
    expect(annotations(stack, 'info')).toContain(
      '/S/Plan: rules[0].lifecycle.deleteAfterDays must be at least 7 days, the bounds of vault primary, got 5 days [rule-retention-in-lock] (AWS Backup facts B4.3/5, B7.4/3, B7.6/6), waived: a rehearsal',
    );
    Template.fromStack(stack).hasResource('AWS::Backup::BackupPlan', {
      Metadata: { Holdfast: { waivers: [waiver()] } },
    });
  });

  test('with a star covers every rule', () => {
    const waivers = [waiver({ path: 'rules[*].lifecycle.*' })];
    expect(() =>
      plan(stackOf(), [SHORT, { ...SHORT, schedule: Schedule.daily({ hour: 20 }) }], { waivers }),
    ).not.toThrow();
  });

  test.each([
    ['of another rule', waiver({ rule: 'rule-start-window' })],
    ['of another path', waiver({ path: 'rules[1].lifecycle.deleteAfterDays' })],
  ])('%s covers nothing', (_, it) => {
    expect(refusal(() => plan(stackOf(), [SHORT], { waivers: [it] }))).toContain(RETENTION);
  });

  test('never expires without a day to hold it against', () => {
    expect(() => plan(stackOf(), [SHORT], { waivers: [waiver({ expires: '1999-12-31' })] })).not.toThrow();
  });

  test('holds up to the day of its expiry, by the context', () => {
    const stack = stackOf({ 'holdfast:today': '2027-03-31' });
    expect(() => plan(stack, [SHORT], { waivers: [waiver({ expires: '2027-03-31' })] })).not.toThrow();
  });

  test('does not hold the day after, by the context', () => {
    const stack = stackOf({ 'holdfast:today': '2027-04-01' });
    expect(refusal(() => plan(stack, [SHORT], { waivers: [waiver({ expires: '2027-03-31' })] }))).toContain(RETENTION);
  });

  test('of a plan covers what its selections bring to light in it', () => {
    const stack = stackOf();
    const path = 'rules[0].enableContinuousBackup';
    const waivers = [waiver({ rule: 'rule-continuous-unsupported', path })];
    const table = new dynamodb.CfnTable(stack, 'Orders', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
    plan(stack, [{ enableContinuousBackup: true }], { waivers }).addSelection('Tables', {
      selectionName: 'tables',
      resources: [SelectionResource.fromConstruct(table)],
    });
    expect(annotations(stack, 'warning')).toEqual([]);
    expect(annotations(stack, 'info')).toContainEqual(expect.stringContaining(', waived: a rehearsal'));
  });

  test('of a vault and of a selection is in their part of the template', () => {
    const stack = stackOf();
    const ofVault = waiver({ rule: 'vault-lock-governance', path: 'vaultLock.*' });
    const ofSelection = waiver({ rule: 'selection-everything', path: 'resources[0]' });
    new Vault(stack, 'Other', { backupVaultName: 'other', vaultLock: { minRetentionDays: 7 }, waivers: [ofVault] });
    plan(stack, [{}]).addSelection('All', {
      selectionName: 'all',
      resources: [SelectionResource.fromArn('*')],
      waivers: [ofSelection],
    });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Backup::BackupVault', { Metadata: { Holdfast: { waivers: [ofVault] } } });
    template.hasResource('AWS::Backup::BackupSelection', { Metadata: { Holdfast: { waivers: [ofSelection] } } });
  });
});
