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
import { Construct } from 'constructs';
import { LogicallyAirGappedVault } from '../logically-air-gapped-vault';
import { Plan } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { PlanScanSettingsProps } from '../plan-scan-settings';
import { SelectionConditionsProps, SelectionOptions } from '../selection';
import { SelectionResource } from '../selection-resource';
import { Vault } from '../vault';
import { VaultEncryption } from '../vault-encryption';
import { BlueprintPlaces } from './blueprint-places';

/** A declaration of a blueprint, which may leave its environment out. */
export type Placed<Declaration> = Omit<Declaration, 'env'> & { readonly env?: Partial<Environment> };

/** What the parts of a blueprint are made with. */
export interface BlueprintContext {
  readonly scope: Construct;
  readonly places: BlueprintPlaces;
  readonly waivers: Waiver[];
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;
}

/** A vault of a blueprint; statements of its policy come beside those of `Vault`. */
export function renderBlueprintVault(context: BlueprintContext, vault: Placed<BackupVault>, path: string): Vault {
  const { backupVaultName: name, encryptionKeyArn, vaultLock, notifications } = vault;
  const { complianceAcknowledgement } = context;
  const made = new Vault(context.scope, idOf('Vault', context, vault.env, name), {
    backupVaultName: name,
    encryptionKeyArn,
    vaultLock,
    complianceAcknowledgement: vaultLock?.changeableForDays === undefined ? undefined : complianceAcknowledgement,
    notificationTopicArn: notifications?.snsTopicArn,
    notificationEvents: notifications?.backupVaultEvents,
    tags: vault.tags,
    waivers: BlueprintParts.waiversAt(context.waivers, path),
    provider: context.places.providerOf(vault.env),
  });
  BlueprintParts.statements(vault.accessPolicy).forEach((statement: { [key: string]: unknown }) =>
    made.addToAccessPolicy(statement),
  );
  return made;
}

/** A logically air-gapped vault of a blueprint. */
export function renderBlueprintAirGappedVault(
  context: BlueprintContext,
  vault: Placed<DeclaredAirGappedVault>,
  path: string,
): LogicallyAirGappedVault {
  const { backupVaultName: name, encryptionKeyArn, notifications } = vault;
  const made = new LogicallyAirGappedVault(context.scope, idOf('Vault', context, vault.env, name), {
    backupVaultName: name,
    minRetentionDays: vault.minRetentionDays,
    maxRetentionDays: vault.maxRetentionDays,
    complianceAcknowledgement: context.complianceAcknowledgement,
    encryption: encryptionKeyArn === undefined ? undefined : VaultEncryption.customerManaged(encryptionKeyArn),
    notificationTopicArn: notifications?.snsTopicArn,
    notificationEvents: notifications?.backupVaultEvents,
    tags: vault.tags,
    waivers: BlueprintParts.waiversAt(context.waivers, path),
    provider: context.places.providerOf(vault.env),
  });
  BlueprintParts.statements(vault.accessPolicy).forEach((statement: { [key: string]: unknown }) =>
    made.addToAccessPolicy(statement),
  );
  return made;
}

/** A plan of a blueprint with its selections. */
export function renderBlueprintPlan(context: BlueprintContext, plan: Placed<BackupPlan>, path: string): Plan {
  const { backupPlanName, env } = plan;
  const made = new Plan(context.scope, idOf('Plan', context, env, backupPlanName), {
    backupPlanName,
    rules: (plan.rules ?? []).map((rule) => ruleProps(context.places, env, rule)),
    advancedBackupSettings: plan.advancedBackupSettings,
    scanSettings: scanSettingsProps(plan),
    tags: plan.tags,
    waivers: BlueprintParts.waiversAt(context.waivers, path),
    provider: context.places.providerOf(env),
  });
  (plan.selections ?? []).forEach((selection, index) => {
    for (const options of selectionOptions(selection)) {
      made.addSelection(`Selection-${options.selectionName}`, {
        ...options,
        waivers: BlueprintParts.waiversAt(context.waivers, `${path}.selections[${index}]`),
      });
    }
  });
  return made;
}

/** Two vaults of one name live in two places. */
function idOf(kind: string, { scope }: BlueprintContext, env: Partial<Environment> | undefined, name: string): string {
  const id = `${kind}-${name}`;
  return scope.node.tryFindChild(id) === undefined
    ? id
    : [id, env?.account, env?.region].filter((part) => part !== undefined).join('-');
}

function ruleProps(places: BlueprintPlaces, env: Partial<Environment> | undefined, rule: BackupRule): PlanRuleProps {
  return {
    ruleName: rule.ruleName,
    vault: places.vaultNamed(env, rule.targetBackupVaultName),
    targetLogicallyAirGappedBackupVaultArn: rule.targetLogicallyAirGappedBackupVaultArn,
    schedule: Schedule.ofRule(rule),
    startWindowMinutes: rule.startWindowMinutes,
    completionWindowMinutes: rule.completionWindowMinutes,
    ...lifecycleProps(rule.lifecycle),
    enableContinuousBackup: rule.enableContinuousBackup,
    recoveryPointTags: rule.recoveryPointTags,
    indexActions: rule.indexActions,
    // What is no mode is left to the rules, which refuse it beside everything else.
    scanAction: rule.scanActions?.[0]?.scanMode as ScanMode | undefined,
    copyActions: rule.copyActions?.map(({ destinationBackupVaultArn, lifecycle }) => ({
      destination: places.vaultWithArn(destinationBackupVaultArn),
      ...lifecycleProps(lifecycle),
    })),
  };
}

/** GuardDuty is the only scanner, so that a plan has one setting for it. */
function scanSettingsProps({ scanSettings }: Placed<BackupPlan>): PlanScanSettingsProps | undefined {
  const [setting] = scanSettings ?? [];
  return (
    setting && {
      resourceTypes: setting.resourceTypes as ScanResourceType[] | undefined,
      scannerRoleArn: setting.scannerRoleArn,
    }
  );
}

function lifecycleProps(lifecycle: Lifecycle | undefined) {
  // -1 is never, as the members that are left out are.
  const days = (value: number | undefined) => (value === -1 ? undefined : value);
  return {
    moveToColdStorageAfterDays: days(lifecycle?.moveToColdStorageAfterDays),
    deleteAfterDays: days(lifecycle?.deleteAfterDays),
    optInToArchiveForSupportedResources: lifecycle?.optInToArchiveForSupportedResources,
  };
}

/** A selection of the blueprint; two values of one tag are two selections, as properties have one value for each key. */
function selectionOptions(selection: BackupSelection): SelectionOptions[] {
  const { selectionName, iamRoleArn, resources, notResources, conditions } = selection;
  const common = {
    roleArn: iamRoleArn,
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
