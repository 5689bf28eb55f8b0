/**
 * Access points of EFS, and what else of it has tags.
 *
 * Pure: reads the World; what is found puts its own tags.
 * Source   API of EFS 2015-02-01: AccessPointDescription; TagResource of file systems and access points, by id.
 */
import type { AccessPointDescription, PosixUser, RootDirectory } from '@aws-sdk/client-efs';
import type { AccessPoint } from '../domain/file-systems';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { FILE_SYSTEM, fileSystemParticulars, findFileSystem } from './file-systems';
import { changeResource, lastOf, resourcesOf, tagList, type TagMap, tagsOf } from './stateful';

export interface FoundAccessPoint {
  readonly fileSystem: Resource;
  readonly point: AccessPoint;
}

export function accessPoints(state: WorldState, caller: Caller): FoundAccessPoint[] {
  return resourcesOf(state, caller, FILE_SYSTEM).flatMap((fileSystem) =>
    fileSystemParticulars(state, fileSystem).accessPoints.map((point) => ({ fileSystem, point })),
  );
}

export function findAccessPoint(state: WorldState, caller: Caller, named: string | undefined): FoundAccessPoint {
  const id = named === undefined ? undefined : lastOf(named);
  const found = accessPoints(state, caller).find(({ point }) => point.id === id);
  if (found === undefined) {
    throw new AwsFault('AccessPointNotFound', `Access Point '${named ?? ''}' does not exist.`);
  }
  return found;
}

/** Puts another one in the place of an access point, or none. */
export function putAccessPoint(
  state: WorldState,
  { fileSystem, point }: FoundAccessPoint,
  next: AccessPoint | undefined,
): void {
  const others = fileSystemParticulars(state, fileSystem).accessPoints.filter(({ id }) => id !== point.id);
  const all = next === undefined ? others : [...others, next];
  state.ledger.particulars.fileSystems.change(fileSystem.arn, { accessPoints: all });
}

export function accessPointShape(caller: Caller, { fileSystem, point }: FoundAccessPoint): AccessPointDescription {
  const { partition, region, account } = caller;
  return given({
    AccessPointId: point.id,
    AccessPointArn: `arn:${partition}:elasticfilesystem:${region}:${account}:access-point/${point.id}`,
    ClientToken: point.clientToken,
    FileSystemId: lastOf(fileSystem.arn),
    LifeCycleState: 'available' as const,
    Name: point.tags['Name'],
    OwnerId: account,
    PosixUser: point.posixUser as PosixUser | undefined,
    RootDirectory: (point.rootDirectory ?? { Path: '/' }) as RootDirectory,
    Tags: tagList(point.tags),
  });
}

/** A file system or an access point. */
export function findEfsTagged(
  state: WorldState,
  caller: Caller,
  id: string | undefined,
): { readonly tags: TagMap; put(tags: TagMap): void } {
  if (lastOf(id ?? '').startsWith('fsap-')) {
    const found = findAccessPoint(state, caller, id);
    return { tags: found.point.tags, put: (tags) => putAccessPoint(state, found, { ...found.point, tags }) };
  }
  const found = findFileSystem(state, caller, id);
  return { tags: tagsOf(found), put: (tags) => void changeResource(state, found, { tags: { ...tags } }) };
}
