/**
 * Documents of Systems Manager that an account made.
 *
 * Owns     the documents by account and Region, each with its versions. None is executed.
 * Units    `…At` are Instants.
 * Source   API of Systems Manager 2014-11-06.
 * Spec     documents.md
 */
import type * as sdk from '@aws-sdk/client-ssm';
import type { Instant } from '../kernel/instant';
import type { TagMap } from './tags';

export interface DocumentVersion {
  readonly version: number;
  readonly versionName: string | undefined;
  readonly content: string;
  readonly format: string;
  readonly targetType: string | undefined;
  /** What the content says of itself. */
  readonly read: DocumentContent;
  readonly createdAt: Instant;
}

export interface DocumentContent {
  readonly schemaVersion: string | undefined;
  readonly description: string | undefined;
  readonly parameters: sdk.DocumentParameter[];
}

export interface Document {
  readonly name: string;
  readonly type: string;
  readonly owner: string;
  /** Oldest first, at least one. */
  readonly versions: DocumentVersion[];
  readonly sharedWith: Set<string>;
  defaultVersion: number;
  tags: TagMap;
}

/** Source: API DocumentVersionLimitExceeded. */
export const DOCUMENT_VERSIONS = 1000;

export function latestOf({ versions }: Document): DocumentVersion {
  return versions.at(-1) as DocumentVersion;
}
