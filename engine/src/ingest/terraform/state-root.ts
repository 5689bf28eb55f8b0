/**
 * The resources of `terraform show -json` of a state: every value is known.
 *
 * Pure: files come through `FileSource`.
 * Source   Terraform docs, "JSON Output Format: Values Representation".
 * Assumed  A state has no providers: a resource lives where its ARN says, else where most of the others live.
 */
import type { Environment } from '@holdfast/model';
import { IngestRefusal } from '../artifact';
import { environmentOf, partitionOf } from '../environments';
import { ExpressionFault, fromJson, Value } from './expression/values';
import { isJsonObject, JsonObject, readJsonObject } from './json-file';
import type { Reading } from './reading';
import { once } from './reading';
import { Resource } from './resource';
import type { Root } from './root';

/** Attributes that say where a resource lives. */
const PLACES = ['arn', 'backup_vault_arn', 'volume_arn'];

export function stateRoot(path: string, reading: Reading): Root {
  const json = readJsonObject(path, reading.files);
  const values = json['values'] ?? {};
  if (!isJsonObject(values)) throw new IngestRefusal(path, 'values', 'must be an object');
  const entries = entriesOf(path, 'values.root_module', values['root_module'] ?? {});
  const fallback = once(() => homeOf(entries, reading.options.env));
  const outputs = isJsonObject(values['outputs']) ? values['outputs'] : {};
  return {
    file: path,
    resources: once(() => entries.map((entry) => stateResource(path, entry, fallback, reading))),
    outputNames: () => Object.keys(outputs),
    output: (name) => {
      const output = outputs[name];
      if (!isJsonObject(output)) throw new ExpressionFault(`there is no output "${name}"`);
      return fromJson(output['value']);
    },
  };
}

/** One entry of `resources`, its values checked. */
export interface StateEntry {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: JsonObject;
}

/** Resources of a module and of its children, in the order of the file. @throws IngestRefusal */
export function entriesOf(file: string, place: string, module: unknown): StateEntry[] {
  if (!isJsonObject(module)) throw new IngestRefusal(file, place, 'must be an object');
  const own = listOf(file, `${place}.resources`, module['resources']).flatMap((entry, i): StateEntry[] => {
    const { address, mode, type, values } = entry;
    if (typeof address !== 'string' || typeof type !== 'string' || (mode !== 'managed' && mode !== 'data')) {
      throw new IngestRefusal(file, `${place}.resources[${i}]`, 'must have an address, a mode and a type');
    }
    if (address.length > 2000) {
      throw new IngestRefusal(
        file,
        `${place}.resources[${i}].address`,
        `must have at most 2000 characters, got ${address.length}`,
      );
    }
    // A deposed object is about to be destroyed.
    if (entry['deposed_key'] !== undefined) return [];
    return [{ address, mode, type, values: isJsonObject(values) ? values : {} }];
  });
  const children = listOf(file, `${place}.child_modules`, module['child_modules']);
  return [...own, ...children.flatMap((child, i) => entriesOf(file, `${place}.child_modules[${i}]`, child))];
}

export function listOf(file: string, place: string, json: unknown): JsonObject[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) throw new IngestRefusal(file, place, 'must be a list');
  return json.map((item: unknown, i) => {
    if (!isJsonObject(item)) throw new IngestRefusal(file, `${place}[${i}]`, 'must be an object');
    return item;
  });
}

function stateResource(file: string, entry: StateEntry, fallback: () => Environment, reading: Reading): Resource {
  const { address, mode, type, values } = entry;
  return new Resource(
    {
      file,
      address,
      mode,
      type,
      declared: (name) => (Object.hasOwn(values, name) ? fromJson(values[name]) : undefined),
      env: () => placeOf(type, values, fallback()),
      defaultTags: (): Value => null,
      written: () => undefined,
    },
    reading,
  );
}

/** Where the values of a resource say that it lives; `fallback` for what they leave open. */
export function placeOf(type: string, values: JsonObject, fallback: Environment): Environment {
  const stated = PLACES.map((name) => values[name]).find(
    (value) => typeof value === 'string' && value.startsWith('arn:'),
  );
  const [, partition, , region = '', account = ''] = typeof stated === 'string' ? stated.split(':') : [];
  const own = type === 'aws_backup_region_settings' ? values['id'] : values['region'];
  const place = region !== '' ? region : typeof own === 'string' && own !== '' ? own : fallback.region;
  return {
    partition: partition ?? (place === fallback.region ? fallback.partition : partitionOf(place)),
    account: account === '' ? fallback.account : account,
    region: place,
  };
}

/** The account and Region that most ARNs name. */
function homeOf(entries: readonly StateEntry[], fallback: Environment): Environment {
  const counts = new Map<string, number>();
  for (const { type, mode, values } of entries) {
    const { account, region } = placeOf(type, values, { partition: '', account: '', region: '' });
    if (mode === 'data' && type === 'aws_caller_identity' && typeof values['account_id'] === 'string') {
      count(counts, `${values['account_id']}/`);
    }
    if (account !== '' && region !== '') count(counts, `${account}/${region}`);
  }
  const most = (part: number): string | undefined => {
    const sums = new Map<string, number>();
    for (const [key, n] of counts) {
      const name = key.split('/')[part] ?? '';
      if (name !== '') sums.set(name, (sums.get(name) ?? 0) + n);
    }
    return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0];
  };
  return environmentOf({ account: most(0), region: most(1) }, fallback);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
