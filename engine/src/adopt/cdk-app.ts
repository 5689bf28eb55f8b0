/**
 * An estate as an app of the AWS CDK, of its plain resources.
 *
 * Pure: places in, text out.
 * Source   aws-cdk-lib/aws-backup, generated from CloudFormation's schema.
 */
import type {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  LogicallyAirGappedVault,
  OrganizationPolicy,
  RestoreAccessVault,
  TagCondition,
  TieringConfiguration,
} from '@holdfast/model';
import { type Place, sourceIn, withWindows } from './adopt';
import { frameworkProps, reportPlanProps, testingPlanProps, testingSelectionProps } from './cdk-audits';
import { Code, literal, nameOf } from './literal';

const HEAD = `// Written by \`holdfast adopt\`: the backups that were there, as they were. Everything is kept when the stack goes.
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
`;

export function cdkApp(places: readonly Place[]): string {
  const taken = new Set(['app']);
  const stacks = places.map((place) => stack(place, taken)).join('');
  const ours = Object.values(CONSTRUCTS).filter((name) => stacks.includes(`new ${name}(`));
  const imports = [
    ...(stacks.includes('new organizations.')
      ? ["import * as organizations from 'aws-cdk-lib/aws-organizations';\n"]
      : []),
    ...(ours.length > 0 ? [`import { ${ours.join(', ')} } from '@holdfast/cdk';\n`] : []),
  ];
  return `${HEAD}${imports.join('')}
const app = new App();
${stacks}
app.synth();
`;
}

/** CloudFormation has no types for these: constructs of ours set them by a function. */
const CONSTRUCTS = {
  administrators: 'DelegatedAdministrator',
  globalSettings: 'GlobalSettings',
  regionSettings: 'RegionSettings',
  restoreAccess: 'RestoreAccessVault',
} as const;

function settingsCode(place: Place, scope: string): string[] {
  const made = (name: string, props: object): string => `
new ${name}(${scope}, ${literal(name)}, ${literal(props)});
`;
  return [
    ...place.regionSettings.map(({ resourceTypeOptInPreference, resourceTypeManagementPreference }) =>
      made(CONSTRUCTS.regionSettings, { resourceTypeOptInPreference, resourceTypeManagementPreference }),
    ),
    ...place.globalSettings.map((settings) => made(CONSTRUCTS.globalSettings, settings)),
    // What is delegated, and which types of policies are on, stays as it is.
    ...place.administrators.map((one) =>
      made(CONSTRUCTS.administrators, { ...one, enableBackupPolicies: false, delegateBackupPolicies: false }),
    ),
  ];
}

function stack(place: Place, taken: Set<string>): string {
  const { account, region } = place.env;
  const id = `Backup-${account}-${region}`;
  const name = nameOf(region, 'in', taken);
  const vaults = new Map<string, string>();
  const made = [
    ...place.vaults.map((vault) =>
      resource('CfnBackupVault', 'vault', name, vault.backupVaultName, vaultProps(vault), taken, vaults),
    ),
    ...place.logicallyAirGappedVaults.map((vault) =>
      resource(
        'CfnLogicallyAirGappedBackupVault',
        'vault',
        name,
        vault.backupVaultName,
        airGappedProps(vault),
        taken,
        vaults,
      ),
    ),
    ...place.plans.map((plan) => planCode(plan, name, taken, vaults)),
    ...auditCode(place, name, taken),
    ...place.policies.map((policy) =>
      resource('organizations.CfnPolicy', 'policy', name, policy.policyName, policyProps(policy), taken, new Map()),
    ),
    ...place.tieringConfigurations.map((one) => tieringCode(one, name, taken, vaults)),
    ...place.restoreAccessVaults.map((one) => restoreAccessCode(one, place, name, taken, vaults)),
    ...settingsCode(place, name),
  ];
  return `
const ${name} = new Stack(app, ${literal(id)}, ${literal({ env: { account, region } })});
${made.join('')}`;
}

function resource(
  type: string,
  kind: string,
  scope: string,
  called: string,
  props: object,
  taken: Set<string>,
  names: Map<string, string>,
): string {
  const name = nameOf(called, kind, taken);
  names.set(called, name);
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  return `
const ${name} = new ${type.includes('.') ? type : `backup.${type}`}(${scope}, ${literal(id)}, ${literal(props)});
${name}.applyRemovalPolicy(RemovalPolicy.RETAIN);
`;
}

function tieringCode(
  tiering: TieringConfiguration,
  scope: string,
  taken: Set<string>,
  vaults: ReadonlyMap<string, string>,
): string {
  const { tieringConfigurationName, backupVaultName, resourceSelection, tags: tieringConfigurationTags } = tiering;
  const props = { tieringConfigurationName, backupVaultName, resourceSelection, tieringConfigurationTags };
  const names = new Map<string, string>();
  const code = resource('CfnTieringConfiguration', 'tiering', scope, tieringConfigurationName, props, taken, names);
  const vault = vaults.get(backupVaultName);
  const needs = `${names.get(tieringConfigurationName) ?? ''}.addResourceDependency(${vault ?? ''});\n`;
  return vault === undefined ? code : `${code}${needs}`;
}

