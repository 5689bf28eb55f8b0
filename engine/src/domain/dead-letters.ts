/**
 * What a dead-letter queue is told of what did not arrive.
 *
 * Pure.
 * Source   the user guide of EventBridge, "Event retry policy and using dead-letter queues": the attributes, of which the
 *          exhausted condition is there only where tries ran out. Assumed: the codes, and that a text is the reason as it is told
 *          here.
 * Spec     deliveries.md
 */
import type { Sender } from './deliveries';
import { TARGET_THROTTLED, TARGET_UNAVAILABLE } from './delivery-reasons';
import type { MessageAttributes } from './queues';
import { DENIED_BY_POLICY, sentence, TARGET_MISSING } from './reasons';

/** Which limit of its retries an event has reached. */
export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

const CODES: Readonly<Record<number, string>> = {
  [DENIED_BY_POLICY]: 'NO_PERMISSIONS',
  [TARGET_MISSING]: 'RESOURCE_NOT_FOUND',
  [TARGET_THROTTLED]: 'THROTTLING',
  [TARGET_UNAVAILABLE]: 'ERROR_FROM_TARGET',
};

/** @param retries how often it was sent again */
export function deadLetterAttributes(
  sender: Sender,
  to: string,
  reason: number,
  retries = 0,
  exhausted?: Exhausted,
): MessageAttributes {
  const values = {
    RULE_ARN: sender.arn,
    TARGET_ARN: to,
    ERROR_CODE: CODES[reason] ?? 'SDK_CLIENT_ERROR',
    ERROR_MESSAGE: sentence(reason, { service: to.split(':')[2] }),
    RETRY_ATTEMPTS: `${retries}`,
    ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: 'String', value }]));
}
