/**
 * CreateLogStream in a log group.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { CreateLogStreamCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findLogGroup } from '../find-log-group';
import { required } from '../find-vault';

export function createLogStream(state: WorldState, caller: Caller, input: CreateLogStreamCommandInput): void {
  const { arn, streams } = findLogGroup(state, caller, input.logGroupName);
  const name = required(input.logStreamName, 'logStreamName');
  if (streams.has(name)) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  streams.set(name, { name, arn: `${arn}:log-stream:${name}`, createdAt: state.now });
}
