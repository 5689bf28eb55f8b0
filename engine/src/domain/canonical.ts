/**
 * Declarations in one form, so that two ways of saying the same give the same digest.
 *
 * Pure: values in, values out.
 */
import {
  BackupRule,
  BackupRuleDefaults,
  BackupSelection,
  CopyAction,
  Lifecycle,
  RestoreTestingDefaults,
  RestoreTestingPlan,
  RestoreTestingSelection,
} from '@holdfast/model';

/** The same value with the keys of its objects in order, without what says nothing: absent, empty, false. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'declaredAt')
    .map(([key, item]) => [key, canonical(item)] as const)
    .filter(([, item]) => !saysNothing(item));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A rule with AWS's defaults spelled out; -1 days and absent days are one (Source B2.3/2). */
export function canonicalRule(rule: BackupRule): unknown {
  return canonical({
    scheduleExpression: BackupRuleDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    ...rule,
    lifecycle: daysOf(rule.lifecycle),
    copyActions: inCanonicalOrder(rule.copyActions ?? []).map((copy) => ({
      ...copy,
      lifecycle: daysOf(copy.lifecycle),
    })),
  });
}

/** A selection without its role (decision 0008), its lists in order: each of them is a set (Source B3.1/1, B3.1/2, B3.1/4). */
export function canonicalSelection(selection: BackupSelection): unknown {
  const { declaredAt, iamRoleArn, resources, notResources, listOfTags, conditions, ...rest } = selection;
  return canonical({
    ...rest,
    resources: sorted(resources),
    notResources: sorted(notResources),
    listOfTags: sorted(listOfTags),
    conditions: Object.fromEntries(
      Object.entries(conditions ?? {}).map(([operator, list]) => [operator, sorted(list)]),
    ),
  });
}

/** A restore testing plan with AWS's defaults spelled out (Source B9.1/1, B9.1/3); its lists are sets. */
export function canonicalTestingPlan(plan: RestoreTestingPlan): unknown {
  const { recoveryPointSelection: points, selections, validated, ...rest } = plan;
  return canonical({
    startWindowHours: RestoreTestingDefaults.START_WINDOW_HOURS,
    ...rest,
    recoveryPointSelection: {
      selectionWindowDays: RestoreTestingDefaults.SELECTION_WINDOW_DAYS,
      ...points,
      recoveryPointTypes: [...points.recoveryPointTypes].sort(),
      includeVaults: [...points.includeVaults].sort(),
      excludeVaults: [...(points.excludeVaults ?? [])].sort(),
    },
  });
}

/** A selection without its role (decision 0008); `*` goes without saying (Source B9.2/2). */
export function canonicalTestingSelection(selection: RestoreTestingSelection): unknown {
  const { iamRoleArn, protectedResourceArns = ['*'], protectedResourceConditions, services, ...rest } = selection;
  return canonical({
    ...rest,
    validationWindowHours: selection.validationWindowHours === 0 ? undefined : selection.validationWindowHours,
    protectedResourceArns: [...protectedResourceArns].sort(),
    stringEquals: sorted(protectedResourceConditions?.stringEquals),
    stringNotEquals: sorted(protectedResourceConditions?.stringNotEquals),
  });
}

/** Copies of a rule by destination: to Terraform they are a set. That they start in this order is Assumed. */
export function inCanonicalOrder(copies: readonly CopyAction[]): CopyAction[] {
  const text = (copy: CopyAction) => `${copy.destinationBackupVaultArn} ${JSON.stringify(canonical(copy))}`;
  return [...copies].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function sorted(list: readonly unknown[] | undefined): string[] | undefined {
  return list?.map((item) => JSON.stringify(canonical(item))).sort();
}

function daysOf(lifecycle: Lifecycle | undefined): object | undefined {
  return (
    lifecycle && Object.fromEntries(Object.entries(lifecycle).filter(([, value]: [string, unknown]) => value !== -1))
  );
}

function saysNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
