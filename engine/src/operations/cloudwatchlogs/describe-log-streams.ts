/**
 * DescribeLogStreams of a group: by name, or by the last event.
 *
 * Source   API of CloudWatch Logs 2014-03-28: pages of 50 streams.
 */
import type { DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogGroup } from '../../domain/log-groups';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findLogGroup } from '../find-log-group';
import { pageOf } from '../page';

const PAGE = 50;

export function describeLogStreams(
  state: WorldState,
  caller: Caller,
  input: DescribeLogStreamsCommandInput,
): Omit<DescribeLogStreamsCommandOutput, '$metadata'> {
  const group = findLogGroup(state, caller, input.logGroupName, input.logGroupIdentifier);
  const events = state.services.messaging.logs.eventsOf(group.arn, state.now, group.retentionDays);
  const shapes = streamsOf(group, events).filter(({ logStreamName }) =>
    logStreamName.startsWith(input.logStreamNamePrefix ?? ''),
  );
  if (input.orderBy === 'LastEventTime') {
    shapes.sort((a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0));
  }
  const page = pageOf(input.descending === true ? shapes.reverse() : shapes, input.limit ?? PAGE, input.nextToken, {
    service: 'logs',
    operation: 'DescribeLogStreams',
    parent: group.arn,
    keyOf: ({ logStreamName = '' }) => logStreamName,
  });
  return given({ logStreams: page.items, nextToken: page.nextToken });
}

/** The streams of a group by name: those that were made, and those that services wrote into. */
function streamsOf({ arn, streams, createdAt }: LogGroup, events: readonly LogEvent[]) {
  const names = [...new Set([...streams.keys(), ...events.map(({ stream }) => stream)])].sort();
  return names.map((logStreamName) => {
    const own = events.filter(({ stream }) => stream === logStreamName);
    return given({
      logStreamName,
      arn: `${arn}:log-stream:${logStreamName}`,
      creationTime: streams.get(logStreamName)?.createdAt ?? own[0]?.ingestedAt ?? createdAt,
      firstEventTimestamp: own[0]?.at,
      lastEventTimestamp: own.at(-1)?.at,
      lastIngestionTime: own.at(-1)?.ingestedAt,
      storedBytes: 0,
    });
  });
}
