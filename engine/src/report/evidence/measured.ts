/**
 * What measuring an aspect of a run gives, and the words for it.
 *
 * Pure: types and text.
 * Units    milliseconds in, hours and days out.
 */
import type { ComplianceObservation, ComplianceRequirement } from '@holdfast/model';
import { DAY, HOUR } from '../../kernel/instant';
import type { Seen, Sight } from './sight';

export interface Measured {
  /** What was seen, place by place. */
  readonly observations: readonly ComplianceObservation[];
  /** What was seen, in words. */
  readonly what: readonly string[];
  /** Why what was seen does not decide it. */
  readonly cannot?: string;
}

export type Measure = (sight: Sight, requirement: ComplianceRequirement) => Measured;

export const NO_POINT: Measured = { observations: [], what: [], cannot: 'no recovery point was made' };

/** Whole days of a stretch; AWS Backup deletes within hours of the day, never before. */
export function daysOf(ms: number): number {
  return Math.floor(ms / DAY);
}

export function hoursText(ms: number): string {
  const hours = Math.round(ms / HOUR);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

export function daysText(ms: number): string {
  const days = daysOf(ms);
  return days === Infinity ? 'for ever' : days === 1 ? '1 day' : `${days} days`;
}

/** `3 of 4 resources`. */
export function shareText(some: number, all: number, noun: string): string {
  return `${some} of ${all} ${noun}${all === 1 ? '' : 's'}`;
}

/** Those that plans protect, or that were backed up without one. */
export function protectedOf(sight: Sight): Seen[] {
  return sight.resources.filter(({ plans, made }) => plans.length > 0 || made > 0);
}

export function arnOf({ resource }: Seen): string {
  return resource.arn;
}
