/**
 * Blocks of snapshots, as the direct APIs of EBS list them.
 *
 * Pure: reads the World; bytes come from what host has captured, or from what the direct APIs wrote.
 * Source   EBS API reference; EBS user guide, "Use EBS direct APIs". Assumed: the texts.
 * Gaps     Snapshots of which nothing was captured have no blocks; `kms:Decrypt` is not asked of the caller.
 */
import { keyOfPoint } from '../domain/encryption';
import { type CapturedBlocks, SNAPSHOT_BLOCK_BYTES } from '../domain/content-orders';
import { NO_REASON } from '../domain/reasons';
import { GIB } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { BLOCK_TOKEN_MS, PAGE_TOKEN_MS, readToken, tokenOf } from './block-tokens';
import type { Caller } from './caller';
import { type FoundSnapshot, snapshotsOf } from './ec2-snapshots';
import { AwsFault } from './fault';

const LEAST_RESULTS = 100;
const MOST_RESULTS = 10_000;

/** What lists take. */
export interface ListInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly StartingBlockIndex?: number | undefined;
}

type Reason =
  | 'INVALID_BLOCK'
  | 'INVALID_BLOCK_TOKEN'
  | 'INVALID_CUSTOMER_KEY'
  | 'INVALID_PAGE_TOKEN'
  | 'INVALID_PARAMETER_VALUE'
  | 'INVALID_SNAPSHOT_ID'
  | 'INVALID_VOLUME_SIZE'
  | 'UNRELATED_SNAPSHOTS'
  | 'WRITE_REQUEST_TIMEOUT';

export function invalid(Reason: Reason, message: string): AwsFault {
  return new AwsFault('ValidationException', message, { members: { Reason } });
}

export function findReadable(state: WorldState, caller: Caller, id: string | undefined): FoundSnapshot {
  const found = snapshotsOf(state, caller).find((one) => one.id === id);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `The snapshot '${id ?? ''}' does not exist.`, {
      members: { Reason: 'SNAPSHOT_NOT_FOUND' },
    });
  }
  if (found.shape.State !== 'completed') {
    throw invalid('INVALID_SNAPSHOT_ID', `The snapshot '${found.id}' is in the '${found.shape.State ?? ''}' state.`);
  }
  const { keys } = state.ledger;
  const key = found.point === undefined ? found.made?.encryptedWith : keyOfPoint(state.ledger, found.point.row);
  if (keys.refusalOf(key) !== NO_REASON) {
    throw invalid('INVALID_CUSTOMER_KEY', `The key that encrypts the snapshot '${found.id}' cannot be used.`);
  }
  return found;
}

/** What a snapshot holds; undefined where nothing of it was captured. */
export async function blocksOf(state: WorldState, { point, made }: FoundSnapshot): Promise<CapturedBlocks | undefined> {
  if (made?.written !== undefined) {
    return made.written.read();
  }
  return point === undefined ? undefined : state.ledger.content?.blocks(point.row);
}

/** The bytes of a block: what is beyond the end of the disk is zeros. */
export async function bytesOf(blocks: CapturedBlocks, number: number): Promise<Buffer> {
  const bytes = Buffer.alloc(SNAPSHOT_BLOCK_BYTES);
  bytes.set(await blocks.extent(number));
  return bytes;
}

export function blockToken({ ledger, now }: WorldState, id: string, number: number): string {
  return tokenOf(ledger.seed, { kind: 'block', names: [id], number }, now + BLOCK_TOKEN_MS);
}

/** What the answers of both lists say beside their blocks. */
export function aboutList({ now }: WorldState, snapshot: FoundSnapshot, blocks: CapturedBlocks | undefined) {
  return {
    ExpiryTime: dateOf(now + BLOCK_TOKEN_MS),
    VolumeSize: blocks === undefined ? snapshot.shape.VolumeSize : Math.max(1, Math.ceil(blocks.sizeBytes / GIB)),
    BlockSize: SNAPSHOT_BLOCK_BYTES,
  };
}

/**
 * A page of the blocks that pass.
 *
 * @param names of the snapshots that are listed
 * @param numbers those that may be on it, in ascending order
 */
export async function pageOfBlocks(
  { ledger, now }: WorldState,
  { names, input }: { readonly names: readonly string[]; readonly input: ListInput },
  numbers: readonly number[],
  passes: (number: number) => Promise<boolean>,
): Promise<{ readonly numbers: number[]; readonly NextToken: string | undefined }> {
  const { NextToken, MaxResults = MOST_RESULTS, StartingBlockIndex = 0 } = input;
  const page = { kind: 'page', names } as const;
  const from = NextToken === undefined ? StartingBlockIndex : readToken(ledger.seed, NextToken, page, now);
  if (from === undefined) {
    throw invalid('INVALID_PAGE_TOKEN', 'The page token is invalid or has expired.');
  }
  // Source: EBS user guide, FAQ: who asks for less than 100 gets as many.
  const most = Math.min(Math.max(MaxResults, LEAST_RESULTS), MOST_RESULTS);
  const found: number[] = [];
  for (const number of numbers) {
    if (number < from || !(await passes(number))) {
      continue;
    }
    if (found.length === most) {
      return { numbers: found, NextToken: tokenOf(ledger.seed, { ...page, number }, now + PAGE_TOKEN_MS) };
    }
    found.push(number);
  }
  return { numbers: found, NextToken: undefined };
}
