/**
 * Why a target did not take what was sent to it, beside what reasons.ts has: numbers and sentences.
 *
 * Pure: constants and texts.
 * Source   the user guides of EventBridge ("Event retry policy and using dead-letter queues", "Sending events between accounts")
 *          and SQS.
 * Spec     deliveries.md
 */
import { ours, Reason } from './reason';

export const FORWARDED_BEFORE = 207;
export const GROUP_MISSING = 208;
export const TARGET_THROTTLED = 250;
export const TARGET_UNAVAILABLE = 251;

/** Source: what passes by itself is tried again; what somebody has to mend is not. */
export function isRetriable(reason: number): boolean {
  return reason === TARGET_THROTTLED || reason === TARGET_UNAVAILABLE;
}

export const DELIVERY_REASONS: Readonly<Record<number, Reason>> = {
  [FORWARDED_BEFORE]: ours(() => 'an event that came from another account or Region is not forwarded again'),
  [GROUP_MISSING]: ours(() => 'a FIFO queue takes no message without a group'),
  [TARGET_THROTTLED]: ours((f) => `${f.service} throttled it${retried(f.detail)}`),
  [TARGET_UNAVAILABLE]: ours((f) => `${f.service} was not available${retried(f.detail)}`),
};

function retried(detail: string | undefined): string {
  return detail === undefined ? '' : ` (${detail})`;
}
