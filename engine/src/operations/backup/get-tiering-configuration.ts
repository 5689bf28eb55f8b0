/**
 * GetTieringConfiguration.
 *
 * Source   B5.7/1.
 */
import type { GetTieringConfigurationInput, GetTieringConfigurationOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTiering, showTiering } from '../find-tiering';

export function getTieringConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetTieringConfigurationInput,
): GetTieringConfigurationOutput {
  return { TieringConfiguration: showTiering(findTiering(state, caller, input.TieringConfigurationName)) };
}
