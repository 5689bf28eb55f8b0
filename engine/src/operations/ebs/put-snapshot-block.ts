/**
 * PutSnapshotBlock.
 *
 * Source   EBS API reference: 512 KiB, and their SHA-256 in Base64; what was there is overwritten. Assumed: the texts.
 * Spec     ../../domain/written-blocks.md
 */
import type { PutSnapshotBlockCommandInput, PutSnapshotBlockCommandOutput } from '@aws-sdk/client-ebs';
import { Body } from '../../domain/bodies';
import { SNAPSHOT_BLOCK_BYTES } from '../../domain/content-orders';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { invalid } from '../snapshot-blocks';
import { CHECKSUM_ALGORITHM, findPending, refuseAlgorithm } from '../written-snapshots';

export function putSnapshotBlock(
  state: WorldState,
  caller: Caller,
  {
    SnapshotId,
    BlockIndex,
    BlockData,
    DataLength,
    Progress,
    Checksum,
    ChecksumAlgorithm,
  }: PutSnapshotBlockCommandInput,
): Omit<PutSnapshotBlockCommandOutput, '$metadata'> {
  const { written } = findPending(state, caller, SnapshotId);
  const number = BlockIndex ?? NaN;
  if (!written.has(number)) {
    const most = written.sizeBytes / SNAPSHOT_BLOCK_BYTES - 1;
    throw invalid('INVALID_BLOCK', `BlockIndex must be 0 to ${most}, got ${number}.`);
  }
  if (Progress !== undefined && !(Progress >= 0 && Progress <= 100)) {
    throw invalid('INVALID_PARAMETER_VALUE', `Progress must be 0 to 100, got ${Progress}.`);
  }
  const body = bodyOf(BlockData);
  if (DataLength !== SNAPSHOT_BLOCK_BYTES || body.sizeBytes !== SNAPSHOT_BLOCK_BYTES) {
    const got = `${DataLength ?? NaN} with ${body.sizeBytes} bytes`;
    throw invalid('INVALID_PARAMETER_VALUE', `DataLength must be ${SNAPSHOT_BLOCK_BYTES}, got ${got}.`);
  }
  refuseAlgorithm(ChecksumAlgorithm);
  const made = state.buckets.bodies.digest(body, CHECKSUM_ALGORITHM) as string;
  if (made !== Checksum) {
    const text = `Checksum must be that of the block, ${made}, got '${Checksum ?? ''}'.`;
    throw invalid('INVALID_PARAMETER_VALUE', text);
  }
  written.write(number, body, made, state.now);
  return { Checksum: made, ChecksumAlgorithm: CHECKSUM_ALGORITHM };
}

/** Over the wire it may have been put away on its way here. */
function bodyOf(given: unknown): Body {
  return given instanceof Body ? given : Body.inMemory(Uint8Array.from(given instanceof Uint8Array ? given : []));
}
