import * as fs from 'node:fs';
import * as path from 'node:path';
import { CompliantBackup, CompliantBackupProps, ConfigRecorder, CopyDestination } from '@holdfast/cdk';
import { ComplianceStandard } from '@holdfast/model';
import Ajv from 'ajv';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { declareEveryCompliantBackup } from './support/everything-compliance';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const REGIONS: Record<string, [here: string, there: string]> = { gdpr: ['eu-central-1', 'eu-west-1'] };
const ACKNOWLEDGED = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

function regionsOf({ id }: ComplianceStandard): [here: string, there: string] {
  return REGIONS[id] ?? ['us-east-1', 'us-west-2'];
}

/** A table, an instance of RDS and a volume. */
function resources(stack: Stack): Construct {
  const group = new Construct(stack, 'Data');
  new dynamodb.TableV2(group, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  new rds.CfnDBInstance(group, 'Ledger', {
    engine: 'postgres',
    dbInstanceClass: 'db.t4g.micro',
    allocatedStorage: '20',
  });
  new ec2.CfnVolume(group, 'Volume', { availabilityZone: `${stack.region}a`, size: 8 });
  return group;
}

function stackFor(standard: ComplianceStandard): Stack {
  const app = new App({ outdir: temporaryFolder('compliant') });
  return new Stack(app, 'S', { env: { account: '111122223333', region: regionsOf(standard)[0] } });
}

function backup(
  standard: ComplianceStandard,
  props: Partial<CompliantBackupProps> = {},
  stack: Stack = stackFor(standard),
): CompliantBackup {
  return new CompliantBackup(stack, 'Backup', {
    backupName: 'ledger',
    standards: [standard],
    protect: 'protect' in props ? undefined : [resources(stack)],
    copies: [CopyDestination.account('444455556666', { region: regionsOf(standard)[1] })],
    complianceAcknowledgement: ACKNOWLEDGED,
    configRecorder: ConfigRecorder.existing(),
    ...props,
  });
}

const STANDARDS = ComplianceStandard.all().map((standard): [string, ComplianceStandard] => [standard.id, standard]);

test.each(STANDARDS)(
  'holds %s with nothing said but what to protect, where copies go, who may break the glass and who hears of it',
  (_, standard) => {
    const stack = stackFor(standard);
    const breakGlassRoles = [iam.Role.fromRoleArn(stack, 'BreakGlass', 'arn:aws:iam::111122223333:role/break-glass')];
    const notificationTopic = sns.Topic.fromTopicArn(stack, 'T', `arn:aws:sns:${stack.region}:111122223333:alarms`);
    const made = backup(standard, { breakGlassRoles, notificationTopic }, stack);
    const app = stack.node.root as App;
    app.synth();
    const there = app.node.children.filter((child): child is Stack => Stack.isStack(child) && child !== stack);
    expect(there).toHaveLength(1);
    Template.fromStack(there[0]!).resourceCountIs('AWS::Backup::BackupVault', 1);
    expect(made.restoreTestingPlan).toBeDefined();
    expect(annotations(stack, 'warning')).toEqual([]);
  },
);

/** What is weaker than a clause of each standard asks. */
// prettier-ignore
const WEAKER: [standard: ComplianceStandard, props: Partial<CompliantBackupProps>, message: string][] = [
  [ComplianceStandard.HIPAA,            { deleteAfter: Duration.days(34) },   'Plan.rules[0].lifecycle.deleteAfterDays must be at least 35 days under hipaa (45 CFR 164.308(a)(7)(ii)(A), interpretation), got 34 days [compliance-min-retention]'],
  [ComplianceStandard.PCI_DSS,          { monthlyDeleteAfter: Duration.days(401) }, 'Plan.rules[1].lifecycle.deleteAfterDays must be at most 400 days under pci-dss (PCI DSS v4.0.1 3.2.1, interpretation), got 401 days [compliance-max-retention]'],
  [ComplianceStandard.SOC2,             { copies: [] },                       'Plan.rules must be copied to another Region or account under soc2 (TSC A1.2, interpretation), got no such copy [compliance-copy-elsewhere]'],
  [ComplianceStandard.ISO_27001,        { restoreTesting: false },            'restoreTesting must be at most 184 days apart under iso27001 (ISO/IEC 27001:2022 A.8.13, interpretation), got none [compliance-restore-test]'],
  [ComplianceStandard.FEDRAMP_MODERATE, { audit: false },                     'auditControls must be audited by the controls that the standard needs under fedramp-moderate (FedRAMP Rev 5 CA-7, own), got none of BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN'],
  [ComplianceStandard.FEDRAMP_HIGH,     { vaultLock: { minRetentionDays: 90 } }, 'Vault.vaultLock must be locked in compliance mode under fedramp-high (FedRAMP Rev 5 CP-9(3), interpretation), got governance mode, without changeableForDays [compliance-compliance-lock]'],
  [ComplianceStandard.FINRA_SEC17A4,    { deleteAfter: Duration.days(2191), vaultLock: { minRetentionDays: 2191, changeableForDays: 3 } }, 'must be at least 2192 days under finra-sec17a4 (17 CFR 240.17a-4(a), required), got 2191 days [compliance-min-retention]'],
  [ComplianceStandard.GDPR,             { copies: [CopyDestination.account('444455556666', { region: 'us-east-1' })] }, 'must be one of eu-central-1, eu-west-1, eu-west-3, eu-north-1, eu-south-1, eu-south-2 under gdpr (GDPR Art. 44 to 49, interpretation), got us-east-1 [compliance-regions]'],
  [ComplianceStandard.NIST_800_53_HIGH, { vaultLock: { minRetentionDays: 89, changeableForDays: 3 } }, 'Vault.vaultLock.minRetentionDays must be at least 90 days under nist-800-53-high (NIST SP 800-53 Rev 5 CP-9(d), own), got 89 days [compliance-lock-min-retention]'],
];

test.each(WEAKER.map((row): [string, ...typeof row] => [row[0].id, ...row]))(
  'fails for %s where a value is weaker',
  (_, standard, props, message) => {
    expect(refusal(() => backup(standard, props))).toContain(message);
  },
);

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.compliance-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

test('lets a weaker value go that is waived, and says so in template and report', () => {
  const stack = stackFor(ComplianceStandard.HIPAA);
  const waiver = { rule: 'compliance-min-retention', path: 'Plan.rules[0].*', reason: 'scratch data until May' };
  backup(
    ComplianceStandard.HIPAA,
    {
      deleteAfter: Duration.days(14),
      vaultLock: { minRetentionDays: 7 },
      waivers: [waiver, { rule: 'compliance-lock-min-retention', path: '*', reason: 'the same' }],
    },
    stack,
  );
  const app = stack.node.root as App;
  app.synth();
  Template.fromStack(stack).hasResource('AWS::Backup::BackupPlan', {
    Metadata: {
      Holdfast: {
        standards: ['hipaa'],
        waivers: Match.arrayWith([Match.objectLike({ reason: 'scratch data until May' })]),
      },
    },
  });
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'holdfast-compliance.json'), 'utf8')) as {
    entries: { standards: { requirements: { aspect: string; held: boolean; findings: { waived?: string }[] }[] }[] }[];
  };
  isReport(report);
  expect(isReport.errors).toBeNull();
  const rows = report.entries[0]!.standards[0]!.requirements;
  const retention = rows.find(({ aspect }) => aspect === 'min-retention-days')!;
  expect(retention).toMatchObject({ held: false, demand: 'interpretation', clause: '45 CFR 164.308(a)(7)(ii)(A)' });
  expect(retention.findings[0]!.waived).toBe('scratch data until May');
  expect(rows.filter(({ held }) => !held).map(({ aspect }) => aspect)).toEqual([
    'min-retention-days',
    'lock-min-retention-days',
  ]);
});

