/**
 * Tells which of Terraform's forms a path holds, from its names and the keys of its JSON.
 *
 * Pure: files come through `FileSource`.
 * Source   Terraform docs, "JSON Output Format" (`planned_values`, `values`); output of cdktf 0.21 (manifest.json).
 */
import type { FileSource } from '../artifact';
import { isJsonObject, joinPath, JsonObject, readJsonObject } from './json-file';
import type { TerraformInput } from './read-terraform';

/** The form that `path` holds, undefined when it is none of Terraform's. */
export function detectTerraform(path: string, files: FileSource): TerraformInput | undefined {
  const kind = files.kindOf(path);
  if (kind === 'directory') return inDirectory(path, files);
  return kind === 'file' ? inFile(path, files) : undefined;
}

function inDirectory(path: string, files: FileSource): TerraformInput | undefined {
  const names = files.list(path);
  if (names.includes('manifest.json') && isCdktfManifest(readJsonObject(joinPath(path, 'manifest.json'), files))) {
    return { kind: 'cdktf.out', path };
  }
  return names.some((name) => name.endsWith('.tf.json')) ? { kind: 'cdk.tf.json', path } : undefined;
}

/** A cloud assembly's manifest has `artifacts`, cdktf's has `stacks`. */
function isCdktfManifest(json: JsonObject): boolean {
  return isJsonObject(json['stacks']) && json['artifacts'] === undefined;
}

function inFile(path: string, files: FileSource): TerraformInput | undefined {
  if (path.endsWith('.tf.json')) return { kind: 'cdk.tf.json', path };
  const json = objectIn(path, files);
  if (json === undefined) return undefined;
  if (path.endsWith('manifest.json') && isCdktfManifest(json)) {
    const directory = path.slice(0, -'manifest.json'.length).replace(/\/$/, '');
    return { kind: 'cdktf.out', path: directory === '' ? '.' : directory };
  }
  if (isJsonObject(json['planned_values'])) return { kind: 'plan', path };
  if (typeof json['format_version'] === 'string' && (isJsonObject(json['values']) || isEmptyState(json)))
    return { kind: 'state', path };
  return isConfiguration(json) ? { kind: 'cdk.tf.json', path } : undefined;
}

/** Text that opens as JSON; whether it is JSON the reader says. */
function objectIn(path: string, files: FileSource): JsonObject | undefined {
  return /^\s*\{/.test(files.read(path).slice(0, 1000)) ? readJsonObject(path, files) : undefined;
}

/** A state without resources is its versions and nothing else. */
function isEmptyState(json: JsonObject): boolean {
  return (
    typeof json['terraform_version'] === 'string' && json['values'] === undefined && json['configuration'] === undefined
  );
}

/** Synthesized JSON under another name. */
function isConfiguration(json: JsonObject): boolean {
  const kinds = ['terraform', 'provider', 'variable', 'locals', 'module', 'data', 'output', '//'];
  return isJsonObject(json['resource']) && Object.keys(json).every((key) => key === 'resource' || kinds.includes(key));
}
