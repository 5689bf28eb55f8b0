/**
 * UpdateItem.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { UpdateItemCommandInput, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../domain/attribute-values';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import type { Path } from '../expression-parser';
import { CAPACITY, METRICS, ON_FAILURE, refuseMembers, REQUIRED, RETURN_VALUES } from '../item-input';
import { project } from '../item-projections';
import { askUpdate, commit, ready, type ReadyWrite, refuseUnlessHolds, shownItem, writeFacts } from '../item-writes';

export function updateItem(
  state: WorldState,
  caller: Caller,
  input: UpdateItemCommandInput,
): Omit<UpdateItemCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    TableName: REQUIRED,
    ReturnItemCollectionMetrics: METRICS,
    ReturnValues: RETURN_VALUES,
    Key: REQUIRED,
    ReturnValuesOnConditionCheckFailure: ON_FAILURE,
  });
  const asked = askUpdate(input);
  const write = ready(state, caller, asked);
  refuseUnlessHolds(write, input.ReturnValuesOnConditionCheckFailure);
  commit(state, write);
  return given({
    Attributes: shownItem(returned(write, input.ReturnValues ?? 'NONE', asked.updates)),
    ...writeFacts(write, input),
  });
}

/** Undefined where there is nothing to tell. */
function returned({ before, after }: ReadyWrite, wanted: string, updates: readonly Path[]): Item | undefined {
  const item = wanted.endsWith('_OLD') ? before?.item : after;
  if (wanted === 'NONE' || item === undefined) {
    return undefined;
  }
  const shown = wanted.startsWith('ALL') ? item : project(item, updates);
  return Object.keys(shown).length === 0 ? undefined : shown;
}
