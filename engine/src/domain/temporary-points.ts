/**
 * Points in a standard vault that are there until they are copied into a logically air-gapped one.
 *
 * Owns     what each of them waits for.
 * Units    `…At` are Instants.
 * Source   B7.6/2, B7.6/3.
 * Spec     recovery-points.md
 */
import { floatAt, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { Ledger } from './ledger';
import { addPointOf, announcePoint } from './point-making';
import { DELETED_AFTER_COPY, TEMPORARY_FOR_AIR_GAP } from './reasons';
import { HELD, LIVE, TEMPORARY } from './recovery-points';

/** Stands for the end of what is in no logically air-gapped vault. */
export const NOT_AIR_GAPPED = -Infinity;

/** What a temporary point waits for before it goes. */
interface Awaited {
  copies: number;
  /** When the longest copy in a logically air-gapped vault ends; the point's own end may move meanwhile. */
  airGappedUntil: Instant;
}

export class TemporaryPoints {
  private readonly awaited = new Map<number, Awaited>();

  constructor(private readonly ledger: Ledger) {}

  /** A temporary point waits for so many copies. */
  await(point: number, copies: number): void {
    this.awaited.set(point, { copies, airGappedUntil: NOT_AIR_GAPPED });
  }

  /**
   * The snapshot that goes to the air-gapped vault, beside the continuous point that a job of a rule made or renewed. It
   * goes after its copy, which may have failed (Source B7.6/3). Assumed: it is a full one, of the same instant.
   */
  beside(job: number): number {
    const { ledger } = this;
    const { jobs } = ledger;
    const row = addPointOf(ledger, job, LIVE | TEMPORARY, TEMPORARY_FOR_AIR_GAP, true);
    ledger.points.stored[row] = floatAt(jobs.sizes, job);
    ledger.vaultOf(intAt(jobs.series, job)).live++;
    ledger.content?.share(intAt(jobs.points, job), row);
    announcePoint(ledger, row, job, true);
    this.awaited.set(row, { copies: 1, airGappedUntil: Infinity });
    return row;
  }

  /**
   * One copy of a temporary point is over. It goes when all its automatic copies are over and one in a logically
   * air-gapped vault lasts as long as it (Source B7.6/2); without one it stays until its lifecycle ends, or until a copy by
   * hand.
   */
  copyOver(point: number, automatic: boolean, airGappedUntil: Instant): void {
    const { points } = this.ledger;
    const awaited = this.awaited.get(point);
    if (points.has(point, HELD)) {
      return;
    }
    if (awaited !== undefined) {
      awaited.copies -= Number(automatic);
      awaited.airGappedUntil = Math.max(awaited.airGappedUntil, airGappedUntil);
      if (awaited.copies > 0) {
        return;
      }
      this.awaited.delete(point);
    }
    if ((awaited?.airGappedUntil ?? airGappedUntil) >= floatAt(points.deleteAts, point)) {
      this.ledger.removePoint(point, DELETED_AFTER_COPY);
    }
  }
}
