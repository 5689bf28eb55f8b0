/**
 * UpdateEventBus: description, key and dead-letter queue.
 *
 * Source   API of EventBridge 2015-10-07, UpdateEventBus.
 */
import type { UpdateEventBusCommandInput, UpdateEventBusCommandOutput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findBus } from '../find-rule';

export function updateEventBus(
  state: WorldState,
  caller: Caller,
  input: UpdateEventBusCommandInput,
): Omit<UpdateEventBusCommandOutput, '$metadata'> {
  const bus = findBus(state, caller, input.Name);
  bus.description = input.Description ?? bus.description;
  bus.keyIdentifier = input.KmsKeyIdentifier ?? bus.keyIdentifier;
  bus.deadLetterArn = input.DeadLetterConfig?.Arn ?? bus.deadLetterArn;
  return given({
    Arn: bus.arn,
    Name: bus.name,
    Description: bus.description,
    KmsKeyIdentifier: bus.keyIdentifier,
    DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
  });
}
