/**
 * StartExecution.
 *
 * Source   API of Step Functions 2016-11-23.
 * Gaps     States run where functions do; without them an execution is recorded, and shows RUNNING for ever. Tasks of other
 *          services than Lambda, callbacks, and items and results of a Map in S3 are not run.
 */
import type { StartExecutionCommandInput, StartExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function startExecution(
  state: WorldState,
  _caller: Caller,
  input: StartExecutionCommandInput,
): Omit<StartExecutionCommandOutput, '$metadata'> {
  const { stateMachines } = state.services.messaging;
  const arn = required(input.stateMachineArn, 'stateMachineArn');
  const text = input.input ?? '{}';
  if (stateMachines.tryFind(arn) === undefined) {
    throw new AwsFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
  try {
    parseJson(text);
  } catch {
    throw new AwsFault('InvalidExecutionInput', `Invalid State Machine Execution Input: '${text}'`);
  }
  const before = stateMachines.tryFindExecution(`${arn.replace(':stateMachine:', ':execution:')}:${input.name}`);
  if (before !== undefined && before.input !== text) {
    throw new AwsFault('ExecutionAlreadyExists', `Execution Already Exists: '${before.executionArn}'`);
  }
  const { executionArn, startedAt } = before ?? stateMachines.start(arn, text, state.now, input.name);
  return { executionArn, startDate: new Date(startedAt) };
}
