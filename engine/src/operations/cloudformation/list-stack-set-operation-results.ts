/**
 * ListStackSetOperationResults: how it went in each account and Region.
 *
 * Source   API of CloudFormation 2010-05-15, ListStackSetOperationResults.
 */
import type {
  ListStackSetOperationResultsCommandInput,
  ListStackSetOperationResultsCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findOperation, findStackSet } from '../../provision/stack-set-runs';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function listStackSetOperationResults(
  state: WorldState,
  caller: Caller,
  input: ListStackSetOperationResultsCommandInput,
): Omit<ListStackSetOperationResultsCommandOutput, '$metadata'> {
  const operation = findOperation(findStackSet(state, caller, input.StackSetName), input.OperationId);
  const page = pageOf(operation.results, input.MaxResults, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStackSetOperationResults',
    parent: operation.id,
    keyOf: ({ account, region }) => `${account} ${region}`,
  });
  const Summaries = page.items.map(({ account, region, status, reason, unitId }) =>
    given({
      Account: account,
      Region: region,
      Status: status,
      StatusReason: reason,
      OrganizationalUnitId: unitId,
    }),
  );
  return given({ Summaries, NextToken: page.nextToken });
}
