/**
 * What a resource holds: real bytes, which backups capture and restores bring back.
 *
 * A driver is a class that implements `Content`; nothing else is asked of it. What it captures is a series of entries, each
 * with a name, what is to be known about it, and bytes.
 *
 * Units    sizes are bytes.
 * Spec     content.md
 */

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One thing within a content: a file, a version of an object, a page of items, an extent of a disk. */
export interface ContentEntry {
  /** Unique within the content. Entries come in ascending order of the bytes of their names in UTF-8. */
  readonly name: string;
  /** What restore gets back beside the bytes, such as modes, times and tags. */
  readonly about: { readonly [key: string]: Json };
  /**
   * Equal to that of the entry of the same name in the capture before only where the bytes are the same: then they are not
   * read again. Left out where nothing short of reading them tells.
   */
  readonly version?: string;
  /** How many bytes there are. */
  readonly sizeBytes: number;
  /** The bytes, in pieces of any size; asked for once at most. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** One entry as it was captured. */
export type CapturedEntry = Omit<ContentEntry, 'version'>;

/**
 * What the plan or call asks of a backup, by the name that AWS has for it: `WindowsVSS` of EC2, `BackupACLs` and
 * `BackupObjectTags` of S3; each is `enabled` or `disabled`.
 */
export type CaptureOptions = Readonly<Record<string, string>>;

/** How a capture is to be restored. */
export interface RestoreOrder {
  /** Metadata of the restore job, with the keys that AWS takes. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Id of the restore job, for names that have to be new. */
  readonly restoreJobId: string;
  /** When it began, in the time of the World, for names that AWS makes of it; where it is left out, the id stands there. */
  readonly at?: number;
}

/** What a resource of a World holds. */
export interface Content {
  /** One word for what it is, e.g. `files`: restores go to a content of the same kind. */
  readonly kind: string;
  /** How many bytes a full backup of it takes now. */
  sizeBytes(): Promise<number>;
  /**
   * Changes whenever what it holds may have changed; asked before the clock moves, where a continuous backup records.
   */
  version(): Promise<string>;
  /**
   * Everything that it holds, as it is at one instant, though writers go on.
   *
   * @param options those that the backup has for its resource; none where a plan says nothing
   * @throws Error when there is no such view
   */
  capture(options?: CaptureOptions): AsyncIterable<ContentEntry>;
  /** Whether the last capture, of which all was taken, had to do without the shadow copy that its options asked for. */
  readonly shadowless?: boolean;
  /**
   * Makes another content of what was captured; this one stays as it is. All entries are taken before it returns: an error
   * of theirs (a byte that is not what was stored) has to pass through.
   */
  restore(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<Content>;
  /**
   * Writes what was restored over what this one holds, as AWS restores in place; absent where AWS does not.
   *
   * @param restored what `restore` made
   */
  merge?(restored: Content, order: RestoreOrder): Promise<void>;
  /** Gives back what it took of the machine; what the user brought stays. */
  close?(): Promise<void>;
}
