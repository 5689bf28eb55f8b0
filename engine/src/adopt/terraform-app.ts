/**
 * An estate as an app of the Terraform CDK, of the provider's own resources.
 *
 * Pure: places in, text out, and what the provider has no argument for.
 * Source   @cdktf/provider-aws, generated from the provider's schema.
 */
import type {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  Lifecycle,
  LogicallyAirGappedVault,
  OrganizationPolicy,
  RestoreAccessVault,
  RestoreTestingPlan,
  TagCondition,
  TieringConfiguration,
} from '@holdfast/model';
import { globalSettingsOf, type Place, withWindows } from './adopt';
import { BACKUP_SERVICE } from '../domain/organization';
import { vaultArn } from '../domain/vaults';
import { fromTiering } from '../ingest/deploy-tiering';
import { Code, literal, nameOf } from './literal';
import { framework, reportPlan, testingPlan, testingSelection } from './terraform-audits';

const RESOURCES = [
  ['BackupFramework', 'backup-framework'],
  ['BackupGlobalSettings', 'backup-global-settings'],
  ['BackupLogicallyAirGappedVault', 'backup-logically-air-gapped-vault'],
  ['BackupPlan', 'backup-plan'],
  ['BackupRegionSettings', 'backup-region-settings'],
  ['BackupReportPlan', 'backup-report-plan'],
  ['BackupRestoreTestingPlan', 'backup-restore-testing-plan'],
  ['BackupRestoreTestingSelection', 'backup-restore-testing-selection'],
  ['BackupSelection', 'backup-selection'],
  ['BackupVault', 'backup-vault'],
  ['BackupVaultLockConfiguration', 'backup-vault-lock-configuration'],
  ['BackupVaultNotifications', 'backup-vault-notifications'],
  ['BackupVaultPolicy', 'backup-vault-policy'],
  ['OrganizationsDelegatedAdministrator', 'organizations-delegated-administrator'],
  ['OrganizationsPolicy', 'organizations-policy'],
  ['OrganizationsPolicyAttachment', 'organizations-policy-attachment'],
] as const;

/** Terraform has no resource for it: the construct of ours asks by a function. */
const RESTORE_ACCESS = 'RestoreAccessVault';

export interface CdktfApp {
  readonly text: string;
  readonly leftOut: readonly string[];
}

export function cdktfApp(places: readonly Place[]): CdktfApp {
  const airGapped = places.flatMap(({ logicallyAirGappedVaults }) => logicallyAirGappedVaults);
  const writer = new Writer(new Set(airGapped.map(({ env, backupVaultName }) => vaultArn(env, backupVaultName))));
  const stacks = places.map((place) => writer.stack(place)).join('');
  const used = RESOURCES.filter(([name]) => stacks.includes(`new ${name}(`));
  const ours = stacks.includes(`new ${RESTORE_ACCESS}(`);
  const imports = [
    ...used.map(([name, file]) => `import { ${name} } from '@cdktf/provider-aws/lib/${file}';\n`),
    ...(ours ? [`import { ${RESTORE_ACCESS} } from '@holdfast/cdktf';\n`] : []),
  ].join('');
  return {
    text: `// Written by \`holdfast adopt\`: the backups that were there, as they were.
${imports}import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';

const app = new App();
${stacks}
app.synth();
`,
    leftOut: writer.leftOut,
  };
}

class Writer {
  readonly leftOut: string[] = [];
  private readonly taken = new Set(['app']);
  private scope = '';

  /** @param sources ARNs of the logically air-gapped vaults that are declared, too */
  constructor(private readonly sources: ReadonlySet<string>) {}

  stack(place: Place): string {
    const { account, region } = place.env;
    this.scope = nameOf(region, 'in', this.taken);
    const id = `backup-${account}-${region}`;
    const made = [
      ...place.vaults.map((vault) => this.vault(vault)),
      ...place.logicallyAirGappedVaults.map((vault) => this.airGapped(vault)),
      ...place.plans.map((plan) => this.plan(plan)),
      ...place.frameworks.map((one) => this.plain('BackupFramework', 'framework', one.frameworkName, framework(one))),
      ...place.reportPlans.map((one) => this.plain('BackupReportPlan', 'report', one.reportPlanName, reportPlan(one))),
      ...place.restoreTestingPlans.map((plan) => this.tests(plan)),
      ...place.policies.map((policy) => this.policy(policy)),
      ...place.restoreAccessVaults.map((one) => this.restoreAccess(one)),
      ...this.settings(place),
    ];
    place.tieringConfigurations.forEach((one) => this.tiering(one));
    return `
const ${this.scope} = new TerraformStack(app, ${literal(id)});
new AwsProvider(${this.scope}, 'aws', ${literal({ region, allowedAccountIds: [account] })});
${made.join('')}`;
  }

