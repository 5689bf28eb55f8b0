/**
 * GetServiceLinkedRoleDeletionStatus: of a task that DeleteServiceLinkedRole gave, which is over by then.
 *
 * Source   IAM API reference, GetServiceLinkedRoleDeletionStatus.
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
  _state: WorldState,
  _caller: Caller,
  input: GetServiceLinkedRoleDeletionStatusCommandInput,
): Omit<GetServiceLinkedRoleDeletionStatusCommandOutput, '$metadata'> {
  const task = required(input.DeletionTaskId, 'DeletionTaskId');
  if (!isDeletionTask(task)) {
    throw new AwsFault('NoSuchEntityException', `The deletion task ${task} cannot be found.`);
  }
  return { Status: 'SUCCEEDED' };
}
