import { Finding, IValueProbe } from '../../finding';
import { PlanRuns } from '../../plan-runs';
import { BackupRule } from '../../rule';
import { at, found } from '../found';
import { absent, days } from '../reading';
import { SAMPLE_FROM_MS, SAMPLE_TO_MS, scheduleOf } from '../runs';
import { RULE } from '../tables/rule';
import { DeclaredPlan, EstateIndex, PlannedRule } from './estate-index';

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
    return [
      ...[...everywhere.values()].map((suppression) => describe(one, suppression, all.length, '')),
      ...[...elsewhere]
        .filter(([by]) => !everywhere.has(by))
        .map(([, suppression]) =>
          describe(one, suppression, all.length, ' of resources without point-in-time recovery'),
        ),
    ];
  });
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

function describe(one: PlannedRule, { count, firstAtMs, by }: Suppression, of: number, where: string): Finding {
  const first = new Date(firstAtMs).toISOString().replace(/:00\.000Z$/, 'Z');
  const given =
    `${count} of ${of} runs${where}, the first ${first}, at which rule ${by.rule.ruleName} runs instead of ` +
    `${one.rule.ruleName} (${kept(by)}, this one ${kept(one)})`;
  return found(RULE.suppressed, at(one.path, 'scheduleExpression'), given);
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
