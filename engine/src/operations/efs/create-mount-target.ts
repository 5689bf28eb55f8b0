/**
 * CreateMountTarget.
 *
 * Source   API of EFS 2015-02-01: SubnetNotFound, SecurityGroupNotFound, MountTargetConflict for a second one in a zone or VPC.
 */
import type { CreateMountTargetCommandInput, CreateMountTargetCommandOutput } from '@aws-sdk/client-efs';
import { generatedHex } from '../../domain/generated-ids';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { defaultGroupIds, networkOf, privateAddress } from '../ec2-network';
import { AwsFault } from '../fault';
import { fileSystemParticulars, findFileSystem, mountTargetShape } from '../file-systems';
import { environmentOf } from '../stateful';

export function createMountTarget(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, SubnetId: subnetId, IpAddress, SecurityGroups }: CreateMountTargetCommandInput,
): Omit<CreateMountTargetCommandOutput, '$metadata'> {
  const found = findFileSystem(state, caller, id);
  const { subnets, securityGroups } = networkOf(state, caller);
  const subnet = subnets.get(subnetId ?? '');
  if (subnet === undefined) {
    throw new AwsFault('SubnetNotFound', `The subnet ID '${subnetId ?? ''}' does not exist`);
  }
  const { mountTargets } = fileSystemParticulars(state, found);
  const others = mountTargets.flatMap((one) => subnets.get(one.subnetId) ?? []);
  if (others.some(({ zone }) => zone === subnet.zone)) {
    throw new AwsFault('MountTargetConflict', 'mount target already exists in this AZ');
  }
  if (others.some(({ vpcId }) => vpcId !== subnet.vpcId)) {
    const why = 'requested subnet for new mount target is not in the same VPC as existing mount targets';
    throw new AwsFault('MountTargetConflict', why);
  }
  const unknown = SecurityGroups?.find((group) => securityGroups.get(group)?.vpcId !== subnet.vpcId);
  if (unknown !== undefined) {
    throw new AwsFault('SecurityGroupNotFound', `The SecurityGroup ID '${unknown}' does not exist`);
  }
  const made = {
    id: `fsmt-${generatedHex('mount-target', environmentOf(caller), `${found.arn} ${subnet.id}`, 17)}`,
    subnetId: subnet.id,
    ipAddress: IpAddress ?? privateAddress(caller, found.arn, subnet.cidrBlock),
    securityGroups: SecurityGroups ?? defaultGroupIds(state, caller, subnet.vpcId),
  };
  state.ledger.particulars.fileSystems.change(found.arn, { mountTargets: [...mountTargets, made] });
  return mountTargetShape(state, caller, found, made);
}
