/**
 * ListExecutions: of one state machine, the latest first.
 *
 * Source   API of Step Functions 2016-11-23: 100 a page unless told otherwise, at most 1000.
 */
import type { ListExecutionsCommandInput, ListExecutionsCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { pageOf } from '../page';

const PAGE = 100;
const LONGEST_PAGE = 1000;

export function listExecutions(
  state: WorldState,
  _caller: Caller,
  input: ListExecutionsCommandInput,
): Omit<ListExecutionsCommandOutput, '$metadata'> {
  const arn = required(input.stateMachineArn, 'stateMachineArn');
  const { stateMachines } = state.services.messaging;
  if (stateMachines.tryFind(arn) === undefined) {
    throw new AwsFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
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
