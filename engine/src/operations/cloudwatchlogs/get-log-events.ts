/**
 * GetLogEvents of a stream: from the newest back, or from the oldest on.
 *
 * Source   API of CloudWatch Logs 2014-03-28: the same token again says that there is nothing more; user guide for the form of
 *          tokens. A token names an event, so that what is written in the meantime is neither left out nor told twice.
 */
import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../domain/log-groups';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findLogGroup, findLogStream } from '../find-log-group';

const PAGE = 10_000;

export function getLogEvents(
  state: WorldState,
  caller: Caller,
  input: GetLogEventsCommandInput,
): Omit<GetLogEventsCommandOutput, '$metadata'> {
  const group = findLogGroup(state, caller, input.logGroupName, input.logGroupIdentifier);
  const { startTime = -Infinity, endTime = Infinity, limit = PAGE } = input;
  const all = state.services.messaging.logs
    .eventsOf(group.arn, state.now, group.retentionDays)
    .filter(({ stream }) => stream === input.logStreamName);
  if (all.length === 0) {
    // A stream that a service wrote into was made by nobody.
    findLogStream(group, input.logStreamName);
  }
  const events = all.filter(({ at }) => at >= startTime && at < endTime);
  const cursor = cursorIn(input.nextToken) ?? startOf(events, input.startFromHead === true);
  const page = cursor.forward
    ? events.filter((one) => keyOf(one) > cursor.key).slice(0, limit)
    : events.filter((one) => keyOf(one) < cursor.key).slice(-limit);
  const [first, last] = [page[0], page.at(-1)];
  // Of a page without events the one token is that of the call, and the other leads back to where it came from.
  const [before, after] = cursor.forward
    ? [cursor.key + 1n, cursor.key]
    : [cursor.key, cursor.key > 0n ? cursor.key - 1n : 0n];
  return {
    events: page.map(({ at, ingestedAt, message }) => ({ timestamp: at, ingestionTime: ingestedAt, message })),
    nextForwardToken: tokenOf('f', last === undefined ? after : keyOf(last)),
    nextBackwardToken: tokenOf('b', first === undefined ? before : keyOf(first)),
  };
}

/** Where to go on: behind or before the place of an event, whether or not it is still there. */
interface Cursor {
  readonly forward: boolean;
  readonly key: bigint;
}

const NUMBERS = 10n ** 15n;
const DIGITS = 56;

/** Where an event stands among those of its group: by its time, then as it was written. */
function keyOf({ at, number }: LogEvent): bigint {
  return BigInt(at) * NUMBERS + BigInt(number);
}

function startOf(events: readonly LogEvent[], fromHead: boolean): Cursor {
  const last = events.at(-1);
  // A stream without events begins and ends at once: what comes later is read forward from there.
  return { forward: fromHead, key: fromHead ? 0n : last === undefined ? 1n : keyOf(last) + 1n };
}

function tokenOf(direction: 'f' | 'b', key: bigint): string {
  return `${direction}/${String(key).padStart(DIGITS, '0')}/s`;
}

function cursorIn(token: string | undefined): Cursor | undefined {
  if (token === undefined) {
    return undefined;
  }
  const [, direction, key] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (direction === undefined || key === undefined) {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return { forward: direction === 'f', key: BigInt(key) };
}
