/**
 * GetSnapshotBlock.
 *
 * Source   EBS API reference: 512 KiB, and their SHA-256 in Base64.
 */
import { createHash } from 'node:crypto';
import type { GetSnapshotBlockCommandInput, GetSnapshotBlockCommandOutput } from '@aws-sdk/client-ebs';
import { SNAPSHOT_BLOCK_BYTES } from '../../domain/content-orders';
import type { WorldState } from '../../domain/world-state';
import { readToken } from '../block-tokens';
import type { Caller } from '../caller';
import { blocksOf, bytesOf, findReadable, invalid } from '../snapshot-blocks';

type Output = Omit<GetSnapshotBlockCommandOutput, '$metadata' | 'BlockData'> & { readonly BlockData: Uint8Array };

export function getSnapshotBlock(
  state: WorldState,
  caller: Caller,
  { SnapshotId, BlockIndex, BlockToken = '' }: GetSnapshotBlockCommandInput,
): Promise<Output> {
  const snapshot = findReadable(state, caller, SnapshotId);
  const number = readToken(state.ledger.seed, BlockToken, { kind: 'block', names: [snapshot.id] }, state.now);
  if (number === undefined || number !== BlockIndex) {
    throw invalid('INVALID_BLOCK_TOKEN', 'The block token is invalid or has expired.');
  }
  const get = async (): Promise<Output> => {
    const blocks = await blocksOf(state, snapshot);
    if (blocks === undefined) {
      throw invalid('INVALID_BLOCK', `The snapshot '${snapshot.id}' has no block ${number}.`);
    }
    const BlockData = await bytesOf(blocks, number);
    return {
      DataLength: SNAPSHOT_BLOCK_BYTES,
      BlockData,
      Checksum: createHash('sha256').update(BlockData).digest('base64'),
      ChecksumAlgorithm: 'SHA256',
    };
  };
  return get();
}
