/**
 * JSON files of Terraform, and paths between them.
 *
 * Pure: files come through `FileSource`.
 */
import { FileSource, IngestRefusal } from '../artifact';
import { readDocument } from '../document';

/** What JSON objects are before anybody looked at them. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a file. @throws IngestRefusal when there is none */
export function readJsonObject(path: string, files: FileSource): JsonObject {
  if (files.kindOf(path) !== 'file') throw new IngestRefusal(path, '', 'is not a file');
  const parsed = readDocument(path, files, 'plain');
  if (!isJsonObject(parsed)) throw new IngestRefusal(path, '', 'must hold a JSON object');
  return parsed;
}

/** `a/b` from `a` and `b`, `..` and `.` resolved as text. */
export function joinPath(directory: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${directory}/${name}`.split('/')) {
    const last = parts.at(-1);
    if (part === '..' && last !== undefined && last !== '..' && last !== '') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  const joined = parts.join('/');
  return joined === '' ? '.' : joined;
}

/** The directory that a path is in. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}