test('fails for standards that exclude each other', () => {
  const stack = stackFor(ComplianceStandard.GDPR);
  const standards = [ComplianceStandard.GDPR, ComplianceStandard.FINRA_SEC17A4];
  expect(refusal(() => backup(ComplianceStandard.GDPR, { standards }, stack))).toContain('[compliance-conflict]');
});

test('keeps continuous backups where the lock lets them end, and only of what can have them', () => {
  const stack = stackFor(ComplianceStandard.FEDRAMP_HIGH);
  const made = backup(ComplianceStandard.FEDRAMP_HIGH, {}, stack);
  expect(made.continuousPlan).toBeDefined();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Backup::BackupVault', { BackupVaultName: 'ledger-continuous' });
  template.hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: {
      SelectionName: 'ledger-continuous',
      Resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('DataLedger'), 'DBInstanceArn'] }],
    },
  });
});

test('keeps reports as long as the standard asks for evidence', () => {
  const stack = stackFor(ComplianceStandard.HIPAA);
  backup(ComplianceStandard.HIPAA, {}, stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Backup::ReportPlan', 4);
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 2192 })]) },
  });
});

test('tests restores of each type that can be tested, at the pace of the standard', () => {
  const stack = stackFor(ComplianceStandard.HIPAA);
  backup(ComplianceStandard.HIPAA, {}, stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Backup::RestoreTestingPlan', { ScheduleExpression: 'cron(0 6 1 1/3 ? *)' });
  const types = Object.values(template.findResources('AWS::Backup::RestoreTestingSelection')) as {
    Properties: { ProtectedResourceType: string };
  }[];
  expect(types.map(({ Properties }) => Properties.ProtectedResourceType)).toEqual(['DynamoDB', 'EBS', 'RDS']);
});

test('tests what it protects alone, from its own vaults, thirty to a selection', () => {
  const stack = stackFor(ComplianceStandard.FEDRAMP_HIGH);
  const volumes = new Construct(stack, 'Volumes');
  for (let index = 0; index < 31; index++) {
    new ec2.CfnVolume(volumes, `V${index}`, { availabilityZone: 'us-east-1a', size: 8 });
  }
  new ec2.CfnVolume(stack, 'NotProtected', { availabilityZone: 'us-east-1a', size: 8 });
  backup(ComplianceStandard.FEDRAMP_HIGH, { protect: [volumes, resources(stack)] }, stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
    RecoveryPointSelection: {
      IncludeVaults: [
        { 'Fn::GetAtt': [Match.stringLikeRegexp('BackupVault'), 'BackupVaultArn'] },
        { 'Fn::GetAtt': [Match.stringLikeRegexp('BackupContinuousVault'), 'BackupVaultArn'] },
      ],
    },
  });
  const selections = Object.values(template.findResources('AWS::Backup::RestoreTestingSelection')) as {
    Properties: { RestoreTestingSelectionName: string; ProtectedResourceArns: unknown[] };
  }[];
  const counts = selections.map(({ Properties: it }) => [
    it.RestoreTestingSelectionName,
    it.ProtectedResourceArns.length,
  ]);
  expect(counts).toEqual([
    ['ledger_DynamoDB', 1],
    ['ledger_EBS', 30],
    ['ledger_EBS2', 2],
    ['ledger_RDS', 1],
  ]);
});

