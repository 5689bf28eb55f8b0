/**
 * ListSnapshotBlocks.
 *
 * Source   EBS API reference: blocks that hold anything, in ascending order.
 */
import type { ListSnapshotBlocksCommandInput, ListSnapshotBlocksCommandOutput } from '@aws-sdk/client-ebs';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { aboutList, blocksOf, blockToken, findReadable, pageOfBlocks } from '../snapshot-blocks';

type Output = Omit<ListSnapshotBlocksCommandOutput, '$metadata'>;

export function listSnapshotBlocks(
  state: WorldState,
  caller: Caller,
  input: ListSnapshotBlocksCommandInput,
): Promise<Output> {
  const snapshot = findReadable(state, caller, input.SnapshotId);
  const list = async (): Promise<Output> => {
    const blocks = await blocksOf(state, snapshot);
    const page = { names: [snapshot.id], input };
    const { numbers, NextToken } = await pageOfBlocks(state, page, blocks?.numbers() ?? [], async () => true);
    return given({
      Blocks: numbers.map((BlockIndex) => ({ BlockIndex, BlockToken: blockToken(state, snapshot.id, BlockIndex) })),
      ...aboutList(state, snapshot, blocks),
      NextToken,
    });
  };
  return list();
}
