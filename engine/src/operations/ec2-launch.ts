/**
 * One instance that RunInstances makes, with its volumes.
 *
 * Owns     nothing: adds the instance and its volumes to the World.
 * Source   EC2 API reference, RunInstances.
 * Assumed  Each volume is a resource of its own, too, which plans select by ARN or by its own tags.
 */
import type { EbsBlockDevice, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { type Subnet, zonesOf } from '../domain/networks';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { resizeInstance } from './ec2-attachments';
import { METADATA_OPTIONS, typeFacts } from './ec2-instances';
import {
  checkZone,
  defaultGroupIds,
  defaultSubnets,
  defaultVpc,
  findSecurityGroup,
  findSubnet,
  privateAddress,
} from './ec2-network';
import { findImage, findSnapshot } from './ec2-snapshots';
import { specifiedTags } from './ec2-tags';
import { volumeKey, volumeLikeness } from './ec2-volumes';
import { AwsFault } from './fault';
import { freshName, makeResource, type TagMap } from './stateful';

const DEFAULT_TYPE = 'm1.small';

export function launch(state: WorldState, caller: Caller, input: RunInstancesCommandInput, index: number): Resource {
  refuseNotModelled(input);
  if (input.ImageId === undefined) {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter ImageId');
  }
  const image = findImage(state, caller, input.ImageId);
  const instanceType: string = input.InstanceType ?? DEFAULT_TYPE;
  const { burstable } = typeFacts(instanceType);
  const subnet = subnetFor(state, caller, input);
  const { zone } = subnet;
  const tags = specifiedTags(input.TagSpecifications, 'instance');
  const name = freshName(state, caller, 'ec2', tags);
  const instance = makeResource(state, caller, { service: 'ec2', name, tags, state: 'running' });
  const root = input.NetworkInterfaces?.find(({ DeviceIndex = 0 }) => DeviceIndex === 0);
  const address = privateAddress(caller, name, subnet.cidrBlock);
  const credits = instanceType.startsWith('t2.') || !burstable ? 'standard' : 'unlimited';
  state.ledger.particulars.instances.put(instance.arn, {
    imageId: input.ImageId,
    instanceType,
    availabilityZone: zone,
    subnetId: subnet.id,
    keyName: input.KeyName,
    privateIpAddress: (index === 0 ? input.PrivateIpAddress : undefined) ?? root?.PrivateIpAddress ?? address,
    securityGroupIds: groupsOf(state, caller, subnet.vpcId, input.SecurityGroupIds ?? root?.Groups),
    iamInstanceProfileArn: profileArn(state, caller, input.IamInstanceProfile),
    monitoring: input.Monitoring?.Enabled ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    userData: input.UserData,
    disableApiTermination: input.DisableApiTermination ?? false,
    disableApiStop: input.DisableApiStop ?? false,
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    cpuCredits: input.CreditSpecification?.CpuCredits ?? credits,
    metadataOptions: { ...METADATA_OPTIONS, ...given(input.MetadataOptions ?? {}) } as Record<string, string | number>,
    clientToken: input.ClientToken,
  });
  const mappings = new Map<string, EbsBlockDevice>([[image.shape.RootDeviceName, { VolumeSize: image.rootGiB }]]);
  for (const { DeviceName = '', Ebs = {} } of input.BlockDeviceMappings ?? []) {
    mappings.set(DeviceName, { ...mappings.get(DeviceName), ...given(Ebs) });
  }
  const volumeTags = specifiedTags(input.TagSpecifications, 'volume');
  for (const [device, ebs] of mappings) {
    addVolume(state, caller, { instance, zone, device, ebs, tags: volumeTags });
  }
  resizeInstance(state, instance);
  return instance;
}

function refuseNotModelled({ LaunchTemplate, InstanceMarketOptions }: RunInstancesCommandInput): void {
  if (LaunchTemplate !== undefined || InstanceMarketOptions !== undefined) {
    const what = LaunchTemplate === undefined ? 'InstanceMarketOptions' : 'LaunchTemplate';
    throw new AwsFault('NotEmulated', `ec2: ${what} of RunInstances is not emulated`);
  }
}

/** The subnet that was asked for, or the default one of a zone. */
function subnetFor(
  state: WorldState,
  caller: Caller,
  { SubnetId, NetworkInterfaces, Placement }: RunInstancesCommandInput,
): Subnet {
  const id = SubnetId ?? NetworkInterfaces?.find(({ SubnetId: one }) => one !== undefined)?.SubnetId;
  if (id !== undefined) {
    return findSubnet(state, caller, id);
  }
  const zone = checkZone(caller, Placement?.AvailabilityZone || (zonesOf(caller.region)[0] ?? ''));
  const vpc = defaultVpc(state, caller);
  const found = defaultSubnets(state, caller).find((one) => one.vpcId === vpc.id && one.zone === zone);
  if (found === undefined) {
    throw new AwsFault('MissingInput', `No default subnet for availability zone: '${zone}'.`);
  }
  return found;
}

function groupsOf(
  state: WorldState,
  caller: Caller,
  vpcId: string,
  ids: readonly string[] | undefined,
): readonly string[] {
  if (ids === undefined || ids.length === 0) {
    return defaultGroupIds(state, caller, vpcId);
  }
  for (const id of ids) {
    if (findSecurityGroup(state, caller, id).vpcId !== vpcId) {
      const why = `Security group ${id} and the subnet of the instance belong to different networks.`;
      throw new AwsFault('InvalidParameter', why);
    }
  }
  return ids;
}

/** Source: EC2 API reference, IamInstanceProfileSpecification: one of the account's, by ARN or by name. */
function profileArn(
  state: WorldState,
  caller: Caller,
  asked: RunInstancesCommandInput['IamInstanceProfile'],
): string | undefined {
  const name = asked?.Name ?? asked?.Arn?.split('/').at(-1);
  if (name === undefined) {
    return undefined;
  }
  const found = state.services.instanceProfiles.tryFind(caller, name);
  if (found === undefined) {
    const why = `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`;
    throw new AwsFault('InvalidParameterValue', why);
  }
  return found.arn;
}

interface NewVolume {
  readonly instance: Resource;
  readonly zone: string;
  readonly device: string;
  readonly ebs: EbsBlockDevice;
  readonly tags: TagMap;
}

function addVolume(state: WorldState, caller: Caller, { instance, zone, device, ebs, tags }: NewVolume): void {
  const snapshot = ebs.SnapshotId === undefined ? undefined : findSnapshot(state, caller, ebs.SnapshotId).shape;
  const { sizeGiB, volumeType, iops, throughput } = volumeLikeness({
    sizeGiB: ebs.VolumeSize ?? snapshot?.VolumeSize ?? 0,
    volumeType: ebs.VolumeType,
    iops: ebs.Iops,
    throughput: ebs.Throughput,
  });
  const name = freshName(state, caller, 'ebs', tags);
  const encryptionKey = volumeKey(caller, ebs.Encrypted ?? snapshot?.Encrypted, ebs.KmsKeyId ?? snapshot?.KmsKeyId);
  const volume = makeResource(state, caller, { service: 'ebs', name, tags, sizeGiB, encryptionKey });
  const snapshotId = ebs.SnapshotId;
  const made = { availabilityZone: zone, volumeType, iops, throughput, snapshotId, multiAttach: false };
  state.ledger.particulars.volumes.put(volume.arn, made);
  state.services.ec2.attach({
    volumeArn: volume.arn,
    instanceArn: instance.arn,
    device,
    attachedAt: state.now,
    deleteOnTermination: ebs.DeleteOnTermination ?? true,
  });
}
