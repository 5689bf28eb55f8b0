/**
 * A World as a document: what it began with, and every command since.
 *
 * Pure.
 * Spec     docs/serve.md, "Snapshots", and docs/schemas/holdfast.snapshot-1.json
 */
import { createHash } from 'node:crypto';
import type { CommandJson } from './command';
import { StoreFault } from './store-fault';
import { newerThan } from './versions';
import type { WorldBegin } from './served-world';

const SCHEMA = 'holdfast.snapshot/1';

export interface Snapshot {
  readonly schema: string;
  /** Which Holdfast wrote it. */
  readonly version: string;
  /** What the World began with. */
  readonly begin: WorldBegin;
  /** Oldest first. */
  readonly commands: readonly CommandJson[];
  /** Of the World's events: whoever does the commands again must come to the same. */
  readonly digest: string;
  /** Over everything above. */
  readonly checksum: string;
}

export function snapshotOf(
  version: string,
  begin: WorldBegin,
  commands: readonly CommandJson[],
  digest: string,
): Snapshot {
  const said = { schema: SCHEMA, version, begin, commands, digest };
  return { ...said, checksum: checksumOf(said) };
}

/**
 * Reads a snapshot.
 *
 * @param version that of this Holdfast
 * @throws StoreFault saying what is wrong with it
 */
export function readSnapshot(given: unknown, version: string): Snapshot {
  const { schema, checksum, ...said } = (typeof given === 'object' && given !== null ? given : {}) as Partial<Snapshot>;
  if (schema !== SCHEMA) {
    throw new StoreFault(`a snapshot must have schema ${SCHEMA}, got ${JSON.stringify(schema)}`);
  }
  const { version: by, begin, commands, digest } = said;
  if (by === undefined || begin === undefined || !Array.isArray(commands) || digest === undefined) {
    throw new StoreFault('the snapshot is not whole: it must have version, begin, commands and digest');
  }
  const read = { schema, version: by, begin, commands, digest };
  const is = checksumOf(read);
  if (checksum !== is) {
    throw new StoreFault(`the snapshot is damaged: its checksum is ${is}, and it says ${JSON.stringify(checksum)}`);
  }
  if (newerThan(by, version)) {
    throw new StoreFault(`the snapshot was written by Holdfast ${by}, and this is ${version}`);
  }
  return { ...read, checksum: is };
}

function checksumOf(said: Omit<Snapshot, 'checksum'>): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(said), 'utf8').digest('hex')}`;
}
