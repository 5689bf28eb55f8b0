/**
 * When an event is sent again to a target that could not take it, and when it no longer is.
 *
 * Pure.
 * Units    `…Seconds` are counts, `…At` are Instants.
 * Source   API RetryPolicy of EventBridge: bounds and defaults; user guide of EventBridge, "Event retry policy and using dead-letter
 *          queues": exponential back off.
 * Assumed  The back off: a second, doubled each time up to eight minutes, so that 185 tries take about a day, and without the
 *          jitter. An event whose next try would come too late is given up at once.
 * Spec     deliveries.md
 */
import { EventRuleLimits } from '@holdfast/model';
import { type Instant, SECOND } from '../kernel/instant';
import type { Exhausted } from './dead-letters';

/** How often and how long a target is tried again. */
export interface RetryPolicy {
  readonly attempts: number | undefined;
  readonly maximumAgeSeconds: number | undefined;
}

const LONGEST_PAUSE = 480 * SECOND;

/** When to try again what came `firstAt` and was tried again so often; or which limit it has reached. */
export function nextTry(
  policy: RetryPolicy | undefined,
  firstAt: Instant,
  retries: number,
  now: Instant,
): Instant | Exhausted {
  const attempts = policy?.attempts ?? EventRuleLimits.MAXIMUM_RETRY_ATTEMPTS;
  const seconds = policy?.maximumAgeSeconds ?? EventRuleLimits.MAXIMUM_EVENT_AGE_SECONDS;
  if (retries >= attempts) {
    return 'MaximumRetryAttempts';
  }
  const next = now + Math.min(SECOND * 2 ** retries, LONGEST_PAUSE);
  return next - firstAt > seconds * SECOND ? 'MaximumEventAgeInSeconds' : next;
}
