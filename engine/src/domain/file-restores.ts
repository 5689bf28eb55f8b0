/**
 * Restores of single files out of an indexed snapshot of EBS: what of the metadata asks for them, and where they go.
 *
 * Pure: metadata in, paths, a name or a refusal out.
 * Source   B8/7 (keys), B15 (how many at once). Assumed: texts; that a path may name its file system before a colon; that one of a
 *          folder stands for all that is in it.
 * Spec     restore-job.md
 */
import { parseJson } from '../kernel/json';
import type { Metadata } from './restore-job';
import { valueOf } from './restore-job';

const BUCKET = 'destinationBucketName';
const PATHS = 'pathsToRestore';
const ENCRYPTIONS = ['SSE-S3', 'SSE-KMS'];
const FILE_SYSTEM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\/.*)$/i;

/** A file or folder that is asked for. */
export interface WantedPath {
  /** As it was given. */
  readonly given: string;
  readonly path: string;
  /** Undefined where any file system of the volume will do. */
  readonly fileSystemIdentifier: string | undefined;
}

/** Whether a restore is one of files: one of the keys says so that no other restore of EBS has. */
export function restoresFiles(resourceType: string, metadata: Metadata): boolean {
  return resourceType === 'EBS' && ['restoreType', BUCKET, PATHS].some((key) => valueOf(metadata, key) !== undefined);
}

/** What is wrong with the metadata of a restore of files; undefined when nothing is. */
export function fileRestoreFault(metadata: Metadata): string | undefined {
  const absent = [BUCKET, PATHS].find((key) => (valueOf(metadata, key) ?? '') === '');
  if (absent !== undefined) {
    return `Metadata key ${absent} is required to restore files of EBS.`;
  }
  const encryption = valueOf(metadata, 'encryptionType');
  if (encryption !== undefined && !ENCRYPTIONS.includes(encryption)) {
    return `Metadata key encryptionType must be SSE-S3 or SSE-KMS, got ${encryption}.`;
  }
  const paths = listOf(valueOf(metadata, PATHS) ?? '');
  return paths === undefined || paths.length === 0 || paths.some((path) => !partsOf(path).path.startsWith('/'))
    ? `Metadata key ${PATHS} must be a JSON list of paths that begin with /, got ${valueOf(metadata, PATHS)}.`
    : undefined;
}

export function wantedPaths(metadata: Metadata): WantedPath[] {
  return (listOf(valueOf(metadata, PATHS) ?? '') ?? []).map(partsOf);
}

export function destinationBucket(metadata: Metadata): string {
  return valueOf(metadata, BUCKET) ?? '';
}

function partsOf(given: string): WantedPath {
  const [, fileSystemIdentifier, path = given] = FILE_SYSTEM.exec(given) ?? [];
  return { given, path, fileSystemIdentifier: fileSystemIdentifier?.toLowerCase() };
}

function listOf(text: string): string[] | undefined {
  try {
    const read: unknown = parseJson(text);
    return Array.isArray(read) && read.every((one) => typeof one === 'string') ? read : undefined;
  } catch {
    return undefined;
  }
}
