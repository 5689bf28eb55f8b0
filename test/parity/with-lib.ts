import { CopyDestination, Plan, Selection, SelectionResource, Vault } from '@holdfast/cdk';
import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  Environment,
  Estate,
  Lifecycle,
  ScanMode,
  ScanResourceType,
  Schedule,
  TagCondition,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnTag, Duration, Stack } from 'aws-cdk-lib/core';
import type { Row } from './declarations';

/** Declares a row with the constructs of lib. */
export function withLib(row: Row): (app: App) => void {
  return (app) => {
    for (const env of environmentsOf(row.estate)) {
      const stack = new Stack(app, `Stack-${env.region}`, { env: { account: env.account, region: env.region } });
      const vaults = new Map<string, backup.IBackupVault>();
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

/** The places of an estate, each once. */
export function environmentsOf(estate: Estate): Environment[] {
  const all = [...(estate.vaults ?? []), ...(estate.plans ?? []), ...(estate.resources ?? [])].map((it) => it.env);
  return [...new Map(all.map((env) => [`${env.account}/${env.region}`, env])).values()];
}

function vault(stack: Stack, it: BackupVault, breakGlass: string[]): backup.IBackupVault {
  return new Vault(stack, `Vault-${it.backupVaultName}`, {
    backupVaultName: it.backupVaultName,
    encryptionKey: kms.Key.fromKeyArn(stack, `Key-${it.backupVaultName}`, it.encryptionKeyArn as string),
    vaultLock: it.vaultLock,
    complianceAcknowledgement:
      it.vaultLock?.changeableForDays === undefined
        ? undefined
        : { deployedOn: '2027-01-01', acknowledgedBy: 'parity test' },
    breakGlassRoles: breakGlass.map((arn, i) => iam.Role.fromRoleArn(stack, `BreakGlass${i}`, arn)),
    notificationTopic:
      it.notifications === undefined
        ? undefined
        : sns.Topic.fromTopicArn(stack, `Topic-${it.backupVaultName}`, it.notifications.snsTopicArn),
    notificationEvents: it.notifications?.backupVaultEvents,
    tags: it.tags,
  }).backupVault;
}

function plan(stack: Stack, it: BackupPlan, vaults: Map<string, backup.IBackupVault>): void {
  const made = new Plan(stack, `Plan-${it.backupPlanName}`, {
    backupPlanName: it.backupPlanName,
    rules: it.rules.map((rule, i) => ({
      ruleName: rule.ruleName,
      vault: vaults.get(rule.targetBackupVaultName) as backup.IBackupVault,
      schedule: Schedule.expression(rule.scheduleExpression as string, rule.scheduleExpressionTimezone),
      startWindow: Duration.minutes(rule.startWindowMinutes as number),
      completionWindow: Duration.minutes(rule.completionWindowMinutes as number),
      ...lifecycle(rule.lifecycle),
      enableContinuousBackup: rule.enableContinuousBackup,
      recoveryPointTags: rule.recoveryPointTags,
      scanAction: rule.scanActions?.[0]?.scanMode as ScanMode | undefined,
      copyActions: copies(stack, it, rule, i),
    })),
    ...options(it),
    scanSettings: it.scanSettings?.map((setting) => ({
      resourceTypes: setting.resourceTypes as ScanResourceType[],
      scannerRole: iam.Role.fromRoleArn(stack, `Scanner-${it.backupPlanName}`, setting.scannerRoleArn as string),
    }))[0],
    tags: it.tags,
  });
  for (const selection of it.selections ?? []) {
    select(stack, made, it, selection);
  }
}

/** Options for single services in the form that the constructs take. */
export function options({ advancedBackupSettings }: BackupPlan) {
  const given = Object.assign({}, ...(advancedBackupSettings ?? []).map((setting) => setting.backupOptions)) as Record<
    string,
    string | undefined
  >;
  const of = (option: string) => (given[option] === undefined ? undefined : given[option] === 'enabled');
  return { windowsVss: of('WindowsVSS'), s3BackupAcls: of('BackupACLs'), s3BackupObjectTags: of('BackupObjectTags') };
}

function copies(stack: Stack, it: BackupPlan, rule: BackupRule, i: number) {
  return rule.copyActions?.map((copy, j) => ({
    destination: CopyDestination.vault(
      backup.BackupVault.fromBackupVaultArn(
        stack,
        `Copy-${it.backupPlanName}-${i}-${j}`,
        copy.destinationBackupVaultArn,
      ),
    ),
    ...lifecycle(copy.lifecycle),
  }));
}

function lifecycle(it: Lifecycle | undefined) {
  const days = (value: number | undefined) => (value === undefined ? undefined : Duration.days(value));
  return {
    moveToColdStorageAfter: days(it?.moveToColdStorageAfterDays),
    deleteAfter: days(it?.deleteAfterDays),
    optInToArchiveForSupportedResources: it?.optInToArchiveForSupportedResources,
  };
}

function select(stack: Stack, made: Plan, it: BackupPlan, selection: BackupSelection): Selection {
  const id = `${it.backupPlanName}-${selection.selectionName}`;
  return made.addSelection(`Selection-${id}`, {
    selectionName: selection.selectionName,
    role: iam.Role.fromRoleArn(stack, `Role-${id}`, selection.iamRoleArn),
    resources: selection.resources?.map((arn) => SelectionResource.fromArn(arn)),
    notResources: selection.notResources?.map((arn) => SelectionResource.fromArn(arn)),
    tags: record(selection.listOfTags, ''),
    conditions: conditions(selection),
  });
}

/** Conditions of a selection in the form that the constructs take. */
export function conditions(selection: BackupSelection) {
  const it = selection.conditions;
  const prefix = 'aws:ResourceTag/';
  return it === undefined
    ? undefined
    : {
        stringEquals: record(it.stringEquals, prefix),
        stringNotEquals: record(it.stringNotEquals, prefix),
        stringLike: record(it.stringLike, prefix),
        stringNotLike: record(it.stringNotLike, prefix),
      };
}

/** Tag conditions as key to value, without the prefix of the keys. */
export function record(tags: TagCondition[] | undefined, prefix: string): Record<string, string> | undefined {
  return tags === undefined
    ? undefined
    : Object.fromEntries(tags.map((tag) => [tag.conditionKey.slice(prefix.length), tag.conditionValue]));
}

function resources(stack: Stack, estate: Estate, env: Environment): void {
  for (const it of (estate.resources ?? []).filter((r) => r.env.region === env.region)) {
    const tags: CfnTag[] = Object.entries(it.tags ?? {}).map(([key, value]) => ({ key, value }));
    if (it.service === 's3') {
      new s3.CfnBucket(stack, `Bucket-${it.name}`, {
        bucketName: it.name,
        tags,
        versioningConfiguration: { status: 'Enabled' },
      });
    } else {
      new dynamodb.CfnTable(stack, `Table-${it.name}`, {
        tableName: it.name,
        billingMode: 'PAY_PER_REQUEST',
        keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
        attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
        tags,
      });
    }
  }
}
