/**
 * StartSyncExecution: an express execution, whose end the caller waits for.
 *
 * Source   API of Step Functions 2016-11-23.
 * Gaps     No time passes while it runs: it waits for nothing, and stops when it started. What it costs is not told. Clients put
 *          `sync-` before the host of an endpoint unless they are told not to (`disableHostPrefix`).
 */
import type { StartSyncExecutionCommandInput, StartSyncExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { Execution } from '../../domain/state-machines';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { executionInput, findStateMachine } from '../find-state-machine';

type Output = Omit<StartSyncExecutionCommandOutput, '$metadata'>;

export function startSyncExecution(
  state: WorldState,
  _caller: Caller,
  input: StartSyncExecutionCommandInput,
): Promise<Output> {
  const machine = findStateMachine(state, input.stateMachineArn);
  if (machine.type !== 'EXPRESS') {
    // Assumed: the text.
    throw new AwsFault('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  const running = state.services.executions.runAtOnce(machine.arn, executionInput(input.input), input.name);
  if (running === undefined) {
    throw new AwsFault('NotEmulated', 'functions of this World do not run: make it with runFunctions');
  }
  return running.then(shown);
}

function shown(execution: Execution): Output {
  const { executionArn, stateMachineArn, name, startedAt, stoppedAt, status, output, error } = execution;
  const included = { included: true };
  return given({
    executionArn,
    stateMachineArn,
    name,
    startDate: dateOf(startedAt),
    stopDate: stoppedAt === undefined ? undefined : dateOf(stoppedAt),
    status: status === 'RUNNING' ? undefined : status,
    error: error?.error,
    cause: error?.cause,
    input: execution.input,
    inputDetails: included,
    output,
    outputDetails: output === undefined ? undefined : included,
  }) as Output;
}
