/**
 * DeleteTable.
 *
 * Source   API of DynamoDB 2012-08-10. Its backups stay (B5.2/8).
 */
import type { DeleteTableCommandInput, DeleteTableCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTable, tableParticulars, tableShape } from '../tables';

export function deleteTable(
  state: WorldState,
  caller: Caller,
  { TableName }: DeleteTableCommandInput,
): Omit<DeleteTableCommandOutput, '$metadata'> {
  const table = findTable(state, caller, TableName);
  if (tableParticulars(state, table).deletionProtection) {
    throw new AwsFault(
      'ValidationException',
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const shape = tableShape(state, table);
  state.removeResource(table);
  return { TableDescription: { ...shape, TableStatus: 'DELETING' } };
}
