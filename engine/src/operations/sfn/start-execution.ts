/**
 * StartExecution.
 *
 * Source   API of Step Functions 2016-11-23.
 * Gaps     States run where functions do; without them an execution is recorded, and shows RUNNING for ever. Operations that
 *          are not emulated, activities, jobs (`.sync`) of other services than Step Functions, and items and results of a Map in
 *          S3 are not run.
 */
import type { StartExecutionCommandInput, StartExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { executionInput, findStateMachine } from '../find-state-machine';

export function startExecution(
  state: WorldState,
  _caller: Caller,
  input: StartExecutionCommandInput,
): Omit<StartExecutionCommandOutput, '$metadata'> {
  const { stateMachines } = state.services.messaging;
  const { arn, type } = findStateMachine(state, input.stateMachineArn);
  const text = executionInput(input.input);
  const named = `${arn.replace(':stateMachine:', ':execution:')}:${input.name}`;
  const before = type === 'EXPRESS' ? undefined : stateMachines.tryFindExecution(named);
  if (before !== undefined && before.input !== text) {
    throw new AwsFault('ExecutionAlreadyExists', `Execution Already Exists: '${before.executionArn}'`);
  }
  const { executionArn, startedAt } = before ?? stateMachines.start(arn, text, state.now, input.name);
  return { executionArn, startDate: new Date(startedAt) };
}
