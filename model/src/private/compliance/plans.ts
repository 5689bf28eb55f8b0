import { CopyAction } from '../../copy-action';
import { Environment } from '../../environment';
import { Finding, IValueProbe } from '../../finding';
import { arnParts } from '../arns';
import { DeclaredPlan, EstateIndex, PlannedRule } from '../estate/estate-index';
import { at } from '../found';
import { absent, days, members, readable } from '../reading';
import { copyRetentionOf, Retention } from '../retention';
import { duration, longestGapMs } from '../runs';
import { boundOf } from './bounds';
import { breach, Judged } from './judged';

const HOUR_MS = 60 * 60 * 1000;

/** A retention, and where it is declared. */
interface Kept {
  readonly path: string;
  readonly retention: Retention;
}

/** Plans of continuous backups alone carry neither retention nor copies, which the plans of snapshots beside them do. */
function snapshotPlans({ index }: Judged): DeclaredPlan[] {
  return index.plans.filter(({ rules }) => rules.some(({ rule }) => rule.enableContinuousBackup !== true));
}

/** Some rule of each plan runs often enough; how long it keeps what it makes is judged by itself. */
export function checkFrequency(judged: Judged): Finding[] {
  const bound = boundOf(judged.requirement);
  return snapshotPlans(judged).flatMap((plan) => {
    const gaps = plan.rules.map(({ rule }) => longestGapMs(rule, judged.probe) ?? (isKnown(rule) ? Infinity : NaN));
    if (gaps.some(Number.isNaN) || gaps.some((gap) => bound.fits(gap / HOUR_MS))) {
      return [];
    }
    const shortest = Math.min(...gaps);
    const given = shortest === Infinity ? 'no rule that runs more than once' : duration(shortest);
    return [breach(judged, at(plan.path, 'rules'), given, bound.allowed)];
  });

  function isKnown({ scheduleExpression }: { scheduleExpression?: string }): boolean {
    return absent(scheduleExpression) || judged.probe.known(scheduleExpression);
  }
}

/** Each point and each copy is kept at least so long; a continuous backup cannot be, and carries no retention. */
export function checkMinRetention(judged: Judged): Finding[] {
  return keptAmiss(judged, (rule) => rule.enableContinuousBackup !== true);
}

export function checkMaxRetention(judged: Judged): Finding[] {
  return keptAmiss(judged, () => true);
}

function keptAmiss(judged: Judged, of: (rule: PlannedRule['rule']) => boolean): Finding[] {
  const bound = boundOf(judged.requirement);
  return keptOf(judged, of).flatMap(({ path, retention }) =>
    retention === undefined || bound.fits(retention) ? [] : [breach(judged, path, days(retention), bound.allowed)],
  );
}

export function checkLongRetention(judged: Judged): Finding[] {
  const bound = boundOf(judged.requirement);
  return snapshotPlans(judged)
    .filter(({ rules }) => rules.every(({ retention }) => retention !== undefined && !bound.fits(retention)))
    .map(({ path, rules }) => {
      const longest = Math.max(0, ...rules.map(({ retention }) => retention ?? 0));
      return breach(judged, at(path, 'rules'), bound.shown(longest), bound.allowed);
    });
}

export function checkWarm(judged: Judged): Finding[] {
  const bound = boundOf(judged.requirement);
  return judged.index.rules.flatMap(({ path, rule }) => {
    const cold = rule.lifecycle?.moveToColdStorageAfterDays;
    return readable(cold, judged.probe) && cold >= 0 && !bound.fits(cold)
      ? [breach(judged, at(at(path, 'lifecycle'), 'moveToColdStorageAfterDays'), days(cold), bound.allowed)]
      : [];
  });
}

/** One plan of the estate has it; which resources it selects is a matter of coverage. */
export function checkContinuous(judged: Judged): Finding[] {
  const { index, probe } = judged;
  const none = index.rules.every(({ rule: { enableContinuousBackup: on } }) => absent(on) || (probe.known(on) && !on));
  return none ? index.plans.map(({ path }) => breach(judged, at(path, 'rules'), 'none')) : [];
}

/** A copy of each plan that leaves the Region, the account, or either of them. */
export function checkCopies(judged: Judged, leaves: (part: 'region' | 'account') => boolean): Finding[] {
  return snapshotPlans(judged)
    .filter((plan) => !copiesOf(judged, plan).some((copy) => isElsewhere(judged, plan, copy, leaves)))
    .map(({ path }) => breach(judged, at(path, 'rules'), 'no such copy'));
}

/** A destination that is known only at deployment may be anywhere, unless its vault is declared here. */
function isElsewhere(
  { index, probe }: Judged,
  { plan }: DeclaredPlan,
  copy: CopyAction,
  leaves: (part: 'region' | 'account') => boolean,
): boolean {
  const there = destinationOf(index, copy, probe);
  const comparable = (part: 'region' | 'account') =>
    !probe.known(copy.destinationBackupVaultArn) || probe.known(plan.env[part]);
  return (
    there === undefined ||
    (['region', 'account'] as const).some((part) => leaves(part) && comparable(part) && there[part] !== plan.env[part])
  );
}

/** Where a copy goes, as far as that is known now. */
export function destinationOf(
  index: EstateIndex,
  { destinationBackupVaultArn: arn }: CopyAction,
  probe: IValueProbe,
): Pick<Environment, 'region' | 'account'> | undefined {
  if (absent(arn)) {
    return undefined;
  }
  return probe.known(arn) ? arnParts(arn) : index.vaultWithArn(arn)?.env;
}

export function copiesOf({ probe }: Judged, { rules }: DeclaredPlan): CopyAction[] {
  return rules.flatMap(({ rule }) => members(rule.copyActions, probe).map(([, copy]) => copy));
}

/** How long points and copies are kept, and where that is declared. */
function keptOf({ index, probe }: Judged, of: (rule: PlannedRule['rule']) => boolean): Kept[] {
  return index.rules
    .filter(({ rule }) => of(rule))
    .flatMap(({ path, rule, retention }) => [
      { path: at(at(path, 'lifecycle'), 'deleteAfterDays'), retention },
      ...members(rule.copyActions, probe)
        // What a copy does not say is told of once, at the rule.
        .filter(([, { lifecycle }]) => !absent(lifecycle) && !absent(lifecycle.deleteAfterDays))
        .map(([place, { lifecycle }]) => ({
          path: at(at(at(at(path, 'copyActions'), place), 'lifecycle'), 'deleteAfterDays'),
          retention: copyRetentionOf(lifecycle, retention, probe),
        })),
    ]);
}
