/**
 * What an account has declared, written as code: the same vaults, plans and selections, and nothing beside them.
 *
 * Pure: an estate in, files out.
 * Source   design.md section 2, `adopt`. The constructs of lib/ and provider/ would add defaults of their own (policies,
 *          keys); the plain resources of the frameworks say what is there and no more.
 */
import type {
  BackupFramework,
  BackupPlan,
  BackupReportPlan,
  BackupRule,
  BackupVault,
  DeclaredOrganization,
  Environment,
  Estate,
  GlobalSettings,
  LogicallyAirGappedVault,
  OrganizationPolicy,
  RegionSettings,
  RestoreAccessVault,
  RestoreTestingPlan,
  TieringConfiguration,
} from '@holdfast/model';
import { vaultArn } from '../domain/vaults';
import { BackupRuleDefaults, GlobalSettingsRules, RegionSettingsRules } from '@holdfast/model';

/** What lives in one account and Region. */
export interface Place {
  readonly env: Environment;
  readonly vaults: readonly BackupVault[];
  readonly logicallyAirGappedVaults: readonly LogicallyAirGappedVault[];
  readonly plans: readonly BackupPlan[];
  readonly frameworks: readonly BackupFramework[];
  readonly reportPlans: readonly BackupReportPlan[];
  readonly restoreTestingPlans: readonly RestoreTestingPlan[];
  /** Opt-in settings, of the types that Holdfast knows. */
  readonly regionSettings: readonly RegionSettings[];
  readonly tieringConfigurations: readonly TieringConfiguration[];
  readonly restoreAccessVaults: readonly RestoreAccessVault[];
  /** Policies of the organization that the account manages. */
  readonly policies: readonly OrganizationPolicy[];
  /** Accounts that administer its backups, if any. */
  readonly administrators: readonly { readonly organizationId: string; readonly accountIds: readonly string[] }[];
  /** What AWS Backup may do in it. */
  readonly globalSettings: readonly GlobalSettings[];
}

export interface Adopted {
  /** Content of each file by its path. */
  readonly files: Readonly<Record<string, string>>;
  /** What the code does not say, and why. */
  readonly leftOut: readonly string[];
}

/** Vaults that AWS makes by itself, which no deployment may make again. */
const OF_AWS = /^(Default|aws\/)/;

