/**
 * How old the newest restorable data of a resource got at worst.
 *
 * Pure: lives of points in, the worst stretch out.
 * Units    `…At` are Instants, `…Ms` milliseconds.
 */
import { Instant } from '../kernel/instant';
import { dataOf, PointLife } from './history';

/** The stretch in which a loss would have cost the most. */
export interface WorstAge {
  readonly ageMs: number;
  /** State of the data that a restore would have given. */
  readonly dataAt: Instant;
  /** When the loss would have been that great. */
  readonly at: Instant;
  /** Vault of the newest point by then; undefined before the first. */
  readonly backupVaultArn: string | undefined;
}

/**
 * The worst age between two instants. At `from` the data counts as fresh: it came into being then, or nobody asks what
 * was before. A loss just before a newer point becomes available is the worst of its stretch.
 */
export function worstAge(lives: readonly PointLife[], from: Instant, to: Instant): WorstAge {
  const turns = [...new Set([from, to, ...lives.flatMap(({ availableAt, endedAt }) => [availableAt, endedAt])])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const coming = [...lives].sort((a, b) => a.availableAt - b.availableAt);
  let standing: PointLife[] = [];
  let next = 0;
  let worst: WorstAge = { ageMs: 0, dataAt: from, at: from, backupVaultArn: undefined };
  turns.forEach((start, turn) => {
    const end = turns[turn + 1] ?? start;
    while (next < coming.length && (coming[next] as PointLife).availableAt <= start) {
      standing.push(coming[next++] as PointLife);
    }
    standing = standing.filter(({ endedAt }) => endedAt > start);
    const found = newest(standing, end);
    const dataAt = Math.max(from, found?.dataAt ?? from);
    if (end - dataAt > worst.ageMs) {
      worst = { ageMs: end - dataAt, dataAt, at: end, backupVaultArn: found?.point.backupVaultArn };
    }
  });
  return worst;
}

function newest(
  standing: readonly PointLife[],
  at: Instant,
): { readonly point: PointLife; readonly dataAt: Instant } | undefined {
  let best: { readonly point: PointLife; readonly dataAt: Instant } | undefined;
  for (const point of standing) {
    const dataAt = dataOf(point, at);
    if (best === undefined || dataAt > best.dataAt) {
      best = { point, dataAt };
    }
  }
  return best;
}
