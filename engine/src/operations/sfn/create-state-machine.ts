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
import { required } from '../find-vault';

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
  refuseNone(definition);
  const before = stateMachines.tryFind(stateMachineArn(env, name));
  if (before !== undefined && before.definition !== definition) {
    throw new AwsFault('StateMachineAlreadyExists', `State Machine Already Exists: '${before.arn}'`);
  }
  const made = before ?? stateMachines.add(env, name, definition, input.roleArn ?? '', state.now);
  return { stateMachineArn: made.arn, creationDate: new Date(made.createdAt) };
}

/** Assumed: the text. Whether each state is in order shows when it runs. */
function refuseNone(definition: string): void {
  const { StartAt, States } = objectOf(definition);
  const known = typeof States === 'object' && States !== null && typeof StartAt === 'string';
  if (!known || !Object.hasOwn(States, StartAt)) {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'StartAt must name one of States'");
  }
}

function objectOf(definition: string): { readonly StartAt?: unknown; readonly States?: unknown } {
  try {
    return (JSON.parse(definition) ?? {}) as object;
  } catch {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION'");
  }
}