test('asks long retention of snapshots alone, and a copy in any other Region', () => {
  const stack = stackFor(ComplianceStandard.FEDRAMP_HIGH);
  backup(ComplianceStandard.FEDRAMP_HIGH, {}, stack);
  const template = Template.fromStack(stack);
  const Tags = [{ Key: 'holdfast-snapshots-of', Value: 'ledger' }];
  template.hasResourceProperties('AWS::Backup::Framework', {
    FrameworkControls: Match.arrayWith([
      Match.objectLike({ ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', ControlScope: { Tags } }),
      {
        ControlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
        ControlInputParameters: [{ ParameterName: 'requiredRetentionDays', ParameterValue: '90' }],
        ControlScope: { Tags },
      },
      { ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION' },
    ]),
  });
  template.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlanTags: { 'holdfast-snapshots-of': 'ledger' },
    BackupPlan: {
      BackupPlanRule: Match.arrayWith([
        Match.objectLike({ RuleName: 'Daily', RecoveryPointTags: { 'holdfast-snapshots-of': 'ledger' } }),
      ]),
    },
  });
});

test('tells of alarms that nobody hears and of a policy that anybody may put', () => {
  const stack = stackFor(ComplianceStandard.HIPAA);
  backup(ComplianceStandard.HIPAA, {}, stack);
  (stack.node.root as App).synth();
  const rules = annotations(stack, 'warning').map((text) => /\[([a-z-]+)\] \(/.exec(text)?.[1]);
  expect(new Set(rules)).toEqual(new Set(['framework-vault-never-complies', 'alarm-no-action']));
});

test('takes tags instead of constructs', () => {
  const stack = stackFor(ComplianceStandard.SOC2);
  backup(
    ComplianceStandard.SOC2,
    {
      protect: undefined,
      tags: { backup: 'daily' },
      restoreTesting: false,
      waivers: [{ rule: 'compliance-restore-test', path: '*', reason: 'drills are run by hand' }],
    },
    stack,
  );
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: { ListOfTags: [{ ConditionKey: 'backup', ConditionValue: 'daily' }] },
  });
});

test('keeps its ids', () => {
  const stack = stackFor(ComplianceStandard.FEDRAMP_HIGH);
  const made = backup(ComplianceStandard.FEDRAMP_HIGH, {}, stack);
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'Vault',
    'Plan',
    'ContinuousVault',
    'Continuous',
    'Framework',
    'Reports',
    'BackupJobs',
    'CopyJobs',
    'RestoreJobs',
    'Controls',
    'RestoreTests',
    'Alarms',
  ]);
});

test('takes every property', () => {
  const stack = stackOf();
  declareEveryCompliantBackup(stack);
  Template.fromStack(stack).resourceCountIs('AWS::Backup::BackupPlan', 2);
});

test('is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  backup(
    ComplianceStandard.GDPR,
    {
      protect: undefined,
      tags: { backup: 'daily' },
      restoreTesting: false,
      waivers: [{ rule: 'compliance-restore-test', path: '*', reason: 'drills are run by hand' }],
    },
    stack,
  );
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'compliant backups')).toBe('');
});
