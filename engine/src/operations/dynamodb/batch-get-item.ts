/**
 * BatchGetItem.
 *
 * Source   API of DynamoDB 2012-08-10: 100 items and 16 MB at most; what is beyond is unprocessed.
 */
import type { AttributeValue, BatchGetItemCommandInput, BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { Consumption } from '../item-capacity';
import { CAPACITY, refuseMembers } from '../item-input';
import { askAttributes, type ReadItem, readItem } from '../item-reads';

const MOST_ITEMS = 100;
const MOST_BYTES = 16 * 1024 * 1024;

type Requests = NonNullable<BatchGetItemCommandInput['RequestItems']>;
type Request = Requests[string];
type Shown = Record<string, AttributeValue>;

export function batchGetItem(
  state: WorldState,
  caller: Caller,
  input: BatchGetItemCommandInput,
): Omit<BatchGetItemCommandOutput, '$metadata'> {
  refuseMembers(input, { ReturnConsumedCapacity: CAPACITY, RequestItems: { required: true, least: 1 } });
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, { Keys: keys = [] }]) => sum + keys.length, 0);
  if (count > MOST_ITEMS) {
    throw invalid('Too many items requested for the BatchGetItem call');
  }
  const read = requests.map(([name, request]) => ({ name, request, items: readAll(state, caller, name, request) }));
  const responses: Record<string, Shown[]> = {};
  const left: Requests = {};
  const consumed: Consumption[] = [];
  let size = 0;
  for (const { name, request, items } of read) {
    const consumption = new Consumption(items[0]?.table.resource.declaration.name ?? name);
    const found: Shown[] = [];
    const unprocessed: Shown[] = [];
    for (const [index, { item, sizeBytes }] of items.entries()) {
      if (size + sizeBytes > MOST_BYTES) {
        unprocessed.push(request.Keys?.[index] ?? {});
        continue;
      }
      size += sizeBytes;
      consumption.read(sizeBytes, request.ConsistentRead === true);
      if (item !== undefined) {
        found.push(item as Shown);
      }
    }
    responses[name] = found;
    consumed.push(consumption);
    if (unprocessed.length > 0) {
      left[name] = { ...request, Keys: unprocessed };
    }
  }
  const shown = consumed.flatMap((one) => one.shown(input.ReturnConsumedCapacity) ?? []);
  return given({
    Responses: responses,
    UnprocessedKeys: left,
    ConsumedCapacity: shown.length === 0 ? undefined : shown,
  });
}

function readAll(state: WorldState, caller: Caller, name: string, request: Request): ReadItem[] {
  refuseMembers(request, { Keys: { required: true, least: 1, most: MOST_ITEMS } });
  const paths = askAttributes(request);
  const items = (request.Keys ?? []).map((key) => readItem(state, caller, name, key, paths));
  const keys = items.map(({ key }) => JSON.stringify(key));
  if (new Set(keys).size !== keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  return items;
}
