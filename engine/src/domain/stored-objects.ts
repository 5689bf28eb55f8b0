/**
 * Objects of a bucket, in the versions that stand.
 *
 * Owns     versions by key, the newest first, and that their bodies are needed.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   S3 user guide, "How S3 Versioning works" (read 2026-11-26).
 * Spec     buckets.md
 */
import type { Instant } from '../kernel/instant';
import type { Bodies, Body } from './bodies';

/** Versioning of a bucket; undefined where it was never turned on. */
export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** Id of the version that is written without versioning. */
export const NULL_VERSION = 'null';

export interface Checksum {
  /** As the header's name ends, e.g. `CRC32`. */
  readonly algorithm: string;
  /** Base64; of a composite one with the count of parts. */
  readonly value: string;
  readonly composite: boolean;
}

/** What an access control list lets somebody do. */
export interface AclGrant {
  /** Id of a canonical user, or URI of a group. */
  readonly grantee: { readonly id: string } | { readonly uri: string };
  readonly permission: string;
}

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
  readonly createdAt: Instant;
  /** It says that the key was deleted, and holds nothing. */
  readonly deleteMarker: boolean;
  readonly sizeBytes: number;
  /** Hex digits, without quotes. */
  readonly etag: string;
  readonly body: Body;
  /** Headers that come back as they were given, by the name that S3's API has for them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
  /** Sizes of the parts that it was made of; undefined for what came whole. */
  readonly partSizes: readonly number[] | undefined;
  tags: Readonly<Record<string, string>>;
  /** Undefined where nobody set any: its owner alone has a grant. */
  acl?: readonly AclGrant[] | undefined;
}

/** Source: AWS Backup developer guide, "Amazon S3 backups": the classes that it does not read. */
const ARCHIVED = ['GLACIER', 'DEEP_ARCHIVE'];

/** Whether backups leave it out. */
export function isArchived({ headers }: StoredObject): boolean {
  return ARCHIVED.includes(headers['StorageClass'] ?? '');
}

/** What a deletion left behind. */
export interface Deletion {
  readonly versionId: string | undefined;
  /** A marker was made, or the version that went was one. */
  readonly deleteMarker: boolean;
}

export class StoredObjects {
  private readonly byKey = new Map<string, StoredObject[]>();
  private sorted: readonly string[] | undefined;

  /** Of all versions that stand. */
  get sizeBytes(): number {
    return this.total;
  }

  private total = 0;

  /** @param bodies told which bodies are needed */
  constructor(private readonly bodies?: Bodies) {}

  /** Every key that has a version, a marker among them, in the order of its bytes. */
  keys(): readonly string[] {
    this.sorted ??= [...this.byKey.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return this.sorted;
  }

  get isEmpty(): boolean {
    return this.byKey.size === 0;
  }

  /** The newest first. */
  versions(key: string): readonly StoredObject[] {
    return this.byKey.get(key) ?? [];
  }

  /** The version of an id, or the newest; that may be a marker. */
  tryFind(key: string, versionId?: string): StoredObject | undefined {
    const versions = this.versions(key);
    return versionId === undefined ? versions[0] : versions.find((one) => one.versionId === versionId);
  }

  /** Puts a version in front; one of the same id is replaced. */
  put(version: StoredObject): void {
    this.drop(version.key, version.versionId);
    const versions = this.byKey.get(version.key);
    if (versions === undefined) {
      this.byKey.set(version.key, [version]);
      this.sorted = undefined;
    } else {
      versions.unshift(version);
    }
    this.total += version.sizeBytes;
    this.bodies?.hold(version.body);
  }

  /** Takes the version of an id away. */
  drop(key: string, versionId: string): StoredObject | undefined {
    const versions = this.byKey.get(key) ?? [];
    const index = versions.findIndex((one) => one.versionId === versionId);
    const [dropped] = index < 0 ? [] : versions.splice(index, 1);
    if (versions.length === 0 && this.byKey.delete(key)) {
      this.sorted = undefined;
    }
    if (dropped !== undefined) {
      this.total -= dropped.sizeBytes;
      this.bodies?.drop(dropped.body);
    }
    return dropped;
  }

  /** Nothing stands any more. */
  clear(): void {
    for (const key of this.keys()) {
      [...this.versions(key)].forEach(({ versionId }) => this.drop(key, versionId));
    }
  }

  /** Deletes a key, as its bucket's versioning has it. */
  delete(key: string, versioning: Versioning, marker: () => StoredObject): Deletion {
    if (versioning === undefined) {
      this.drop(key, NULL_VERSION);
      return { versionId: undefined, deleteMarker: false };
    }
    const made = marker();
    this.put(made);
    return { versionId: made.versionId, deleteMarker: true };
  }
}
