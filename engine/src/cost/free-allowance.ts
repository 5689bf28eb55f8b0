/**
 * What of the automated backups of databases is free.
 *
 * Pure: sums of the meter in, sums out.
 * Source   B16.2/9. That the allowance is weighed month by month is Assumed.
 */
import type { Meter } from '../domain/meter';
import type { UsageLine } from '../domain/meter-lines';
import type { Instant } from '../kernel/instant';

/** For each line of automated backups, what is free in each month; the first lines of a place use the allowance up. */
export function freeOf({ usage, lines }: Meter, until: Instant): Map<number, bigint[]> {
  const left = new Map<string, bigint[]>();
  for (const line of lines.all.filter(({ kind }) => kind === 'provisioned')) {
    left.set(placeOf(line), usage.sums(line.number, until));
  }
  const free = new Map<number, bigint[]>();
  for (const line of lines.all.filter(({ kind, tier }) => kind === 'storage' && tier === 'continuous')) {
    const allowance = left.get(placeOf(line));
    if (allowance !== undefined) {
      const used = usage.sums(line.number, until);
      free.set(
        line.number,
        used.map((sum, month) => (sum < (allowance[month] ?? 0n) ? sum : (allowance[month] ?? 0n))),
      );
      left.set(
        placeOf(line),
        allowance.map((sum, month) => sum - (free.get(line.number)?.[month] ?? 0n)),
      );
    }
  }
  return free;
}

function placeOf({ service, env }: UsageLine): string {
  return `${service} ${env.account} ${env.region}`;
}
