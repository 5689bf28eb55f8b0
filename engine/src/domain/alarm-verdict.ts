/**
 * The state of an alarm, by what its last periods had.
 *
 * Pure.
 * Source   the user guide of CloudWatch, "Configuring how CloudWatch alarms treat missing data", with its two tables.
 * Spec     alarms.md
 */

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface AlarmTerms {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly missingData: MissingData;
}

/** How many periods beyond the evaluated ones are looked at for data. Assumed: two, as in the guide's examples. */
export const EXTRA_PERIODS = 2;

/**
 * The state that periods come to.
 *
 * @param values the last `evaluationPeriods + EXTRA_PERIODS` periods, oldest first; undefined where there is no data
 */
export function verdictOf(terms: AlarmTerms, values: readonly (number | undefined)[], before: AlarmState): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missingData } = terms;
  const bad = values.flatMap((value) => (value === undefined ? [] : [isBreaching(terms, value)]));
  const wholeRange = values.slice(-evaluationPeriods);
  if (bad.length >= evaluationPeriods) {
    // Enough is there, be it older: what is missing does not matter.
    const latest = wholeRange.includes(undefined)
      ? bad.slice(-evaluationPeriods)
      : wholeRange.map((value) => isBreaching(terms, value ?? NaN));
    return countOf(latest) >= datapointsToAlarm ? 'ALARM' : 'OK';
  }
  const missing = evaluationPeriods - bad.length;
  switch (missingData) {
    case 'breaching':
      return countOf(bad) + missing >= datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching':
      return countOf(bad) >= datapointsToAlarm ? 'ALARM' : 'OK';
    default:
      if (bad.length === 0) {
        return missingData === 'ignore' ? before : 'INSUFFICIENT_DATA';
      }
      if (countOf(bad) >= datapointsToAlarm) {
        return 'ALARM';
      }
      if (bad.includes(false)) {
        return 'OK';
      }
      // All that is there is bad, and too little of it.
      return missingData === 'ignore' ? before : 'ALARM';
  }
}

export function isBreaching({ comparison, threshold }: AlarmTerms, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    default:
      return value <= threshold;
  }
}

function countOf(bad: readonly boolean[]): number {
  return bad.filter(Boolean).length;
}
