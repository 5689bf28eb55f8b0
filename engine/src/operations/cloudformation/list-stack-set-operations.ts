/**
 * ListStackSetOperations, latest first.
 *
 * Source   API of CloudFormation 2010-05-15, ListStackSetOperations.
 */
import type {
  ListStackSetOperationsCommandInput,
  ListStackSetOperationsCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { findStackSet } from '../../provision/stack-set-runs';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function listStackSetOperations(
  state: WorldState,
  caller: Caller,
  input: ListStackSetOperationsCommandInput,
): Omit<ListStackSetOperationsCommandOutput, '$metadata'> {
  const set = findStackSet(state, caller, input.StackSetName);
  const page = pageOf([...set.operations].reverse(), input.MaxResults, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStackSetOperations',
    parent: set.id,
    keyOf: ({ id }) => id,
  });
  const Summaries = page.items.map(({ id: OperationId, action: Action, status: Status, at }) => {
    const time = dateOf(at);
    return { OperationId, Action, Status, CreationTimestamp: time, EndTimestamp: time };
  });
  return given({ Summaries, NextToken: page.nextToken });
}
