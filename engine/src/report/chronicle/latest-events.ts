/**
 * The latest events of the log, for whoever looks on.
 *
 * Owns     as many as a list shows, in columns; the oldest give way.
 */
import type { Ledger } from '../../domain/ledger';
import { viewOfEvent } from '../../domain/show';
import type { EventView } from '../../domain/views';
import type { KeptEvent } from '../../kernel/event-log';

const KEPT = 256;
const FIELDS = 8;

export class LatestEvents {
  private readonly cells = new Float64Array(KEPT * FIELDS);
  private count = 0;

  constructor(private readonly ledger: Ledger) {}

  add(
    at: number,
    code: number,
    reason: number,
    subject: number,
    place: number,
    cause: number,
    amount: number,
    until: number,
  ): void {
    const { cells } = this;
    const first = (this.count++ % KEPT) * FIELDS;
    cells[first] = at;
    cells[first + 1] = code;
    cells[first + 2] = reason;
    cells[first + 3] = subject;
    cells[first + 4] = place;
    cells[first + 5] = cause;
    cells[first + 6] = amount;
    cells[first + 7] = until;
  }

  /** The latest first. */
  views(): EventView[] {
    const kept = Math.min(this.count, KEPT);
    return Array.from({ length: kept }, (_, back) => viewOfEvent(this.ledger, this.event(this.count - 1 - back)));
  }

  private event(number: number): KeptEvent {
    const first = (number % KEPT) * FIELDS;
    const [at = 0, code = 0, reason = 0, subject = 0, place = 0, cause = 0, amount = 0, until = 0] =
      this.cells.subarray(first, first + FIELDS);
    return { at, code, reason, subject, place, cause, amount, until };
  }
}
