/**
 * What an account has declared, written as code: the same vaults, plans and selections, and nothing beside them.
 *
 * Pure: an estate in, files out.
 * Source   design.md section 2, `adopt`. The constructs of lib/ and provider/ would add defaults of their own (policies,
 *          keys); the plain resources of the frameworks say what is there and no more.
 */
import type {
  BackupPlan,
  BackupRule,
  BackupVault,
  Environment,
  Estate,
  LogicallyAirGappedVault,
} from '@holdfast/model';
import { BackupRuleDefaults } from '@holdfast/model';

/** What lives in one account and Region. */
export interface Place {
  readonly env: Environment;
  readonly vaults: readonly BackupVault[];
  readonly logicallyAirGappedVaults: readonly LogicallyAirGappedVault[];
  readonly plans: readonly BackupPlan[];
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
  const places = new Map<
    string,
    { env: Environment; vaults: BackupVault[]; gaps: LogicallyAirGappedVault[]; plans: BackupPlan[] }
  >();
  const at = (env: Environment) => {
    const key = `${env.account} ${env.region}`;
    const known = places.get(key) ?? { env, vaults: [], gaps: [], plans: [] };
    places.set(key, known);
    return known;
  };
  for (const vault of estate.vaults ?? []) {
    if (!OF_AWS.test(vault.backupVaultName)) {
      at(vault.env).vaults.push(vault);
    }
  }
  for (const vault of estate.logicallyAirGappedVaults ?? []) {
    at(vault.env).gaps.push(vault);
  }
  for (const plan of estate.plans ?? []) {
    at(plan.env).plans.push(plan);
  }
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { env, vaults, gaps, plans }]) => ({ env, vaults, logicallyAirGappedVaults: gaps, plans }));
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

/** What neither framework declares, as a blueprint beside the code: resources, and the opt-in settings of accounts. */
export function accountOf({
  resources = [],
  regionSettings = [],
  resourcesAreComplete = false,
  vaults = [],
}: Estate): string {
  const own = vaults.filter(({ backupVaultName }) => OF_AWS.test(backupVaultName));
  const document = { schema: 'holdfast.blueprint/1', vaults: own, resources, regionSettings, resourcesAreComplete };
  return `${JSON.stringify(document, withoutPlaces, 2)}\n`;
}

/** Where the estate was read has no meaning beside the code. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'declaredAt' ? undefined : value;
}
