/**
 * DescribeLogGroups: by prefix, by pattern, or all.
 *
 * Source   API of CloudWatch Logs 2014-03-28: pages of 50 groups.
 */
import type { DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

const PAGE = 50;

export function describeLogGroups(
  state: WorldState,
  caller: Caller,
  input: DescribeLogGroupsCommandInput,
): Omit<DescribeLogGroupsCommandOutput, '$metadata'> {
  const { logs } = state.services.messaging;
  const { logGroupNamePrefix: prefix = '', logGroupNamePattern: pattern = '', logGroupClass: wanted } = input;
  const groups = logs.groups
    .list(caller)
    .filter(({ name }) => name.startsWith(prefix) && name.includes(pattern))
    .filter(({ groupClass }) => wanted === undefined || groupClass === wanted);
  const page = pageOf(groups, input.limit ?? PAGE, input.nextToken, {
    service: 'logs',
    operation: 'DescribeLogGroups',
    keyOf: ({ name }) => name,
  });
  return given({
    logGroups: page.items.map((group) =>
      given({
        logGroupName: group.name,
        arn: `${group.arn}:*`,
        logGroupArn: group.arn,
        creationTime: group.createdAt,
        retentionInDays: group.retentionDays,
        kmsKeyId: group.kmsKeyId,
        logGroupClass: group.groupClass as 'STANDARD',
        metricFilterCount: 0,
        storedBytes: logs
          .eventsOf(group.arn, state.now, group.retentionDays)
          .reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
      }),
    ),
    nextToken: page.nextToken,
  });
}
