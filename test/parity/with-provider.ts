import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { IVault, Plan, SelectionResource, Vault } from '@holdfast/cdktf';
import {
  BackupPlan,
  BackupVault,
  Environment,
  Estate,
  Lifecycle,
  ScanMode,
  ScanResourceType,
  Schedule,
} from '@holdfast/model';
import { App, TerraformStack } from 'cdktf';
import type { Row } from './declarations';
import { conditions, environmentsOf, options, record } from './with-lib';

/** Declares a row with the constructs of provider. */
export function withProvider(row: Row): (app: App) => void {
  return (app) => {
    // The newest of what the rows say.
    app.node.setContext('holdfast:awsProviderVersion', '6.67.0');
    for (const env of environmentsOf(row.estate)) {
      const stack = new TerraformStack(app, `Stack-${env.region}`);
      new AwsProvider(stack, 'Aws', { region: env.region, allowedAccountIds: [env.account] });
      const vaults = new Map<string, IVault>();
      for (const it of (row.estate.vaults ?? []).filter((v) => v.env.region === env.region)) {
        vaults.set(it.backupVaultName, vault(stack, it, row.breakGlass ?? []));
      }
      for (const it of (row.estate.plans ?? []).filter((p) => p.env.region === env.region)) {
        plan(stack, it, vaults);
      }
      resources(stack, row.estate, env);
    }
  };
}

function vault(stack: TerraformStack, it: BackupVault, breakGlass: string[]): IVault {
  return new Vault(stack, `Vault-${it.backupVaultName}`, {
    backupVaultName: it.backupVaultName,
    encryptionKeyArn: it.encryptionKeyArn,
    vaultLock: it.vaultLock,
    complianceAcknowledgement:
      it.vaultLock?.changeableForDays === undefined
        ? undefined
        : { deployedOn: '2027-01-01', acknowledgedBy: 'parity test' },
    breakGlassPrincipalArns: breakGlass,
    notificationTopicArn: it.notifications?.snsTopicArn,
    notificationEvents: it.notifications?.backupVaultEvents,
    tags: it.tags,
  });
}

function plan(stack: TerraformStack, it: BackupPlan, vaults: Map<string, IVault>): void {
  const made = new Plan(stack, `Plan-${it.backupPlanName}`, {
    backupPlanName: it.backupPlanName,
    rules: it.rules.map((rule) => ({
      ruleName: rule.ruleName,
      vault: vaults.get(rule.targetBackupVaultName) as IVault,
      schedule: Schedule.expression(rule.scheduleExpression as string, rule.scheduleExpressionTimezone),
      startWindowMinutes: rule.startWindowMinutes,
      completionWindowMinutes: rule.completionWindowMinutes,
      ...lifecycle(rule.lifecycle),
      enableContinuousBackup: rule.enableContinuousBackup,
      recoveryPointTags: rule.recoveryPointTags,
      scanAction: rule.scanActions?.[0]?.scanMode as ScanMode | undefined,
      copyActions: rule.copyActions?.map((copy) => ({
        destination: Vault.fromBackupVaultArn(copy.destinationBackupVaultArn),
        ...lifecycle(copy.lifecycle),
      })),
    })),
    ...options(it),
    scanSettings: it.scanSettings?.map((setting) => ({
      resourceTypes: setting.resourceTypes as ScanResourceType[],
      scannerRoleArn: setting.scannerRoleArn,
    }))[0],
    tags: it.tags,
  });
  for (const selection of it.selections ?? []) {
    made.addSelection(`Selection-${it.backupPlanName}-${selection.selectionName}`, {
      selectionName: selection.selectionName,
      roleArn: selection.iamRoleArn,
      resources: selection.resources?.map((arn) => SelectionResource.fromArn(arn)),
      notResources: selection.notResources?.map((arn) => SelectionResource.fromArn(arn)),
      tags: record(selection.listOfTags, ''),
      conditions: conditions(selection),
    });
  }
}

function lifecycle(it: Lifecycle | undefined) {
  return {
    moveToColdStorageAfterDays: it?.moveToColdStorageAfterDays,
    deleteAfterDays: it?.deleteAfterDays,
    optInToArchiveForSupportedResources: it?.optInToArchiveForSupportedResources,
  };
}

function resources(stack: TerraformStack, estate: Estate, env: Environment): void {
  for (const it of (estate.resources ?? []).filter((r) => r.env.region === env.region)) {
    if (it.service === 's3') {
      new S3Bucket(stack, `Bucket-${it.name}`, { bucket: it.name, tags: it.tags, versioning: { enabled: true } });
    } else {
      new DynamodbTable(stack, `Table-${it.name}`, {
        name: it.name,
        billingMode: 'PAY_PER_REQUEST',
        hashKey: 'id',
        attribute: [{ name: 'id', type: 'S' }],
        tags: it.tags,
      });
    }
  }
}
