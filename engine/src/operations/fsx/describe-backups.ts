/**
 * DescribeBackups.
 *
 * Source   API of FSx 2018-03-01: BackupNotFound; those of AWS Backup are of the type AWS_BACKUP. There are no others, as
 *          CreateBackup is not emulated.
 */
import type { DescribeBackupsCommandInput, DescribeBackupsCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { matching } from '../filters';
import { findFsxBackup, fsxBackups, fsxBackupShape } from '../fsx-backups';
import { pageOf } from '../page';

export function describeBackups(
  state: WorldState,
  caller: Caller,
  { BackupIds: ids = [], Filters, MaxResults, NextToken }: DescribeBackupsCommandInput,
): Omit<DescribeBackupsCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findFsxBackup(state, caller, id)) : fsxBackups(state, caller);
  const found = matching(
    asked.map((point) => fsxBackupShape(state, point)),
    Filters,
    (one) => ({
      'file-system-id': one.FileSystem?.FileSystemId,
      'volume-id': one.Volume?.VolumeId,
      'backup-type': one.Type,
      'file-system-type': one.FileSystem?.FileSystemType,
    }),
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'fsx',
    operation: 'DescribeBackups',
    keyOf: ({ BackupId = '' }) => BackupId,
  });
  return given({ Backups: page.items, NextToken: page.nextToken });
}
