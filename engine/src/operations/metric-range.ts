/**
 * The periods of CloudWatch that a call asks for.
 *
 * Pure: members of inputs in, periods out.
 * Units    `period` is in ms.
 * Source   API of CloudWatch 2010-08-01: GetMetricStatistics (1,440 data points), GetMetricData (100,800); Period is 1, 5,
 *          10, 20, 30 or a multiple of 60 seconds. Assumed: the texts.
 */
import { Instant, SECOND } from '../kernel/instant';
import { AwsFault } from './fault';
import { required } from './find-vault';

export interface MetricRange {
  /** Begin of the first period. */
  readonly from: Instant;
  readonly period: number;
  readonly count: number;
}

export interface MetricTimes {
  readonly StartTime: Date | undefined;
  readonly EndTime: Date | undefined;
}

/** Most data points of one call. */
export const MOST_STATISTICS = 1440;
export const MOST_DATA = 100_800;

const SHORT = [1, 5, 10, 20, 30];
const MINUTE_SECONDS = 60;

/** @throws AwsFault when the period is none, the times are the wrong way around, or there are more periods than `most` */
export function metricRange(times: MetricTimes, seconds: number, most: number): MetricRange {
  if (!SHORT.includes(seconds) && !(seconds >= MINUTE_SECONDS && seconds % MINUTE_SECONDS === 0)) {
    throw new AwsFault('InvalidParameterValueException', `Period must be 1, 5, 10, 20, 30 or n*60, got ${seconds}`);
  }
  const [start, end] = [required(times.StartTime, 'StartTime'), required(times.EndTime, 'EndTime')];
  if (!(start.getTime() < end.getTime())) {
    throw new AwsFault('InvalidParameterValueException', 'StartTime must be less than EndTime.');
  }
  const period = seconds * SECOND;
  const from = Math.floor(start.getTime() / period) * period;
  const count = Math.ceil((end.getTime() - from) / period);
  if (count > most) {
    throw new AwsFault(
      'InvalidParameterCombinationException',
      `You have requested up to ${count} datapoints, which exceeds the limit of ${most}.`,
    );
  }
  return { from, period, count };
}
