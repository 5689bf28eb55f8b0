/**
 * DescribeContinuousBackups.
 *
 * Source   API of DynamoDB 2012-08-10: TableNotFoundException.
 */
import type {
  DescribeContinuousBackupsCommandInput,
  DescribeContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { continuousBackups, tryFindTable } from '../tables';

export function describeContinuousBackups(
  state: WorldState,
  caller: Caller,
  { TableName = '' }: DescribeContinuousBackupsCommandInput,
): Omit<DescribeContinuousBackupsCommandOutput, '$metadata'> {
  const table = tryFindTable(state, caller, TableName);
  if (table === undefined) {
    throw new AwsFault('TableNotFoundException', `Table not found: ${TableName}`);
  }
  return { ContinuousBackupsDescription: continuousBackups(state, table) };
}
