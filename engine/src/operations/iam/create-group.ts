/**
 * CreateGroup.
 *
 * Source   IAM API reference, CreateGroup.
 */
import type { CreateGroupCommandInput, CreateGroupCommandOutput } from '@aws-sdk/client-iam';
import { GROUP_CREATED } from '../../domain/event-codes';
import { Group } from '../../domain/roles';
import { logIdentity } from '../change-identity';
import { newIdentity, refuseTaken } from '../find-identity';
import { showGroup } from '../show-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function createGroup(
  state: WorldState,
  caller: Caller,
  input: CreateGroupCommandInput,
): Omit<CreateGroupCommandOutput, '$metadata'> {
  const { name, path, arn, id } = newIdentity(state, caller, 'group', { name: input.GroupName, path: input.Path });
  const { roles } = state.ledger;
  refuseTaken('Group', name, roles.tryFindGroupByName(caller, name));
  const group = new Group(arn, name, path, { partition: caller.partition, account: caller.account }, id, state.now);
  roles.putGroup(group);
  logIdentity(state, GROUP_CREATED, group, '');
  return { Group: showGroup(group) };
}
