import { AuditConfigRules, AuditConfigRulesProps, ConfigRecorder } from '@holdfast/cdk';
import { AuditedService, BackupConfigRule } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const RULE = 'AWS::Config::ConfigRule';
const configRecorder = ConfigRecorder.existing();
const encrypted = BackupConfigRule.backupRecoveryPointEncrypted();
const protectedVolumes = BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.EBS, {
  resourceTags: { stage: 'prod' },
});

function rulesOf(stack: Stack, props: Partial<AuditConfigRulesProps> = {}): AuditConfigRules {
  return new AuditConfigRules(stack, 'Rules', { rules: [encrypted, protectedVolumes], configRecorder, ...props });
}

test('are managed ones of AWS, with texts for parameters and names that CloudFormation chooses', () => {
  const stack = stackOf();
  const made = rulesOf(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs(RULE, 2);
  template.hasResource(RULE, {
    Metadata: Match.absent(),
    Properties: {
      ConfigRuleName: Match.absent(),
      InputParameters: Match.absent(),
      Source: { Owner: 'AWS', SourceIdentifier: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
    },
  });
  template.hasResourceProperties(RULE, {
    InputParameters: { resourceTags: '{"stage":"prod"}' },
    Source: { Owner: 'AWS', SourceIdentifier: 'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN' },
  });
  expect(made.configRules).toHaveLength(2);
  expect(stack.resolve(made.configRules[0]?.configRuleName)).toEqual({
    Ref: Object.keys(template.findResources(RULE))[0],
  });
  expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
});

test('are named with the prefix that is given', () => {
  const stack = stackOf();
  rulesOf(stack, { configRuleNamePrefix: 'backup-' });
  Template.fromStack(stack).hasResourceProperties(RULE, { ConfigRuleName: 'backup-backup-recovery-point-encrypted' });
});

test('fail for what AWS Config refuses, all of it at once', () => {
  const rules = [
    BackupConfigRule.resourcesInLogicallyAirGappedVault(AuditedService.RDS),
    BackupConfigRule.meetsRestoreTimeTarget(AuditedService.RDS, { maxRestoreTimeMinutes: 0 }),
  ];
  const prefix = 'x'.repeat(120);
  expect(refusal(() => rulesOf(stackOf(), { rules, configRuleNamePrefix: prefix }))).toBe(
    [
      'S/Rules: 4 value(s) that AWS Backup refuses',
      '  rules[0].sourceIdentifier must be a managed rule of AWS Config about backups; not every service has every rule, got RDS_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT [config-rule-identifier] (AWS Backup facts B10.1/6)',
      '  rules[1].maxRestoreTime must be a whole number of minutes, at least 1, got 0 [audit-parameter-restore-time] (Assumed; AWS Backup facts B10.1/7)',
      `  configRuleNamePrefix must be 1 to 128 characters, the prefix and the name of the rule together, got 163 characters: ${prefix}rds-resources-in-logically-air-gapped-vault [config-rule-name] (https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html)`,
      `  configRuleNamePrefix must be 1 to 128 characters, the prefix and the name of the rule together, got 149 characters: ${prefix}rds-meets-restore-time-target [config-rule-name] (https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html)`,
    ].join('\n'),
  );
});

test('miss a recorder, and carry waivers in their metadata', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'config-recorder-none', path: '*', reason: 'a rehearsal' }];
  rulesOf(stack, { configRecorder: undefined });
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[config-recorder-none]')]);
  const waived = stackOf();
  rulesOf(waived, { configRecorder: undefined, waivers });
  expect(annotations(waived, 'warning')).toEqual([]);
  Template.fromStack(waived).hasResource(RULE, { Metadata: { Holdfast: { waivers } } });
});

test('take a token for every value', () => {
  const stack = stackOf();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  rulesOf(stack, {
    configRuleNamePrefix: text('Prefix'),
    rules: [
      BackupConfigRule.backupRecoveryPointMinimumRetention(number('Retention')),
      BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.EBS, {
        crossRegions: [text('Region')],
        resourceTags: { stage: text('Stage') },
      }),
    ],
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(RULE, {
    ConfigRuleName: { 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'backup-recovery-point-minimum-retention-check']] },
    InputParameters: { requiredRetentionDays: { Ref: 'Retention' } },
  });
  template.hasResourceProperties(RULE, {
    InputParameters: {
      crossRegionList: { Ref: 'Region' },
      resourceTags: { 'Fn::Join': ['', ['{"stage":"', { Ref: 'Stage' }, '"}']] },
    },
  });
});

test('keep their ids', () => {
  const stack = stackOf();
  rulesOf(stack, {
    rules: [encrypted, protectedVolumes, BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.EBS)],
  });
  expect(stack.node.findAll().map(({ node }) => node.path)).toEqual([
    'S',
    'S/Rules',
    'S/Rules/backup-recovery-point-encrypted',
    'S/Rules/ebs-resources-protected-by-backup-plan',
    'S/Rules/ebs-resources-protected-by-backup-plan-2',
    'S/Rules/backup-recovery-point-encrypted-imported',
    'S/Rules/ebs-resources-protected-by-backup-plan-imported',
    'S/Rules/ebs-resources-protected-by-backup-plan-2-imported',
  ]);
});
