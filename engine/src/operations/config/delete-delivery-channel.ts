/**
 * DeleteDeliveryChannel.
 *
 * Source   API of AWS Config 2014-11-12: not while a recorder records. The texts are Assumed.
 */
import type { DeleteDeliveryChannelCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function deleteDeliveryChannel(
  state: WorldState,
  caller: Caller,
  input: DeleteDeliveryChannelCommandInput,
): void {
  const { channels, recorders } = state.services.config;
  const name = required(input.DeliveryChannelName, 'DeliveryChannelName');
  if (channels.tryFind(caller, name) === undefined) {
    throw new AwsFault('NoSuchDeliveryChannelException', `Cannot find delivery channel with specified name '${name}'.`);
  }
  if (recorders.list(caller).some(({ recording }) => recording)) {
    throw new AwsFault(
      'LastDeliveryChannelDeleteFailedException',
      `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`,
    );
  }
  channels.remove(caller, name);
}
