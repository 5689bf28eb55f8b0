/**
 * What calls to CloudWatch Logs name.
 *
 * Pure: reads the World.
 * Source   API of CloudWatch Logs 2014-03-28. The texts of what is missing are those that its clients know.
 */
import type { LogGroup, LogStream } from '../domain/log-groups';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** By name, or by ARN of the caller's account and Region. */
export function findLogGroup(
  state: WorldState,
  caller: Caller,
  name: string | undefined,
  identifier?: string,
): LogGroup {
  const { groups } = state.services.messaging.logs;
  const wanted = required(name ?? identifier, 'logGroupName');
  const byName = groups.tryFind(caller, wanted);
  const found = byName ?? groups.list(caller).find(({ arn }) => arn === wanted.replace(/:\*$/, ''));
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return found;
}

export function findLogStream({ streams }: LogGroup, name: string | undefined): LogStream {
  const stream = streams.get(required(name, 'logStreamName'));
  if (stream === undefined) {
    throw new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return stream;
}

/** What of CloudWatch Logs has tags, by ARN. */
export function findTaggedLogGroup(state: WorldState, caller: Caller, arn: string | undefined): LogGroup {
  const wanted = required(arn, 'resourceArn');
  if (!wanted.startsWith('arn:')) {
    throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return findLogGroup(state, caller, undefined, wanted);
}
