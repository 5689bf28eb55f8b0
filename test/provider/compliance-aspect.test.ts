import { BackupFramework } from '@cdktf/provider-aws/lib/backup-framework';
import { BackupLogicallyAirGappedVault } from '@cdktf/provider-aws/lib/backup-logically-air-gapped-vault';
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupReportPlan } from '@cdktf/provider-aws/lib/backup-report-plan';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { DataAwsKmsAlias } from '@cdktf/provider-aws/lib/data-aws-kms-alias';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { ComplianceAspect, CompliantBackup, ConfigRecorder, CopyDestination, Plan, Vault } from '@holdfast/cdktf';
import { ComplianceAspect as Aspect, ComplianceStandard } from '@holdfast/model';
import { Aspects, IAspect, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import {
  ACCOUNT,
  appOf,
  asking,
  entriesOf,
  LOCKED,
  LONGER,
  plainPlan,
  plainTests,
  Row,
  rowsOf,
  stackIn,
  stackOf,
  synth,
  warnings,
} from './support/compliance';
import { refusal } from './support/stacks';

const { HIPAA } = ComplianceStandard;

const TOO_SHORT =
  'S/Plan.rules[0].lifecycle.deleteAfterDays must be at least 36 days under mine (§ 1, required), got 35 days [compliance-min-retention]';
const UNLOCKED =
  'S/V.vaultLock must be locked, at least in governance mode under mine (§ 1, required), got none [compliance-governance-lock]';

function plainReports(stack: TerraformStack, s3BucketName: string): void {
  new BackupReportPlan(stack, 'Jobs', {
    name: 'jobs',
    reportSetting: { reportTemplate: 'BACKUP_JOB_REPORT' },
    reportDeliveryChannel: { s3BucketName, formats: ['CSV'] },
  });
}

/** Reports into a bucket that keeps them so long, by the rules of a resource of their own. */
function expiringReports(stack: TerraformStack, ...keptDays: number[]): void {
  const bucket = new S3Bucket(stack, 'Reports', {});
  new S3BucketLifecycleConfiguration(stack, 'Expiry', {
    bucket: bucket.id,
    rule: keptDays.map((days, index) => ({ id: `r${index}`, status: 'Enabled', expiration: [{ days }] })),
  });
  plainReports(stack, bucket.bucket);
}

/** The same by the rules in the bucket. */
function inlineReports(stack: TerraformStack, days: number): void {
  new S3Bucket(stack, 'Reports', { bucket: 'reports', lifecycleRule: [{ enabled: true, expiration: { days } }] });
  plainReports(stack, 'reports');
}

function plainFramework(stack: TerraformStack, ...names: string[]): void {
  new BackupFramework(stack, 'Framework', { name: 'f', control: names.map((name) => ({ name })) });
}

function lockedVault(stack: TerraformStack, lock: object, name = 'main'): void {
  const vault = new BackupVault(stack, 'V', { name });
  new BackupVaultLockConfiguration(stack, 'Lock', { backupVaultName: vault.name, ...lock });
  plainPlan(stack, { targetVaultName: vault.name });
}

/** A copy of the plain plan into a vault of another provider. */
function copied(stack: TerraformStack, region: string): void {
  const provider = new AwsProvider(stack, 'There', { alias: 'there', region, allowedAccountIds: [ACCOUNT] });
  const { arn } = new BackupVault(stack, 'Copies', { name: variable(stack, 'copies'), provider });
  plainPlan(stack, { copyAction: [{ destinationVaultArn: arn }] });
}

function variable(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: 'string' }).stringValue;
}

test('what CompliantBackup makes holds the same standard when it is read back', () => {
  const stack = stackOf({ standards: [HIPAA] });
  const alias = 'us-west-2-444455556666';
  new AwsProvider(stack, 'There', { alias, region: 'us-west-2', allowedAccountIds: ['444455556666'] });
  const attribute = [{ name: 'id', type: 'S' }];
  new CompliantBackup(stack, 'Backup', {
    backupName: 'ledger',
    standards: [HIPAA],
    protect: [
      new DynamodbTable(stack, 'Orders', { name: 'orders', hashKey: 'id', billingMode: 'PAY_PER_REQUEST', attribute }),
      new S3Bucket(stack, 'Files', {}),
    ],
    copies: [CopyDestination.account('444455556666', { region: 'us-west-2' })],
    configRecorder: ConfigRecorder.existing(),
  });
  synth(stack);
  const rows = rowsOf(stack);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter(({ held }) => !held)).toEqual([]);
  const inWords = (all: Row[]) => all.map(({ declared }) => declared.split('; ').sort());
  expect(inWords(rows)).toEqual(inWords(rowsOf(stack, 'S/Backup')));
});

