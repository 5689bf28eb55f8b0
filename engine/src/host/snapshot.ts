/**
 * A served World as a document.
 *
 * Pure.
 * Spec     docs/serve.md, "Snapshots", and docs/schemas/holdfast.snapshot-1.json
 */
import { CONTROL } from '../wire/control';
import { ControlFault } from '../wire/control-body';
import type { CommandJson } from './command';
import { isReset } from './keeper';
import type { WorldBegin } from './world-begin';
import { refuseMalformed } from './snapshot-form';
import { StoreFault } from './store-fault';
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
 * @param enforceIam whether policies decide in Worlds of this server
 * @throws StoreFault saying what is wrong with it
 */
export function readSnapshot(given: unknown, version: string, enforceIam: boolean): Snapshot {
  const snapshot = readDocument<WorldBegin, CommandJson>(KIND, given, version);
  refuseMalformed(snapshot.begin, snapshot.commands);
  const { enforceIam: was = false } = snapshot.begin;
  if (was !== enforceIam) {
    // Whoever serves has said whether policies decide: no World says otherwise, and none is done again under others.
    const how = (on: boolean) => (on ? 'with --enforce-iam' : 'without --enforce-iam');
    throw new StoreFault(`the snapshot was made ${how(was)}, and this server runs ${how(enforceIam)}`);
  }
  return { ...snapshot, commands: sinceBeginning(snapshot.commands) };
}

/** @throws ControlFault where databases were captured: what clients of PostgreSQL wrote into them no command has */
export function refuseDatabases(arns: ReadonlySet<string>): void {
  const [first, ...others] = [...arns].sort();
  if (first !== undefined) {
    const which = others.length === 0 ? first : `${first} and ${others.length} more databases`;
    throw new ControlFault(`the World cannot be a snapshot: it has backups of ${which}, whose bytes no command has`);
  }
}

/**
 * What is done again: after the last reset, which left what the World began with, and in whatever store the World has
 * that is made of it, as that of the one that was told may stand beside it.
 */
function sinceBeginning(commands: readonly CommandJson[]): CommandJson[] {
  const last = commands.map(isReset).lastIndexOf(true);
  return commands.slice(last + 1).map(({ store: _, ...command }) => command);
}

/**
 * The commands of a World that was loaded, with those of the snapshot in place of its loading: else each snapshot of a
 * snapshot would hold the one before. A reset is not told: it left what the snapshot begins with.
 */
export function withoutLoading(commands: readonly CommandJson[]): readonly CommandJson[] {
  const [first, ...later] = commands;
  const request = first?.request;
  if (request === undefined || first?.status !== 200 || !request.path.startsWith(`${CONTROL}snapshot`)) {
    return sinceBeginning(commands);
  }
  const { body, base64 = '' } = request;
  const loaded = JSON.parse(body ?? Buffer.from(base64, 'base64').toString('utf8')) as Snapshot;
  // Its digest was read when it was loaded.
  const read = { request: { method: 'GET', path: `${CONTROL}state`, headers: {} }, status: 200 };
  return [...sinceBeginning(loaded.commands), read, ...later];
}
