/**
 * Jobs that came to no point, or to half of one: each with its reason, those alike as one row.
 *
 * Owns     the groups, and the instants of each as stepped runs.
 * Units    `…At` are Instants.
 */
import { eventKey } from '../../domain/faults';
import { isInjected } from '../../domain/injected-reasons';
import type { Ledger } from '../../domain/ledger';
import { viewOfEvent } from '../../domain/show';
import type { EventView } from '../../domain/views';
import { Instant, NEVER } from '../../kernel/instant';
import { SteppedRun, SteppedRuns } from './stepped-runs';

/** Jobs of a resource that ended alike. */
export interface Mishap {
  readonly code: number;
  readonly reason: number;
  readonly subject: number;
  readonly place: number;
  readonly cause: number;
  readonly first: EventView;
  readonly count: number;
  readonly runs: readonly SteppedRun[];
}

type Group = Omit<Mishap, 'runs' | 'count'> & { count: number };

export class Mishaps {
  private readonly groups: Group[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly instants = new SteppedRuns();

  constructor(private readonly ledger: Ledger) {}

  add(at: Instant, code: number, reason: number, subject: number, place: number, cause: number, amount: number): void {
    const { ledger } = this;
    const fault = isInjected(reason)
      ? ledger.faults.wordsOfEvent(eventKey(at, code, subject, place, cause))
      : undefined;
    const key = `${code} ${reason} ${subject} ${place} ${cause} ${fault ?? ''}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      const event = { at, code, reason, subject, place, cause, amount, until: NEVER };
      number = this.groups.push({ ...event, first: viewOfEvent(ledger, event), count: 0 }) - 1;
      this.numbers.set(key, number);
    }
    (this.groups[number] as Group).count++;
    this.instants.add(number, at);
  }

  /** In the order of their first job. */
  list(): Mishap[] {
    return this.groups.map((group, number) => ({ ...group, runs: this.instants.runsOf(number) }));
  }
}
