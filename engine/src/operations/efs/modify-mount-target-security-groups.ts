/**
 * ModifyMountTargetSecurityGroups.
 *
 * Source   API of EFS 2015-02-01: SecurityGroupNotFound.
 */
import type {
  ModifyMountTargetSecurityGroupsCommandInput,
  ModifyMountTargetSecurityGroupsCommandOutput,
} from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultGroupIds, networkOf } from '../ec2-network';
import { AwsFault } from '../fault';
import { fileSystemParticulars, findMountTarget } from '../file-systems';

export function modifyMountTargetSecurityGroups(
  state: WorldState,
  caller: Caller,
  { MountTargetId, SecurityGroups }: ModifyMountTargetSecurityGroupsCommandInput,
): Omit<ModifyMountTargetSecurityGroupsCommandOutput, '$metadata'> {
  const { fileSystem, target } = findMountTarget(state, caller, MountTargetId);
  const { subnets, securityGroups: groups } = networkOf(state, caller);
  const vpcId = subnets.get(target.subnetId)?.vpcId;
  const unknown = SecurityGroups?.find((group) => groups.get(group)?.vpcId !== vpcId);
  if (unknown !== undefined) {
    throw new AwsFault('SecurityGroupNotFound', `The SecurityGroup ID '${unknown}' does not exist`);
  }
  const securityGroups = SecurityGroups ?? defaultGroupIds(state, caller, vpcId);
  const mountTargets = fileSystemParticulars(state, fileSystem).mountTargets.map((one) =>
    one === target ? { ...one, securityGroups } : one,
  );
  state.ledger.particulars.fileSystems.change(fileSystem.arn, { mountTargets });
  return {};
}
