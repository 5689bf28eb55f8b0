/**
 * RestoreTableToPointInTime.
 *
 * Source   API of DynamoDB 2012-08-10: settings are those of the source table at the time of the restore.
 */
import type {
  RestoreTableToPointInTimeCommandInput,
  RestoreTableToPointInTimeCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseMembers } from '../item-input';
import { lastOf } from '../stateful';
import { restoreTable } from '../table-backups';
import { continuousBackups, tableParticulars, tryFindTable } from '../tables';

export function restoreTableToPointInTime(
  state: WorldState,
  caller: Caller,
  input: RestoreTableToPointInTimeCommandInput,
): Omit<RestoreTableToPointInTimeCommandOutput, '$metadata'> {
  refuseMembers(input, { TargetTableName: { required: true, least: 3, most: 255 } });
  const named = input.SourceTableName ?? lastOf(input.SourceTableArn ?? '');
  const table = tryFindTable(state, caller, named);
  if (table === undefined) {
    throw new AwsFault('TableNotFoundException', `Table not found: ${named}`);
  }
  const recovery = continuousBackups(state, table).PointInTimeRecoveryDescription;
  const [from, to] = [recovery?.EarliestRestorableDateTime, recovery?.LatestRestorableDateTime];
  if (from === undefined || to === undefined) {
    const text = `Point in time recovery is not enabled for table '${table.declaration.name}'`;
    throw new AwsFault('PointInTimeRecoveryUnavailableException', text);
  }
  const at = input.UseLatestRestorableTime === true ? to : input.RestoreDateTime;
  if (at === undefined || at < from || at > to) {
    // Text: Assumed.
    const bounds = `from ${from.toISOString()} to ${to.toISOString()}`;
    throw new AwsFault(
      'InvalidRestoreTimeException',
      `RestoreDateTime must be ${bounds}, got ${at?.toISOString() ?? 'none'}`,
    );
  }
  const source = {
    particulars: tableParticulars(state, table),
    encryptedWith: table.declaration.encryptedWith,
    rows: state.tableItems.of(table).at(at.getTime()),
  };
  return { TableDescription: restoreTable(state, caller, source, input) };
}
