/**
 * What a plan could say otherwise, rule by rule, and what that would cost.
 *
 * Pure: an estate in, estates out; who asks runs them.
 * Source   B2.3/3 (90 days in cold storage).
 */
import { BackupLimits, type BackupPlan, type BackupRule, type Estate } from '@holdfast/model';

export type Change = 'without' | 'weekly' | 'cold-earlier';

export interface Otherwise {
  readonly change: Change;
  /** Name of the plan, its account and Region, and name of the rule. */
  readonly plan: string;
  readonly account: string;
  readonly region: string;
  readonly rule: string;
  /** The change in words. */
  readonly what: string;
  /** What all months would cost together. */
  readonly usdMicros: number;
  /** That less what they cost as declared: below 0 where it saves. */
  readonly differenceUsdMicros: number;
}

/** AWS recommends at least a week of warm storage, so that backups stay incremental (Source B2.3/3, B4.4/4). */
const WARM_DAYS = 8;
/** Once a day, every day. */
const DAILY = /^cron\((\d{1,2}) (\d{1,2}) (\? \* \*|\* \* \?) \*\)$/;

/**
 * Every change of one rule that makes a difference.
 *
 * @param total what the estate costs as it is declared
 * @param costOf runs an estate and says what it costs
 */
export function otherwiseOf(estate: Estate, total: number, costOf: (estate: Estate) => number): Otherwise[] {
  return (estate.plans ?? []).flatMap((plan) =>
    plan.rules.flatMap((rule) =>
      changesOf(rule).flatMap(([change, what, changed]) => {
        const usdMicros = costOf(withRule(estate, plan, rule, changed));
        const { account, region } = plan.env;
        const about = { change, plan: plan.backupPlanName, account, region, rule: rule.ruleName, what };
        return usdMicros === total ? [] : [{ ...about, usdMicros, differenceUsdMicros: usdMicros - total }];
      }),
    ),
  );
}

function changesOf(rule: BackupRule): [Change, string, BackupRule | undefined][] {
  const changes: [Change, string, BackupRule | undefined][] = [['without', 'without the rule', undefined]];
  const [, minute, hour] = DAILY.exec(rule.scheduleExpression ?? '') ?? [];
  if (minute !== undefined && rule.enableContinuousBackup !== true) {
    const scheduleExpression = `cron(${minute} ${hour} ? * SUN *)`;
    changes.push(['weekly', 'weekly instead of daily', { ...rule, scheduleExpression }]);
  }
  const { moveToColdStorageAfterDays: cold = -1, deleteAfterDays: until = -1 } = rule.lifecycle ?? {};
  const lasts = until === -1 || until >= WARM_DAYS + BackupLimits.COLD_DAYS;
  if (lasts && (cold === -1 || cold > WARM_DAYS) && rule.enableContinuousBackup !== true) {
    const lifecycle = { ...rule.lifecycle, moveToColdStorageAfterDays: WARM_DAYS };
    changes.push(['cold-earlier', `cold after ${WARM_DAYS} days`, { ...rule, lifecycle }]);
  }
  return changes;
}

/** The estate with another rule in the place of one; a plan that has none left goes. */
function withRule(estate: Estate, plan: BackupPlan, rule: BackupRule, changed: BackupRule | undefined): Estate {
  const rules = plan.rules.flatMap((one) => (one !== rule ? [one] : changed === undefined ? [] : [changed]));
  const plans = (estate.plans ?? []).flatMap((one) =>
    one !== plan ? [one] : rules.length === 0 ? [] : [{ ...plan, rules }],
  );
  return { ...estate, plans };
}
