/**
 * DescribeDeliveryChannels: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12. Assumed: the text.
 */
import type {
  DescribeDeliveryChannelsCommandInput,
  DescribeDeliveryChannelsCommandOutput,
} from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function describeDeliveryChannels(
  state: WorldState,
  caller: Caller,
  { DeliveryChannelNames: names = [] }: DescribeDeliveryChannelsCommandInput,
): Omit<DescribeDeliveryChannelsCommandOutput, '$metadata'> {
  const { channels } = state.services.config;
  if (names.length === 0) {
    return { DeliveryChannels: channels.list(caller) };
  }
  return {
    DeliveryChannels: names.map((name) => {
      const channel = channels.tryFind(caller, name);
      if (channel === undefined) {
        throw new AwsFault(
          'NoSuchDeliveryChannelException',
          `Cannot find delivery channel with specified name '${name}'.`,
        );
      }
      return channel;
    }),
  };
}
