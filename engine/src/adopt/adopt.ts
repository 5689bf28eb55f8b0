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
  Environment,
  Estate,
  LogicallyAirGappedVault,
  RestoreTestingPlan,
} from '@holdfast/model';
import { BackupRuleDefaults } from '@holdfast/model';

/** What lives in one account and Region. */
export interface Place {
  readonly env: Environment;
  readonly vaults: readonly BackupVault[];
  readonly logicallyAirGappedVaults: readonly LogicallyAirGappedVault[];
  readonly plans: readonly BackupPlan[];
  readonly frameworks: readonly BackupFramework[];
  readonly reportPlans: readonly BackupReportPlan[];
  readonly restoreTestingPlans: readonly RestoreTestingPlan[];
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
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

const LISTS = ['plans', 'frameworks', 'reportPlans', 'restoreTestingPlans'] as const;

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
  };
}

interface Located {
  readonly env: Environment;
  readonly backupVaultName?: string;
}

/** Whether a deployment may make it: AWS makes some vaults by itself. */
function isOurs({ backupVaultName }: Located): boolean {
  return backupVaultName === undefined || !OF_AWS.test(backupVaultName);
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
