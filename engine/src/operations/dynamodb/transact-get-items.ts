/**
 * TransactGetItems.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type {
  Get,
  ItemResponse,
  TransactGetItemsCommandInput,
  TransactGetItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { Consumption } from '../item-capacity';
import { CAPACITY, refuseMembers, REQUIRED } from '../item-input';
import { askAttributes, type ReadItem, readItem } from '../item-reads';
import { shownItem } from '../item-writes';
import { eachOf, refuseBytes, refuseCanceled, refuseCount, refuseTwice } from '../transactions';

export function transactGetItems(
  state: WorldState,
  caller: Caller,
  input: TransactGetItemsCommandInput,
): Omit<TransactGetItemsCommandOutput, '$metadata'> {
  refuseMembers(input, { ReturnConsumedCapacity: CAPACITY });
  refuseCount(input.TransactItems);
  const gets = (input.TransactItems ?? []).map(({ Get }): Partial<Get> => Get ?? {});
  const asked = gets.map((get) => {
    refuseMembers(get, { TableName: REQUIRED, Key: REQUIRED });
    return { get, paths: askAttributes(get) };
  });
  const { made, reasons } = eachOf(asked, ({ get, paths }) =>
    readItem(state, caller, get.TableName, get.Key ?? {}, paths),
  );
  refuseCanceled(reasons);
  refuseTwice(made);
  refuseBytes(made.map(({ sizeBytes }) => sizeBytes));
  const shown = consumptions(made).flatMap((one) => one.shown(input.ReturnConsumedCapacity, 'read') ?? []);
  return given({
    Responses: made.map(({ item }): ItemResponse => given({ Item: shownItem(item) })),
    ConsumedCapacity: shown.length === 0 ? undefined : shown,
  });
}

function consumptions(items: readonly ReadItem[]): Consumption[] {
  const sums = new Map<string, Consumption>();
  for (const { table, sizeBytes } of items) {
    const { name } = table.resource.declaration;
    const sum = sums.get(name) ?? new Consumption(name, 2);
    sums.set(name, sum);
    sum.read(sizeBytes, true);
  }
  return [...sums.values()];
}
