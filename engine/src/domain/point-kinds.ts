/**
 * Which recovery points policies cannot tell apart: those of one resource in one vault that have the same tags.
 *
 * Owns     a number for each kind. Assumed: that policies name points by patterns which take in all of a resource in a vault,
 *          and not by the ARN of one.
 * Spec     role-permissions.md
 */
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import { tagsOfPoint } from './tags';

const ORIGINS = 2 ** 22;

export class PointKinds {
  private readonly byTags = new Map<string, number>();
  /** Kinds by series and origin, of resources whose tags were never others. */
  private readonly byOrigin = new Map<number, number>();

  constructor(private readonly ledger: Ledger) {}

  /** The kind of a point as it is now. */
  of(row: number): number {
    const { points, changedTags } = this.ledger;
    const series = intAt(points.series, row);
    if (changedTags.ofPoints || this.ledger.resourceOf(series).hadOtherTags) {
      return this.read(series, row);
    }
    const key = series * ORIGINS + intAt(points.origins, row);
    const known = this.byOrigin.get(key) ?? this.read(series, row);
    this.byOrigin.set(key, known);
    return known;
  }

  private read(series: number, row: number): number {
    const text = `${series} ${JSON.stringify(Object.entries(tagsOfPoint(this.ledger, row)).sort())}`;
    const kind = this.byTags.get(text) ?? this.byTags.size;
    this.byTags.set(text, kind);
    return kind;
  }
}
