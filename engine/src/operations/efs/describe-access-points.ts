/**
 * DescribeAccessPoints.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { DescribeAccessPointsCommandInput, DescribeAccessPointsCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { accessPoints, accessPointShape, findAccessPoint } from '../access-points';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findFileSystem } from '../file-systems';
import { pageOf } from '../page';

export function describeAccessPoints(
  state: WorldState,
  caller: Caller,
  input: DescribeAccessPointsCommandInput,
): Omit<DescribeAccessPointsCommandOutput, '$metadata'> {
  const { AccessPointId, FileSystemId, MaxResults, NextToken } = input;
  const of = FileSystemId === undefined ? undefined : findFileSystem(state, caller, FileSystemId);
  const all =
    AccessPointId === undefined ? accessPoints(state, caller) : [findAccessPoint(state, caller, AccessPointId)];
  const page = pageOf(
    all.filter(({ fileSystem }) => of === undefined || fileSystem === of),
    MaxResults,
    NextToken,
    {
      service: 'elasticfilesystem',
      operation: 'DescribeAccessPoints',
      parent: FileSystemId,
      keyOf: ({ point }) => point.id,
    },
  );
  return given({ AccessPoints: page.items.map((one) => accessPointShape(caller, one)), NextToken: page.nextToken });
}
