/**
 * DeleteConfigurationRecorder.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { DeleteConfigurationRecorderCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRecorder } from '../config-things';

export function deleteConfigurationRecorder(
  state: WorldState,
  caller: Caller,
  input: DeleteConfigurationRecorderCommandInput,
): void {
  const { name } = findRecorder(state, caller, input.ConfigurationRecorderName);
  state.services.config.recorders.remove(caller, name);
}
