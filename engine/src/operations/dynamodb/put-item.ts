/**
 * PutItem.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { PutItemCommandInput, PutItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { CAPACITY, METRICS, ON_FAILURE, refuseMembers, REQUIRED, RETURN_VALUES } from '../item-input';
import { askPut, commit, ready, refuseUnlessHolds, shownItem, writeFacts } from '../item-writes';

export function putItem(
  state: WorldState,
  caller: Caller,
  input: PutItemCommandInput,
): Omit<PutItemCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    TableName: REQUIRED,
    Item: REQUIRED,
    ReturnValues: RETURN_VALUES,
    ReturnItemCollectionMetrics: METRICS,
    ReturnValuesOnConditionCheckFailure: ON_FAILURE,
  });
  if (!['ALL_OLD', 'NONE'].includes(input.ReturnValues ?? 'NONE')) {
    throw invalid('ReturnValues can only be ALL_OLD or NONE');
  }
  const write = ready(state, caller, askPut(input));
  refuseUnlessHolds(write, input.ReturnValuesOnConditionCheckFailure);
  commit(state, write);
  const Attributes = input.ReturnValues === 'ALL_OLD' ? shownItem(write.before?.item) : undefined;
  return given({ Attributes, ...writeFacts(write, input) });
}
