/**
 * What a run shows of the backups of each resource: how often, how long they are kept, where copies of them are.
 *
 * Pure: reads what was seen.
 * Units    observations are in hours or days, as the aspect says.
 */
import { BackupPlan, ComplianceObservation, ComplianceRequirement, PlanRuns } from '@holdfast/model';
import { HOUR, shortInstant } from '../../kernel/instant';
import { arnOf, daysOf, daysText, hoursText, Measure, Measured, NO_POINT, protectedOf, shareText } from './measured';
import type { Seen, Sight } from './sight';

/** Resources that nothing protects count: a standard is about data, whether a plan is or not. */
export const frequency: Measure = (sight) => {
  const { resources, leftOut } = sight;
  const gaps = new Map(sight.backedUp.map((seen) => [seen, sight.gapOf(seen)]));
  const observations = resources.map((seen): ComplianceObservation => {
    const gap = gaps.get(seen);
    const { reason } = seen;
    return gap === undefined
      ? { path: arnOf(seen), given: reason === undefined ? 'no backup' : `no backup: ${reason}` }
      : { path: arnOf(seen), value: gap / HOUR };
  });
  const worst = [...gaps].reduce<[Seen, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  );
  const what = [
    `${shareText(gaps.size, resources.length, 'resource')} backed up`,
    ...(worst === undefined
      ? []
      : [`at most ${hoursText(worst[1])} without a newer backup (${worst[0].resource.declaration.name})`]),
    ...(leftOut === 0 ? [] : [`${leftOut} left out by waivers`]),
  ];
  return sight.chronicle.chains.complete
    ? { observations, what }
    : { observations: [], what, cannot: 'there were more points than instants are kept of' };
};

export const leastRetention: Measure = (sight) => keptOf(sight, ({ leastKept }) => leastKept);

export const mostRetention: Measure = (sight) => keptOf(sight, ({ mostKept }) => mostKept);

/** A point that is kept so long shows it; that there is none shows nothing before a rule that makes one was due. */
export const longRetention: Measure = (sight, requirement) => {
  const seen = snapshotted(sight);
  const floor = requirement.value ?? 0;
  const early = seen.filter((one) => daysOf(one.mostKept) < floor && isEarly(sight, one, requirement));
  const decided = seen.filter((one) => !early.includes(one));
  const observations = decided.map((one) => ({ path: arnOf(one), value: daysOf(one.mostKept) }));
  const kept = observations.filter(({ value }) => value >= floor).length;
  const what = [`${shareText(kept, seen.length, 'resource')} with a point that is kept so long`];
  return seen.length === 0
    ? NO_POINT
    : early.length === 0
      ? { observations, what }
      : { observations, what, cannot: `no rule that keeps so long was due by ${shortInstant(sight.now)}` };
};

export const warmth: Measure = (sight) => {
  const seen = snapshotted(sight);
  const moving = seen.filter(({ leastWarm }) => leastWarm !== Infinity);
  const observations = seen.map((one) => ({ path: arnOf(one), value: daysOf(one.leastWarm) }));
  const least = Math.min(...moving.map(({ leastWarm }) => leastWarm));
  const what =
    moving.length === 0
      ? ['no point moves to cold storage']
      : [
          `points of ${shareText(moving.length, seen.length, 'resource')} move to cold storage after ${daysText(least)}`,
        ];
  return seen.length === 0 ? NO_POINT : { observations, what };
};

export const continuity: Measure = (sight) => {
  const able = protectedOf(sight).filter(({ resource }) => resource.pitr);
  const following = able.filter(({ continuous }) => continuous).length;
  return able.length === 0
    ? { observations: [], what: [], cannot: 'no resource that is protected has point-in-time recovery' }
    : {
        observations: able.map((seen) => ({ path: arnOf(seen), there: seen.continuous })),
        what: [`${shareText(following, able.length, 'resource')} with a continuous backup at the end`],
      };
};

export const copiesIn =
  (where: 'region' | 'account' | 'either', place: string): Measure =>
  (sight) => {
    const seen = protectedOf(sight);
    const copied = seen.filter(({ newestCopies }) => newestCopies[where] >= 0);
    const failed = seen.flatMap((one) => sight.failedCopiesOf(one)).reduce((sum, { count }) => sum + count, 0);
    const oldest = Math.max(...copied.map(({ newestCopies }) => sight.now - newestCopies[where]));
    return {
      observations: seen.map((one) => copyObservation(sight, one, where)),
      what: [
        `${shareText(copied.length, seen.length, 'resource')} with a copy in ${place} at the end`,
        ...(copied.length === 0 ? [] : [`the newest of each at most ${hoursText(oldest)} old`]),
        ...(failed === 0 ? [] : [`${failed} copy ${failed === 1 ? 'job' : 'jobs'} failed`]),
      ],
      ...(seen.length === 0 && { cannot: 'no resource is protected' }),
    };
  };

function copyObservation(sight: Sight, seen: Seen, where: 'region' | 'account' | 'either'): ComplianceObservation {
  if (seen.newestCopies[where] >= 0) {
    return { path: arnOf(seen), there: true };
  }
  const [failed] = sight.failedCopiesOf(seen);
  const given =
    seen.made === 0 ? 'no backup to copy' : failed === undefined ? 'no copy' : `no copy: ${failed.first.why}`;
  return { path: arnOf(seen), there: false, given };
}

function keptOf(sight: Sight, value: (seen: Seen) => number): Measured {
  const seen = snapshotted(sight);
  if (seen.length === 0) {
    return NO_POINT;
  }
  const least = Math.min(...seen.map(({ leastKept }) => leastKept));
  const most = Math.max(...seen.map(({ mostKept }) => mostKept));
  return {
    observations: seen.map((one) => ({ path: arnOf(one), value: daysOf(value(one)) })),
    what: [
      `points of ${seen.length === 1 ? '1 resource' : `${seen.length} resources`} are kept ${daysText(least)}` +
        (daysOf(least) === daysOf(most) ? '' : ` to ${daysText(most)}`),
    ],
  };
}

/** Those with snapshots, or copies of them: continuous backups carry no retention. */
function snapshotted(sight: Sight): Seen[] {
  return sight.backedUp.filter(({ mostKept }) => mostKept >= 0);
}

/** Whether a rule of its plans keeps so long and has not been due yet. */
function isEarly(sight: Sight, { plans, resource }: Seen, { value = 0 }: ComplianceRequirement): boolean {
  const { env } = resource.declaration;
  return (sight.estate.plans ?? [])
    .filter((plan) => plans.includes(plan.backupPlanName ?? '') && plan.env.account === env.account)
    .some((plan) => hasRuleNotDue(plan, value, sight));
}

function hasRuleNotDue({ rules }: BackupPlan, floor: number, { start, now }: Sight): boolean {
  const runs = new PlanRuns(rules, start);
  const long = rules.flatMap(({ lifecycle }, index) => {
    const days = lifecycle?.deleteAfterDays ?? Infinity;
    return days < 0 || days >= floor ? [index] : [];
  });
  const first = (index: number): number => runs.nextAfter(index, start - 1) ?? Infinity;
  return long.length > 0 && long.every((index) => first(index) >= now);
}
