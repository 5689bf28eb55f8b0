/**
 * The recovery points of a vault in the order in which AWS Backup lists them.
 *
 * Owns     that order of the vaults that were listed since a point came or went: pages of one list are of one order.
 * Units    rows of recovery points.
 * Source   B1.3: newest first. Assumed: among those of one instant, the earlier number.
 */
import { floatAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { RecoveryPoints } from './recovery-points';
import type { Series } from './series';
import type { Vault } from './vaults';

export class NewestFirst {
  private readonly orders = new Map<Vault, readonly number[]>();
  /** How many points had come and gone when the orders were made. */
  private changes = 0;

  constructor(
    private readonly series: Series,
    private readonly points: RecoveryPoints,
  ) {}

  inVault(vault: Vault): readonly number[] {
    const changes = this.points.created + this.points.deleted;
    if (changes !== this.changes) {
      this.orders.clear();
      this.changes = changes;
    }
    const order = this.orders.get(vault) ?? this.of(this.series.inVault(vault));
    this.orders.set(vault, order);
    return order;
  }

  of(series: readonly number[]): number[] {
    return newestFirst(
      series.flatMap((one) => this.points.rowsOf(one)),
      this.points.createdAts,
    );
  }

  /** Where in an order the points begin that come after one of an instant and a row, which may be gone. */
  after(order: readonly number[], createdAt: Instant, row: number): number {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = order[middle] as number;
      const then = floatAt(this.points.createdAts, one);
      if (then > createdAt || (then === createdAt && one <= row)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Backups begin in crowds: rows of one instant are told apart by their numbers, and only crowds are sorted by time. */
function newestFirst(rows: readonly number[], createdAts: Float64Array): number[] {
  const crowds = new Map<Instant, number[]>();
  for (const row of rows) {
    const createdAt = floatAt(createdAts, row);
    const crowd = crowds.get(createdAt);
    if (crowd === undefined) {
      crowds.set(createdAt, [row]);
    } else {
      crowd.push(row);
    }
  }
  return [...crowds.keys()].sort((a, b) => b - a).flatMap((time) => (crowds.get(time) ?? []).sort((a, b) => a - b));
}
