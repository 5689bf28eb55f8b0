/**
 * StartSnapshot.
 *
 * Source   EBS API reference: 1 to 65536 GiB; Timeout 10 to 4320 minutes, 60 unless given; Encrypted not beside a parent. Assumed: the texts.
 * Spec     ../../domain/written-blocks.md
 * Gaps     A parent of which nothing was captured or written is refused.
 */
import type { StartSnapshotCommandInput, StartSnapshotCommandOutput } from '@aws-sdk/client-ebs';
import { SNAPSHOT_BLOCK_BYTES } from '../../domain/content-orders';
import type { Snapshot } from '../../domain/ec2';
import { keyOfPoint } from '../../domain/encryption';
import { generatedHex } from '../../domain/generated-ids';
import { GIB } from '../../domain/snapshot';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { type Parent, WrittenBlocks } from '../../domain/written-blocks';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { volumeKey } from '../ec2-volumes';
import { AwsFault } from '../fault';
import { madeOnce } from '../repeated-calls';
import { findReadable, invalid } from '../snapshot-blocks';
import { environmentOf, tagList, tagMap } from '../stateful';

const MOST_GIB = 65_536;
const TIMEOUT_MINUTES = 60;
const [LEAST_TIMEOUT, MOST_TIMEOUT] = [10, 4320];
/** Source: EBS user guide: what EC2 shows for the volume of a snapshot that has none. */
const NO_VOLUME = 'vol-ffffffff';

export function startSnapshot(
  state: WorldState,
  caller: Caller,
  input: StartSnapshotCommandInput,
): Omit<StartSnapshotCommandOutput, '$metadata'> {
  const mismatch = () => new AwsFault('ConflictException', 'The client token was given before, with other parameters.');
  const once = { operation: 'StartSnapshot', token: input.ClientToken, input, mismatch };
  const [id = ''] = madeOnce(state, caller, once, () => [start(state, caller, input)]);
  const made = state.services.ec2.snapshots.tryFind(environmentOf(caller), id);
  if (made?.written === undefined) {
    throw invalid('INVALID_SNAPSHOT_ID', `The snapshot '${id}' that the token made is gone.`);
  }
  return given({
    SnapshotId: id,
    OwnerId: made.env.account,
    Status: made.written.stateAt(state.now),
    StartTime: dateOf(made.startedAt),
    VolumeSize: made.sizeGiB,
    BlockSize: SNAPSHOT_BLOCK_BYTES,
    Description: made.description === '' ? undefined : made.description,
    Tags: Object.keys(made.tags).length === 0 ? undefined : tagList(made.tags),
    ParentSnapshotId: input.ParentSnapshotId,
    KmsKeyArn: made.encryptedWith,
  });
}

function start(state: WorldState, caller: Caller, input: StartSnapshotCommandInput): string {
  const { VolumeSize: sizeGiB = NaN, Timeout: timeout = TIMEOUT_MINUTES, ParentSnapshotId: parentId } = input;
  if (!Number.isInteger(sizeGiB) || sizeGiB < 1 || sizeGiB > MOST_GIB) {
    throw invalid('INVALID_VOLUME_SIZE', `VolumeSize must be 1 to ${MOST_GIB} GiB, got ${sizeGiB}.`);
  }
  if (!Number.isInteger(timeout) || timeout < LEAST_TIMEOUT || timeout > MOST_TIMEOUT) {
    const text = `Timeout must be ${LEAST_TIMEOUT} to ${MOST_TIMEOUT} minutes, got ${timeout}.`;
    throw invalid('INVALID_PARAMETER_VALUE', text);
  }
  if (parentId !== undefined && input.Encrypted !== undefined) {
    throw invalid('INVALID_PARAMETER_VALUE', 'Encrypted must not be given with ParentSnapshotId.');
  }
  if (input.KmsKeyArn !== undefined && input.Encrypted !== true && parentId === undefined) {
    throw invalid('INVALID_PARAMETER_VALUE', 'KmsKeyArn must not be given unless Encrypted is true.');
  }
  const parent = parentId === undefined ? undefined : parentOf(state, caller, parentId, sizeGiB);
  const env = environmentOf(caller);
  const count = state.ledger.particulars.nth(['written-snapshot', placeOf(env)].join('\u0000'));
  const id = `snap-${generatedHex('snapshot', env, `${NO_VOLUME}#${count}`, 17)}`;
  const lineage = parent?.lineage ?? id;
  const { bodies } = state.buckets;
  const written = new WrittenBlocks(lineage, sizeGiB * GIB, state.now, timeout, bodies, parent?.blocks);
  const snapshot: Snapshot = {
    ...{ id, env, volumeId: NO_VOLUME, sizeGiB, startedAt: state.now, written },
    description: input.Description ?? '',
    encryptedWith: parent?.encryptedWith ?? volumeKey(caller, input.Encrypted, input.KmsKeyArn),
    tags: tagMap(input.Tags),
  };
  state.services.ec2.snapshots.put(env, id, snapshot);
  return id;
}

/** What a snapshot begins with. */
interface Origin {
  readonly lineage: string | undefined;
  readonly encryptedWith: string | undefined;
  readonly blocks: Parent;
}

/** Source: a snapshot follows those of the volume of its parent. */
function parentOf(state: WorldState, caller: Caller, id: string, sizeGiB: number): Origin {
  const { ledger } = state;
  const { made, point, shape } = findReadable(state, caller, id);
  const blocks = point === undefined ? made?.written : ledger.content?.lend(point.row);
  if (blocks === undefined) {
    const hint = 'give its volume content before it is backed up (docs/content.md)';
    throw new AwsFault(
      'NotEmulated',
      `ebs: nothing is known of what '${id}' holds, so that no snapshot begins with it: ${hint}`,
    );
  }
  const least = shape.VolumeSize ?? 0;
  if (sizeGiB < least) {
    const text = `VolumeSize must be at least that of the parent, ${least} GiB, got ${sizeGiB}.`;
    throw invalid('INVALID_VOLUME_SIZE', text);
  }
  const encryptedWith = point === undefined ? made?.encryptedWith : keyOfPoint(ledger, point.row);
  return { lineage: made?.written?.lineage ?? shape.VolumeId, encryptedWith, blocks };
}
