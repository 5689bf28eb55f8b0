/**
 * DescribeMountTargetSecurityGroups.
 *
 * Source   API of EFS 2015-02-01.
 */
import type {
  DescribeMountTargetSecurityGroupsCommandInput,
  DescribeMountTargetSecurityGroupsCommandOutput,
} from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findMountTarget } from '../file-systems';

export function describeMountTargetSecurityGroups(
  state: WorldState,
  caller: Caller,
  { MountTargetId }: DescribeMountTargetSecurityGroupsCommandInput,
): Omit<DescribeMountTargetSecurityGroupsCommandOutput, '$metadata'> {
  return { SecurityGroups: [...findMountTarget(state, caller, MountTargetId).target.securityGroups] };
}
