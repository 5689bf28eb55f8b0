/**
 * DescribeTable.
 *
 * Source   API of DynamoDB 2012-08-10: ResourceNotFoundException.
 */
import type { DescribeTableCommandInput, DescribeTableCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTable, tableShape } from '../tables';

export function describeTable(
  state: WorldState,
  caller: Caller,
  { TableName }: DescribeTableCommandInput,
): Omit<DescribeTableCommandOutput, '$metadata'> {
  return { Table: tableShape(state, findTable(state, caller, TableName)) };
}
