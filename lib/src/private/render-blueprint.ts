import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
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

/** Conditions of a template name their tags by this prefix. */
const RESOURCE_TAG = 'aws:ResourceTag/';

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
    waivers: at(waivers, path),
  });
  for (const statement of statementsOf(vault.accessPolicy)) {
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
    waivers: at(waivers, path),
  });
  for (const statement of statementsOf(vault.accessPolicy)) {
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
    waivers: at(waivers, path),
  });
  (plan.selections ?? []).forEach((selection, index) => {
    for (const options of selectionOptions(place, backupPlanName, selection)) {
      made.addSelection(`Selection-${options.selectionName}`, {
        ...options,
        waivers: at(waivers, `${path}.selections[${index}]`),
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
  const [first, ...more] = distinctKeys(selection.listOfTags);
  return [
    { ...common, selectionName, resources: resources?.map((arn) => SelectionResource.fromArn(arn)), tags: first },
    ...more.map((tags, index) => ({ ...common, selectionName: `${selectionName}-${index + 2}`, tags })),
  ];
}

/** The tags as maps, each key once in a map. */
function distinctKeys(tags: TagCondition[] | undefined): (Record<string, string> | undefined)[] {
  if (tags === undefined) {
    return [undefined];
  }
  const maps: Record<string, string>[] = [{}];
  for (const { conditionKey, conditionValue } of tags) {
    let map = maps.find((one) => !Object.hasOwn(one, conditionKey));
    if (map === undefined) {
      map = {};
      maps.push(map);
    }
    map[conditionKey] = conditionValue;
  }
  return maps;
}

function conditionsProps(conditions: BackupSelection['conditions']): SelectionConditionsProps | undefined {
  const tags = (list: TagCondition[] | undefined) =>
    list && Object.fromEntries(list.map((tag) => [withoutPrefix(tag.conditionKey), tag.conditionValue]));
  return (
    conditions && {
      stringEquals: tags(conditions.stringEquals),
      stringNotEquals: tags(conditions.stringNotEquals),
      stringLike: tags(conditions.stringLike),
      stringNotLike: tags(conditions.stringNotLike),
    }
  );
}

function withoutPrefix(key: string): string {
  return key.startsWith(RESOURCE_TAG) ? key.slice(RESOURCE_TAG.length) : key;
}

/** Statements of a policy, which a blueprint has as an object or as JSON text. */
function statementsOf(accessPolicy: unknown): object[] {
  const policy = (typeof accessPolicy === 'string' ? JSON.parse(accessPolicy) : accessPolicy) as
    { readonly Statement?: object | object[] } | undefined;
  return [policy?.Statement ?? []].flat();
}

/** The waivers at a place of the blueprint, as the construct that is made of it has them. */
function at(waivers: Waiver[], place: string): Waiver[] {
  const prefix = `${place}.`;
  return waivers.flatMap((waiver) => {
    if (waiver.path.startsWith(prefix)) {
      return [{ ...waiver, path: waiver.path.slice(prefix.length) }];
    }
    return waiver.path.startsWith('*') ? [waiver] : [];
  });
}
