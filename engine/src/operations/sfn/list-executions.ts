/**
 * ListExecutions: of one state machine, the latest first.
 *
 * Source   API of Step Functions 2016-11-23: 100 a page unless told otherwise, at most 1000;
 *          not of express ones.
 */
import type { ListExecutionsCommandInput, ListExecutionsCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findStateMachine } from '../find-state-machine';
import { pageOf } from '../page';

const PAGE = 100;
const LONGEST_PAGE = 1000;

export function listExecutions(
  state: WorldState,
  _caller: Caller,
  input: ListExecutionsCommandInput,
): Omit<ListExecutionsCommandOutput, '$metadata'> {
  const { arn, type } = findStateMachine(state, input.stateMachineArn);
  const { stateMachines } = state.services.messaging;
  if (type === 'EXPRESS') {
    // Assumed: the text.
    throw new AwsFault('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  const found = stateMachines.executions
    .filter((one) => one.stateMachineArn === arn && (input.statusFilter ?? one.status) === one.status)
    .reverse();
  const page = pageOf(found, Math.min(input.maxResults || PAGE, LONGEST_PAGE), input.nextToken, {
    service: 'states',
    operation: 'ListExecutions',
    parent: arn,
    keyOf: ({ executionArn }) => executionArn,
  });
  return given({
    executions: page.items.map(({ executionArn, stateMachineArn, name, status, startedAt, stoppedAt }) =>
      given({
        executionArn,
        stateMachineArn,
        name,
        status,
        startDate: new Date(startedAt),
        stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt),
      }),
    ),
    nextToken: page.nextToken,
  });
}
