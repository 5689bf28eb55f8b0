/**
 * CreateChangeSet: what it would change is found at once, and nothing is done.
 *
 * Source   API of CloudFormation 2010-05-15, CreateChangeSet.
 */
import type { CreateChangeSetCommandInput, CreateChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../domain/change-sets';
import type { Stack } from '../../domain/stacks';
import type { WorldState } from '../../domain/world-state';
import { uuid } from '../../kernel/ids';
import { preview } from '../../provision/preview';
import { designOf, findStandingStack, refuseStatus, stackName } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { UPDATABLE } from './update-stack';

/** Source: what the CDK and the AWS CLI look for. */
const NOTHING_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export function createChangeSet(
  state: WorldState,
  caller: Caller,
  input: CreateChangeSetCommandInput,
): Omit<CreateChangeSetCommandOutput, '$metadata'> {
  const type = input.ChangeSetType ?? 'UPDATE';
  if (type === 'IMPORT') {
    throw new AwsFault('ValidationError', 'NotEmulated: change sets that import resources are not emulated');
  }
  const name = input.ChangeSetName ?? '';
  const standing = state.services.stacks.tryFind(caller, input.StackName ?? '');
  if (type === 'CREATE' && standing !== undefined && standing.status !== 'REVIEW_IN_PROGRESS') {
    const why = `Stack [${standing.name}] already exists and cannot be created again with the changeSet [${name}].`;
    throw new AwsFault('ValidationError', why);
  }
  if (standing?.changeSets.has(name) === true) {
    throw new AwsFault(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Template`,
    );
  }
  const stackNamed = standing?.name ?? stackName(input.StackName);
  if (type === 'UPDATE') {
    refuseStatus(findStandingStack(state, caller, input.StackName), UPDATABLE, 'updated');
  }
  const { design, read } = designOf(state, caller, stackNamed, input, standing?.design);
  const stack = standing ?? reviewed(state, caller, stackNamed);
  const { changes, differs } = preview(state, stack, design, read.template);
  const key = { kind: 'change-set', names: [stack.id, name, `${stack.events.length}`], at: state.now };
  const arn = `arn:${caller.partition}:cloudformation:${caller.region}:${caller.account}:changeSet/${name}`;
  const made: ChangeSet = {
    id: `${arn}/${uuid(state.seed, key)}`,
    name,
    type,
    description: input.Description,
    createdAt: state.now,
    design,
    changes,
    status: differs ? 'CREATE_COMPLETE' : 'FAILED',
    reason: differs ? undefined : NOTHING_CHANGES,
    onStackFailure: input.OnStackFailure,
    includeNestedStacks: input.IncludeNestedStacks ?? false,
    executionStatus: differs ? 'AVAILABLE' : 'UNAVAILABLE',
  };
  stack.changeSets.set(name, made);
  return { Id: made.id, StackId: stack.id };
}

/** A stack that is nothing but a name until the change set is executed. */
function reviewed(state: WorldState, caller: Caller, name: string): Stack {
  const stack = state.services.stacks.add(caller, name);
  state.services.stacks.move(stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}
