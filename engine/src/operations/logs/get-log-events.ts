/**
 * GetLogEvents of a stream: from the newest back, or from the oldest on.
 *
 * Source   API of CloudWatch Logs 2014-03-28: the same token again says that there is nothing more.
 */
import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
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
  const [direction, place] = placeOf(input.nextToken) ?? (input.startFromHead === true ? ['f', 0] : ['b', events.length]);
  const [from, to] = direction === 'f' ? [place, place + limit] : [Math.max(place - limit, 0), place];
  return {
    events: events
      .slice(from, to)
      .map(({ at, ingestedAt, message }) => ({ timestamp: at, ingestionTime: ingestedAt, message })),
    nextForwardToken: `f/${Math.min(to, events.length)}`,
    nextBackwardToken: `b/${from}`,
  };
}

function placeOf(token: string | undefined): ['f' | 'b', number] | undefined {
  if (token === undefined) {
    return undefined;
  }
  const [, direction, place] = /^([fb])\/(\d{1,15})$/.exec(token) ?? [];
  if (direction === undefined) {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  return [direction as 'f' | 'b', Number(place)];
}
