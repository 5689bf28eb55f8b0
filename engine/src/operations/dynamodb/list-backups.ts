/**
 * ListBackups.
 *
 * Source   API of DynamoDB 2012-08-10. Those that AWS Backup made without its advanced features; others DynamoDB does not have.
 */
import type { ListBackupsCommandInput, ListBackupsCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { backupSummary, tableBackups } from '../tables';

const MOST = 100;

export function listBackups(
  state: WorldState,
  caller: Caller,
  input: ListBackupsCommandInput,
): Omit<ListBackupsCommandOutput, '$metadata'> {
  const { TableName: name, ExclusiveStartBackupArn: after, BackupType: type = 'ALL', Limit = MOST } = input;
  const { TimeRangeLowerBound: from = new Date(0), TimeRangeUpperBound: until } = input;
  const all = tableBackups(state, caller).filter(
    ({ resource, createdAt }) =>
      (name === undefined || resource.declaration.name === name || resource.arn === name) &&
      createdAt >= from.getTime() &&
      (until === undefined || createdAt < until.getTime()),
  );
  const shown = type === 'ALL' || type === 'AWS_BACKUP' ? all : [];
  const left = after === undefined ? shown : shown.slice(shown.findIndex(({ arn }) => arn === after) + 1);
  const page = left.slice(0, Math.min(Limit, MOST));
  return given({
    BackupSummaries: page.map((point) => backupSummary(point)),
    LastEvaluatedBackupArn: page.length < left.length ? page.at(-1)?.arn : undefined,
  });
}
