/**
 * GetItem.
 *
 * Source   API of DynamoDB 2012-08-10. What was written is there at once, whether or not the read is consistent (Assumed).
 */
import type { GetItemCommandInput, GetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { Consumption } from '../item-capacity';
import { CAPACITY, refuseMembers, REQUIRED } from '../item-input';
import { askAttributes, readItem } from '../item-reads';
import { shownItem } from '../item-writes';

export function getItem(
  state: WorldState,
  caller: Caller,
  input: GetItemCommandInput,
): Omit<GetItemCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    AttributesToGet: { least: 1, most: 255 },
    TableName: REQUIRED,
    Key: REQUIRED,
  });
  const paths = askAttributes(input);
  const { table, item, sizeBytes } = readItem(state, caller, input.TableName, input.Key ?? {}, paths);
  const consumption = new Consumption(table.resource.declaration.name);
  consumption.read(sizeBytes, input.ConsistentRead === true);
  return given({ Item: shownItem(item), ConsumedCapacity: consumption.shown(input.ReturnConsumedCapacity) });
}
