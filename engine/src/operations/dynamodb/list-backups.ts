/**
 * ListBackups.
 *
 * Source   API of DynamoDB 2012-08-10. Its own, and those that AWS Backup made without its advanced features.
 */
import type { ListBackupsCommandInput, ListBackupsCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { ownBackupSummary } from '../table-backups';
import { backupSummary, tableBackups } from '../tables';

const MOST = 100;

export function listBackups(
  state: WorldState,
  caller: Caller,
  input: ListBackupsCommandInput,
): Omit<ListBackupsCommandOutput, '$metadata'> {
  const { TableName: name, ExclusiveStartBackupArn: after, BackupType: type = 'ALL', Limit = MOST } = input;
  const { TimeRangeLowerBound: from = new Date(0), TimeRangeUpperBound: until } = input;
  const managed = tableBackups(state, caller).map((point) => backupSummary(point));
  const own = state.tableItems.backupsAt(caller).map((backup) => ownBackupSummary(backup));
  const shown = [...managed, ...own]
    .filter(({ BackupType, TableName, TableArn, BackupCreationDateTime: at = from }) => {
      const isNamed = name === undefined || name === TableName || name === TableArn;
      return isNamed && (type === 'ALL' || type === BackupType) && at >= from && (until === undefined || at < until);
    })
    .sort((a, b) => Number(a.BackupCreationDateTime) - Number(b.BackupCreationDateTime));
  const left = after === undefined ? shown : shown.slice(shown.findIndex(({ BackupArn }) => BackupArn === after) + 1);
  const page = left.slice(0, Math.min(Limit, MOST));
  return given({
    BackupSummaries: page,
    LastEvaluatedBackupArn: page.length < left.length ? page.at(-1)?.BackupArn : undefined,
  });
}
