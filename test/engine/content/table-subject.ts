/** A table with keys of two parts and an index, written at random. */
import { WorldState } from '../../../engine/src/domain/world-state';
import type { KeyedRows } from '../../../engine/src/domain/keyed-rows';
import { tableContent } from '../../../engine/src/host/content/table-content';
import { createTable } from '../../../engine/src/operations/dynamodb/create-table';
import { deleteItem } from '../../../engine/src/operations/dynamodb/delete-item';
import { putItem } from '../../../engine/src/operations/dynamodb/put-item';
import { bytesFrom, type Driver, type Subject } from './suite';

const CALLER = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const TableName = 'Things';
const HASHES = ['a', 'é', '\u{1f600}', '\uffee', 'x\ny', '__proto__'];

export const TABLE: Driver = { name: 'TableContent', make: async () => tableSubject() };

/** What a content that the subject made or restored holds. */
type Holder = { readonly held: () => { readonly rows: KeyedRows } };

function tableSubject(): Subject {
  const state = new WorldState({ start: 0 });
  createTable(state, CALLER, {
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'hash', AttributeType: 'S' },
      { AttributeName: 'sort', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'hash', KeyType: 'HASH' },
      { AttributeName: 'sort', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const resource = state.ledger.resources.list()[0];
  if (resource === undefined) {
    throw new Error('no table right after it was made');
  }
  return {
    content: tableContent(state, resource),
    change: async (draw) => {
      const Key = { hash: { S: HASHES[draw(HASHES.length)] ?? '' }, sort: { N: `${draw(4)}` } };
      if (draw(4) === 0) {
        deleteItem(state, CALLER, { TableName, Key });
      } else {
        const blob = { M: { B: { B: bytesFrom(draw, draw(300)) }, list: { L: [{ N: `${draw(9)}` }] } } };
        putItem(state, CALLER, { TableName, Item: { ...Key, blob } });
      }
    },
    look: async (content) =>
      [...(content as unknown as Holder).held().rows.rows()].map(({ item }) => JSON.stringify(item)).sort(),
    leftovers: () => 0,
    end: async () => {},
  };
}
