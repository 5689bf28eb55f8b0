/**
 * DeleteItem.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { DeleteItemCommandInput, DeleteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { CAPACITY, METRICS, ON_FAILURE, refuseMembers, REQUIRED, RETURN_VALUES } from '../item-input';
import { askDelete, commit, ready, refuseUnlessHolds, shownItem, writeFacts } from '../item-writes';

export function deleteItem(
  state: WorldState,
  caller: Caller,
  input: DeleteItemCommandInput,
): Omit<DeleteItemCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    TableName: REQUIRED,
    ReturnValues: RETURN_VALUES,
    ReturnItemCollectionMetrics: METRICS,
    Key: REQUIRED,
    ReturnValuesOnConditionCheckFailure: ON_FAILURE,
  });
  if (!['ALL_OLD', 'NONE'].includes(input.ReturnValues ?? 'NONE')) {
    throw invalid('ReturnValues can only be ALL_OLD or NONE');
  }
  const write = ready(state, caller, askDelete(input));
  refuseUnlessHolds(write, input.ReturnValuesOnConditionCheckFailure);
  commit(state, write);
  const Attributes = input.ReturnValues === 'ALL_OLD' ? shownItem(write.before?.item) : undefined;
  return given({ Attributes, ...writeFacts(write, input) });
}