/** What resources of the AWS provider declare, just weak enough and just not. */
// prettier-ignore
const BOUNDS: [standard: ComplianceStandard, weak: (stack: TerraformStack) => void, strong: (stack: TerraformStack) => void, message: string][] = [
  [LONGER, (stack) => plainPlan(stack), (stack) => plainPlan(stack, { lifecycle: { deleteAfter: 36 } }), TOO_SHORT],
  [asking({ aspect: Aspect.MAX_RETENTION_DAYS, value: 36 }), (stack) => plainPlan(stack, { lifecycle: { deleteAfter: 0 } }), (stack) => plainPlan(stack), 'got kept for ever [compliance-max-retention]'],
  [asking({ aspect: Aspect.MAX_HOURS_BETWEEN_BACKUPS, value: 24 }), (stack) => plainPlan(stack, { schedule: 'cron(0 5 ? * MON *)' }), (stack) => plainPlan(stack, { schedule: 'cron(0 5 * * ? *)' }), 'S/Plan.rules must be at most 24 hours between two backups under mine (§ 1, required), got 7 days [compliance-frequency]'],
  [asking({ aspect: Aspect.MIN_WARM_DAYS, value: 30 }), (stack) => plainPlan(stack, { lifecycle: { coldStorageAfter: 29, deleteAfter: 200 } }), (stack) => plainPlan(stack, { lifecycle: { coldStorageAfter: 0 } }), 'got 29 days [compliance-min-warm]'],
  [asking({ aspect: Aspect.CONTINUOUS_BACKUP }), (stack) => plainPlan(stack), (stack) => plainPlan(stack, { enableContinuousBackup: true }), 'S/Plan.rules must be given a rule with continuous backup'],
  [asking({ aspect: Aspect.CROSS_REGION_COPY }), (stack) => copied(stack, 'us-east-1'), (stack) => copied(stack, 'us-west-2'), 'got no such copy [compliance-cross-region-copy]'],
  [asking({ aspect: Aspect.REGIONS, names: ['us-east-1'] }), (stack) => copied(stack, 'eu-west-1'), (stack) => copied(stack, 'us-east-1'), 'S/Copies.env.region must be one of us-east-1 under mine (§ 1, required), got eu-west-1 [compliance-regions]'],
  [asking({ aspect: Aspect.CUSTOMER_MANAGED_KEY }), (stack) => new BackupVault(stack, 'V', { name: 'v' }), (stack) => new BackupVault(stack, 'V', { name: 'v', kmsKeyArn: new KmsKey(stack, 'K', {}).arn }), 'S/V.encryptionKeyArn must be encrypted with a customer managed key under mine (§ 1, required), got a key that AWS manages [compliance-customer-managed-key]'],
  [asking({ aspect: Aspect.CUSTOMER_MANAGED_KEY }), (stack) => new BackupVault(stack, 'V', { name: 'v', kmsKeyArn: new DataAwsKmsAlias(stack, 'K', { name: 'alias/aws/backup' }).targetKeyArn }), (stack) => new BackupVault(stack, 'V', { name: 'v', kmsKeyArn: new DataAwsKmsAlias(stack, 'K', { name: 'alias/backups' }).targetKeyArn }), 'got alias/aws/backup [compliance-customer-managed-key]'],
  [LOCKED, (stack) => plainPlan(stack, { targetVaultName: new BackupVault(stack, 'V', { name: 'main' }).id }), (stack) => lockedVault(stack, {}), UNLOCKED],
  [LOCKED, (stack) => plainPlan(stack, { targetVaultName: new BackupVault(stack, 'V', { name: variable(stack, 'name') }).name }), (stack) => lockedVault(stack, {}, variable(stack, 'name')), UNLOCKED],
  [asking({ aspect: Aspect.COMPLIANCE_LOCK }), (stack) => lockedVault(stack, {}), (stack) => lockedVault(stack, { changeableForDays: 3 }), 'got governance mode, without changeableForDays [compliance-compliance-lock]'],
  [asking({ aspect: Aspect.LOCK_MIN_RETENTION_DAYS, value: 30 }), (stack) => lockedVault(stack, { minRetentionDays: 29 }), (stack) => lockedVault(stack, { minRetentionDays: 30 }), 'S/V.vaultLock.minRetentionDays must be at least 30 days under mine (§ 1, required), got 29 days [compliance-lock-min-retention]'],
  [asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 91 }), (stack) => plainTests(stack, 'cron(0 5 1 1/3 ? *)', true), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', true), 'S.restoreTesting must be at most 91 days apart under mine (§ 1, required), got 92 days [compliance-restore-test]'],
  [asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 91 }), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', false), (stack) => plainTests(stack, 'cron(0 5 1 * ? *)', true), 'got none [compliance-restore-test]'],
  [asking({ aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 }), (stack) => expiringReports(stack, 400, 394), (stack) => expiringReports(stack, 400, 395), 'S.reports must be kept at least 395 days under mine (§ 1, required), got 394 days [compliance-evidence-retention]'],
  [asking({ aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 }), (stack) => inlineReports(stack, 394), (stack) => inlineReports(stack, 395), 'got 394 days [compliance-evidence-retention]'],
  [asking({ aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 395 }), () => undefined, (stack) => plainReports(stack, 'of-another-app'), 'got none [compliance-evidence-retention]'],
  [asking({ aspect: Aspect.AUDIT_CONTROLS, names: ['A', 'B'] }), (stack) => plainFramework(stack, 'A'), (stack) => plainFramework(stack, 'B', 'A'), 'got none of B [compliance-audit-controls]'],
];

