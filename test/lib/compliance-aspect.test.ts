import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  ComplianceAspect,
  ComplianceAspectProps,
  CompliantBackup,
  ConfigRecorder,
  CopyDestination,
} from '@holdfast/cdk';
import {
  ComplianceAspect as Aspect,
  ComplianceDemand,
  ComplianceRequirement,
  ComplianceStandard,
} from '@holdfast/model';
import Ajv from 'ajv';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aspects, Duration, Stack, Stage } from 'aws-cdk-lib/core';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { annotations, refusal } from './support/stacks';

const ENV = { account: '111122223333', region: 'us-east-1' };
const { HIPAA } = ComplianceStandard;

interface Row {
  readonly aspect: string;
  readonly declared: string;
  readonly held: boolean;
  readonly findings: { path: string; message: string; waived?: string }[];
}

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.compliance-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

/** What the report of an assembly, which fits its schema, says of the construct at a path. */
function rowsOf(outdir: string, declaredAt: string): Row[] {
  const report = JSON.parse(fs.readFileSync(path.join(outdir, 'holdfast-compliance.json'), 'utf8')) as {
    entries: { declaredAt: string; standards: { requirements: Row[] }[] }[];
  };
  isReport(report);
  expect(isReport.errors).toBeNull();
  return report.entries.find((entry) => entry.declaredAt === declaredAt)!.standards[0]!.requirements;
}

function appOf(props: ComplianceAspectProps, context: Record<string, unknown> = {}): { app: App; stack: Stack } {
  const app = new App({ context, outdir: temporaryFolder('compliance') });
  Aspects.of(app).add(new ComplianceAspect(props));
  return { app, stack: new Stack(app, 'S', { env: ENV }) };
}

/** A standard that asks for one thing. */
function asking(
  requirement: Pick<ComplianceRequirement, 'aspect' | 'value' | 'names' | 'recommended'>,
): ComplianceStandard {
  const clause = { clause: '§ 1', demand: ComplianceDemand.REQUIRED, lookedUp: true, because: 'we say so' };
  return ComplianceStandard.custom({ id: 'mine', title: 'Mine', requirements: [{ ...clause, ...requirement }] });
}

function plainPlan(stack: Stack, keptDays = 35): void {
  new backup.BackupPlan(stack, 'Plan', {
    backupPlanRules: [new backup.BackupPlanRule({ deleteAfter: Duration.days(keptDays) })],
  });
}

/** Tests of restores by plain aws-cdk-lib. */
function plainTests(stack: Stack, scheduleExpression: string, selected: boolean): void {
  const plan = new backup.CfnRestoreTestingPlan(stack, 'Tests', {
    restoreTestingPlanName: 'drills',
    scheduleExpression,
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      includeVaults: ['*'],
      recoveryPointTypes: ['SNAPSHOT'],
    },
  });
  if (selected) {
    new backup.CfnRestoreTestingSelection(stack, 'Tables', {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: 'tables',
      protectedResourceType: 'DynamoDB',
      protectedResourceArns: ['*'],
      iamRoleArn: 'arn:aws:iam::111122223333:role/restore',
    });
  }
}

/** Reports by plain aws-cdk-lib into a bucket that keeps them so long. */
function plainReports(stack: Stack, keptDays: number): void {
  const bucket = new s3.Bucket(stack, 'Reports', { lifecycleRules: [{ expiration: Duration.days(keptDays) }] });
  new backup.CfnReportPlan(stack, 'Jobs', {
    reportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    reportDeliveryChannel: { S3BucketName: bucket.bucketName, Formats: ['CSV'] },
  });
}

function plainFramework(stack: Stack, ...controlNames: string[]): void {
  new backup.CfnFramework(stack, 'Framework', {
    frameworkControls: controlNames.map((controlName) => ({ controlName })),
  });
}

