/**
 * Snapshots of databases: made by hand, or recovery points of AWS Backup.
 *
 * Pure: reads the World.
 * Source   API of RDS 2014-10-31 (DBSnapshot, DBClusterSnapshot); B1.1 for what those of AWS Backup are called.
 */
import type { DBClusterSnapshot, DBSnapshot } from '@aws-sdk/client-rds';
import type { DatabaseSnapshot } from '../domain/databases';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { subnetGroupShape } from './database-subnets';
import { CLUSTERS, databaseParticulars, engineFacts, INSTANCES } from './databases';
import { AwsFault } from './fault';
import { asSnapshot, managedByBackup, NamedSnapshot, servicePoints, wholeGib } from './service-points';
import { environmentOf, lastOf, tagList, type TagMap } from './stateful';

export type SnapshotKind = 'snapshot' | 'cluster-snapshot';

export function snapshotArn({ partition, region, account }: Caller, kind: SnapshotKind, name: string): string {
  return `arn:${partition}:rds:${region}:${account}:${kind}:${name}`;
}

export function databaseSnapshots(state: WorldState, caller: Caller, kind: SnapshotKind): NamedSnapshot[] {
  const byHand = state.services.databases.snapshots
    .list(environmentOf(caller))
    .filter(({ arn }) => arn.includes(':rds:') && arn.includes(`:${kind}:`))
    .map((made: DatabaseSnapshot) => ({ ...made, byBackup: false }));
  const points = servicePoints(state, caller, kind === 'snapshot' ? INSTANCES : CLUSTERS).map((point) =>
    asSnapshot(point, point.arn.split(`:${kind}:`)[1] ?? point.arn),
  );
  return [...byHand, ...points];
}

export function findDatabaseSnapshot(
  state: WorldState,
  caller: Caller,
  kind: SnapshotKind,
  named: string | undefined,
): NamedSnapshot {
  const found = databaseSnapshots(state, caller, kind).find((one) => one.name === named || one.arn === named);
  if (found === undefined) {
    throw kind === 'snapshot'
      ? new AwsFault('DBSnapshotNotFoundFault', `DBSnapshot ${named ?? ''} not found.`)
      : new AwsFault('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${named ?? ''} not found.`);
  }
  return found;
}

/** Puts a snapshot by hand on its shelf. */
export function takeSnapshot(
  state: WorldState,
  caller: Caller,
  { kind, name, source, tags }: { kind: SnapshotKind; name: string; source: Resource; tags: TagMap },
): NamedSnapshot {
  if (databaseSnapshots(state, caller, kind).some((one) => one.name === name)) {
    const code = kind === 'snapshot' ? 'DBSnapshotAlreadyExistsFault' : 'DBClusterSnapshotAlreadyExistsFault';
    throw new AwsFault(
      code,
      `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
  }
  const arn = snapshotArn(caller, kind, name);
  const sizeGiB = wholeGib(source.sizeBytes);
  const made: DatabaseSnapshot = { name, arn, source, createdAt: state.now, sizeGiB, tags };
  state.services.databases.snapshots.put(environmentOf(caller), arn, made);
  return { ...made, byBackup: false };
}

export function dropSnapshot(
  state: WorldState,
  caller: Caller,
  kind: SnapshotKind,
  named: string | undefined,
): NamedSnapshot {
  const found = findDatabaseSnapshot(state, caller, kind, named);
  if (found.byBackup) {
    const door = kind === 'snapshot' ? 'rds:DeleteDBSnapshot' : 'rds:DeleteDBClusterSnapshot';
    throw managedByBackup(door, found.name);
  }
  state.services.databases.snapshots.remove(environmentOf(caller), found.arn);
  return found;
}

function common(state: WorldState, caller: Caller, { source, createdAt, sizeGiB, tags, byBackup }: NamedSnapshot) {
  const { settings, port, subnetGroup } = databaseParticulars(state, source);
  const { version, license } = engineFacts(String(settings['Engine']));
  return {
    SnapshotCreateTime: dateOf(createdAt),
    Engine: String(settings['Engine']),
    EngineVersion: String(settings['EngineVersion'] ?? version),
    LicenseModel: String(settings['LicenseModel'] ?? license),
    MasterUsername: String(settings['MasterUsername'] ?? 'admin'),
    AllocatedStorage: sizeGiB,
    Status: 'available',
    PercentProgress: 100,
    Port: port,
    ...given({ VpcId: subnetGroupShape(state, caller, subnetGroup)?.VpcId }),
    SnapshotType: byBackup ? 'awsbackup' : 'manual',
    ...given({ KmsKeyId: source.declaration.encryptedWith }),
    TagList: tagList(tags),
  };
}

export function snapshotShape(state: WorldState, caller: Caller, found: NamedSnapshot): DBSnapshot {
  return {
    ...common(state, caller, found),
    DBSnapshotIdentifier: found.name,
    DBSnapshotArn: found.arn,
    DBInstanceIdentifier: lastOf(found.source.arn),
    InstanceCreateTime: dateOf(found.source.madeAt),
    Encrypted: found.source.declaration.encryptedWith !== undefined,
  };
}

export function clusterSnapshotShape(state: WorldState, caller: Caller, found: NamedSnapshot): DBClusterSnapshot {
  return {
    ...common(state, caller, found),
    DBClusterSnapshotIdentifier: found.name,
    DBClusterSnapshotArn: found.arn,
    DBClusterIdentifier: lastOf(found.source.arn),
    ClusterCreateTime: dateOf(found.source.madeAt),
    StorageEncrypted: found.source.declaration.encryptedWith !== undefined,
  };
}