  private policy({ policyName, policyType: type, content, targetIds = [] }: OrganizationPolicy): string {
    const name = nameOf(policyName, 'policy', this.taken);
    const props = { name: policyName, type, content: JSON.stringify(content) };
    const attached = targetIds.map((targetId) =>
      this.plain('OrganizationsPolicyAttachment', `${name}At`, targetId, {
        policyId: new Code(`${name}.id`),
        targetId,
      }),
    );
    return `${this.resource('OrganizationsPolicy', name, props, true)}${attached.join('')}`;
  }

  private settings({ regionSettings, globalSettings, administrators }: Place): string[] {
    return [
      ...regionSettings.map(({ resourceTypeOptInPreference = {}, resourceTypeManagementPreference }) =>
        this.plain('BackupRegionSettings', 'settings', '', {
          resourceTypeOptInPreference,
          resourceTypeManagementPreference,
        }),
      ),
      ...globalSettings.map((settings) =>
        this.plain('BackupGlobalSettings', 'globalSettings', '', { globalSettings: globalSettingsOf(settings) }),
      ),
      ...administrators
        .flatMap(({ accountIds }) => accountIds)
        .map((accountId) =>
          this.plain('OrganizationsDelegatedAdministrator', 'administrator', accountId, {
            accountId,
            servicePrincipal: BACKUP_SERVICE,
          }),
        ),
    ];
  }

  private vault(vault: BackupVault): string {
    const { backupVaultName, encryptionKeyArn, tags, vaultLock } = vault;
    const name = nameOf(backupVaultName, 'vault', this.taken);
    const backupVault = { backupVaultName: new Code(`${name}.name`) };
    return [
      this.resource('BackupVault', name, { name: backupVaultName, kmsKeyArn: encryptionKeyArn, tags }, true),
      vaultLock === undefined
        ? ''
        : this.resource('BackupVaultLockConfiguration', `${name}Lock`, { ...backupVault, ...vaultLock }),
      this.companions(name, vault),
    ].join('');
  }

  private airGapped(vault: LogicallyAirGappedVault): string {
    const { backupVaultName, minRetentionDays, maxRetentionDays, tags, encryptionKeyArn } = vault;
    const name = nameOf(backupVaultName, 'vault', this.taken);
    if (encryptionKeyArn !== undefined) {
      this.leftOut.push(
        `vault ${backupVaultName}: the provider has no argument for the key of a logically air-gapped vault`,
      );
    }
    if (vault.mpaApprovalTeamArn !== undefined) {
      this.leftOut.push(`vault ${backupVaultName}: the provider has no argument for mpaApprovalTeamArn`);
    }
    const props = { name: backupVaultName, minRetentionDays, maxRetentionDays, tags };
    return `${this.resource('BackupLogicallyAirGappedVault', name, props, true)}${this.companions(name, vault)}`;
  }

  private restoreAccess(access: RestoreAccessVault): string {
    const { backupVaultName = '', sourceBackupVaultArn, requesterComment, tags } = access;
    if (this.sources.has(sourceBackupVaultArn)) {
      // Without its team, which the provider cannot say, nobody gets access to it.
      this.leftOut.push(
        `restore access vault ${backupVaultName}: the provider has no argument for the approval team of its source; to ask for it, once the source has its team: aws backup create-restore-access-backup-vault --region ${access.env.region} --source-backup-vault-arn ${sourceBackupVaultArn} --backup-vault-name ${backupVaultName}`,
      );
      return '';
    }
    const props = { sourceBackupVaultArn, backupVaultName, requesterComment, tags };
    return this.plain(RESTORE_ACCESS, 'access', backupVaultName, props);
  }

  private tiering(tiering: TieringConfiguration): void {
    const { TieringConfigurationName: name, ...rest } = fromTiering(tiering);
    const input = JSON.stringify({ TieringConfigurationName: name, ...rest });
    const tags = tiering.tags === undefined ? '' : ` --tiering-configuration-tags '${JSON.stringify(tiering.tags)}'`;
    this.leftOut.push(
      `tiering configuration ${name}: the provider has no resource for it; to make it: aws backup create-tiering-configuration --region ${tiering.env.region} --tiering-configuration '${input}'${tags}`,
    );
  }

