/**
 * StopConfigurationRecorder.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { StopConfigurationRecorderCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRecorder } from '../config-things';

export function stopConfigurationRecorder(
  state: WorldState,
  caller: Caller,
  input: StopConfigurationRecorderCommandInput,
): void {
  const recorder = findRecorder(state, caller, input.ConfigurationRecorderName);
  recorder.recording = false;
  recorder.stoppedAt = state.now;
  recorder.changedAt = state.now;
}
