/**
 * Snapshots that are being written by the direct APIs of EBS.
 *
 * Pure: reads the World.
 * Source   EBS API reference. Assumed: the texts.
 * Spec     ../domain/written-blocks.md
 */
import type { Snapshot } from '../domain/ec2';
import { NO_REASON } from '../domain/reasons';
import type { WrittenBlocks } from '../domain/written-blocks';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { invalid } from './snapshot-blocks';
import { environmentOf } from './stateful';

/** The one algorithm that there is. */
export const CHECKSUM_ALGORITHM = 'SHA256';

/** @throws AwsFault when nothing is written into the snapshot any more, or its key cannot be used */
export function findPending(
  state: WorldState,
  caller: Caller,
  id: string | undefined,
): { readonly snapshot: Snapshot; readonly written: WrittenBlocks } {
  const snapshot = state.services.ec2.snapshots.tryFind(environmentOf(caller), id ?? '');
  const written = snapshot?.written;
  if (snapshot === undefined || written === undefined) {
    throw invalid('INVALID_SNAPSHOT_ID', `The snapshot '${id ?? ''}' is none that is being written.`);
  }
  const now = written.stateAt(state.now);
  if (now === 'error') {
    throw invalid('WRITE_REQUEST_TIMEOUT', `The snapshot '${snapshot.id}' was cancelled.`);
  }
  if (now === 'completed') {
    throw invalid('INVALID_SNAPSHOT_ID', `The snapshot '${snapshot.id}' is completed.`);
  }
  if (state.ledger.keys.refusalOf(snapshot.encryptedWith) !== NO_REASON) {
    throw invalid('INVALID_CUSTOMER_KEY', `The key that encrypts the snapshot '${snapshot.id}' cannot be used.`);
  }
  return { snapshot, written };
}

export function refuseAlgorithm(algorithm: string | undefined): void {
  if (algorithm !== CHECKSUM_ALGORITHM) {
    const text = `ChecksumAlgorithm must be ${CHECKSUM_ALGORITHM}, got '${algorithm ?? ''}'.`;
    throw invalid('INVALID_PARAMETER_VALUE', text);
  }
}
