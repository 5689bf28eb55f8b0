import * as fs from 'node:fs';
import * as path from 'node:path';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CompliantBackup, CompliantBackupProps, ConfigRecorder, CopyDestination } from '@holdfast/cdktf';
import { ComplianceStandard } from '@holdfast/model';
import Ajv from 'ajv';
import { App, TerraformStack } from 'cdktf';
import { ROOT } from '../support/sources';
import { addresses, all, annotations, only, refusal, stackOf } from './support/stacks';

const ACKNOWLEDGED = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

function backup(stack: TerraformStack, props: Partial<CompliantBackupProps> = {}): CompliantBackup {
  new AwsProvider(stack, 'There', {
    alias: 'eu-west-1-444455556666',
    region: 'eu-west-1',
    allowedAccountIds: ['444455556666'],
  });
  const ledger = new DbInstance(stack, 'Ledger', {
    engine: 'postgres',
    instanceClass: 'db.t4g.micro',
    allocatedStorage: 20,
  });
  const orders = new DynamodbTable(stack, 'Orders', { name: 'orders', hashKey: 'id' });
  return new CompliantBackup(stack, 'Backup', {
    backupName: 'ledger',
    standards: [ComplianceStandard.HIPAA],
    protect: [ledger, orders],
    copies: [CopyDestination.account('444455556666', { region: 'eu-west-1' })],
    complianceAcknowledgement: ACKNOWLEDGED,
    configRecorder: ConfigRecorder.existing(),
    breakGlassPrincipalArns: ['arn:aws:iam::111122223333:role/break-glass'],
    notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
    ...props,
  });
}

const BARE = { audit: false, restoreTesting: false, monitoring: false };
/** What BARE leaves out, accepted. */
const LEFT_OUT = ['compliance-restore-test', 'compliance-audit-controls', 'compliance-evidence-retention'].map(
  (rule) => ({ rule, path: '*', reason: 'shown elsewhere' }),
);

test('makes vault, plan, copies, audit, reports, restore tests and alarms, each under its own address', () => {
  const stack = stackOf();
  const made = backup(stack);
  expect(addresses(stack).filter((address) => address.startsWith('aws_backup_'))).toMatchInlineSnapshot(`
    [
      "aws_backup_framework.Backup_Framework_00352A50",
      "aws_backup_plan.Backup_Continuous_978164DB",
      "aws_backup_plan.Backup_Plan_14914BEB",
      "aws_backup_report_plan.Backup_BackupJobs_67DC92AD",
      "aws_backup_report_plan.Backup_Controls_0FD7B86A",
      "aws_backup_report_plan.Backup_CopyJobs_7F9180A1",
      "aws_backup_report_plan.Backup_RestoreJobs_092801E3",
      "aws_backup_restore_testing_plan.Backup_RestoreTests_497501AA",
      "aws_backup_restore_testing_selection.Backup_RestoreTests_DynamoDB_FC8561D1",
      "aws_backup_restore_testing_selection.Backup_RestoreTests_RDS_FABA24AA",
      "aws_backup_selection.Backup_Continuous_Data_CFD914D0",
      "aws_backup_selection.Backup_Plan_Data_BD41C600",
      "aws_backup_vault.Backup_Vault_ADF21B19",
      "aws_backup_vault.Copies-444455556666-eu-west-1_Vault-holdfast-copies_6C32CDD0",
      "aws_backup_vault_lock_configuration.Backup_Vault_Lock_6FEEAE35",
      "aws_backup_vault_lock_configuration.Copies-444455556666-eu-west-1_Vault-holdfast-copies_Lock_95F6AE3D",
      "aws_backup_vault_policy.Backup_Vault_Policy_8ABEFE0D",
      "aws_backup_vault_policy.Copies-444455556666-eu-west-1_Vault-holdfast-copies_Policy_BDA0EDDE",
    ]
  `);
  expect(made.framework?.frameworkArn).toBeDefined();
  expect(made.reportBucket).toBeDefined();
  expect(made.restoreTestingPlan).toBeDefined();
  expect(made.alarms).toBeDefined();
  expect(annotations(stack, 'warn')).toEqual([]);
});

