import { BackupConformancePack, BackupConformancePackProps, ConfigRecorder } from '@holdfast/cdktf';
import { BackupConfigRule } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const TYPE = 'aws_config_conformance_pack';

function pack(stack: TerraformStack, props: Partial<BackupConformancePackProps> = {}): BackupConformancePack {
  return new BackupConformancePack(stack, 'Pack', {
    conformancePackName: 'backup',
    rules: [BackupConfigRule.backupRecoveryPointMinimumRetention(35)],
    configRecorder: ConfigRecorder.existing(),
    ...props,
  });
}

test('has a name and a template of its rules, and nothing else', () => {
  const stack = stackOf();
  pack(stack);
  const { template_body: template, ...rest } = only(stack, TYPE);
  expect(rest).toEqual({ name: 'backup' });
  expect(JSON.parse(template as string)).toEqual({
    Resources: {
      BackupRecoveryPointMinimumRetentionCheck: {
        Type: 'AWS::Config::ConfigRule',
        Properties: {
          ConfigRuleName: 'backup-recovery-point-minimum-retention-check',
          InputParameters: { requiredRetentionDays: '35' },
          Source: { Owner: 'AWS', SourceIdentifier: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK' },
        },
      },
    },
  });
  expect(comment(stack, TYPE)).toBeUndefined();
});

test('takes a bucket for its template, and waivers', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'conformance-pack-*', path: '*', reason: 'shown in the comment' }];
  pack(stack, { deliveryBucketName: 'awsconfigconforms-1', deliveryS3KeyPrefix: 'packs', waivers });
  expect(only(stack, TYPE)).toMatchObject({
    delivery_s3_bucket: 'awsconfigconforms-1',
    delivery_s3_key_prefix: 'packs',
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('fails for what AWS Config refuses, all of it at once', () => {
  const rules = [BackupConfigRule.backupRecoveryPointMinimumRetention(0)];
  expect(refusal(() => pack(stackOf(), { conformancePackName: 'my_pack', rules }))).toBe(
    message('S/Pack', [
      sentence('conformance-pack-name', 'conformancePackName', 'my_pack'),
      sentence('audit-parameter-days', 'rules[0].requiredRetentionDays', '0 days'),
    ]),
  );
});

test('takes a token for every value, and leaves the JSON to Terraform', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  pack(stack, {
    conformancePackName: text('name'),
    deliveryBucketName: text('bucket'),
    deliveryS3KeyPrefix: text('prefix'),
    rules: [BackupConfigRule.backupRecoveryPointMinimumRetention(number('days'))],
  });
  const { template_body: template, ...rest } = only(stack, TYPE);
  expect(rest).toEqual({
    name: '${var.name}',
    delivery_s3_bucket: '${var.bucket}',
    delivery_s3_key_prefix: '${var.prefix}',
  });
  expect(template).toMatch(/^\$\{jsonencode\(.*"requiredRetentionDays" = tostring\(var\.days\)/);
});

test('asks for a recorder where it is told of none', () => {
  const stack = stackOf();
  pack(stack, { configRecorder: undefined });
  expect(annotations(stack, 'warn')).toEqual([`S/Pack: ${sentence('config-recorder-none', 'configRecorder', 'none')}`]);
});

test('keeps its address', () => {
  const stack = stackOf();
  const made = pack(stack);
  expect(addresses(stack)).toEqual(['aws_config_conformance_pack.Pack_D3D51A0C']);
  expect(resolve(stack, [made.conformancePackName, made.conformancePackArn])).toEqual([
    '${aws_config_conformance_pack.Pack_D3D51A0C.name}',
    '${aws_config_conformance_pack.Pack_D3D51A0C.arn}',
  ]);
});