function restoreAccessCode(
  access: RestoreAccessVault,
  place: Place,
  scope: string,
  taken: Set<string>,
  vaults: ReadonlyMap<string, string>,
): string {
  const { sourceBackupVaultArn, backupVaultName, requesterComment, tags } = access;
  const source = vaults.get(sourceIn(place, access) ?? '');
  const id = nameOf(backupVaultName ?? '', 'Access', taken);
  const props = {
    sourceBackupVaultArn: source === undefined ? sourceBackupVaultArn : new Code(`${source}.attrBackupVaultArn`),
    backupVaultName,
    requesterComment,
    tags,
  };
  return `
new ${CONSTRUCTS.restoreAccess}(${scope}, ${literal(id)}, ${literal(props)});
`;
}

function auditCode(place: Place, scope: string, taken: Set<string>): string[] {
  const made = (type: string, kind: string, called: string, props: object): string =>
    resource(type, kind, scope, called, props, taken, new Map());
  return [
    ...place.frameworks.map((one) => made('CfnFramework', 'framework', one.frameworkName, frameworkProps(one))),
    ...place.reportPlans.map((one) => made('CfnReportPlan', 'report', one.reportPlanName, reportPlanProps(one))),
    ...place.restoreTestingPlans.flatMap((plan) => {
      const names = new Map<string, string>();
      const { restoreTestingPlanName: called, selections = [] } = plan;
      const code = resource('CfnRestoreTestingPlan', 'test', scope, called, testingPlanProps(plan), taken, names);
      const reference = new Code(`${names.get(called) ?? ''}.ref`);
      return [
        code,
        ...selections.map((one) =>
          made(
            'CfnRestoreTestingSelection',
            'tested',
            one.restoreTestingSelectionName,
            testingSelectionProps(reference, one),
          ),
        ),
      ];
    }),
  ];
}

function vaultProps({
  backupVaultName,
  encryptionKeyArn,
  accessPolicy,
  vaultLock,
  notifications,
  tags,
}: BackupVault): object {
  return {
    backupVaultName,
    encryptionKeyArn,
    accessPolicy,
    lockConfiguration: vaultLock,
    notifications,
    backupVaultTags: tags,
  };
}

function policyProps({ policyName: name, policyType: type, content, targetIds }: OrganizationPolicy): object {
  return { name, type, content: content as unknown, targetIds };
}

function airGappedProps(vault: LogicallyAirGappedVault): object {
  const { backupVaultName, minRetentionDays, maxRetentionDays, encryptionKeyArn, accessPolicy, notifications, tags } =
    vault;
  return {
    backupVaultName,
    minRetentionDays,
    maxRetentionDays,
    encryptionKeyArn,
    mpaApprovalTeamArn: vault.mpaApprovalTeamArn,
    accessPolicy,
    notifications,
    backupVaultTags: tags,
  };
}

function planCode(plan: BackupPlan, scope: string, taken: Set<string>, vaults: ReadonlyMap<string, string>): string {
  const name = nameOf(plan.backupPlanName, 'plan', taken);
  const props = {
    backupPlan: {
      backupPlanName: plan.backupPlanName,
      backupPlanRule: plan.rules.map(ruleProps),
      advancedBackupSettings: plan.advancedBackupSettings,
      scanSettings: plan.scanSettings,
    },
    backupPlanTags: plan.tags,
  };
  const own = new Set(plan.rules.flatMap(({ targetBackupVaultName }) => vaults.get(targetBackupVaultName) ?? []));
  const needs = [...own].map((vault) => `${name}.addResourceDependency(${vault});\n`);
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const selections = (plan.selections ?? []).map((selection) => selectionCode(selection, name, scope, taken));
  return `
const ${name} = new backup.CfnBackupPlan(${scope}, ${literal(id)}, ${literal(props)});
${name}.applyRemovalPolicy(RemovalPolicy.RETAIN);
${needs.join('')}${selections.join('')}`;
}

function ruleProps(rule: BackupRule): object {
  const { targetBackupVaultName, indexActions, ...rest } = withWindows(rule);
  return {
    ...rest,
    targetBackupVault: targetBackupVaultName,
    indexActions: indexActions === undefined ? undefined : [{ resourceTypes: indexActions }],
  };
}

function selectionCode(selection: BackupSelection, plan: string, scope: string, taken: Set<string>): string {
  const name = nameOf(selection.selectionName, `${plan}Of`, taken);
  const { selectionName, iamRoleArn, resources, notResources, listOfTags, conditions } = selection;
  const props = {
    backupPlanId: new Code(`${plan}.ref`),
    backupSelection: {
      selectionName,
      iamRoleArn,
      resources,
      notResources,
      listOfTags: listOfTags?.map(({ conditionKey, conditionValue }) => ({
        conditionType: 'STRINGEQUALS',
        conditionKey,
        conditionValue,
      })),
      // The frameworks hand conditions on as they are.
      conditions: conditions && {
        StringEquals: condition(conditions.stringEquals),
        StringNotEquals: condition(conditions.stringNotEquals),
        StringLike: condition(conditions.stringLike),
        StringNotLike: condition(conditions.stringNotLike),
      },
    },
  };
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  return `
new backup.CfnBackupSelection(${scope}, ${literal(id)}, ${literal(props)});
`;
}

function condition(list: readonly TagCondition[] | undefined): object[] | undefined {
  return list?.map(({ conditionKey, conditionValue }) => ({
    ConditionKey: conditionKey,
    ConditionValue: conditionValue,
  }));
}
