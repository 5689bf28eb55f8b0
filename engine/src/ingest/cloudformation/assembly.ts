/**
 * A cloud assembly (`cdk.out`): its stacks and those of its stages, each with account and Region.
 *
 * Pure: files come through `FileSource`.
 * Source   cloud-assembly-schema 55: ArtifactType `aws:cloudformation:stack` and `cdk:cloud-assembly`,
 *          environment `aws://account/region`, `unknown-account` and `unknown-region`.
 */
import type { Environment } from '@holdfast/model';
import type { FileSource, NotRead } from '../artifact';
import { IngestRefusal } from '../artifact';
import { readDocument } from '../document';
import { environmentOf } from '../environments';
import type { StackSource } from './stack';
import { join } from './stack';
import type { Dictionary } from './template';
import { isDictionary } from './template';

/** What an assembly folder holds. */
export interface Assembly {
  readonly stacks: StackSource[];
  readonly notRead: NotRead[];
}

/** Stages may hold stages; deeper than this is refused. */
const MAX_STAGES = 32;

/** Artifacts that belong to the assembly itself and declare nothing. */
const OWN_ARTIFACTS = new Set(['cdk:asset-manifest', 'cdk:tree', 'cdk:feature-flag-report']);

/**
 * The stacks of an assembly folder.
 *
 * @throws IngestRefusal when the manifest is none, or names a template that is missing
 */
export function readAssembly(directory: string, fallback: Environment, files: FileSource, depth = 0): Assembly {
  const file = join(directory, 'manifest.json');
  if (depth > MAX_STAGES) {
    throw new IngestRefusal(file, '', `nests stages deeper than ${MAX_STAGES} levels`);
  }
  const manifest = files.kindOf(file) === 'file' ? readDocument(file, files) : undefined;
  if (manifest === undefined) {
    throw new IngestRefusal(directory, '', 'has no manifest.json; expected a cloud assembly (cdk.out)');
  }
  const artifacts = isDictionary(manifest) ? (manifest['artifacts'] ?? {}) : undefined;
  if (!isDictionary(manifest) || !isDictionary(artifacts)) {
    throw new IngestRefusal(file, '', 'is no manifest of a cloud assembly: expected an object with artifacts');
  }
  const assets = publishedFiles(directory, artifacts, files);
  const found: Assembly = { stacks: [], notRead: missingContext(file, manifest) };
  for (const [id, artifact] of Object.entries(artifacts)) {
    const place = `artifacts.${id}`;
    if (!isDictionary(artifact)) {
      throw new IngestRefusal(file, place, 'must be an object');
    }
    const type = typeof artifact['type'] === 'string' ? artifact['type'] : '';
    const properties = isDictionary(artifact['properties']) ? artifact['properties'] : {};
    if (type === 'aws:cloudformation:stack') {
      found.stacks.push({ ...stackOf(file, directory, id, artifact, properties, fallback, files), assets });
    } else if (type === 'cdk:cloud-assembly') {
      const name = requiredText(file, `${place}.properties`, properties, 'directoryName');
      const stage = readAssembly(join(directory, name), fallback, files, depth + 1);
      found.stacks.push(...stage.stacks);
      found.notRead.push(...stage.notRead);
    } else if (!OWN_ARTIFACTS.has(type)) {
      found.notRead.push({
        path: `${file}: ${place}`,
        type,
        reason: 'not a kind of artifact that is read',
      });
    }
  }
  return found;
}

function stackOf(
  manifest: string,
  directory: string,
  id: string,
  artifact: Dictionary,
  properties: Dictionary,
  fallback: Environment,
  files: FileSource,
): Omit<StackSource, 'assets'> {
  const place = `artifacts.${id}`;
  const file = join(directory, requiredText(manifest, `${place}.properties`, properties, 'templateFile'));
  if (files.kindOf(file) !== 'file') {
    throw new IngestRefusal(manifest, `${place}.properties.templateFile`, `names ${file}, which is missing`);
  }
  const stackName = properties['stackName'];
  return {
    file,
    document: readDocument(file, files),
    stackName: typeof stackName === 'string' && stackName !== '' ? stackName : id,
    env: environmentAt(manifest, `${place}.environment`, artifact['environment'], fallback),
    tags: texts(manifest, `${place}.properties.tags`, properties['tags']),
    parameters: texts(manifest, `${place}.properties.parameters`, properties['parameters']),
  };
}

/** Files of an assembly by the last part of the key that they are published under. */
function publishedFiles(directory: string, artifacts: Dictionary, files: FileSource): Map<string, string> {
  const found = new Map<string, string>();
  for (const artifact of Object.values(artifacts).filter(isDictionary)) {
    const properties = artifact['properties'];
    const name = isDictionary(properties) && artifact['type'] === 'cdk:asset-manifest' ? properties['file'] : undefined;
    const file = typeof name === 'string' ? join(directory, name) : undefined;
    const manifest = file !== undefined && files.kindOf(file) === 'file' ? readDocument(file, files) : undefined;
    const assets = isDictionary(manifest) && isDictionary(manifest['files']) ? manifest['files'] : {};
    for (const asset of Object.values(assets).filter(isDictionary)) {
      const path = isDictionary(asset['source']) ? asset['source']['path'] : undefined;
      for (const destination of Object.values(isDictionary(asset['destinations']) ? asset['destinations'] : {})) {
        const key = isDictionary(destination) ? destination['objectKey'] : undefined;
        if (typeof path === 'string' && typeof key === 'string') {
          found.set(key.slice(key.lastIndexOf('/') + 1), join(directory, path));
        }
      }
    }
  }
  return found;
}

/** The environment of `aws://account/region`, what is unknown filled from `fallback`. */
function environmentAt(file: string, place: string, text: unknown, fallback: Environment): Environment {
  if (text === undefined) {
    return fallback;
  }
  const match = typeof text === 'string' ? /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text) : null;
  if (match === null) {
    throw new IngestRefusal(file, place, `must be aws://account/region, got ${JSON.stringify(text)}`);
  }
  const [, account, region] = match;
  return environmentOf(
    {
      account: account === 'unknown-account' ? undefined : account,
      region: region === 'unknown-region' ? undefined : region,
    },
    fallback,
  );
}

function texts(file: string, place: string, value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, text] of Object.entries(isDictionary(value) ? value : {})) {
    if (typeof text !== 'string') {
      throw new IngestRefusal(file, `${place}.${key}`, 'must be text');
    }
    found[key] = text;
  }
  return found;
}

function requiredText(file: string, place: string, entry: Dictionary, key: string): string {
  const value = entry[key];
  if (typeof value !== 'string' || value === '') {
    throw new IngestRefusal(file, place, `has no ${key}`);
  }
  return value;
}

/** Values that the CDK would have looked up in an account: the templates carry dummies in their place. */
function missingContext(file: string, manifest: Dictionary): NotRead[] {
  const missing = Array.isArray(manifest['missing']) ? manifest['missing'] : [];
  return missing.filter(isDictionary).map((entry) => ({
    path: `${file}: missing.${textOf(entry['key'])}`,
    type: `context ${textOf(entry['provider'])}`,
    reason: 'the CDK did not look this up; templates hold a dummy value',
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
