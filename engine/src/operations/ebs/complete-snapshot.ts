/**
 * CompleteSnapshot.
 *
 * Source   EBS API reference: nothing is written any more; the checksum is that of the digests in the order of their blocks. Assumed: it is
 *          complete at once, and another number of blocks than were written is an error of the snapshot.
 * Spec     ../../domain/written-blocks.md
 */
import type { CompleteSnapshotCommandInput, CompleteSnapshotCommandOutput } from '@aws-sdk/client-ebs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { invalid } from '../snapshot-blocks';
import { findPending, refuseAlgorithm } from '../written-snapshots';

const LINEAR = 'LINEAR';

export function completeSnapshot(
  state: WorldState,
  caller: Caller,
  {
    SnapshotId,
    ChangedBlocksCount,
    Checksum,
    ChecksumAlgorithm,
    ChecksumAggregationMethod,
  }: CompleteSnapshotCommandInput,
): Omit<CompleteSnapshotCommandOutput, '$metadata'> {
  const { written } = findPending(state, caller, SnapshotId);
  if (ChangedBlocksCount === undefined || !(ChangedBlocksCount >= 0)) {
    throw invalid(
      'INVALID_PARAMETER_VALUE',
      `ChangedBlocksCount must be at least 0, got ${ChangedBlocksCount ?? NaN}.`,
    );
  }
  if (Checksum !== undefined) {
    refuseAlgorithm(ChecksumAlgorithm);
    if (ChecksumAggregationMethod !== LINEAR) {
      const text = `ChecksumAggregationMethod must be ${LINEAR}, got '${ChecksumAggregationMethod ?? ''}'.`;
      throw invalid('INVALID_PARAMETER_VALUE', text);
    }
    const made = written.checksum();
    if (made !== Checksum) {
      throw invalid('INVALID_PARAMETER_VALUE', `Checksum must be that of all blocks, ${made}, got '${Checksum}'.`);
    }
  }
  const Status = written.count === ChangedBlocksCount ? 'completed' : 'error';
  written.seal(Status);
  return { Status };
}
