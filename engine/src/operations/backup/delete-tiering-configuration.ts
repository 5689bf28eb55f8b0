/**
 * DeleteTieringConfiguration: what it moved stays in the low-cost warm tier.
 *
 * Source   B5.7/1.
 */
import type { DeleteTieringConfigurationInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTiering } from '../find-tiering';

export function deleteTieringConfiguration(
  state: WorldState,
  caller: Caller,
  input: DeleteTieringConfigurationInput,
): Record<string, never> {
  state.tiering.delete(findTiering(state, caller, input.TieringConfigurationName));
  return {};
}
