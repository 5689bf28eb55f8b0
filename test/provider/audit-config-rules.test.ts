import { AuditConfigRules, AuditConfigRulesProps, ConfigRecorder } from '@holdfast/cdktf';
import { AuditedService, AuditPeriod, BackupConfigRule } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, all, annotations, comment, only, refusal, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_config_config_rule';

function rulesOf(stack: TerraformStack, props: Partial<AuditConfigRulesProps> = {}): AuditConfigRules {
  const rules = [BackupConfigRule.backupRecoveryPointEncrypted()];
  return new AuditConfigRules(stack, 'Rules', { rules, configRecorder: ConfigRecorder.existing(), ...props });
}

test('names a rule as AWS Config does in its documents, without parameters where it has none', () => {
  const stack = stackOf();
  const made = rulesOf(stack);
  expect(only(stack, TYPE)).toEqual({
    name: 'backup-recovery-point-encrypted',
    source: { owner: 'AWS', source_identifier: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
  });
  expect(comment(stack, TYPE)).toBeUndefined();
  expect(made.configRules.map(({ nameInput }) => nameInput)).toEqual(['backup-recovery-point-encrypted']);
});

test('writes parameters out as JSON, each of them a text', () => {
  const stack = stackOf();
  const { EBS } = AuditedService;
  rulesOf(stack, {
    rules: [
      BackupConfigRule.backupPlanMinFrequencyAndMinRetention({
        requiredFrequency: AuditPeriod.days(1),
        requiredRetentionDays: 35,
      }),
      BackupConfigRule.resourcesProtectedByBackupPlan(EBS, {
        crossRegions: ['eu-west-1', 'eu-north-1'],
        backupVaultLockCheck: true,
        resourceTags: { stage: 'prod' },
      }),
    ],
  });
  expect(all(stack, TYPE).map((rule) => JSON.parse(rule.input_parameters as string) as unknown)).toEqual([
    { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' },
    {
      crossRegionList: 'eu-west-1,eu-north-1',
      backupVaultLockCheck: 'True',
      resourceTags: '{"stage":"prod"}',
    },
  ]);
});

test('takes a prefix of the names, tags and waivers', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'config-rule-*', path: '*', reason: 'shown in the comment' }];
  rulesOf(stack, { configRuleNamePrefix: 'backup-', tags: { owner: 'platform' }, waivers });
  expect(only(stack, TYPE)).toMatchObject({
    name: 'backup-backup-recovery-point-encrypted',
    tags: { owner: 'platform' },
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('fails for names that are too long, and for parameters that AWS Config refuses', () => {
  const configRuleNamePrefix = 'x'.repeat(120);
  const rules = [BackupConfigRule.backupRecoveryPointMinimumRetention(0)];
  const refused = refusal(() => rulesOf(stackOf(), { configRuleNamePrefix, rules }));
  expect(refused).toContain('S/Rules: 2 value(s) that AWS Backup refuses');
  expect(refused).toContain(sentence('audit-parameter-days', 'rules[0].requiredRetentionDays', '0 days'));
  expect(refused).toContain('[config-rule-name]');
});

test('takes a token for every value, and leaves the JSON to Terraform', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  rulesOf(stack, {
    rules: [
      BackupConfigRule.backupRecoveryPointManualDeletionDisabled(list('roles')),
      BackupConfigRule.backupRecoveryPointMinimumRetention(number('days')),
    ],
    configRuleNamePrefix: text('prefix'),
    tags: { owner: text('owner') },
  });
  expect(all(stack, TYPE).map((rule) => rule.input_parameters)).toEqual([
    '${jsonencode({"principalArnList" = join(",", var.roles)})}',
    '${jsonencode({"requiredRetentionDays" = tostring(var.days)})}',
  ]);
  expect(all(stack, TYPE)[0]).toMatchObject({
    name: '${var.prefix}backup-recovery-point-manual-deletion-disabled',
    tags: { owner: '${var.owner}' },
  });
});

test('asks for a recorder where it is told of none', () => {
  const stack = stackOf();
  new AuditConfigRules(stack, 'Rules', { rules: [BackupConfigRule.backupRecoveryPointEncrypted()] });
  expect(annotations(stack, 'warn')).toEqual([
    `S/Rules: ${sentence('config-recorder-none', 'configRecorder', 'none')}`,
  ]);
});

test('keeps its addresses', () => {
  const stack = stackOf();
  rulesOf(stack);
  expect(addresses(stack)).toEqual(['aws_config_config_rule.Rules_backup-recovery-point-encrypted_38F5D31F']);
});