test.each(BOUNDS)(
  'fails for what resources of the provider declare too weakly: %#',
  (standard, weak, strong, message) => {
    const failing = stackOf({ standards: [standard] });
    weak(failing);
    expect(refusal(() => synth(failing))).toContain(message);
    expect(rowsOf(failing)).toMatchObject([{ held: false }]);
    const holding = stackOf({ standards: [standard] });
    strong(holding);
    synth(holding);
    expect(rowsOf(holding)).toMatchObject([{ held: true, findings: [] }]);
  },
);

test('a lock belongs to the vault of its name in its own Region', () => {
  const stack = stackOf({ standards: [LOCKED] });
  const provider = new AwsProvider(stack, 'There', {
    alias: 'there',
    region: 'us-west-2',
    allowedAccountIds: [ACCOUNT],
  });
  new BackupVault(stack, 'V', { name: 'main' });
  new BackupVault(stack, 'Other', { name: 'main', provider });
  new BackupVaultLockConfiguration(stack, 'Lock', { backupVaultName: 'main', provider });
  plainPlan(stack);
  expect(refusal(() => synth(stack))).toContain(UNLOCKED);
});

test('a logically air-gapped vault is locked, and asked for a key', () => {
  const gapped = (stack: TerraformStack) =>
    new BackupLogicallyAirGappedVault(stack, 'G', { name: 'gapped', minRetentionDays: 7, maxRetentionDays: 90 });
  const stack = stackOf({ standards: [LOCKED] });
  gapped(stack);
  synth(stack);
  expect(rowsOf(stack)[0]?.declared).toBe('S/G: compliance mode, at least 7 days, at most 90 days');
  const keyless = stackOf({ standards: [asking({ aspect: Aspect.CUSTOMER_MANAGED_KEY })] });
  gapped(keyless);
  expect(refusal(() => synth(keyless))).toContain('S/G.encryptionKeyArn must be encrypted');
  const keyed = stackOf({ standards: [asking({ aspect: Aspect.CUSTOMER_MANAGED_KEY })] });
  gapped(keyed).addOverride('encryption_key_arn', new KmsKey(keyed, 'K', {}).arn);
  synth(keyed);
  expect(rowsOf(keyed)).toMatchObject([{ held: true }]);
});

test('what only Terraform knows is taken to be right', () => {
  const stack = stackOf({
    standards: [LONGER, asking({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value: 1 })],
  });
  const days = new TerraformVariable(stack, 'days', { type: 'number' }).numberValue as number;
  plainPlan(stack, { lifecycle: { deleteAfter: days } });
  plainTests(stack, variable(stack, 'schedule'), true);
  synth(stack);
  expect(rowsOf(stack)).toMatchObject([{ held: true, declared: 'S/Plan.rules[0]: known at deployment' }]);
});

test('escape hatches and references by hand are read, too', () => {
  const stack = stackOf({ standards: [LOCKED] });
  new BackupVault(stack, 'V', { name: 'main' });
  const byHand = '${aws_backup_vault.V.name}';
  plainPlan(stack).addOverride('rule.0.target_vault_name', byHand);
  expect(refusal(() => synth(stack))).toContain(UNLOCKED);
  const locked = stackOf({ standards: [LOCKED, LONGER] });
  lockedVault(locked, {});
  new BackupVaultLockConfiguration(locked, 'ByHand', { backupVaultName: byHand });
  (locked.node.findChild('Plan') as BackupPlan).addOverride('rule.0.lifecycle.delete_after', 36);
  synth(locked);
  expect(rowsOf(locked)).toMatchObject([{ held: true }]);
});

