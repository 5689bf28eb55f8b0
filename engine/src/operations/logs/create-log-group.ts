/**
 * CreateLogGroup.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { CreateLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { logGroupArn } from '../../domain/log-groups';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function createLogGroup(state: WorldState, caller: Caller, input: CreateLogGroupCommandInput): void {
  const { groups } = state.services.messaging.logs;
  const name = required(input.logGroupName, 'logGroupName');
  if (groups.tryFind(caller, name) !== undefined) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  groups.put(caller, name, {
    name,
    arn: logGroupArn(caller, name),
    createdAt: state.now,
    kmsKeyId: input.kmsKeyId,
    groupClass: input.logGroupClass ?? 'STANDARD',
    streams: new Map(),
    retentionDays: undefined,
    tags: input.tags ?? {},
  });
}
