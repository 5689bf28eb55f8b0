/**
 * GetServiceLinkedRoleDeletionStatus: of a task that DeleteServiceLinkedRole gave, which is over by then.
 *
 * Source   IAM API reference, GetServiceLinkedRoleDeletionStatus: why it failed, and what uses the role.
 */
import type {
  GetServiceLinkedRoleDeletionStatusCommandInput,
  GetServiceLinkedRoleDeletionStatusCommandOutput,
} from '@aws-sdk/client-iam';
import { isDeletionTask } from '../service-linked-role';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function getServiceLinkedRoleDeletionStatus(
  state: WorldState,
  _caller: Caller,
  input: GetServiceLinkedRoleDeletionStatusCommandInput,
): Omit<GetServiceLinkedRoleDeletionStatusCommandOutput, '$metadata'> {
  const task = required(input.DeletionTaskId, 'DeletionTaskId');
  if (!isDeletionTask(task)) {
    throw new AwsFault('NoSuchEntityException', `The deletion task ${task} cannot be found.`);
  }
  const uses = state.services.failedRoleDeletions.get(task);
  if (uses === undefined) {
    return { Status: 'SUCCEEDED' };
  }
  const regions = [...new Set(uses.map(regionOf))].sort();
  // Assumed: the words.
  const Reason = 'The role has resources that are using it. Delete them first.';
  const RoleUsageList = regions.map((Region) => ({
    Region,
    Resources: uses.filter((arn) => regionOf(arn) === Region),
  }));
  return { Status: 'FAILED', Reason: { Reason, RoleUsageList } };
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
