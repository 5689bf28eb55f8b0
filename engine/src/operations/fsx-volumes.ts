/**
 * Volumes of FSx for ONTAP, as FSx shows them.
 *
 * Pure: reads the World.
 * Source   API of FSx 2018-03-01.
 */
import type { Volume } from '@aws-sdk/client-fsx';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { FSX } from './fsx-file-systems';
import { lastOf, tagList, tagsOf, tryFindResource } from './stateful';

export const ONTAP = ['fsx-ontap'];

export function findOntapVolume(state: WorldState, caller: Caller, id: string | undefined): Resource {
  const found = tryFindResource(state, caller, ONTAP, id);
  if (found === undefined) {
    throw new AwsFault('VolumeNotFound', `Volume '${id ?? ''}' does not exist.`);
  }
  return found;
}

export function findFsxByArn(state: WorldState, caller: Caller, arn: string | undefined): Resource {
  const found = tryFindResource(state, caller, [...FSX, ...ONTAP], arn && lastOf(arn));
  if (found?.arn !== arn || found === undefined) {
    throw new AwsFault('ResourceNotFound', `The resource ${arn ?? ''} does not exist.`);
  }
  return found;
}

export function ontapVolumeShape(found: Resource): Volume {
  const tags = tagsOf(found);
  return {
    VolumeId: lastOf(found.arn),
    FileSystemId: found.arn.split('/').at(-2),
    Name: tags['Name'] ?? found.declaration.name,
    VolumeType: 'ONTAP',
    Lifecycle: 'CREATED',
    CreationTime: dateOf(found.madeAt),
    OntapConfiguration: { SizeInBytes: found.sizeBytes, SizeInMegabytes: Math.round(found.sizeBytes / 1024 ** 2) },
    ResourceARN: found.arn,
    Tags: tagList(tags),
  };
}
