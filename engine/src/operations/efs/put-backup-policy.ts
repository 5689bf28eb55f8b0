/**
 * PutBackupPolicy.
 *
 * Source   API of EFS 2015-02-01; EFS user guide, "Backing up EFS file systems": automatic backups are a plan of AWS Backup.
 */
import type { PutBackupPolicyCommandInput, PutBackupPolicyCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { backupPolicy, backUpAutomatically, findFileSystem } from '../file-systems';

export function putBackupPolicy(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, BackupPolicy: policy }: PutBackupPolicyCommandInput,
): Omit<PutBackupPolicyCommandOutput, '$metadata'> {
  const status = policy?.Status;
  if (status !== 'ENABLED' && status !== 'DISABLED') {
    throw new AwsFault('ValidationException', `BackupPolicy.Status must be ENABLED or DISABLED, got ${status ?? ''}`);
  }
  const found = backUpAutomatically(state, findFileSystem(state, caller, id), status === 'ENABLED');
  return { BackupPolicy: backupPolicy(found) };
}
