/**
 * CreateStateMachine.
 *
 * Source   API of Step Functions 2016-11-23: the same name and definition again is the same state machine.
 */
import type { CreateStateMachineCommandInput, CreateStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import { stateMachineArn } from '../../domain/state-machines';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseDefinition, refuseUnbuilt } from '../find-state-machine';
import { required } from '../find-vault';
import { tagTexts } from '../tag-map';

type Input = Omit<CreateStateMachineCommandInput, 'roleArn'> & { readonly roleArn?: string | undefined };

export function createStateMachine(
  state: WorldState,
  caller: Caller,
  input: Input,
): Omit<CreateStateMachineCommandOutput, '$metadata'> {
  const { stateMachines } = state.services.messaging;
  const name = required(input.name, 'name');
  const definition = required(input.definition, 'definition');
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  refuseUnbuilt(input);
  refuseDefinition(definition, input.type);
  const before = stateMachines.tryFind(stateMachineArn(env, name));
  if (before !== undefined && (before.definition !== definition || before.type !== (input.type ?? 'STANDARD'))) {
    throw new AwsFault('StateMachineAlreadyExists', `State Machine Already Exists: '${before.arn}'`);
  }
  const made = before ?? stateMachines.add(env, name, definition, input.roleArn ?? '', state.now, input.type);
  if (before === undefined) {
    tagTexts(made.tags, input.tags);
    made.logging = input.loggingConfiguration ?? {};
    made.traced = input.tracingConfiguration?.enabled ?? false;
  }
  return { stateMachineArn: made.arn, creationDate: new Date(made.createdAt) };
}
