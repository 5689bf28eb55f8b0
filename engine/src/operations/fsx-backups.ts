/**
 * Backups of FSx that AWS Backup made, as FSx shows them.
 *
 * Pure: reads the World.
 * Source   API of FSx 2018-03-01 (Backup); B1.1 for their ARNs.
 */
import type { Backup } from '@aws-sdk/client-fsx';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { FSX, fsxShape } from './fsx-file-systems';
import { ONTAP, ontapVolumeShape } from './fsx-volumes';
import { type ServicePoint, servicePoints } from './service-points';
import { lastOf, tagList } from './stateful';

export function fsxBackups(state: WorldState, caller: Caller): ServicePoint[] {
  return servicePoints(state, caller, [...FSX, ...ONTAP]);
}

export function findFsxBackup(state: WorldState, caller: Caller, id: string | undefined): ServicePoint {
  const found = fsxBackups(state, caller).find(({ arn }) => lastOf(arn) === id);
  if (found === undefined) {
    throw new AwsFault('BackupNotFound', `Backup '${id ?? ''}' does not exist.`);
  }
  return found;
}

export function fsxBackupShape(state: WorldState, { arn, resource, createdAt, sizeBytes, tags }: ServicePoint): Backup {
  const isVolume = ONTAP.includes(resource.declaration.service);
  return given({
    BackupId: lastOf(arn),
    Lifecycle: 'AVAILABLE' as const,
    Type: 'AWS_BACKUP' as const,
    ProgressPercent: 100,
    CreationTime: dateOf(createdAt),
    KmsKeyId: resource.declaration.encryptedWith,
    ResourceARN: arn,
    OwnerId: resource.declaration.env.account,
    ResourceType: isVolume ? ('VOLUME' as const) : ('FILE_SYSTEM' as const),
    FileSystem: isVolume ? undefined : fsxShape(state, resource),
    Volume: isVolume ? ontapVolumeShape(resource) : undefined,
    SizeInBytes: sizeBytes,
    Tags: tagList(tags),
  });
}
