/**
 * CreateChangeSet: what it would change is found at once, and nothing is done.
 *
 * Source   API of CloudFormation 2010-05-15, CreateChangeSet.
 */
import type { CreateChangeSetCommandInput, CreateChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { ChangeSet, ImportedResource, ResourceChange } from '../../domain/change-sets';
import type { Stack } from '../../domain/stacks';
import type { WorldState } from '../../domain/world-state';
import { uuid } from '../../kernel/ids';
import { importsIn } from '../../provision/imports';
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
  const imports = type === 'IMPORT' ? importsIn(read, standing, input.ResourcesToImport) : [];
  const stack = standing ?? reviewed(state, caller, stackNamed);
  const found = preview(state, stack, design, read.template);
  const { differs } = found;
  const changes = found.changes.map((change) => asImport(change, imports));
  if (type === 'IMPORT' && changes.some(({ action }) => action !== 'Import')) {
    const ids = changes.filter(({ action }) => action !== 'Import').map(({ logicalId }) => logicalId);
    const why = `You have modified resources [${ids.join(', ')}] in your template that are not being imported.`;
    throw new AwsFault(
      'ValidationError',
      `${why} Update, create or delete operations cannot be executed during import operations.`,
    );
  }
  const key = { kind: 'change-set', names: [stack.id, name, `${stack.events.length}`], at: state.now };
  const arn = `arn:${caller.partition}:cloudformation:${caller.region}:${caller.account}:changeSet/${name}`;
  const made: ChangeSet = {
    id: `${arn}/${uuid(state.seed, key)}`,
    name,
    type,
    imports,
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

/** What would be added, were it not there already. */
function asImport(change: ResourceChange, imports: readonly ImportedResource[]): ResourceChange {
  const found = imports.find(({ logicalId }) => logicalId === change.logicalId);
  return found === undefined ? change : { ...change, action: 'Import', physicalId: found.physicalId };
}

/** A stack that is nothing but a name until the change set is executed. */
function reviewed(state: WorldState, caller: Caller, name: string): Stack {
  const stack = state.services.stacks.add(caller, name);
  state.services.stacks.move(stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}
