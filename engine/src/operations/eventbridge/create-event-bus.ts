/**
 * CreateEventBus.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { CreateEventBusCommandInput, CreateEventBusCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { tagAll } from '../tag-map';

export function createEventBus(
  state: WorldState,
  caller: Caller,
  input: CreateEventBusCommandInput,
): Omit<CreateEventBusCommandOutput, '$metadata'> {
  const { buses } = state.services.events;
  const name = required(input.Name, 'Name');
  if (buses.tryFind(caller, name) !== undefined) {
    // Assumed: the text.
    throw new AwsFault('AlreadyExistsException', `Event bus ${name} already exists.`);
  }
  const { partition, account, region } = caller;
  const bus = buses.add({ partition, account, region }, name);
  bus.description = input.Description;
  bus.keyIdentifier = input.KmsKeyIdentifier;
  bus.deadLetterArn = input.DeadLetterConfig?.Arn;
  bus.createdAt = state.now;
  tagAll(bus.tags, input.Tags);
  return { EventBusArn: bus.arn };
}
