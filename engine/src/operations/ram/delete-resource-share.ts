/**
 * DeleteResourceShare.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { DeleteResourceShareRequest, DeleteResourceShareResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findShare } from '../share';

export function deleteResourceShare(
  state: WorldState,
  caller: Caller,
  input: DeleteResourceShareRequest,
): DeleteResourceShareResponse {
  state.shares.delete(findShare(state, caller, input.resourceShareArn));
  return { returnValue: true };
}
