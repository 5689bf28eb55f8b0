import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import {
  BackupRole,
  ContinuousRouting,
  Plan,
  PlanRules,
  PlanSet,
  RestoreRole,
  SelectionResource,
  Vault,
} from '@holdfast/cdktf';
import { PlanPresets } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

const COPIES = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies';
const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';

/** Declares sets of plans, presets, routed rules, roles and selections with every property that version 5 has. */
export function declareEveryPlan(stack: TerraformStack): void {
  const role = everyRole(stack);
  const vault = new Vault(stack, 'Main', { backupVaultName: 'main', vaultLock: { minRetentionDays: 30 } });
  const rules = PlanRules.fromPreset(PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION, {
    vault,
    timeZone: 'Europe/Berlin',
    copyActions: [{ destination: Vault.fromBackupVaultArn(COPIES) }],
    recoveryPointTags: { preset: 'a year' },
    optInToArchiveForSupportedResources: true,
  });
  everySelection(new Plan(stack, 'Selecting', { backupPlanName: 'selecting', rules }), role);
  everyPlanSet(stack, vault, role);
}

function everyPlanSet(stack: TerraformStack, vault: Vault, { roleArn }: BackupRole): void {
  const daily = { ruleName: 'daily', vault, deleteAfterDays: 35 };
  const pitr = { ruleName: 'pitr', vault, deleteAfterDays: 14, enableContinuousBackup: true, startWindowMinutes: 60 };
  const set = new PlanSet(stack, 'Plans', {
    planSetName: 'everything',
    tagKey: 'tier',
    tiers: [
      {
        tierName: 'gold',
        tagValue: 'au',
        rules: [daily, pitr],
        overrides: [{ overrideName: 'databases', services: ['rds'], rules: [daily] }],
      },
      { tierName: 'silver', rules: [daily] },
    ],
    roleArn,
    windowsVss: true,
    advancedBackupSettings: [],
    continuousRouting: ContinuousRouting.toOwnVault({
      backupVaultName: 'everything-continuous',
      encryptionKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      breakGlassPrincipalArns: ['arn:aws:iam::111122223333:role/break-glass'],
      notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:backups',
      preventDestroy: false,
    }),
    tags: { owner: 'platform' },
    waivers: [{ rule: 'plan-quota', path: '*', reason: 'shows a waiver in the configuration' }],
  });
  set.protect('silver', new S3Bucket(stack, 'Silver', { bucket: 'silver-111122223333' }));
}

function everySelection(plan: Plan, { roleArn }: BackupRole): void {
  const data = new Construct(plan, 'Data');
  new S3Bucket(data, 'Pictures', { bucket: 'pictures-111122223333' });
  plan.protect(data);
  plan.addSelection('Shared', { selectionName: 'shared', tags: { backup: 'shared' }, roleArn });
  const stars = Array.from({ length: 31 }, (_, i) => `arn:aws:dynamodb:*:*:table/team-${i}-*`);
  plan.addSelection('Split', {
    selectionName: 'split',
    resources: stars.map((arn) => SelectionResource.fromArn(arn)),
    notResources: [SelectionResource.fromConstruct(data)],
    permissionsBoundaryArn: BOUNDARY,
  });
}

function everyRole(stack: TerraformStack): BackupRole {
  new RestoreRole(stack, 'RestoreRole', {
    services: ['ec2', 's3', 'sap-hana'],
    instanceRoleArns: ['arn:aws:iam::111122223333:role/instance'],
    itemRestores: true,
    permissionsBoundaryArn: BOUNDARY,
    roleName: 'restore-by-plans',
    tags: { owner: 'platform' },
  });
  return new BackupRole(stack, 'BackupRole', {
    services: ['ebs', 'ec2', 's3', 'rds'],
    indexing: true,
    scanning: true,
    permissionsBoundaryArn: BOUNDARY,
    roleName: 'backup-by-plans',
    tags: { owner: 'platform' },
  });
}