test('what is moved into another resource is read there alone', () => {
  const stack = stackOf({ standards: [LONGER] });
  const rule = [{ ruleName: 'daily', targetVaultName: 'main', lifecycle: { deleteAfter: 1 } }];
  new BackupPlan(stack, 'Before', { name: 'plain', rule }).moveTo('after');
  plainPlan(stack, { lifecycle: { deleteAfter: 36 } }).addMoveTarget('after');
  synth(stack);
  expect(rowsOf(stack)).toMatchObject([{ held: true, declared: 'S/Plan.rules[0]: 36 days' }]);
});

test('aspects that change resources are waited for', () => {
  const stack = stackOf({ standards: [LONGER] });
  const longer: IAspect = {
    visit: (node: IConstruct) => {
      if (node.node.id === 'Plan') {
        (node as BackupPlan).addOverride('rule.0.lifecycle.delete_after', 36);
      }
    },
  };
  Aspects.of(stack).add(longer);
  plainPlan(stack);
  synth(stack);
  expect(rowsOf(stack)).toMatchObject([{ held: true }]);
});

test('warns of what falls short, when asked to, and of what is only recommended', () => {
  const recommended = asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 36, recommended: true });
  for (const props of [{ standards: [LONGER], warnOnly: true }, { standards: [recommended] }]) {
    const stack = stackOf(props);
    plainPlan(stack);
    synth(stack);
    expect(warnings(stack)).toEqual([expect.stringContaining(TOO_SHORT)]);
  }
});

test('lets go what is waived, with the reason in the report, until the waiver expires', () => {
  const waiver = { rule: 'compliance-min-retention', path: 'S/Plan.*', reason: 'scratch', expires: '2027-01-01' };
  const props = { standards: [LONGER], waivers: [waiver] };
  const stack = stackOf(props, { 'holdfast:today': '2027-01-01' });
  plainPlan(stack);
  synth(stack);
  expect(rowsOf(stack)).toMatchObject([{ held: false, findings: [{ waived: 'scratch' }] }]);
  const later = stackOf(props, { 'holdfast:today': '2027-01-02' });
  plainPlan(later);
  expect(refusal(() => synth(later))).toContain('[compliance-min-retention]');
});

test('the waivers of constructs count', () => {
  const stack = stackOf({ standards: [LONGER] });
  const vault = Vault.fromBackupVaultArn(`arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:main`);
  new Plan(stack, 'Plan', {
    backupPlanName: 'p',
    rules: [{ ruleName: 'daily', vault, deleteAfterDays: 35 }],
    waivers: [{ rule: 'compliance-min-retention', path: 'rules[0].*', reason: 'copied elsewhere' }],
  });
  synth(stack);
  expect(rowsOf(stack)).toMatchObject([{ held: false, findings: [{ waived: 'copied elsewhere' }] }]);
});

test('fails for standards that exclude each other', () => {
  const stack = stackOf({ standards: [ComplianceStandard.GDPR, ComplianceStandard.FINRA_SEC17A4] });
  expect(refusal(() => synth(stack))).toContain('S.standards must be held by no two standards');
});

test('looks at the part of the stack that it is applied to', () => {
  const stack = stackIn(appOf());
  const part = new Construct(stack, 'Part');
  Aspects.of(part).add(new ComplianceAspect({ standards: [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 35 })] }));
  plainPlan(stack, { lifecycle: { deleteAfter: 1 } });
  plainPlan(part);
  synth(stack);
  expect(rowsOf(stack, 'S/Part')).toMatchObject([{ held: true, declared: 'S/Part/Plan.rules[0]: 35 days' }]);
});

test('two aspects at one place have an entry each', () => {
  const stack = stackOf({ standards: [asking({ aspect: Aspect.MIN_RETENTION_DAYS, value: 35 })] });
  Aspects.of(stack).add(new ComplianceAspect({ standards: [ComplianceStandard.SOC2], warnOnly: true }));
  plainPlan(stack);
  synth(stack);
  expect(entriesOf(stack).map(({ standards }) => standards.map(({ id }) => id))).toEqual([['mine'], ['soc2']]);
});
