/**
 * ListChangedBlocks.
 *
 * Source   EBS API reference: blocks that are not the same in two snapshots of one volume. Assumed: a block that the second does
 *          not have is on the list, without a token of the second.
 */
import type { ListChangedBlocksCommandInput, ListChangedBlocksCommandOutput } from '@aws-sdk/client-ebs';
import type { CapturedBlocks } from '../../domain/content-orders';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import type { FoundSnapshot } from '../ec2-snapshots';
import { aboutList, blocksOf, blockToken, bytesOf, findReadable, invalid, pageOfBlocks } from '../snapshot-blocks';

type Output = Omit<ListChangedBlocksCommandOutput, '$metadata'>;

export function listChangedBlocks(
  state: WorldState,
  caller: Caller,
  input: ListChangedBlocksCommandInput,
): Promise<Output> {
  if (input.FirstSnapshotId === undefined) {
    throw invalid('INVALID_SNAPSHOT_ID', 'FirstSnapshotId must be specified with SecondSnapshotId.');
  }
  const first = findReadable(state, caller, input.FirstSnapshotId);
  const second = findReadable(state, caller, input.SecondSnapshotId);
  if (lineageOf(first) !== lineageOf(second)) {
    throw invalid('UNRELATED_SNAPSHOTS', `The snapshots '${first.id}' and '${second.id}' are unrelated.`);
  }
  return changedBlocks(state, [first, second], input);
}

/** What a snapshot is one of: of a volume, or of those that follow each other. */
function lineageOf({ made, shape }: FoundSnapshot): string | undefined {
  return made?.written?.lineage ?? shape.VolumeId;
}

async function changedBlocks(
  state: WorldState,
  [first, second]: readonly [FoundSnapshot, FoundSnapshot],
  input: ListChangedBlocksCommandInput,
): Promise<Output> {
  const [before, after] = [await blocksOf(state, first), await blocksOf(state, second)];
  const [had, has] = [new Set(before?.numbers()), new Set(after?.numbers())];
  const either = [...new Set([...had, ...has])].sort((a, b) => a - b);
  const { numbers, NextToken } = await pageOfBlocks(state, { names: [first.id, second.id], input }, either, (number) =>
    differs(before, after, number),
  );
  return given({
    ChangedBlocks: numbers.map((BlockIndex) => ({
      BlockIndex,
      ...(had.has(BlockIndex) && { FirstBlockToken: blockToken(state, first.id, BlockIndex) }),
      ...(has.has(BlockIndex) && { SecondBlockToken: blockToken(state, second.id, BlockIndex) }),
    })),
    ...aboutList(state, second, after),
    NextToken,
  });
}

async function differs(
  before: CapturedBlocks | undefined,
  after: CapturedBlocks | undefined,
  number: number,
): Promise<boolean> {
  if (before === undefined || after === undefined) {
    return true;
  }
  return !(await bytesOf(before, number)).equals(await bytesOf(after, number));
}
