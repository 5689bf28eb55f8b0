// That what is shown in several places is the same, and that the past stays as it was.
import type { WorldSummary } from '../../../engine/src/domain/views';
import { Invariant, invariant, named, newPoints, pointEntries, when } from './invariant';
import { keyOf } from './snapshot';

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function differences(pairs: Readonly<Record<string, readonly [unknown, unknown]>>): string[] {
  return Object.entries(pairs)
    .filter(([, [shown, counted]]) => shown !== counted)
    .map(([what, [shown, counted]]) => `${what}: ${String(shown)} shown, ${String(counted)} counted`);
}

export const sumInvariants: readonly Invariant[] = [
  invariant('counts-add-up', 'the summary, the vaults and the lists of points count the same', ({ after }) => {
    const { created, deleted, live, liveWarm, liveCold, byVault } = after.summary.recoveryPoints;
    const cold = after.points.filter(({ storageClass }) => storageClass === 'COLD').length;
    return [
      ...differences({
        live: [live, after.points.length],
        'created less deleted': [created - deleted, live],
        'warm and cold': [liveWarm + liveCold, live],
        cold: [liveCold, cold],
        'vaults in the summary': [Object.keys(byVault).length, after.vaults.length],
        'points of all vaults': [sum(Object.values(byVault).map((vault) => vault.live)), live],
      }),
      ...after.vaults.flatMap(({ BackupVaultArn: arn = '', NumberOfRecoveryPoints }) =>
        differences({
          [`${arn}, listed`]: [NumberOfRecoveryPoints, byVault[arn]?.live],
          [arn]: [byVault[arn]?.live, after.points.filter((point) => point.backupVaultArn === arn).length],
        }),
      ),
    ];
  }),
  toldInvariant(),
  invariant('books-agree', 'what there is, is what was told: every point, its end and its state', ({ after }, book) => {
    const shown = new Map(after.points.map((point) => [keyOf(point), point]));
    const live = book.live();
    return [
      ...live.filter(({ key }) => !shown.has(key)).map(({ key }) => `${named(key)} is gone, and nobody was told`),
      ...[...shown.keys()]
        .filter((key) => book.points.get(key)?.goneAt !== undefined || !book.points.has(key))
        .map((key) => `${named(key)} is there, and nobody was told`),
      // The end of a parent is that of its members.
      ...live
        .filter(({ key }) => !book.parents.has(key))
        .filter(({ key, view }) => (shown.get(key)?.deleteAt ?? view.deleteAt) !== view.deleteAt)
        .map(({ key, view }) => `${named(key)} ends ${when(shown.get(key)?.deleteAt)}, told ${when(view.deleteAt)}`),
    ];
  }),
  invariant('jobs-add-up', 'the summary has as many jobs in each state as were told', ({ after }, book) =>
    (['backup', 'copy'] as const).flatMap((kind) => {
      const counted: Record<string, number> = {};
      for (const { last, states } of book.jobs.values()) {
        const told = states.at(-1)?.state ?? '';
        // The summary counts a job as RUNNING from its beginning.
        const state = told === 'PENDING' ? 'RUNNING' : told;
        counted[state] = (counted[state] ?? 0) + (last.kind === kind ? 1 : 0);
      }
      const shown: Readonly<Record<string, number>> = after.summary[`${kind}Jobs`];
      const states = [...new Set([...Object.keys(shown), ...Object.keys(counted)])];
      return differences(
        Object.fromEntries(states.map((state) => [`${kind} jobs ${state}`, [shown[state] ?? 0, counted[state] ?? 0]])),
      );
    }),
  ),
  invariant(
    'lists-page-completely',
    'a list read page by page is the list read whole, each entry once',
    ({ listings }) =>
      listings.flatMap(({ operation, where, most, whole, pages }) => {
        const paged = pages.flat();
        const wrong =
          paged.length !== whole.length ||
          paged.some((one, i) => one !== whole[i]) ||
          pages.some((page) => page.length > most);
        return wrong ? [`${operation} ${where}: ${whole.length} whole, ${paged.length} in pages of ${most}`] : [];
      }),
  ),
  invariant('time-goes-on', 'what is told lies within its step, in order, and the clock never goes back', (step) => {
    const ats = step.entries.map(({ at }) => at);
    const wrong = ats.filter((at, i) => at < (ats[i - 1] ?? step.from) || at > step.to);
    return step.to < step.from || wrong.length > 0 ? [`${wrong.map(when).join(', ')} in ${when(step.from)}`] : [];
  }),
];

/** The sums grow by what a step tells. */
function toldInvariant(): Invariant {
  const total = ({ recoveryPoints: { created, deleted } }: WorldSummary) => ({ created, deleted });
  return invariant('sums-follow', 'points created and deleted grow by what was told', (step) => {
    const [before, after] = [total(step.before.summary), total(step.after.summary)];
    return differences({
      created: [after.created - before.created, newPoints(step).length],
      deleted: [after.deleted - before.deleted, pointEntries(step, 'DELETED').length],
    });
  });
}