  /** Policy and notifications are resources of their own. */
  private companions(name: string, { accessPolicy, notifications }: BackupVault | LogicallyAirGappedVault): string {
    const backupVault = { backupVaultName: new Code(`${name}.name`) };
    const policy = typeof accessPolicy === 'string' ? accessPolicy : JSON.stringify(accessPolicy);
    return [
      accessPolicy === undefined ? '' : this.resource('BackupVaultPolicy', `${name}Policy`, { ...backupVault, policy }),
      notifications === undefined
        ? ''
        : this.resource('BackupVaultNotifications', `${name}Notifications`, { ...backupVault, ...notifications }),
    ].join('');
  }

  private plain(type: string, kind: string, called: string, props: object): string {
    return this.resource(type, nameOf(called, kind, this.taken), props);
  }

  private tests(plan: RestoreTestingPlan): string {
    const name = nameOf(plan.restoreTestingPlanName, 'test', this.taken);
    const selections = (plan.selections ?? []).map((one) =>
      this.plain(
        'BackupRestoreTestingSelection',
        'tested',
        one.restoreTestingSelectionName,
        testingSelection(new Code(`${name}.name`), one),
      ),
    );
    return `${this.resource('BackupRestoreTestingPlan', name, testingPlan(plan), true)}${selections.join('')}`;
  }

  private plan(plan: BackupPlan): string {
    const name = nameOf(plan.backupPlanName, 'plan', this.taken);
    const props = {
      name: plan.backupPlanName,
      rule: plan.rules.map((rule) => this.rule(plan, rule)),
      advancedBackupSetting: plan.advancedBackupSettings,
      tags: plan.tags,
    };
    if ((plan.scanSettings ?? []).length > 0) {
      this.leftOut.push(`plan ${plan.backupPlanName}: the provider has no argument for scanSettings`);
    }
    const selections = (plan.selections ?? []).map((selection) => this.selection(selection, name));
    return `${this.resource('BackupPlan', name, props, true)}${selections.join('')}`;
  }

  private rule(plan: BackupPlan, given: BackupRule): object {
    const rule = withWindows(given);
    for (const member of ['indexActions', 'scanActions', 'targetLogicallyAirGappedBackupVaultArn'] as const) {
      if (rule[member] !== undefined) {
        this.leftOut.push(
          `plan ${plan.backupPlanName}, rule ${rule.ruleName}: the provider has no argument for ${member}`,
        );
      }
    }
    return {
      ruleName: rule.ruleName,
      targetVaultName: rule.targetBackupVaultName,
      schedule: rule.scheduleExpression,
      scheduleExpressionTimezone: rule.scheduleExpressionTimezone,
      startWindow: rule.startWindowMinutes,
      completionWindow: rule.completionWindowMinutes,
      enableContinuousBackup: rule.enableContinuousBackup,
      recoveryPointTags: rule.recoveryPointTags,
      lifecycle: lifecycle(rule.lifecycle),
      copyAction: rule.copyActions?.map((copy) => ({
        destinationVaultArn: copy.destinationBackupVaultArn,
        lifecycle: lifecycle(copy.lifecycle),
      })),
    };
  }

  private selection(selection: BackupSelection, plan: string): string {
    const { selectionName, iamRoleArn, resources, notResources, listOfTags, conditions } = selection;
    const props = {
      name: selectionName,
      planId: new Code(`${plan}.id`),
      iamRoleArn,
      resources,
      notResources,
      selectionTag: listOfTags?.map(({ conditionKey: key, conditionValue: value }) => ({
        type: 'STRINGEQUALS',
        key,
        value,
      })),
      condition: conditions && [
        {
          stringEquals: condition(conditions.stringEquals),
          stringNotEquals: condition(conditions.stringNotEquals),
          stringLike: condition(conditions.stringLike),
          stringNotLike: condition(conditions.stringNotLike),
        },
      ],
    };
    return this.resource('BackupSelection', nameOf(selectionName, `${plan}Of`, this.taken), props);
  }

  private resource(type: string, name: string, props: object, named = false): string {
    const made = `new ${type}(${this.scope}, ${literal(name)}, ${literal(props)});\n`;
    return `\n${named ? `const ${name} = ` : ''}${made}`;
  }
}

function lifecycle(given: Lifecycle | undefined): object | undefined {
  return (
    given && {
      coldStorageAfter: given.moveToColdStorageAfterDays,
      deleteAfter: given.deleteAfterDays,
      optInToArchiveForSupportedResources: given.optInToArchiveForSupportedResources,
    }
  );
}

function condition(list: readonly TagCondition[] | undefined): object[] | undefined {
  return list?.map(({ conditionKey: key, conditionValue: value }) => ({ key, value }));
}
