/**
 * DescribeSnapshots.
 *
 * Source   EC2 API reference. Assumed: those of the caller's account alone; public ones of others are not modelled.
 */
import type { DescribeSnapshotsCommandInput, DescribeSnapshotsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSnapshot, snapshotsOf } from '../ec2-snapshots';
import { matching } from '../filters';
import { pageOf } from '../page';

export function describeSnapshots(
  state: WorldState,
  caller: Caller,
  { SnapshotIds: ids = [], OwnerIds: owners = [], Filters, MaxResults, NextToken }: DescribeSnapshotsCommandInput,
): Omit<DescribeSnapshotsCommandOutput, '$metadata'> {
  const asked = ids.length > 0 ? ids.map((id) => findSnapshot(state, caller, id)) : snapshotsOf(state, caller);
  const own = owners.length === 0 || owners.some((owner) => owner === 'self' || owner === caller.account);
  const found = matching(
    own ? asked : [],
    Filters,
    ({ shape }) => ({
      'snapshot-id': shape.SnapshotId,
      'volume-id': shape.VolumeId,
      'volume-size': String(shape.VolumeSize),
      'owner-id': shape.OwnerId,
      'storage-tier': shape.StorageTier,
      description: shape.Description,
      encrypted: String(shape.Encrypted),
      status: shape.State,
    }),
    ({ tags }) => tags,
  );
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeSnapshots',
    keyOf: ({ shape }) => shape.SnapshotId ?? '',
  });
  return given({ Snapshots: page.items.map(({ shape }) => shape), NextToken: page.nextToken });
}
