import {
  BackupPlanDefaults,
  BackupSelectionDefaults,
  BackupVaultDefaults,
  CompliantBackup,
  CompliantBackupDefaults,
  ConfigRecorder,
  CopyDestination,
  LogicallyAirGappedVault,
  LogicallyAirGappedVaultDefaults,
  Plan,
  PlanDefaults,
  PlanSet,
  SelectionDefaults,
  SelectionResource,
  Vault,
  VaultDefaults,
  VaultEncryption,
} from '@holdfast/cdk';
import { ComplianceStandard } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { refusal, stackOf } from './support/stacks';

const WHO = 'Example Corp';
const ACKNOWLEDGED = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

function give(scope: IConstruct, ...injectors: IPropertyInjector[]): void {
  PropertyInjectors.of(scope).add(...injectors);
}

function resources(stack: Stack, type: string): Record<string, any>[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties as object);
}

function vaultOf(stack: Stack): backup.IBackupVault {
  return backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'imported');
}

function role(stack: Stack, id: string): iam.IRole {
  return iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`);
}

test('PlanDefaults fill and hold a plan and each of its rules', () => {
  const stack = stackOf();
  give(
    stack,
    new PlanDefaults({
      defaults: {
        rule: { deleteAfter: Duration.days(35), startWindow: Duration.hours(2) },
        tags: { owner: 'platform' },
      },
      mandates: { windowsVss: true, rule: { completionWindow: Duration.hours(12), recoveryPointTags: { cost: '1' } } },
    }),
  );
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [
      { ruleName: 'daily', vault: vaultOf(stack), deleteAfter: Duration.days(90) },
      { ruleName: 'other', vault: vaultOf(new Stack(stack, 'Other')), recoveryPointTags: { by: 'shop' } },
    ],
  });
  plan.protect(new s3.Bucket(stack, 'Bucket', { versioned: true }));
  const [made] = resources(stack, 'AWS::Backup::BackupPlan');
  expect(made!.BackupPlanTags).toEqual({ owner: 'platform' });
  expect(made!.BackupPlan).toMatchObject({
    AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
    BackupPlanRule: [
      {
        Lifecycle: { DeleteAfterDays: 90 },
        StartWindowMinutes: 120,
        CompletionWindowMinutes: 720,
        RecoveryPointTags: { cost: '1' },
      },
      { Lifecycle: { DeleteAfterDays: 35 }, RecoveryPointTags: { cost: '1', by: 'shop' } },
    ],
  });
});

test('fails for a rule of a plan that says something else than a mandate', () => {
  const stack = stackOf();
  const mandates = { windowsVss: true, rule: { deleteAfter: Duration.days(35), enableContinuousBackup: false } };
  give(stack, new PlanDefaults({ mandates, demandedBy: WHO }));
  const vault = vaultOf(stack);
  const rules = [
    { ruleName: 'daily', vault },
    { ruleName: 'monthly', vault, deleteAfter: Duration.days(365), enableContinuousBackup: true },
  ];
  expect(refusal(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, windowsVss: false }))).toBe(
    [
      'S/Plan: 3 value(s) that Example Corp refuses',
      '  windowsVss must be the mandated true, got false [mandate-value] (Example Corp)',
      '  rules[1].deleteAfter must be the mandated 35 days, got 365 days [mandate-value] (Example Corp)',
      '  rules[1].enableContinuousBackup must be the mandated false, got true [mandate-value] (Example Corp)',
    ].join('\n'),
  );
});

test('defaults reach what other constructs of the library make', () => {
  const stack = stackOf();
  give(
    stack,
    new PlanDefaults({ mandates: { rule: { startWindow: Duration.hours(3) } } }),
    new SelectionDefaults({ mandates: { role: role(stack, 'backups') } }),
  );
  new PlanSet(stack, 'Plans', {
    planSetName: 'set',
    tagKey: 'backup',
    tiers: [{ tierName: 'gold', rules: [{ ruleName: 'daily', vault: vaultOf(stack), deleteAfter: Duration.days(7) }] }],
  });
  const [plan] = resources(stack, 'AWS::Backup::BackupPlan');
  expect(plan!.BackupPlan.BackupPlanRule).toMatchObject([{ StartWindowMinutes: 180 }]);
  const [selection] = resources(stack, 'AWS::Backup::BackupSelection');
  expect(selection!.BackupSelection.IamRoleArn).toBe('arn:aws:iam::111122223333:role/backups');
});

test('SelectionDefaults give a boundary, and leave a selection out that brings its role', () => {
  const stack = stackOf();
  const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'B', 'arn:aws:iam::111122223333:policy/b');
  give(stack, new SelectionDefaults({ defaults: { permissionsBoundary } }));
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'p', rules: [{ ruleName: 'daily', vault: vaultOf(stack) }] });
  const resource = SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*');
  plan.addSelection('Own', { selectionName: 'own', resources: [resource] });
  plan.addSelection('Given', { selectionName: 'given', resources: [resource], role: role(stack, 'mine') });
  expect(resources(stack, 'AWS::IAM::Role')).toMatchObject([
    { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b' },
  ]);
});

test('fails for a role beside a mandated boundary, as the role would escape it', () => {
  const stack = stackOf();
  const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'B', 'arn:aws:iam::111122223333:policy/b');
  give(stack, new SelectionDefaults({ mandates: { permissionsBoundary }, demandedBy: WHO }));
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'p', rules: [{ ruleName: 'daily', vault: vaultOf(stack) }] });
  const options = {
    selectionName: 'own',
    resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*')],
    role: role(stack, 'mine'),
  };
  expect(refusal(() => plan.addSelection('Own', options))).toBe(
    'S/Plan/Own: 1 value(s) that Example Corp refuses\n' +
      '  role must be left out beside the mandated permissionsBoundary, got S/mine [mandate-value] (Example Corp)',
  );
});

test('LogicallyAirGappedVaultDefaults fill and hold bounds', () => {
  const stack = stackOf();
  const defaults = { complianceAcknowledgement: ACKNOWLEDGED };
  give(stack, new LogicallyAirGappedVaultDefaults({ defaults, mandates: { minRetentionDays: 30 }, demandedBy: WHO }));
  const bounds = { minRetentionDays: 30, maxRetentionDays: 365 };
  new LogicallyAirGappedVault(stack, 'Vault', { backupVaultName: 'air', ...bounds });
  expect(resources(stack, 'AWS::Backup::LogicallyAirGappedBackupVault')).toMatchObject([{ MinRetentionDays: 30 }]);
  const declare = () =>
    new LogicallyAirGappedVault(stack, 'Other', { backupVaultName: 'other', ...bounds, minRetentionDays: 7 });
  expect(refusal(declare)).toBe(
    'S/Other: 1 value(s) that Example Corp refuses\n' +
      '  minRetentionDays must be the mandated 30, got 7 [mandate-value] (Example Corp)',
  );
});

test('fails for a logically air-gapped vault with another key than a mandated one of AWS', () => {
  const stack = stackOf();
  const mandates = { encryption: VaultEncryption.awsOwned() };
  give(stack, new LogicallyAirGappedVaultDefaults({ mandates, demandedBy: WHO }));
  const declare = (id: string, encryption?: VaultEncryption) =>
    new LogicallyAirGappedVault(stack, id, {
      backupVaultName: 'air',
      minRetentionDays: 7,
      maxRetentionDays: 35,
      complianceAcknowledgement: ACKNOWLEDGED,
      encryption,
    });
  expect(() => declare('Same', VaultEncryption.awsOwned())).not.toThrow();
  expect(refusal(() => declare('Other', VaultEncryption.customerManaged()))).toBe(
    'S/Other: 1 value(s) that Example Corp refuses\n' +
      '  encryption must be the mandated VaultEncryption(AWS_OWNED), got VaultEncryption(CUSTOMER_MANAGED) [mandate-value] (Example Corp)',
  );
});

test('CompliantBackupDefaults fill and hold, and VaultDefaults reach the vault within', () => {
  const stack = stackOf();
  const standards = [ComplianceStandard.ISO_27001];
  give(
    stack,
    new CompliantBackupDefaults({
      defaults: {
        configRecorder: ConfigRecorder.existing(),
        breakGlassRoles: [role(stack, 'break-glass')],
        copies: [
          CopyDestination.vault(
            backup.BackupVault.fromBackupVaultArn(
              stack,
              'C',
              'arn:aws:backup:eu-west-1:444455556666:backup-vault:copies',
            ),
          ),
        ],
      },
      mandates: { standards },
      demandedBy: WHO,
    }),
    new VaultDefaults({ defaults: { tags: { owner: 'platform' } } }),
  );
  const protect = [new s3.Bucket(stack, 'Bucket', { versioned: true })];
  new CompliantBackup(stack, 'Backup', { backupName: 'ledger', standards, protect });
  expect(resources(stack, 'AWS::Backup::BackupVault')).toMatchObject([{ BackupVaultTags: { owner: 'platform' } }]);
  const declare = () =>
    new CompliantBackup(stack, 'Other', { backupName: 'other', standards: [ComplianceStandard.SOC2], protect });
  expect(refusal(declare)).toBe(
    'S/Other: 1 value(s) that Example Corp refuses\n' +
      '  standards must be the mandated [ComplianceStandard(iso27001, ISO/IEC 27001:2022)], got [ComplianceStandard(soc2, SOC 2)] [mandate-value] (Example Corp)',
  );
});

test('BackupVaultDefaults fill and hold vaults of aws-cdk-lib, with and without properties', () => {
  const stack = stackOf();
  give(
    stack,
    new BackupVaultDefaults({
      mandates: { blockRecoveryPointDeletion: true },
      defaults: { lockConfiguration: { minRetention: Duration.days(7) } },
      demandedBy: WHO,
    }),
  );
  new backup.BackupVault(stack, 'Plain');
  expect(resources(stack, 'AWS::Backup::BackupVault')).toMatchObject([
    { LockConfiguration: { MinRetentionDays: 7 }, AccessPolicy: { Statement: [{ Effect: 'Deny' }] } },
  ]);
  expect(refusal(() => new backup.BackupVault(stack, 'Open', { blockRecoveryPointDeletion: false }))).toBe(
    'S/Open: 1 value(s) that Example Corp refuses\n' +
      '  blockRecoveryPointDeletion must be the mandated true, got false [mandate-value] (Example Corp)',
  );
});

test('BackupVaultDefaults leave alone what a Vault of ours renders', () => {
  const stack = stackOf();
  const notificationTopic = { mandates: { backupVaultName: 'company' } };
  give(stack, new BackupVaultDefaults(notificationTopic));
  new Vault(stack, 'Vault', { backupVaultName: 'main' });
  expect(resources(stack, 'AWS::Backup::BackupVault')).toMatchObject([{ BackupVaultName: 'main' }]);
});

test('BackupPlanDefaults and BackupSelectionDefaults fill and hold those of aws-cdk-lib', () => {
  const stack = stackOf();
  give(
    stack,
    new BackupPlanDefaults({
      defaults: { backupVault: vaultOf(stack) },
      mandates: { windowsVss: true },
      demandedBy: WHO,
    }),
    new BackupSelectionDefaults({
      mandates: { allowRestores: false },
      defaults: { role: role(stack, 'backups') },
      demandedBy: WHO,
    }),
  );
  const plan = new backup.BackupPlan(stack, 'Plan');
  plan.addRule(backup.BackupPlanRule.daily());
  const options = { resources: [backup.BackupResource.fromTag('backup', 'daily')] };
  plan.addSelection('Selection', options);
  expect(resources(stack, 'AWS::Backup::BackupPlan')).toMatchObject([
    { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'imported' }] } },
  ]);
  expect(resources(stack, 'AWS::Backup::BackupSelection')).toMatchObject([
    { BackupSelection: { IamRoleArn: 'arn:aws:iam::111122223333:role/backups' } },
  ]);
  expect(refusal(() => new backup.BackupPlan(stack, 'Other', { windowsVss: false }))).toBe(
    'S/Other: 1 value(s) that Example Corp refuses\n' +
      '  windowsVss must be the mandated true, got false [mandate-value] (Example Corp)',
  );
  expect(refusal(() => plan.addSelection('Other', { ...options, allowRestores: true }))).toBe(
    'S/Plan/Other: 1 value(s) that Example Corp refuses\n' +
      '  allowRestores must be the mandated false, got true [mandate-value] (Example Corp)',
  );
});
