/**
 * CreateMountTarget.
 *
 * Source   API of EFS 2015-02-01: SubnetNotFound, MountTargetConflict for a second one in a zone.
 */
import type { CreateMountTargetCommandInput, CreateMountTargetCommandOutput } from '@aws-sdk/client-efs';
import { generatedHex } from '../../domain/generated-ids';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { privateAddress } from '../ec2-instances';
import { defaultSecurityGroup, defaultSubnets } from '../ec2-network';
import { AwsFault } from '../fault';
import { fileSystemParticulars, findFileSystem, mountTargetShape } from '../file-systems';
import { environmentOf } from '../stateful';

export function createMountTarget(
  state: WorldState,
  caller: Caller,
  { FileSystemId: id, SubnetId: subnetId, IpAddress, SecurityGroups }: CreateMountTargetCommandInput,
): Omit<CreateMountTargetCommandOutput, '$metadata'> {
  const found = findFileSystem(state, caller, id);
  const zone = defaultSubnets(caller).findIndex(({ SubnetId }) => SubnetId === subnetId);
  if (zone < 0) {
    throw new AwsFault('SubnetNotFound', `The subnet ID '${subnetId ?? ''}' does not exist`);
  }
  const { mountTargets } = fileSystemParticulars(state, found);
  if (mountTargets.some((one) => one.subnetId === subnetId)) {
    throw new AwsFault('MountTargetConflict', 'mount target already exists in this AZ');
  }
  const made = {
    id: `fsmt-${generatedHex('mount-target', environmentOf(caller), `${found.arn} ${subnetId ?? ''}`, 17)}`,
    subnetId: subnetId ?? '',
    ipAddress: IpAddress ?? privateAddress(caller, found.arn, zone),
    securityGroups: SecurityGroups ?? [defaultSecurityGroup(caller).GroupId],
  };
  state.ledger.particulars.fileSystems.change(found.arn, { mountTargets: [...mountTargets, made] });
  return mountTargetShape(caller, found, made);
}