test('names what it makes after the backups', () => {
  const stack = stackOf();
  backup(stack);
  expect(all(stack, 'aws_backup_plan').map(({ name }) => name)).toEqual(['ledger-continuous', 'ledger']);
  expect(only(stack, 'aws_backup_framework')).toMatchObject({ name: 'ledger' });
  expect(only(stack, 'aws_backup_restore_testing_plan')).toMatchObject({ name: 'ledger' });
  expect(all(stack, 'aws_backup_report_plan').map(({ name }) => name)).toEqual([
    'ledger_backupjobs',
    'ledger_controls',
    'ledger_copyjobs',
    'ledger_restorejobs',
  ]);
});

test('leaves out what is not wanted, where that is accepted', () => {
  const stack = stackOf();
  const made = backup(stack, { ...BARE, waivers: LEFT_OUT });
  expect([made.framework, made.reportBucket, made.restoreTestingPlan, made.alarms]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const types = addresses(stack).join(' ');
  expect(types).not.toMatch(
    /aws_backup_(framework|report_plan|restore_testing)|aws_cloudwatch_metric_alarm|aws_s3_bucket/,
  );
});

test('lets Terraform destroy vaults and reports where it is told so', () => {
  const stack = stackOf();
  backup(stack, { preventDestroy: false });
  const kept = (type: string) => all(stack, type).map(({ lifecycle }) => lifecycle);
  expect(kept('aws_s3_bucket')).toEqual([{ prevent_destroy: false }]);
  expect(kept('aws_backup_vault')).toContainEqual({ prevent_destroy: false });
});

test('makes everything by the provider that is given', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'Own', {
    alias: 'own',
    region: 'eu-central-1',
    allowedAccountIds: ['111122223333'],
  });
  backup(stack, { provider });
  const made = stack.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const elsewhere = Object.entries(made.resource).flatMap(([type, named]) =>
    Object.entries(named)
      .filter(([name, { provider: by }]) => name.startsWith('Backup_') && by !== 'aws.own')
      .map(([name]) => `${type}.${name}`),
  );
  expect(elsewhere).toEqual([]);
});

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.compliance-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

test('lets a weaker value go that is waived, and says so in the Terraform JSON and in the report of the stack', () => {
  const stack = stackOf();
  const waiver = { rule: 'compliance-min-retention', path: 'Plan.rules[0].*', reason: 'scratch data until May' };
  const lockWaiver = { rule: 'compliance-lock-min-retention', path: '*', reason: 'the same' };
  backup(stack, { deleteAfterDays: 14, vaultLock: { minRetentionDays: 7 }, waivers: [waiver, lockWaiver] });
  const app = App.of(stack);
  app.synth();
  const file = path.join(app.outdir, 'stacks', 'S', 'holdfast-compliance.json');
  const report = fs.readFileSync(file, 'utf8');
  expect(isReport(JSON.parse(report))).toBe(true);
  expect(report).toContain('"waived": "scratch data until May"');
  expect(JSON.stringify(stack.toTerraform())).toContain('scratch data until May');
  expect(JSON.stringify(stack.toTerraform())).toContain('"standards":["hipaa"]');
});

test('fails where a value is weaker than a clause asks', () => {
  const said = refusal(() => backup(stackOf(), { deleteAfterDays: 34 }));
  expect(said).toContain(
    'Plan.rules[0].lifecycle.deleteAfterDays must be at least 35 days under hipaa (45 CFR 164.308(a)(7)(ii)(A), interpretation), got 34 days [compliance-min-retention]',
  );
});

test('fails where two standards exclude each other', () => {
  const standards = [ComplianceStandard.FINRA_SEC17A4, ComplianceStandard.PCI_DSS];
  expect(refusal(() => backup(stackOf(), { standards }))).toContain('[compliance-conflict]');
});
