/**
 * DeleteAccessPoint.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { DeleteAccessPointCommandInput, DeleteAccessPointCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import { findAccessPoint, putAccessPoint } from '../access-points';
import type { Caller } from '../caller';

export function deleteAccessPoint(
  state: WorldState,
  caller: Caller,
  { AccessPointId }: DeleteAccessPointCommandInput,
): Omit<DeleteAccessPointCommandOutput, '$metadata'> {
  putAccessPoint(state, findAccessPoint(state, caller, AccessPointId), undefined);
  return {};
}
