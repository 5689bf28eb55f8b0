import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  BlueprintParts,
  ComplianceAcknowledgement,
  Environment,
  Lifecycle,
  LogicallyAirGappedVault as DeclaredAirGappedVault,
  ScanMode,
  ScanResourceType,
  Schedule,
  TagCondition,
  Waiver,
} from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CopyDestination } from '../copy-destination';
import { LogicallyAirGappedVault } from '../logically-air-gapped-vault';
import { Plan } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { PlanScanSettingsProps } from '../plan-scan-settings';
import { SelectionConditionsProps, SelectionOptions } from '../selection';
import { SelectionResource } from '../selection-resource';
import { Vault } from '../vault';
import { VaultEncryption } from '../vault-encryption';
import { BlueprintPlaces } from './blueprint-places';

type Placed<Declaration> = Omit<Declaration, 'env'> & { readonly env?: Partial<Environment> };

/** A vault of a blueprint; statements of its policy come beside those of `Vault`. */
export function renderBlueprintVault(
  place: Construct,
  vault: Placed<BackupVault>,
  complianceAcknowledgement: ComplianceAcknowledgement | undefined,
  waivers: Waiver[],
  path: string,
): Vault {
  const { backupVaultName: name, encryptionKeyArn, vaultLock, notifications } = vault;
  const made = new Vault(place, `Vault-${name}`, {
    backupVaultName: name,
    encryptionKey:
      encryptionKeyArn === undefined ? undefined : kms.Key.fromKeyArn(place, `Key-${name}`, encryptionKeyArn),
    vaultLock,
    complianceAcknowledgement: vaultLock?.changeableForDays === undefined ? undefined : complianceAcknowledgement,
    notificationTopic: notifications && sns.Topic.fromTopicArn(place, `Topic-${name}`, notifications.snsTopicArn),
    notificationEvents: notifications?.backupVaultEvents,
    tags: vault.tags,
    waivers: BlueprintParts.waiversAt(waivers, path),
  });
  for (const statement of BlueprintParts.statements(vault.accessPolicy)) {
    made.addToAccessPolicy(iam.PolicyStatement.fromJson(statement));
  }
  return made;
}

/** A logically air-gapped vault of a blueprint. */
export function renderBlueprintAirGappedVault(
  place: Construct,
  vault: Placed<DeclaredAirGappedVault>,
  complianceAcknowledgement: ComplianceAcknowledgement | undefined,
  waivers: Waiver[],
  path: string,
): LogicallyAirGappedVault {
  const { backupVaultName: name, encryptionKeyArn, notifications } = vault;
  const made = new LogicallyAirGappedVault(place, `Vault-${name}`, {
    backupVaultName: name,
    minRetentionDays: vault.minRetentionDays,
    maxRetentionDays: vault.maxRetentionDays,
    complianceAcknowledgement,
    encryption:
      encryptionKeyArn === undefined
        ? undefined
        : VaultEncryption.customerManaged(kms.Key.fromKeyArn(place, `Key-${name}`, encryptionKeyArn)),
    mpaApprovalTeamArn: vault.mpaApprovalTeamArn,
    notificationTopic: notifications && sns.Topic.fromTopicArn(place, `Topic-${name}`, notifications.snsTopicArn),
    notificationEvents: notifications?.backupVaultEvents,
    tags: vault.tags,
    waivers: BlueprintParts.waiversAt(waivers, path),
  });
  for (const statement of BlueprintParts.statements(vault.accessPolicy)) {
    made.addToAccessPolicy(iam.PolicyStatement.fromJson(statement));
  }
  return made;
}

/** A plan of a blueprint with its selections. */
export function renderBlueprintPlan(
  places: BlueprintPlaces,
  plan: Placed<BackupPlan>,
  waivers: Waiver[],
  path: string,
): Plan {
  const { backupPlanName, env } = plan;
  const place = places.at(env);
  const made = new Plan(place, `Plan-${backupPlanName}`, {
    backupPlanName,
    rules: (plan.rules ?? []).map((rule) => ruleProps(places, env, rule)),
    advancedBackupSettings: plan.advancedBackupSettings,
    scanSettings: scanSettingsProps(place, plan),
    tags: plan.tags,
    waivers: BlueprintParts.waiversAt(waivers, path),
  });
  (plan.selections ?? []).forEach((selection, index) => {
    for (const options of selectionOptions(place, backupPlanName, selection)) {
      made.addSelection(`Selection-${options.selectionName}`, {
        ...options,
        waivers: BlueprintParts.waiversAt(waivers, `${path}.selections[${index}]`),
      });
    }
  });
  return made;
}

