/**
 * The lives of the recovery points of a resource, those that are gone included.
 *
 * Pure: reads the events that a World kept, and the points that live.
 * Units    `…At` are Instants; NEVER where there is no end yet.
 * Source   B4.1/5 (a point is created when its job starts), B5.3/1 (how old continuous backups are), B5.1 (STOPPED).
 */
import { latestRestorableOf } from '../domain/continuous';
import { encryptionOf } from '../domain/encryption';
import {
  ABORTED,
  BACKUP_JOB,
  COMPLETED,
  COPY_JOB,
  EXPIRED,
  FAILED,
  POINT_DELETED,
  POINT_STOPPED,
} from '../domain/event-codes';
import type { Stretch } from '../domain/keys';
import { CONTINUOUS_BY_RULE, CONTINUOUS_REFRESHED } from '../domain/reasons';
import { eventView } from '../domain/show';
import type { EventView } from '../domain/views';
import type { WorldState } from '../domain/world-state';
import type { KeptEvent } from '../kernel/event-log';
import { Instant, NEVER } from '../kernel/instant';

/** One point, from the state of the data that it holds to its end. */
export interface PointLife {
  readonly backupVaultArn: string;
  /** What it holds is the state of then. */
  readonly createdAt: Instant;
  /** From when on it can be restored. */
  readonly availableAt: Instant;
  readonly endedAt: Instant;
  readonly copy: boolean;
  /** It follows the data instead of holding the state of one instant. */
  readonly continuous: boolean;
  /** Since when it follows no longer; absent while it does. */
  readonly stoppedAt?: Instant;
  readonly resourceType: string;
}

/** The state of the data to which a point is restored at an instant: that of its creation, unless it is continuous. */
export function dataOf(
  point: Omit<PointLife, 'backupVaultArn' | 'availableAt' | 'endedAt' | 'copy'>,
  now: Instant,
): Instant {
  const { createdAt, continuous, stoppedAt = NEVER, resourceType } = point;
  return continuous ? latestRestorableOf(resourceType, createdAt, Math.min(now, stoppedAt)) : createdAt;
}

/** Completions and deletions of the points of one vault that go back to one rule, copy action or call. */
interface Chain {
  readonly backupVaultArn: string;
  readonly copy: boolean;
  readonly completions: { readonly at: Instant; readonly continuous: boolean }[];
  readonly ends: { readonly createdAt: Instant; readonly endedAt: Instant }[];
  /** When continuous points stopped, by their creation. */
  readonly stops: Map<Instant, Instant>;
}

/**
 * Every point that a resource ever had, by the instant of its data.
 *
 * @throws RangeError when the World kept fewer events than there were.
 */
export function livesOf(state: WorldState, resourceArn: string): PointLife[] {
  const { ledger } = state;
  const chains = new Map<string, Chain>();
  const chainOf = (vault: string, cause: string, copy: boolean): Chain => {
    const key = `${vault} ${cause}`;
    const known = chains.get(key) ?? { backupVaultArn: vault, copy, completions: [], ends: [], stops: new Map() };
    chains.set(key, known);
    return known;
  };
  for (const event of eventsOf(state, resourceArn)) {
    const [vault, cause] = [ledger.names.text(event.place), ledger.names.text(event.cause)];
    const copy = event.code === COPY_JOB + COMPLETED;
    if ((event.code === BACKUP_JOB + COMPLETED || copy) && event.reason !== CONTINUOUS_REFRESHED) {
      chainOf(vault, cause, copy).completions.push({
        at: event.at,
        continuous: event.reason === CONTINUOUS_BY_RULE,
      });
    } else if (event.code === POINT_STOPPED) {
      chainOf(vault, cause, false).stops.set(event.until, event.at);
    } else if (event.code === POINT_DELETED) {
      chainOf(vault, cause, false).ends.push({ createdAt: event.until, endedAt: event.at });
    }
  }
  for (const { backupVaultArn, createdAt, cause } of state.liveOf(resourceArn)) {
    chainOf(backupVaultArn, cause, false).ends.push({ createdAt, endedAt: NEVER });
  }
  const resourceType = ledger.resources.tryFind(resourceArn)?.service.resourceType ?? '';
  return [...chains.values()]
    .flatMap((chain) => livesOfChain(chain, resourceType))
    .sort((a, b) => a.createdAt - b.createdAt);
}

