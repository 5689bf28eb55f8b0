import { Finding, IValueProbe } from '../../finding';
import { PlanRuns } from '../../plan-runs';
import { BackupRule } from '../../rule';
import { at, found } from '../found';
import { absent, days } from '../reading';
import { SAMPLE_FROM_MS, SAMPLE_TO_MS, scheduleOf } from '../runs';
import { RULE } from '../tables/rule';
import { DeclaredPlan, EstateIndex, nameOf, PlannedRule } from './estate-index';

const WITHOUT_PITR = ' of resources without point-in-time recovery';

/** Runs that another rule of the plan suppresses. */
interface Suppression {
  count: number;
  readonly firstAtMs: number;
  readonly by: PlannedRule;
}

/** Which rule runs where rules of one plan overlap (Source B3.4/2). */
export function checkOverlaps(index: EstateIndex): Finding[] {
  return index.plans.flatMap((declared) => checkPlan(declared, index.probe));
}

function checkPlan(declared: DeclaredPlan, probe: IValueProbe): Finding[] {
  const planned = declared.rules.filter(({ rule, retention }) => retention !== undefined && evaluable(rule, probe));
  if (planned.length < 2) {
    return [];
  }
  const runs = new PlanRuns(planned.map(({ rule }) => rule));
  const mixed = planned.some(({ rule }) => rule.enableContinuousBackup);
  return planned.flatMap((one, place) => {
    const all = scheduleOf(one.rule, probe)?.between(SAMPLE_FROM_MS, SAMPLE_TO_MS) ?? [];
    const everywhere = suppressions(runs, planned, place, all, true);
    // Continuous rules compete for services that have no point-in-time recovery.
    const elsewhere = mixed ? suppressions(runs, planned, place, all, false) : new Map<number, Suppression>();
    const isIdle = totalOf(everywhere) === all.length;
    const isIdleElsewhere = totalOf(elsewhere) === all.length;
    // One more than the runs of the sample: the window of the run before it may reach into it.
    const isMore = ([by, { count }]: [number, Suppression]) =>
      count > (scheduleOf(planned[by]!.rule, probe)?.between(SAMPLE_FROM_MS, SAMPLE_TO_MS) ?? []).length + 1;
    return [
      ...[...everywhere].map((pair) => describe(one, pair[1], all.length, '', isIdle || isMore(pair))),
      ...[...elsewhere]
        .filter(([by]) => !everywhere.has(by))
        .map((pair) => describe(one, pair[1], all.length, WITHOUT_PITR, isIdleElsewhere || isMore(pair))),
    ];
  });
}

function totalOf(suppressed: ReadonlyMap<number, Suppression>): number {
  return [...suppressed.values()].reduce((total, { count }) => total + count, 0);
}

function suppressions(
  runs: PlanRuns,
  planned: readonly PlannedRule[],
  place: number,
  all: readonly number[],
  pitrCapable: boolean,
): Map<number, Suppression> {
  const byRule = new Map<number, Suppression>();
  for (const atMs of all) {
    const by = runs.suppressedBy(place, atMs, pitrCapable);
    const winner = planned[by];
    if (winner === undefined) {
      continue;
    }
    const suppression = byRule.get(by);
    if (suppression === undefined) {
      byRule.set(by, { count: 1, firstAtMs: atMs, by: winner });
    } else {
      suppression.count += 1;
    }
  }
  return byRule;
}

/** One rule that runs instead of another, and whether anything is lost by it: runs, copies, an index or the vault. */
function describe(
  one: PlannedRule,
  { count, firstAtMs, by }: Suppression,
  of: number,
  where: string,
  isRarer: boolean,
): Finding {
  const first = new Date(firstAtMs).toISOString().replace(/:00\.000Z$/, 'Z');
  const given =
    `${count} of ${of} runs${where}, the first ${first}, at which rule ${nameOf(by)} runs instead of ` +
    `${nameOf(one)} (${kept(by)}, this one ${kept(one)})`;
  const losses = [
    ...(isRarer ? [count === of ? 'it never runs' : 'there are fewer backups'] : []),
    ...lossesOf(one, by),
  ];
  const path = at(one.path, 'scheduleExpression');
  return losses.length === 0
    ? found(RULE.suppressed, path, given)
    : found(RULE.suppressedLoss, path, `${given}: ${losses.join(', ')}`);
}

/** What a rule does that the one in its place does not. */
function lossesOf({ rule: one }: PlannedRule, { rule: by }: PlannedRule): string[] {
  const losses: string[] = [];
  if (one.targetBackupVaultName !== by.targetBackupVaultName) {
    losses.push('the backup goes to another vault');
  }
  const made = new Set(membersOf(by.copyActions).map((copy) => copy.destinationBackupVaultArn));
  const unmade = membersOf(one.copyActions).filter((copy) => !made.has(copy.destinationBackupVaultArn));
  if (unmade.length > 0) {
    losses.push(unmade.length === 1 ? 'a copy is not made' : `${unmade.length} copies are not made`);
  }
  const airGapped = one.targetLogicallyAirGappedBackupVaultArn;
  if (!absent(airGapped) && airGapped !== by.targetLogicallyAirGappedBackupVaultArn) {
    losses.push('the logically air-gapped vault gets no backup');
  }
  const indexed = new Set(membersOf(by.indexActions));
  if (membersOf(one.indexActions).some((service) => !indexed.has(service))) {
    losses.push('the backup is not indexed');
  }
  return losses;
}

function membersOf<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]).filter((member) => !absent(member)) : [];
}

function kept({ retention }: PlannedRule): string {
  return retention === Infinity ? 'kept for ever' : `keeps ${days(retention)}`;
}

function evaluable(rule: BackupRule, probe: IValueProbe): boolean {
  const known = [rule.startWindowMinutes, rule.enableContinuousBackup].every(
    (value) => absent(value) || probe.known(value),
  );
  return known && scheduleOf(rule, probe) !== undefined;
}
