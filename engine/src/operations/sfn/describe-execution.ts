/**
 * DescribeExecution.
 *
 * Source   API of Step Functions 2016-11-23: not of express ones. The text of that is Assumed.
 */
import type { DescribeExecutionCommandInput, DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function describeExecution(
  state: WorldState,
  _caller: Caller,
  input: DescribeExecutionCommandInput,
): Omit<DescribeExecutionCommandOutput, '$metadata'> {
  const arn = required(input.executionArn, 'executionArn');
  if (arn.includes(':express:')) {
    throw new AwsFault('InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'");
  }
  const found = state.services.messaging.stateMachines.tryFindExecution(arn);
  if (found === undefined) {
    throw new AwsFault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }
  const { executionArn, stateMachineArn, name, status, startedAt, stoppedAt, output, error } = found;
  return given({
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: new Date(startedAt),
    stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
    input: found.input,
    output,
    error: error?.error,
    cause: error?.cause,
  });
}
