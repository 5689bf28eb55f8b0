/**
 * DescribeBackupPolicy.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { DescribeBackupPolicyCommandInput, DescribeBackupPolicyCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { backupPolicy, findFileSystem } from '../file-systems';

export function describeBackupPolicy(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id }: DescribeBackupPolicyCommandInput,
): Omit<DescribeBackupPolicyCommandOutput, '$metadata'> {
  return { BackupPolicy: backupPolicy(findFileSystem(state, caller, id)) };
}
