/**
 * CreateBackup.
 *
 * Source   API of DynamoDB 2012-08-10. A backup is available at once (Assumed).
 */
import type { CreateBackupCommandInput, CreateBackupCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseMembers, REQUIRED } from '../item-input';
import { backupDetails } from '../table-backups';
import { tryFindTable } from '../tables';

export function createBackup(
  state: WorldState,
  caller: Caller,
  input: CreateBackupCommandInput,
): Omit<CreateBackupCommandOutput, '$metadata'> {
  refuseMembers(input, { TableName: REQUIRED, BackupName: { required: true, least: 3, most: 255 } });
  const { TableName: named = '', BackupName: name = '' } = input;
  if (!/^[\w.-]+$/.test(name)) {
    throw invalid(`BackupName must be letters, digits, '_', '-' or '.', got '${name}'`);
  }
  const table = tryFindTable(state, caller, named);
  if (table === undefined) {
    throw new AwsFault('TableNotFoundException', `Table not found: ${named}`);
  }
  return { BackupDetails: backupDetails(state.tableItems.backup(table, name)) };
}
