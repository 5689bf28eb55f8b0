/**
 * Keys, indexes and time to live of AWS::DynamoDB::Table and GlobalTable.
 *
 * Pure.
 * Source   AWS CloudFormation "Template reference" of both types: members as DynamoDB's own API has them.
 */
import type { GlobalSecondaryIndex, LocalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import type { KeyElement, TableParticulars } from '../../domain/tables';
import { indexOf } from '../../operations/tables';
import type { TableSchema } from '../declared-table';
import type { DeclaredValue } from './declared-value';

export function schemaOf(properties: DeclaredValue): TableSchema {
  const list = <T>(member: string) => properties.member(member).json() as readonly T[] | undefined;
  const expiry = properties.member('TimeToLiveSpecification');
  const expires = expiry.member('Enabled').boolean() === true ? expiry.member('AttributeName').text() : undefined;
  const [attributes, keySchema] = [
    list<TableParticulars['attributes'][number]>('AttributeDefinitions'),
    list<KeyElement>('KeySchema'),
  ];
  const globalIndexes = list<GlobalSecondaryIndex>('GlobalSecondaryIndexes')?.map(indexOf);
  const localIndexes = list<LocalSecondaryIndex>('LocalSecondaryIndexes')?.map(indexOf);
  return {
    ...(attributes !== undefined && { attributes }),
    ...(keySchema !== undefined && { keySchema }),
    ...(globalIndexes !== undefined && { globalIndexes }),
    ...(localIndexes !== undefined && { localIndexes }),
    ...(expires !== undefined && { timeToLiveAttribute: expires }),
  };
}
