/**
 * A module as its `*.tf.json` files write it: blocks by kind, nothing evaluated.
 *
 * Pure.
 * Source   Terraform language docs, "JSON Configuration Syntax: Block Mapping".
 */
import { IngestRefusal } from '../artifact';
import { isJsonObject, JsonObject } from './json-file';

export interface ResourceBlock {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

export interface Configuration {
  readonly file: string;
  readonly directory: string;
  readonly variables: ReadonlyMap<string, JsonObject>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly modules: ReadonlyMap<string, JsonObject>;
  /** Bodies of `provider` blocks by name, aliases inside. */
  readonly providers: readonly (readonly [name: string, body: JsonObject])[];
  readonly resources: readonly ResourceBlock[];
  readonly backend: { readonly type: string; readonly config: JsonObject } | undefined;
  readonly stackName: string | undefined;
  /** Block types that hold nothing that we read, e.g. `check`, `import`. */
  readonly others: readonly string[];
}

/** Comments and settings of Terraform itself. */
const SILENT = new Set(['//', 'terraform', 'moved', 'removed', 'check', 'import']);
const READ = new Set(['variable', 'locals', 'output', 'module', 'provider', 'resource', 'data']);

/** @throws IngestRefusal when the JSON has another shape */
export function configurationOf(file: string, directory: string, json: JsonObject): Configuration {
  const blocks = (kind: string): Map<string, JsonObject> => new Map(labelled(file, kind, json[kind], 1).map(one));
  return {
    file,
    directory,
    variables: blocks('variable'),
    locals: new Map(bodies(file, 'locals', json['locals']).flatMap((body) => visible(body))),
    outputs: blocks('output'),
    modules: blocks('module'),
    providers: labelled(file, 'provider', json['provider'], 1).map(one),
    resources: [...resources(file, 'managed', json['resource']), ...resources(file, 'data', json['data'])],
    backend: backendOf(file, json),
    stackName: stackNameOf(json),
    others: Object.keys(json).filter((key) => !SILENT.has(key) && !READ.has(key)),
  };
}

/** Several files of one directory are one module. */
export function joined(parts: readonly Configuration[]): Configuration {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('no configuration to join');
  return others.reduce(
    (all, part) => ({
      ...all,
      variables: new Map([...all.variables, ...part.variables]),
      locals: new Map([...all.locals, ...part.locals]),
      outputs: new Map([...all.outputs, ...part.outputs]),
      modules: new Map([...all.modules, ...part.modules]),
      providers: [...all.providers, ...part.providers],
      resources: [...all.resources, ...part.resources],
      backend: all.backend ?? part.backend,
      stackName: all.stackName ?? part.stackName,
      others: [...all.others, ...part.others],
    }),
    first,
  );
}

function resources(file: string, mode: 'managed' | 'data', json: unknown): ResourceBlock[] {
  const kind = mode === 'data' ? 'data' : 'resource';
  return labelled(file, kind, json, 2).map(([labels, body]) => ({
    mode,
    type: labels[0] ?? '',
    name: labels[1] ?? '',
    body,
  }));
}

function one([labels, body]: readonly [readonly string[], JsonObject]): [string, JsonObject] {
  return [labels[0] ?? '', body];
}

/** Blocks with their labels; at every level an object, or a list of objects. */
function labelled(file: string, place: string, json: unknown, depth: number): [string[], JsonObject][] {
  return bodies(file, place, json).flatMap((body): [string[], JsonObject][] => {
    if (depth === 0) return [[[], body]];
    return visible(body).flatMap(([label, inner]) =>
      labelled(file, `${place}.${label}`, inner, depth - 1).map(([labels, found]): [string[], JsonObject] => [
        [label, ...labels],
        found,
      ]),
    );
  });
}

function bodies(file: string, place: string, json: unknown): JsonObject[] {
  if (json === undefined || json === null) return [];
  return (Array.isArray(json) ? json : [json]).map((body: unknown) => {
    if (!isJsonObject(body))
      throw new IngestRefusal(file, place, `must be an object, got ${JSON.stringify(body)?.slice(0, 80)}`);
    return body;
  });
}

/** `//` is a comment wherever a block stands. */
function visible(body: JsonObject): [string, unknown][] {
  return Object.entries(body).filter(([key]) => key !== '//');
}

function backendOf(file: string, json: JsonObject): Configuration['backend'] {
  for (const terraform of bodies(file, 'terraform', json['terraform'])) {
    const [found] = labelled(file, 'terraform.backend', terraform['backend'], 1);
    if (found !== undefined) return { type: found[0][0] ?? '', config: found[1] };
    const [cloud] = bodies(file, 'terraform.cloud', terraform['cloud']);
    if (cloud !== undefined) return { type: 'remote', config: cloud };
  }
  return undefined;
}

function stackNameOf(json: JsonObject): string | undefined {
  const comment = json['//'];
  const metadata = isJsonObject(comment) ? comment['metadata'] : undefined;
  const name = isJsonObject(metadata) ? metadata['stackName'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
