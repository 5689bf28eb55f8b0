/**
 * PutDeliveryChannel: the one of an account and Region.
 *
 * Source   API of AWS Config 2014-11-12. Assumed: the texts; the bucket is not looked for.
 */
import type { PutDeliveryChannelCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { refuseWithoutRecorder } from '../config-things';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function putDeliveryChannel(state: WorldState, caller: Caller, input: PutDeliveryChannelCommandInput): void {
  const { channels } = state.services.config;
  refuseWithoutRecorder(state, caller, 'delivery channel');
  const channel = required(input.DeliveryChannel, 'DeliveryChannel');
  const name = channel.name ?? 'default';
  if (channels.tryFind(caller, name) === undefined && channels.list(caller).length > 0) {
    throw new AwsFault(
      'MaxNumberOfDeliveryChannelsExceededException',
      `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
    );
  }
  channels.put(caller, name, { ...channel, name });
}
