/**
 * The resources of `terraform show -json` of a plan.
 *
 * Pure: files come through `FileSource`.
 * Source   Terraform docs, "JSON Output Format: Plan Representation".
 */
import { IngestRefusal } from '../artifact';
import { ExpressionFault, fromJson } from './expression/values';
import { isJsonObject, JsonObject, readJsonObject } from './json-file';
import { PlanModule } from './plan-module';
import type { Reading } from './reading';
import { once } from './reading';
import type { Root } from './root';
import { entriesOf, listOf } from './state-root';

/** One instance of a resource or data source in a plan. */
export interface PlanEntry {
  readonly address: string;
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index: number | string | undefined;
  readonly values: JsonObject;
  /** What of the values is known only after apply. */
  readonly unknown: JsonObject;
}

/** What the modules of one plan share. */
export interface Plan {
  readonly file: string;
  readonly reading: Reading;
  readonly entries: readonly PlanEntry[];
  readonly variables: JsonObject;
  readonly providers: JsonObject;
  /** Accounts that a data source found while planning, by provider. */
  readonly accounts: Map<string, string>;
}

/** @throws IngestRefusal when it is the plan of a failed run, or lacks a part */
export function planRoot(path: string, reading: Reading): Root {
  const json = readJsonObject(path, reading.files);
  if (json['errored'] === true) throw new IngestRefusal(path, '', 'is the plan of a run that failed');
  const configuration = part(path, 'configuration', json['configuration'] ?? {});
  const plan: Plan = {
    file: path,
    reading,
    entries: planEntries(path, json),
    variables: part(path, 'variables', json['variables'] ?? {}),
    providers: part(path, 'configuration.provider_config', configuration['provider_config'] ?? {}),
    accounts: new Map(),
  };
  const root = new PlanModule(
    plan,
    '',
    part(path, 'configuration.root_module', configuration['root_module'] ?? {}),
    undefined,
  );
  const planned = part(path, 'planned_values', json['planned_values'] ?? {});
  const outputs = isJsonObject(planned['outputs']) ? planned['outputs'] : {};
  return {
    file: path,
    resources: once(() => root.resources(), []),
    outputNames: () => [...new Set([...Object.keys(outputs), ...root.outputNames()])],
    output: (name) => {
      const known = outputs[name];
      if (isJsonObject(known) && 'value' in known) return fromJson(known['value']);
      if (!root.outputNames().includes(name)) throw new ExpressionFault(`there is no output "${name}"`);
      return root.output(name);
    },
  };
}

function part(file: string, place: string, json: unknown): JsonObject {
  if (!isJsonObject(json)) throw new IngestRefusal(file, place, 'must be an object');
  return json;
}

/** Changes carry what is not known; what needs no change, and data read while planning, stands elsewhere. */
function planEntries(file: string, json: JsonObject): PlanEntry[] {
  const changes = listOf(file, 'resource_changes', json['resource_changes']).flatMap((change, i): PlanEntry[] =>
    isJsonObject(change['change']) && !isGone(change)
      ? [changeEntry(file, `resource_changes[${i}]`, change, change['change'])]
      : [],
  );
  const seen = new Set(changes.map((entry) => entry.address));
  const planned = part(file, 'planned_values', json['planned_values'] ?? {});
  const prior =
    isJsonObject(json['prior_state']) && isJsonObject(json['prior_state']['values'])
      ? json['prior_state']['values']
      : {};
  const known = [
    ...entriesOf(file, 'planned_values.root_module', planned['root_module'] ?? {}),
    ...entriesOf(file, 'prior_state.values.root_module', prior['root_module'] ?? {}).filter(
      ({ mode }) => mode === 'data',
    ),
  ];
  return [
    ...changes,
    ...known.flatMap((entry): PlanEntry[] => {
      if (seen.has(entry.address)) return [];
      seen.add(entry.address);
      const { module, name, index } = partsOf(entry.address);
      return [{ ...entry, module, name, index, unknown: {} }];
    }),
  ];
}

function isGone(change: JsonObject): boolean {
  const actions = isJsonObject(change['change']) ? change['change']['actions'] : undefined;
  const list = Array.isArray(actions) ? actions : [];
  return change['deposed'] !== undefined || (list.length === 1 && (list[0] === 'delete' || list[0] === 'forget'));
}

function changeEntry(file: string, place: string, entry: JsonObject, change: JsonObject): PlanEntry {
  const { address, type, mode } = entry;
  if (typeof address !== 'string' || typeof type !== 'string' || (mode !== 'managed' && mode !== 'data')) {
    throw new IngestRefusal(file, place, 'must have an address, a mode and a type');
  }
  if (address.length > 2000)
    throw new IngestRefusal(file, `${place}.address`, `must have at most 2000 characters, got ${address.length}`);
  const { after, after_unknown: unknown } = change;
  return {
    address,
    mode,
    type,
    ...partsOf(address),
    values: isJsonObject(after) ? after : {},
    unknown: isJsonObject(unknown) ? unknown : {},
  };
}

/** Module, name and key out of `module.m["a"].data.aws_x.y[0]`. */
function partsOf(address: string): { module: string; name: string; index: number | string | undefined } {
  const own = /^(.*?)\.?(?:data\.)?[\w-]+\.([\w-]+)(?:\[(\d+|"(?:[^"\\]|\\.)*")\])?$/s.exec(address);
  const key = own?.[3];
  return {
    module: (own?.[1] ?? '').replace(/\.data$/, ''),
    name: own?.[2] ?? address,
    index: key === undefined ? undefined : key.startsWith('"') ? keyText(key) : Number(key),
  };
}

/** The text of a quoted key. */
export function keyText(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
