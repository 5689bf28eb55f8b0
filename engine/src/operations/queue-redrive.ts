/**
 * Where a queue sends what nobody could take, and whose such messages it takes.
 *
 * Pure: reads the World.
 * Source   API of SQS 2012-11-05, SetQueueAttributes (RedrivePolicy, RedriveAllowPolicy); SQS developer guide, "Using dead-letter
 *          queues" (read 2026-11-27). Texts: as seen in public threads, unless `Assumed` stands beside them.
 */
import type { Queues, Redrive } from '../domain/queues';
import { parseJson } from '../kernel/json';
import type { AwsFault } from './fault';
import { refused } from './queue-bounds';

const MOST_RECEIVES = 1000;
const MOST_SOURCES = 10;
const PERMISSIONS = ['allowAll', 'denyAll', 'byQueue'];

/** The queue whose policy it is. */
export interface RedriveOwner {
  readonly arn: string;
  readonly fifo: boolean;
}

/** The count may be text; an empty policy takes the redrive away. */
export function redriveOf(queues: Queues, owner: RedriveOwner, text: string): Redrive | undefined {
  if (text === '') {
    return undefined;
  }
  const policy = objectIn('RedrivePolicy', text);
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (policy[name] === undefined) {
      throw wrong('RedrivePolicy', text, `Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  const [target, count] = [String(policy['deadLetterTargetArn']), Number(policy['maxReceiveCount'])];
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_RECEIVES)) {
    const given = String(policy['maxReceiveCount']);
    const why = `Invalid value for maxReceiveCount: ${given}, valid values are from 1 to ${MOST_RECEIVES} both inclusive.`;
    throw wrong('RedrivePolicy', text, why);
  }
  const dead = queues.tryFind(target);
  // Source: developer guide: both queues are of one account and Region.
  if (dead === undefined || placeOf(target) !== placeOf(owner.arn)) {
    throw wrong('RedrivePolicy', text, 'Dead letter target does not exist.');
  }
  if (dead.fifo !== owner.fifo) {
    throw wrong('RedrivePolicy', text, 'Dead-letter queue must be same type of queue as the source.');
  }
  if (!takesFrom(dead.settings.particulars?.['RedriveAllowPolicy'], owner.arn)) {
    // Assumed: the text.
    throw wrong('RedrivePolicy', text, 'Dead letter target does not allow this queue as a source.');
  }
  return { deadLetterTargetArn: target, maxReceiveCount: count };
}

/** Assumed: the texts. */
export function refuseRedriveAllowed(text: string): void {
  const { redrivePermission, sourceQueueArns } = objectIn('RedriveAllowPolicy', text);
  if (!PERMISSIONS.includes(String(redrivePermission))) {
    const why = `redrivePermission must be one of ${PERMISSIONS.join(', ')}.`;
    throw wrong('RedriveAllowPolicy', text, why);
  }
  const byQueue = redrivePermission === 'byQueue';
  const sources = Array.isArray(sourceQueueArns) ? sourceQueueArns.length : 0;
  if (byQueue ? sources < 1 || sources > MOST_SOURCES : sourceQueueArns !== undefined) {
    const why = byQueue
      ? `sourceQueueArns must name 1 to ${MOST_SOURCES} queues.`
      : 'sourceQueueArns goes with redrivePermission byQueue alone.';
    throw wrong('RedriveAllowPolicy', text, why);
  }
}

function takesFrom(allowing: string | undefined, source: string): boolean {
  if (allowing === undefined || allowing === '') {
    return true;
  }
  const { redrivePermission, sourceQueueArns } = objectIn('RedriveAllowPolicy', allowing);
  const named = Array.isArray(sourceQueueArns) && sourceQueueArns.includes(source);
  return redrivePermission === 'allowAll' || (redrivePermission === 'byQueue' && named);
}

function placeOf(arn: string): string {
  return arn.split(':').slice(0, 5).join(':');
}

function objectIn(parameter: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(parameter, text, 'Amazon SQS can not parse the policy as JSON.');
  }
  return value as Readonly<Record<string, unknown>>;
}

function wrong(parameter: string, text: string, why: string): AwsFault {
  return refused(`Value ${text} for parameter ${parameter} is invalid. Reason: ${why}`);
}
