/**
 * A served World as a document.
 *
 * Pure.
 * Spec     docs/serve.md, "Snapshots", and docs/schemas/holdfast.snapshot-1.json
 */
import { CONTROL } from '../wire/control';
import type { CommandJson } from './command';
import type { WorldBegin } from './served-world';
import { DocumentKind, readDocument, WorldDocument, writeDocument } from './world-document';

const KIND: DocumentKind = { schema: 'holdfast.snapshot/1', noun: 'snapshot' };

export type Snapshot = WorldDocument<WorldBegin, CommandJson>;

export function snapshotOf(
  version: string,
  begin: WorldBegin,
  commands: readonly CommandJson[],
  digest: string,
): Snapshot {
  return writeDocument(KIND, { version, begin, commands, digest });
}

/**
 * Reads a snapshot.
 *
 * @param version that of this Holdfast
 * @throws StoreFault saying what is wrong with it
 */
export function readSnapshot(given: unknown, version: string): Snapshot {
  return readDocument(KIND, given, version);
}

/**
 * The commands of a World that was loaded, with those of the snapshot in place of its loading: else each snapshot of a
 * snapshot would hold the one before.
 */
export function withoutLoading(commands: readonly CommandJson[]): readonly CommandJson[] {
  const [first, ...later] = commands;
  const request = first?.request;
  if (request?.body === undefined || first?.status !== 200 || !request.path.startsWith(`${CONTROL}snapshot`)) {
    return commands;
  }
  // Its digest was read when it was loaded.
  const read = { request: { method: 'GET', path: `${CONTROL}state`, headers: {} }, status: 200 };
  return [...(JSON.parse(request.body) as Snapshot).commands, read, ...later];
}
