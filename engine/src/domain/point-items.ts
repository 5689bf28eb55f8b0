/**
 * Items of a recovery point, as its index has them.
 *
 * Pure: types.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   API S3ResultItem, EBSResultItem.
 * Spec     searches.md
 */
import type { Instant } from '../kernel/instant';

/** A version of an object. */
export interface ObjectItem {
  readonly type: 'S3';
  readonly key: string;
  readonly versionId: string;
  readonly sizeBytes: number;
  readonly createdAt: Instant;
  readonly etag: string;
}

/** A file in a file system of a volume. */
export interface FileItem {
  readonly type: 'EBS';
  readonly filePath: string;
  readonly fileSystemIdentifier: string;
  readonly sizeBytes: number;
  /** Undefined where the file system does not keep it. */
  readonly createdAt: Instant | undefined;
  readonly modifiedAt: Instant;
}

export type PointItem = ObjectItem | FileItem;
