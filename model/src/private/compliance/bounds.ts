import { ComplianceAspect as Aspect, ComplianceRequirement } from '../../compliance-requirement';
import { days } from '../reading';
import { duration } from '../runs';

const HOUR_MS = 60 * 60 * 1000;

/** A day of 25 hours, when clocks go back, is a day. */
const CLOCK_CHANGE_HOURS = 1;

/** What a requirement with a number allows; values are hours or days, as the aspect says. */
export interface Bound {
  readonly fits: (value: number) => boolean;
  readonly allowed: string;
  /** A value in words. */
  readonly shown: (value: number) => string;
}

const BOUNDS: Partial<Record<Aspect, (value: number) => Bound>> = {
  [Aspect.MAX_HOURS_BETWEEN_BACKUPS]: (most) => ({
    fits: (hours) => hours <= most + CLOCK_CHANGE_HOURS,
    allowed: `at most ${most} hours between two backups`,
    shown: (hours) => duration(hours * HOUR_MS),
  }),
  [Aspect.MIN_RETENTION_DAYS]: (least) => atLeast(least, `at least ${days(least)}`),
  [Aspect.LONG_RETENTION_DAYS]: (least) => ({
    ...atLeast(least, `given a rule that keeps at least ${days(least)}`),
    shown: (value) => `${days(value)} at most`,
  }),
  [Aspect.MAX_RETENTION_DAYS]: (most) => atMost(most, `at most ${days(most)}`),
  [Aspect.MIN_WARM_DAYS]: (least) => atLeast(least, `at least ${days(least)}`),
  [Aspect.LOCK_MIN_RETENTION_DAYS]: (least) => atLeast(least, `at least ${days(least)}`),
  [Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS]: (most) => atMost(most, `at most ${days(most)} apart`),
  [Aspect.EVIDENCE_RETENTION_DAYS]: (least) => atLeast(least, `kept at least ${days(least)}`),
};

/** What a requirement with a number allows; undefined for one without. */
export function tryBoundOf({ aspect, value = 0 }: ComplianceRequirement): Bound | undefined {
  return BOUNDS[aspect]?.(value);
}

/** @throws Error when the requirement has no number */
export function boundOf(requirement: ComplianceRequirement): Bound {
  const bound = tryBoundOf(requirement);
  if (bound === undefined) {
    throw new Error(`${requirement.aspect} has no number`);
  }
  return bound;
}

function atLeast(least: number, allowed: string): Bound {
  return { fits: (value) => value >= least, allowed, shown: days };
}

function atMost(most: number, allowed: string): Bound {
  return { fits: (value) => value <= most, allowed, shown: days };
}
