import { ControlDemand } from '../../control-demand';
import { IValueProbe } from '../../finding';
import { FrameworkControl } from '../../framework-control';
import { BackupRule } from '../../rule';
import { retentionOf } from '../retention';
import { parametersOf } from './control-checks';
import { CONTROLS } from './controls';
import { membersOf, numberOf, ParameterValues, unitOf } from './parameter-checks';
import { HOUR_MS, runsWithin } from './rule-frequency';

/** Whether something holds: undefined when a value is not known now. */
export type Verdict = boolean | undefined;

/** Source B10.1/9: AWS recommends at least 7 days and names no default; the typed factory takes the same. Assumed. */
const AIR_GAP_AGE_DAYS = 7;

/** What a control asks for; what is not known now is left out. */
export function demandOf(control: FrameworkControl, probe: IValueProbe): ControlDemand {
  const values = parametersOf(control, probe);
  const specs = CONTROLS.find(({ controlName }) => controlName === control.controlName)?.parameters ?? [];
  const takes = (name: string) => specs.some(({ parameterName }) => parameterName === name);
  const number = (name: string) => (takes(name) ? numberOf(values.get(name) ?? defaultOf(name), probe) : undefined);
  const defaultOf = (name: string) => {
    const given = specs.find(({ parameterName }) => parameterName === name)?.defaultValue;
    return given === undefined || given === '' ? undefined : given;
  };
  const list = (name: string) => (takes(name) ? membersOf(values.get(name), probe) : undefined);
  const hours = (name: string, otherwise?: number) => {
    const value = number(name) ?? (values.has(name) || !takes(name) ? undefined : otherwise);
    return value === undefined ? undefined : hoursOf(value, name, values, probe);
  };
  return {
    requiredFrequencyHours: hours('requiredFrequencyValue'),
    requiredRetentionDays: number('requiredRetentionDays'),
    recoveryPointAgeHours: hours('recoveryPointAgeValue', AIR_GAP_AGE_DAYS),
    maxRestoreTimeMinutes: number('maxRestoreTime'),
    minRetentionDays: number('minRetentionDays'),
    maxRetentionDays: number('maxRetentionDays'),
    crossRegions: list('crossRegionList'),
    crossAccounts: list('crossAccountList'),
    principalArns: list('principalArnList'),
  };
}

/** One rule has to do both: daily for 30 days and weekly for 90 make no plan that runs daily and keeps 35 days. */
export function meetsFrequencyAndRetention(rule: BackupRule, demand: ControlDemand, probe: IValueProbe): Verdict {
  const { requiredFrequencyHours: hours, requiredRetentionDays: required } = demand;
  const kept = retentionOf(rule.lifecycle, probe);
  const keeps = kept === undefined || required === undefined ? undefined : kept >= required;
  return both(keeps, runsWithin(rule, hours === undefined ? undefined : hours * HOUR_MS, probe));
}

/** Assumed: where several Regions or accounts are listed, a copy has to be in each. */
export function everyRegionOrAccount(own: string, reached: readonly string[], wanted: readonly string[] = []): boolean {
  return wanted.length === 0 ? reached.some((one) => one !== own) : wanted.every((one) => reached.includes(one));
}

/** Assumed: a lock has to be at least as narrow as the days that the control names. */
export function hasBounds(min: number, max: number, demand: ControlDemand, probe: IValueProbe): Verdict {
  const { minRetentionDays: atLeast, maxRetentionDays: atMost } = demand;
  return both(
    atLeast === undefined || (probe.known(min) ? min >= atLeast : undefined),
    atMost === undefined || (probe.known(max) ? max <= atMost : undefined),
  );
}

export function both(a: Verdict, b: Verdict): Verdict {
  if (a === false || b === false) {
    return false;
  }
  return a === undefined || b === undefined ? undefined : true;
}

function hoursOf(value: number, name: string, values: ParameterValues, probe: IValueProbe): number | undefined {
  const unit = unitOf(name, values);
  return probe.known(unit) ? value * (unit === 'hours' ? 1 : 24) : undefined;
}
