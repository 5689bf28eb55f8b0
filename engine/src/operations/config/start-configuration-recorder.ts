/**
 * StartConfigurationRecorder.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { StartConfigurationRecorderCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRecorder } from '../config-things';
import { AwsFault } from '../fault';

export function startConfigurationRecorder(
  state: WorldState,
  caller: Caller,
  input: StartConfigurationRecorderCommandInput,
): void {
  const recorder = findRecorder(state, caller, input.ConfigurationRecorderName);
  if (state.services.config.channels.list(caller).length === 0) {
    throw new AwsFault(
      'NoAvailableDeliveryChannelException',
      'Delivery channel is not available to start configuration recorder.',
    );
  }
  recorder.recording = true;
  recorder.startedAt = state.now;
  recorder.changedAt = state.now;
}
