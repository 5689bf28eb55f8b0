/**
 * BatchWriteItem.
 *
 * Source   API of DynamoDB 2012-08-10: 25 requests at most. Nothing is left unprocessed, as nobody else takes the capacity.
 */
import type {
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
  ItemCollectionMetrics,
  WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { Consumption } from '../item-capacity';
import { CAPACITY, METRICS, refuseMembers } from '../item-input';
import {
  askDelete,
  askPut,
  type AskedWrite,
  commit,
  consumed,
  metricsOf,
  ready,
  type ReadyWrite,
} from '../item-writes';

const MOST_REQUESTS = 25;

export function batchWriteItem(
  state: WorldState,
  caller: Caller,
  input: BatchWriteItemCommandInput,
): Omit<BatchWriteItemCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    ReturnItemCollectionMetrics: METRICS,
    RequestItems: { required: true, least: 1 },
  });
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, list]) => sum + list.length, 0);
  if (count > MOST_REQUESTS) {
    throw invalid('Too many items requested for the BatchWriteItem call');
  }
  const asked = requests.flatMap(([name, list]) => {
    if (list.length === 0) {
      throw invalid('The batch write request list for a table cannot be null or empty');
    }
    return list.map((request) => ask(name, request));
  });
  const writes = asked.map((one) => readyInBatch(state, caller, one));
  const keys = writes.map(({ table, key }) => JSON.stringify([table.resource.number, key]));
  if (new Set(keys).size !== keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  const sums = new Map<string, Consumption>();
  const metrics: Record<string, ItemCollectionMetrics[]> = {};
  for (const write of writes) {
    const { name } = write.table.resource.declaration;
    const sum = sums.get(name) ?? new Consumption(name);
    sums.set(name, sum);
    consumed(write, sum);
    commit(state, write);
    const one = input.ReturnItemCollectionMetrics === 'SIZE' ? metricsOf(write) : undefined;
    if (one !== undefined) {
      (metrics[name] ??= []).push(one);
    }
  }
  const shown = [...sums.values()].flatMap((one) => one.shown(input.ReturnConsumedCapacity) ?? []);
  return given({
    UnprocessedItems: {},
    ItemCollectionMetrics: Object.keys(metrics).length === 0 ? undefined : metrics,
    ConsumedCapacity: shown.length === 0 ? undefined : shown,
  });
}

function ask(TableName: string, { PutRequest, DeleteRequest }: WriteRequest): AskedWrite {
  if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return PutRequest === undefined
    ? askDelete({ TableName, Key: DeleteRequest?.Key })
    : askPut({ TableName, Item: PutRequest.Item });
}

/** Source: dynalite: keys that are missing or of another type are told of otherwise than by PutItem. */
function readyInBatch(state: WorldState, caller: Caller, asked: AskedWrite): ReadyWrite {
  try {
    return ready(state, caller, asked);
  } catch (error) {
    if (error instanceof AwsFault && /Missing the key|Type mismatch for key/.test(error.message)) {
      throw invalid('The provided key element does not match the schema');
    }
    throw error;
  }
}