/** The places of an estate in ascending order, each with what is declared there. */
export function placesOf(estate: Estate): Place[] {
  const places = new Map<string, Place>();
  const at = (env: Environment) => {
    const key = `${env.account} ${env.region}`;
    const known = places.get(key) ?? { env, ...placeIn(estate, env) };
    places.set(key, known);
  };
  for (const list of [...LISTS, 'vaults', 'logicallyAirGappedVaults'] as const) {
    (estate[list] ?? []).filter(isOurs).forEach(({ env }) => at(env));
  }
  for (const { env, policies = [], administrators = [] } of estate.organizations ?? []) {
    if (policies.length + administrators.length > 0) {
      at(env);
    }
  }
  if (places.size > 0) {
    [...(estate.regionSettings ?? []), ...(estate.organizationSettings ?? [])].forEach(({ env }) => at(env));
  }
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

const LISTS = [
  ...(['plans', 'frameworks', 'reportPlans', 'restoreTestingPlans'] as const),
  ...(['tieringConfigurations', 'restoreAccessVaults'] as const),
];

function placeIn(estate: Estate, { account, region }: Environment): Omit<Place, 'env'> {
  const here = <T extends Located>(list: readonly T[] = []): T[] =>
    list.filter((one) => one.env.account === account && one.env.region === region && isOurs(one));
  return {
    vaults: here(estate.vaults),
    logicallyAirGappedVaults: here(estate.logicallyAirGappedVaults),
    plans: here(estate.plans),
    frameworks: here(estate.frameworks),
    reportPlans: here(estate.reportPlans),
    restoreTestingPlans: here(estate.restoreTestingPlans),
    regionSettings: here(estate.regionSettings).map(ofKnownTypes),
    tieringConfigurations: here(estate.tieringConfigurations),
    restoreAccessVaults: here(estate.restoreAccessVaults),
    policies: here(estate.organizations).flatMap(({ policies = [] }) => policies),
    administrators: here(estate.organizations)
      .map(({ organizationId, administrators = [] }) => ({
        organizationId,
        accountIds: administrators.map(({ accountId }) => accountId),
      }))
      .filter(({ accountIds }) => accountIds.length > 0),
    globalSettings: here(estate.organizationSettings).map(({ settings }) => settings),
  };
}

type Preference = Readonly<Record<string, boolean>> | undefined;

/** Settings without the types that the constructs would refuse, as they do not know them. */
function ofKnownTypes(settings: RegionSettings): RegionSettings {
  const { env, resourceTypeOptInPreference: optIn, resourceTypeManagementPreference: management } = settings;
  return {
    env,
    ...(optIn && { resourceTypeOptInPreference: known(optIn, RegionSettingsRules.optInKeys()) }),
    ...(management && { resourceTypeManagementPreference: known(management, RegionSettingsRules.managementKeys()) }),
  };
}

function known(preference: NonNullable<Preference>, keys: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(Object.entries(preference).filter(([key]) => keys.includes(key)));
}

/** Settings of types that Holdfast does not know, as the commands that set them. */
export function commandsOf({ regionSettings = [] }: Estate): string[] {
  return regionSettings.flatMap((settings) => {
    const lists: [string, Preference, readonly string[]][] = [
      ['opt-in', settings.resourceTypeOptInPreference, RegionSettingsRules.optInKeys()],
      ['management', settings.resourceTypeManagementPreference, RegionSettingsRules.managementKeys()],
    ];
    return lists.flatMap(([list, preference, keys]) => {
      const others = Object.entries(preference ?? {}).filter(([key]) => !keys.includes(key));
      const value = JSON.stringify(Object.fromEntries(others));
      return others.length === 0
        ? []
        : [
            `aws backup update-region-settings --region ${settings.env.region} --resource-type-${list}-preference '${value}'`,
          ];
    });
  });
}

/** Settings of an organization as texts, as AWS Backup takes them. */
export function globalSettingsOf(settings: GlobalSettings): Record<string, string> {
  const given = Object.entries(GlobalSettingsRules.render(settings) as Record<string, boolean>);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}

interface Located {
  readonly env: Environment;
  readonly backupVaultName?: string;
  readonly tieringConfigurationName?: string;
}

/** Whether a deployment may make it: AWS makes some vaults by itself, but no tiering configuration of one. */
function isOurs({ backupVaultName, tieringConfigurationName }: Located): boolean {
  return tieringConfigurationName !== undefined || backupVaultName === undefined || !OF_AWS.test(backupVaultName);
}

/** The vault that a restore access vault leads to, where it is declared in the same place. */
export function sourceIn(place: Place, { sourceBackupVaultArn }: RestoreAccessVault): string | undefined {
  return place.logicallyAirGappedVaults.find(
    ({ env, backupVaultName }) => vaultArn(env, backupVaultName) === sourceBackupVaultArn,
  )?.backupVaultName;
}

/** A rule whose windows are written out: the frameworks have defaults of their own. */
export function withWindows(rule: BackupRule): BackupRule & {
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
} {
  return {
    ...rule,
    startWindowMinutes: rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: rule.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
  };
}

/**
 * What neither app declares, as a blueprint beside the code: resources, keys, legal holds, and of an organization its accounts
 * and units, which are there before any plan.
 */
export function accountOf(estate: Estate): string {
  const { resources = [], keys = [], legalHolds = [], organizations = [], vaults = [] } = estate;
  const own = vaults.filter(({ backupVaultName }) => OF_AWS.test(backupVaultName));
  const document = {
    schema: 'holdfast.blueprint/1',
    vaults: own,
    keys,
    legalHolds,
    organizations: organizations.map(withoutDeclared),
    resources,
    resourcesAreComplete: estate.resourcesAreComplete ?? false,
  };
  return `${JSON.stringify(document, withoutPlaces, 2)}\n`;
}

function withoutDeclared({ policies: _, administrators: __, ...tree }: DeclaredOrganization): DeclaredOrganization {
  return tree;
}

/** Where the estate was read has no meaning beside the code. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'declaredAt' ? undefined : value;
}