function ruleProps(places: BlueprintPlaces, env: Partial<Environment> | undefined, rule: BackupRule): PlanRuleProps {
  const minutes = (value: number | undefined) => (value === undefined ? undefined : Duration.minutes(value));
  return {
    ruleName: rule.ruleName,
    vault: places.vaultNamed(env, rule.targetBackupVaultName),
    targetLogicallyAirGappedBackupVaultArn: rule.targetLogicallyAirGappedBackupVaultArn,
    schedule: Schedule.ofRule(rule),
    startWindow: minutes(rule.startWindowMinutes),
    completionWindow: minutes(rule.completionWindowMinutes),
    ...lifecycleProps(rule.lifecycle),
    enableContinuousBackup: rule.enableContinuousBackup,
    recoveryPointTags: rule.recoveryPointTags,
    indexActions: rule.indexActions,
    // What is no mode is left to the rules, which refuse it beside everything else.
    scanAction: rule.scanActions?.[0]?.scanMode as ScanMode | undefined,
    copyActions: rule.copyActions?.map(({ destinationBackupVaultArn, lifecycle }) => ({
      destination: CopyDestination.vault(places.vaultWithArn(env, destinationBackupVaultArn)),
      ...lifecycleProps(lifecycle),
    })),
  };
}

/** GuardDuty is the only scanner, so that a plan has one setting for it. */
function scanSettingsProps(
  place: Construct,
  { backupPlanName, scanSettings }: Placed<BackupPlan>,
): PlanScanSettingsProps | undefined {
  const [setting] = scanSettings ?? [];
  return (
    setting && {
      resourceTypes: setting.resourceTypes as ScanResourceType[] | undefined,
      scannerRole:
        setting.scannerRoleArn === undefined
          ? undefined
          : iam.Role.fromRoleArn(place, `Scanner-${backupPlanName}`, setting.scannerRoleArn),
    }
  );
}

function lifecycleProps(lifecycle: Lifecycle | undefined) {
  // -1 is never, as the members that are left out are.
  const days = (value: number | undefined) => (value === undefined || value === -1 ? undefined : Duration.days(value));
  return {
    moveToColdStorageAfter: days(lifecycle?.moveToColdStorageAfterDays),
    deleteAfter: days(lifecycle?.deleteAfterDays),
    optInToArchiveForSupportedResources: lifecycle?.optInToArchiveForSupportedResources,
  };
}

/** A selection of the blueprint; two values of one tag are two selections, as properties have one value for each key. */
function selectionOptions(place: Construct, planName: string, selection: BackupSelection): SelectionOptions[] {
  const { selectionName, iamRoleArn, resources, notResources, conditions } = selection;
  const common = {
    role:
      iamRoleArn === undefined
        ? undefined
        : iam.Role.fromRoleArn(place, `Role-${planName}-${selectionName}`, iamRoleArn),
    notResources: notResources?.map((arn) => SelectionResource.fromArn(arn)),
    conditions: conditionsProps(conditions),
  };
  const [first, ...more] = selection.listOfTags === undefined ? [] : BlueprintParts.tagMaps(selection.listOfTags);
  return [
    { ...common, selectionName, resources: resources?.map((arn) => SelectionResource.fromArn(arn)), tags: first },
    ...more.map((tags, index) => ({ ...common, selectionName: `${selectionName}-${index + 2}`, tags })),
  ];
}

function conditionsProps(conditions: BackupSelection['conditions']): SelectionConditionsProps | undefined {
  const tags = (list: TagCondition[] | undefined) => list && BlueprintParts.conditionMap(list);
  return (
    conditions && {
      stringEquals: tags(conditions.stringEquals),
      stringNotEquals: tags(conditions.stringNotEquals),
      stringLike: tags(conditions.stringLike),
      stringNotLike: tags(conditions.stringNotLike),
    }
  );
}
