/**
 * PutLogEvents into a stream.
 *
 * Source   API of CloudWatch Logs 2014-03-28: in order of time, at most 14 days old, at most 2 hours ahead, within the
 *          retention. Assumed: the text.
 */
import type { PutLogEventsCommandInput, PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import { DAY, HOUR } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findLogGroup, findLogStream } from '../find-log-group';
import { required } from '../find-vault';

export function putLogEvents(
  state: WorldState,
  caller: Caller,
  input: PutLogEventsCommandInput,
): Omit<PutLogEventsCommandOutput, '$metadata'> {
  const group = findLogGroup(state, caller, input.logGroupName);
  const stream = findLogStream(group, input.logStreamName);
  const events = (input.logEvents ?? []).map(({ timestamp, message }) => ({
    at: required(timestamp, 'timestamp'),
    message: required(message, 'message'),
  }));
  if (events.some(({ at }, index) => at < (events[index - 1]?.at ?? -Infinity))) {
    throw new AwsFault('InvalidParameterException', 'Log events in a single PutLogEvents request must be in chronological order.');
  }
  const { now } = state;
  const [tooOld, expired, tooNew] = [
    now - 14 * DAY,
    group.retentionDays === undefined ? -Infinity : now - group.retentionDays * DAY,
    now + 2 * HOUR,
  ];
  for (const { at, message } of events) {
    if (at >= tooOld && at >= expired && at <= tooNew) {
      state.services.messaging.logs.write(group.arn, stream.name, message, at, now);
    }
  }
  const before = (bound: number) => events.filter(({ at }) => at < bound).length || undefined;
  const firstNew = events.findIndex(({ at }) => at > tooNew);
  const rejected = given({
    tooOldLogEventEndIndex: before(tooOld),
    expiredLogEventEndIndex: before(expired),
    tooNewLogEventStartIndex: firstNew < 0 ? undefined : firstNew,
  });
  return Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected };
}
