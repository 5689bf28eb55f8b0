/**
 * One instance that RunInstances makes, with its volumes.
 *
 * Owns     nothing: adds the instance and its volumes to the World.
 * Source   EC2 API reference, RunInstances.
 * Assumed  Each volume is a resource of its own, too, which plans select by ARN or by its own tags.
 */
import type { EbsBlockDevice, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { resizeInstance } from './ec2-attachments';
import { METADATA_OPTIONS, privateAddress, typeFacts } from './ec2-instances';
import { checkZone, defaultSecurityGroup, defaultSubnets, zonesOf } from './ec2-network';
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
  const zone = zoneFor(caller, input);
  const tags = specifiedTags(input.TagSpecifications, 'instance');
  const name = freshName(state, caller, 'ec2', tags);
  const instance = makeResource(state, caller, { service: 'ec2', name, tags, state: 'running' });
  const root = input.NetworkInterfaces?.find(({ DeviceIndex = 0 }) => DeviceIndex === 0);
  const address = privateAddress(caller, name, zonesOf(caller.region).indexOf(zone));
  const credits = instanceType.startsWith('t2.') || !burstable ? 'standard' : 'unlimited';
  state.ledger.particulars.instances.put(instance.arn, {
    imageId: input.ImageId,
    instanceType,
    availabilityZone: zone,
    keyName: input.KeyName,
    privateIpAddress: (index === 0 ? input.PrivateIpAddress : undefined) ?? root?.PrivateIpAddress ?? address,
    securityGroupIds: groupsOf(caller, input.SecurityGroupIds ?? root?.Groups),
    iamInstanceProfileArn: profileArn(caller, input.IamInstanceProfile),
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

/** The zone of the subnet, the one that was asked for, or the first. */
function zoneFor(caller: Caller, { SubnetId, NetworkInterfaces, Placement }: RunInstancesCommandInput): string {
  const id = SubnetId ?? NetworkInterfaces?.find(({ SubnetId: one }) => one !== undefined)?.SubnetId;
  if (id === undefined) {
    return checkZone(caller, Placement?.AvailabilityZone || (zonesOf(caller.region)[0] ?? ''));
  }
  const subnet = defaultSubnets(caller).find((one) => one.SubnetId === id);
  if (subnet === undefined) {
    throw new AwsFault('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`);
  }
  return subnet.AvailabilityZone;
}

function groupsOf(caller: Caller, ids: readonly string[] | undefined): readonly string[] {
  const { GroupId } = defaultSecurityGroup(caller);
  const unknown = ids?.find((id) => id !== GroupId);
  if (unknown !== undefined) {
    throw new AwsFault('InvalidGroup.NotFound', `The security group '${unknown}' does not exist`);
  }
  return [GroupId];
}

function profileArn(caller: Caller, profile: RunInstancesCommandInput['IamInstanceProfile']): string | undefined {
  const named = profile?.Name && `arn:${caller.partition}:iam::${caller.account}:instance-profile/${profile.Name}`;
  return profile?.Arn ?? named;
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