test('what CompliantBackup makes holds the same standard when it is read back', () => {
  const { app, stack } = appOf({ standards: [HIPAA] });
  const table = new dynamodb.TableV2(stack, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  const bucket = new s3.Bucket(stack, 'Files', { versioned: true });
  new CompliantBackup(stack, 'Backup', {
    backupName: 'ledger',
    standards: [HIPAA],
    protect: [table, bucket],
    copies: [CopyDestination.account('444455556666', { region: 'us-west-2' })],
    configRecorder: ConfigRecorder.existing(),
  });
  app.synth();
  const rows = rowsOf(app.outdir, '');
  expect(rows.filter(({ held }) => !held)).toEqual([]);
  expect(rows.map(({ declared }) => declared)).toEqual(rowsOf(app.outdir, 'S/Backup').map(({ declared }) => declared));
});

/** What plain aws-cdk-lib declares, just weak enough and just not. */
// prettier-ignore
const BOUNDS: [standard: ComplianceStandard, weak: (stack: Stack) => void, strong: (stack: Stack) => void, message: string][] = [
  [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36 }), (stack) => plainPlan(stack), (stack) => plainPlan(stack, 36), 'S/Plan.rules[0].lifecycle.deleteAfterDays must be at least 36 days under mine (§ 1, required), got 35 days [compliance-min-retention]'],
  [asking({ aspect: Aspect.CUSTOMER_MANAGED_KEY }), (stack) => new backup.CfnBackupVault(stack, 'V', { backupVaultName: 'v', encryptionKeyArn: 'alias/aws/backup' }), (stack) => new backup.BackupVault(stack, 'V', { encryptionKey: new kms.Key(stack, 'K') }), 'S/V.encryptionKeyArn must be encrypted with a customer managed key under mine (§ 1, required), got alias/aws/backup [compliance-customer-managed-key]'],
  [asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 91 }), (stack) => plainTests(stack, 'cron(0 5 1 1/3 ? *)', true), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', true), 'restoreTesting must be at most 91 days apart under mine (§ 1, required), got 92 days [compliance-restore-test]'],
  [asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 91 }), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', false), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', true), 'got none [compliance-restore-test]'],
  [asking({ aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 }), (stack) => plainReports(stack, 394), (stack) => plainReports(stack, 395), 'reports must be kept at least 395 days under mine (§ 1, required), got 394 days [compliance-evidence-retention]'],
  [asking({ aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 }), () => undefined, (stack) => plainReports(stack, 395), 'got none [compliance-evidence-retention]'],
  [asking({ aspect: Aspect.AUDIT_CONTROLS, names: ['A', 'B'] }), (stack) => plainFramework(stack, 'A'), (stack) => plainFramework(stack, 'B', 'A'), 'got none of B [compliance-audit-controls]'],
];

test.each(BOUNDS)('fails for what plain aws-cdk-lib declares too weakly: %#', (standard, weak, strong, message) => {
  const failing = appOf({ standards: [standard] });
  weak(failing.stack);
  expect(refusal(() => failing.app.synth())).toContain(message);
  expect(rowsOf(failing.app.outdir, '')).toMatchObject([{ held: false }]);
  const holding = appOf({ standards: [standard] });
  strong(holding.stack);
  holding.app.synth();
  expect(rowsOf(holding.app.outdir, '')).toMatchObject([{ held: true, findings: [] }]);
});

test('warns of what falls short, when asked to, and of what is only recommended', () => {
  const standard = asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36 });
  const told = 'S/Plan.rules[0].lifecycle.deleteAfterDays must be at least 36 days under mine';
  for (const props of [
    { standards: [standard], warnOnly: true },
    { standards: [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36, recommended: true })] },
  ]) {
    const { app, stack } = appOf({ standards: [] });
    Aspects.of(stack).add(new ComplianceAspect(props));
    plainPlan(stack);
    app.synth();
    expect(annotations(stack, 'warning').filter((text) => text.includes(told))).toHaveLength(1);
  }
});

test('lets go what is waived, with the reason in the report, until the waiver expires', () => {
  const standards = [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36 })];
  const waiver = { rule: 'compliance-min-retention', path: 'S/Plan.*', reason: 'scratch', expires: '2027-01-01' };
  const { app, stack } = appOf({ standards, waivers: [waiver] }, { 'holdfast:today': '2027-01-01' });
  plainPlan(stack);
  app.synth();
  expect(rowsOf(app.outdir, '')).toMatchObject([{ held: false, findings: [{ waived: 'scratch' }] }]);
  const later = appOf({ standards, waivers: [waiver] }, { 'holdfast:today': '2027-01-02' });
  plainPlan(later.stack);
  expect(refusal(() => later.app.synth())).toContain('[compliance-min-retention]');
});

test('fails for standards that exclude each other', () => {
  const { app } = appOf({ standards: [ComplianceStandard.GDPR, ComplianceStandard.FINRA_SEC17A4] });
  expect(refusal(() => app.synth())).toContain('[compliance-conflict]');
});

test('looks at the part of the app that it is applied to', () => {
  const app = new App({ outdir: temporaryFolder('compliance') });
  const stage = new Stage(app, 'Prod', { env: ENV });
  Aspects.of(stage).add(
    new ComplianceAspect({ standards: [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 35 })] }),
  );
  new backup.CfnBackupPlan(new Stack(app, 'Elsewhere'), 'Plan', {
    backupPlan: {
      backupPlanName: 'short',
      backupPlanRule: [{ ruleName: 'r', targetBackupVault: 'v', lifecycle: { deleteAfterDays: 1 } }],
    },
  });
  plainPlan(new Stack(stage, 'S'));
  app.synth();
  expect(rowsOf(stage.outdir, 'Prod')).toMatchObject([{ held: true, declared: 'Prod/S/Plan.rules[0]: 35 days' }]);
});

test('two aspects at one place have an entry each', () => {
  const { app, stack } = appOf({ standards: [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 35 })] });
  Aspects.of(app).add(new ComplianceAspect({ standards: [ComplianceStandard.SOC2], warnOnly: true }));
  plainPlan(stack);
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'holdfast-compliance.json'), 'utf8')) as {
    entries: { standards: { id: string }[] }[];
  };
  expect(report.entries.map(({ standards }) => standards.map(({ id }) => id))).toEqual([['mine'], ['soc2']]);
});
