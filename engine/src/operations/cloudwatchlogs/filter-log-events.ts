/**
 * FilterLogEvents of a group, over its streams.
 *
 * Source   API of CloudWatch Logs 2014-03-28; user guide, "Filter pattern syntax" (terms).
 * Gaps     Patterns of JSON, columns and regular expressions answer NotEmulated.
 */
import type { FilterLogEventsCommandInput, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findLogGroup } from '../find-log-group';
import { pageOf } from '../page';

export function filterLogEvents(
  state: WorldState,
  caller: Caller,
  input: FilterLogEventsCommandInput,
): Omit<FilterLogEventsCommandOutput, '$metadata'> {
  const group = findLogGroup(state, caller, input.logGroupName, input.logGroupIdentifier);
  const { startTime = -Infinity, endTime = Infinity, logStreamNames, logStreamNamePrefix: prefix = '' } = input;
  const matches = patternOf(input.filterPattern ?? '');
  const events = state.services.messaging.logs
    .eventsOf(group.arn, state.now, group.retentionDays)
    .filter(({ at }) => at >= startTime && at <= endTime)
    .filter(({ stream }) => logStreamNames?.includes(stream) ?? stream.startsWith(prefix))
    .filter(({ message }) => matches(message));
  const page = pageOf(events, Math.min(input.limit ?? 1000, 1000), input.nextToken, {
    service: 'logs',
    operation: 'FilterLogEvents',
    parent: group.arn,
    keyOf: ({ id }) => String(id),
  });
  return given({
    events: page.items.map(({ id, stream, at, ingestedAt, message }) => ({
      eventId: id,
      logStreamName: stream,
      timestamp: at,
      ingestionTime: ingestedAt,
      message,
    })),
    searchedLogStreams: [],
    nextToken: page.nextToken,
  });
}

/** Every term has to be there, none with a minus, and one of those with a question mark. */
function patternOf(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw new AwsFault('NotEmulated', `logs: filter patterns such as ${pattern} are not emulated`);
  }
  const terms = [...pattern.matchAll(/([-?]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', quoted, bare]) => ({
    sign,
    text: quoted ?? bare ?? '',
  }));
  const of = (sign: string) => terms.filter((term) => term.sign === sign);
  return (message) =>
    of('').every(({ text }) => message.includes(text)) &&
    of('-').every(({ text }) => !message.includes(text)) &&
    (of('?').length === 0 || of('?').some(({ text }) => message.includes(text)));
}
