/**
 * Keys, indexes and time to live of aws_dynamodb_table, in the shapes of DynamoDB's own API.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0.
 */
import type { KeyElement, TableIndex } from '../../domain/tables';
import type { TableSchema } from '../declared-table';
import { Given } from './given';
import type { Resource } from './resource';

export function schemaOf(resource: Resource): TableSchema {
  const hash = Given.argument(resource, 'hash_key').text();
  const range = Given.argument(resource, 'range_key').text();
  const items = (name: string) => Given.argument(resource, name).items();
  const attributes = items('attribute').map((one) => ({
    AttributeName: one.member('name').text(),
    AttributeType: one.member('type').text(),
  }));
  const globalIndexes = items('global_secondary_index').map((one) => indexOf(one, one.member('hash_key').text()));
  const localIndexes = items('local_secondary_index').map((one) => indexOf(one, hash));
  const expiry = Given.argument(resource, 'ttl').block();
  const expires = expiry?.member('enabled').truth() === true ? expiry.member('attribute_name').text() : undefined;
  return {
    ...(attributes.length > 0 && { attributes }),
    ...(hash !== undefined && { keySchema: keysOf(hash, range) }),
    ...(globalIndexes.length > 0 && { globalIndexes }),
    ...(localIndexes.length > 0 && { localIndexes }),
    ...(expires !== undefined && { timeToLiveAttribute: expires }),
  };
}

function keysOf(hash: string | undefined, range: string | undefined): KeyElement[] {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
  ];
}

function indexOf(index: Given, hash: string | undefined): TableIndex {
  const others = index.member('non_key_attributes').texts();
  return {
    name: index.member('name').text() ?? '',
    keySchema: keysOf(hash, index.member('range_key').text()),
    projection: {
      ProjectionType: index.member('projection_type').text(),
      ...(others !== undefined && others.length > 0 && { NonKeyAttributes: others }),
    },
    readUnits: index.member('read_capacity').number() ?? 0,
    writeUnits: index.member('write_capacity').number() ?? 0,
  };
}
