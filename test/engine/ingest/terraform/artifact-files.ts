import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource, ReadOptions, ReadResult } from '../../../../engine/src/ingest/artifact';
import { detectTerraform } from '../../../../engine/src/ingest/terraform/detect-terraform';
import { readTerraform } from '../../../../engine/src/ingest/terraform/read-terraform';

/** Files of the disk. */
export const disk: FileSource = {
  kindOf: (path) => (!existsSync(path) ? undefined : statSync(path).isDirectory() ? 'directory' : 'file'),
  list: (path) => readdirSync(path).sort(),
  sizeBytes: (path) => statSync(path).size,
  read: (path) => readFileSync(path, 'utf8').replace(/^\uFEFF/, ''),
};

/** Files that live in memory, by path; text, or JSON to be written as text. */
export function inMemory(contents: Readonly<Record<string, unknown>>): FileSource {
  const text = (path: string): string => {
    const content = contents[path];
    return typeof content === 'string' ? content : JSON.stringify(content);
  };
  const under = (path: string): string[] =>
    Object.keys(contents).flatMap((name) =>
      path === '.' ? [name] : name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : [],
    );
  return {
    kindOf: (path) => (path in contents ? 'file' : under(path).length > 0 ? 'directory' : undefined),
    list: (path) => [...new Set(under(path).map((name) => name.split('/')[0] ?? ''))].sort(),
    sizeBytes: (path) => Buffer.byteLength(text(path)),
    read: text,
  };
}

export const ENV = { partition: 'aws', account: '123456789012', region: 'us-east-1' };

export function options(given: Partial<ReadOptions> = {}): ReadOptions {
  return { env: ENV, parameters: {}, values: {}, ...given };
}

/** Detects and reads files that live in memory. */
export function readFiles(
  contents: Readonly<Record<string, unknown>>,
  paths: readonly string[],
  given: Partial<ReadOptions> = {},
): ReadResult {
  const files = inMemory(contents);
  return readPaths(paths, files, given);
}

export function readPaths(paths: readonly string[], files: FileSource, given: Partial<ReadOptions> = {}): ReadResult {
  const inputs = paths.map((path) => {
    const input = detectTerraform(path, files);
    if (input === undefined) throw new Error(`${path} is none of Terraform's`);
    return input;
  });
  return readTerraform(inputs, options(given), files);
}

/** A configuration in one file `s.tf.json`. */
export function readConfiguration(json: unknown, given: Partial<ReadOptions> = {}): ReadResult {
  return readFiles({ 's.tf.json': json }, ['s.tf.json'], given);
}

/** The path of a committed fixture. */
export function fixture(name: string): string {
  return join(__dirname, 'fixtures', name);
}