/**
 * Lives without the time in which the key that each is under could not be used (Source B13): one may come in parts, or not at all.
 */
export function restorableLives(state: WorldState, resourceArn: string, lives: readonly PointLife[]): PointLife[] {
  return lives.flatMap((life) => {
    const key = keyOfLife(state, resourceArn, life);
    return key === undefined ? [life] : partsOf(life, state.ledger.keys.unusableStretches(key));
  });
}

/** The key that a point is or was under; undefined for none, and for those of AWS. */
export function keyOfLife(
  { ledger }: WorldState,
  resourceArn: string,
  { backupVaultArn, copy }: Pick<PointLife, 'backupVaultArn' | 'copy'>,
): string | undefined {
  const resource = ledger.resources.tryFind(resourceArn);
  return resource && encryptionOf(ledger, resource, ledger.vaults.tryFindByArn(backupVaultArn), copy).keyArn;
}

/** A life without some stretches, which come in order. */
function partsOf(life: PointLife, without: readonly Stretch[]): PointLife[] {
  const parts: PointLife[] = [];
  let { availableAt } = life;
  for (const { from, to } of without) {
    if (availableAt < Math.min(from, life.endedAt)) {
      parts.push({ ...life, availableAt, endedAt: Math.min(from, life.endedAt) });
    }
    availableAt = Math.max(availableAt, to);
  }
  return availableAt < life.endedAt ? [...parts, { ...life, availableAt }] : parts;
}

/** What went wrong with the jobs of a resource between two instants. */
export function mishapsOf(state: WorldState, resourceArn: string, from: Instant, to: Instant): EventView[] {
  const wrong = new Set([BACKUP_JOB + FAILED, BACKUP_JOB + EXPIRED, BACKUP_JOB + ABORTED, COPY_JOB + FAILED]);
  const { ledger } = state;
  const subject = ledger.resources.tryFind(resourceArn)?.arnName;
  const found: EventView[] = [];
  for (let row = 0; row < ledger.log.keptCount; row++) {
    const event = ledger.log.event(row);
    if (event.subject === subject && wrong.has(event.code) && event.at >= from && event.at <= to) {
      found.push(eventView(ledger, row));
    }
  }
  return found;
}

function eventsOf(state: WorldState, resourceArn: string): KeptEvent[] {
  const { ledger } = state;
  if (state.eventCount > ledger.log.keptCount) {
    throw new RangeError(
      `keepEvents must be at least ${state.eventCount} to look back over this history, got ${ledger.log.keptCount}`,
    );
  }
  const subject = ledger.resources.tryFind(resourceArn)?.arnName;
  const events: KeptEvent[] = [];
  for (let row = 0; row < ledger.log.keptCount; row++) {
    const event = ledger.log.event(row);
    if (event.subject === subject) {
      events.push(event);
    }
  }
  return events;
}

/** Within a chain points complete in the order of their creation. */
function livesOfChain(chain: Chain, resourceType: string): PointLife[] {
  const { backupVaultArn, copy, completions, ends, stops } = chain;
  if (completions.length !== ends.length) {
    throw new Error(`${backupVaultArn}: ${completions.length} points were made, ${ends.length} ended or live`);
  }
  return ends
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ createdAt, endedAt }, row) => {
      const { at, continuous } = completions[row] as Chain['completions'][number];
      const stoppedAt = stops.get(createdAt);
      const life = { backupVaultArn, createdAt, availableAt: at, endedAt, copy, continuous, resourceType };
      return stoppedAt === undefined ? life : { ...life, stoppedAt };
    });
}
