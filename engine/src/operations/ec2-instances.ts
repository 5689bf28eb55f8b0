/**
 * Instances of EC2, as EC2 shows them.
 *
 * Pure: reads the World.
 * Source   EC2 API reference (RunInstances, Instance, InstanceState).
 * Assumed  An instance that no call made is a t3.micro in the first zone; its volumes are not told apart.
 */
import type { Instance, InstanceState, Reservation } from '@aws-sdk/client-ec2';
import { generatedHex } from '../domain/generated-ids';
import type { InstanceParticulars } from '../domain/ec2';
import { type Subnet, zonesOf } from '../domain/networks';
import type { Resource } from '../domain/protected-resources';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf, HOUR } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { defaultGroupIds, defaultSubnets, networkOf, privateAddress } from './ec2-network';
import { ROOT_DEVICE } from './ec2-snapshots';
import { AwsFault } from './fault';
import type { Facts } from './filters';
import { environmentOf, lastOf, resourcesOf, tagList, tagsOf, tryFindResource } from './stateful';

export const INSTANCE = ['ec2'];

export function findInstance(state: WorldState, caller: Caller, id: string | undefined): Resource {
  const instance = tryFindResource(state, caller, INSTANCE, id);
  if (instance === undefined) {
    throw new AwsFault('InvalidInstanceID.NotFound', `The instance ID '${id ?? ''}' does not exist`);
  }
  return instance;
}

/** Those that there are, and those that were terminated within the hour (Source: TerminateInstances). */
export function instancesShown(state: WorldState, caller: Caller, ids: readonly string[]): Resource[] {
  const { terminatedAts } = state.services.ec2;
  const past = [...terminatedAts].flatMap(([arn, at]) => {
    const instance = state.ledger.resources.tryFind(arn);
    const here = instance !== undefined && placeOf(instance.declaration.env) === placeOf(caller);
    return here && instance.gone && state.now - at < HOUR ? [instance] : [];
  });
  const byId = (id: string): Resource => past.find(({ arn }) => lastOf(arn) === id) ?? findInstance(state, caller, id);
  return ids.length > 0 ? ids.map(byId) : [...resourcesOf(state, caller, INSTANCE), ...past];
}

export function instanceParticulars(state: WorldState, instance: Resource): InstanceParticulars {
  const env = instance.declaration.env;
  const caller: Caller = env;
  const kept = state.ledger.particulars.instances.of(instance.arn);
  const zone = kept.availabilityZone ?? zonesOf(env.region)[0] ?? env.region;
  const subnet = subnetOf(state, caller, kept.subnetId, zone);
  return {
    imageId: `ami-${generatedHex('image', env, lastOf(instance.arn), 17)}`,
    instanceType: 't3.micro',
    availabilityZone: zone,
    subnetId: subnet?.id,
    keyName: undefined,
    privateIpAddress: privateAddress(caller, lastOf(instance.arn), subnet?.cidrBlock ?? '172.31.0.0/20'),
    securityGroupIds: defaultGroupIds(state, caller, subnet?.vpcId),
    iamInstanceProfileArn: undefined,
    monitoring: false,
    ebsOptimized: false,
    sourceDestCheck: true,
    userData: undefined,
    disableApiTermination: false,
    disableApiStop: false,
    shutdownBehavior: 'stop',
    cpuCredits: 'unlimited',
    metadataOptions: METADATA_OPTIONS,
    clientToken: undefined,
    ...kept,
  };
}

/** Source: EC2 API reference, InstanceMetadataOptionsResponse. */
export const METADATA_OPTIONS: Readonly<Record<string, string | number>> = {
  State: 'applied',
  HttpTokens: 'optional',
  HttpPutResponseHopLimit: 1,
  HttpEndpoint: 'enabled',
  HttpProtocolIpv6: 'disabled',
  InstanceMetadataTags: 'disabled',
};

/** The subnet of an instance: its own, or the default one of its zone. */
function subnetOf(state: WorldState, caller: Caller, id: string | undefined, zone: string): Subnet | undefined {
  return id === undefined
    ? defaultSubnets(state, caller).find((one) => one.zone === zone)
    : networkOf(state, caller).subnets.get(id);
}

const STATES: Readonly<Record<string, InstanceState>> = {
  pending: { Code: 0, Name: 'pending' },
  running: { Code: 16, Name: 'running' },
  'shutting-down': { Code: 32, Name: 'shutting-down' },
  terminated: { Code: 48, Name: 'terminated' },
  stopping: { Code: 64, Name: 'stopping' },
  stopped: { Code: 80, Name: 'stopped' },
};

/** Assumed: an instance that an artifact declares runs. */
export function instanceState(state: string | undefined): InstanceState {
  return STATES[state ?? 'running'] ?? { Code: 16, Name: 'running' };
}

export function reservationShape(caller: Caller, instances: readonly Instance[]): Reservation {
  const id = generatedHex('reservation', environmentOf(caller), instances[0]?.InstanceId ?? '', 17);
  return { ReservationId: `r-${id}`, OwnerId: caller.account, Groups: [], Instances: [...instances] };
}

export function instanceShape(state: WorldState, instance: Resource): Instance & { readonly InstanceId: string } {
  const { env } = instance.declaration;
  const caller: Caller = env;
  const id = lastOf(instance.arn);
  const made = instanceParticulars(state, instance);
  const { securityGroups } = networkOf(state, caller);
  const subnet = subnetOf(state, caller, made.subnetId, made.availabilityZone);
  const groups = made.securityGroupIds.map((GroupId) => ({
    GroupId,
    GroupName: securityGroups.get(GroupId)?.name ?? '',
  }));
  const dns = `ip-${made.privateIpAddress.replaceAll('.', '-')}.${env.region}.compute.internal`;
  return given({
    ...typeShape(made),
    InstanceId: id,
    ImageId: made.imageId,
    State: instanceState(instance.gone ? 'terminated' : instance.declaration.state),
    PrivateDnsName: dns,
    PublicDnsName: '',
    StateTransitionReason: '',
    KeyName: made.keyName,
    AmiLaunchIndex: 0,
    ProductCodes: [],
    LaunchTime: dateOf(instance.madeAt),
    Placement: { AvailabilityZone: made.availabilityZone, GroupName: '', Tenancy: 'default' as const },
    Monitoring: { State: made.monitoring ? ('enabled' as const) : ('disabled' as const) },
    SubnetId: subnet?.id,
    VpcId: subnet?.vpcId,
    PrivateIpAddress: made.privateIpAddress,
    RootDeviceName: ROOT_DEVICE,
    BlockDeviceMappings: blockDevices(state, instance),
    ClientToken: made.clientToken ?? '',
    IamInstanceProfile:
      made.iamInstanceProfileArn === undefined ? undefined : { Arn: made.iamInstanceProfileArn, Id: `AIPA${id}` },
    NetworkInterfaces: [interfaceShape(caller, id, made, subnet, groups, instance.madeAt)],
    SecurityGroups: groups,
    SourceDestCheck: made.sourceDestCheck,
    Tags: tagList(tagsOf(instance)),
    MetadataOptions: made.metadataOptions as Instance['MetadataOptions'],
  });
}

/** What follows from the type, or is the same for all. */
function typeShape({ instanceType, ebsOptimized }: InstanceParticulars): Partial<Instance> {
  const { arm, cores, threads } = typeFacts(instanceType);
  return {
    InstanceType: instanceType as NonNullable<Instance['InstanceType']>,
    Architecture: arm ? 'arm64' : 'x86_64',
    CpuOptions: { CoreCount: cores, ThreadsPerCore: threads },
    EbsOptimized: ebsOptimized,
    EnaSupport: true,
    Hypervisor: 'xen',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    MaintenanceOptions: { AutoRecovery: 'default' },
    PrivateDnsNameOptions: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    BootMode: 'uefi-preferred',
    CurrentInstanceBootMode: 'legacy-bios',
  };
}

function blockDevices(state: WorldState, instance: Resource): NonNullable<Instance['BlockDeviceMappings']> {
  return state.services.ec2.attachedTo(instance.arn).map((attachment) => ({
    DeviceName: attachment.device,
    Ebs: {
      VolumeId: lastOf(attachment.volumeArn),
      Status: 'attached' as const,
      AttachTime: dateOf(attachment.attachedAt),
      DeleteOnTermination: attachment.deleteOnTermination,
    },
  }));
}

function interfaceShape(
  caller: Caller,
  id: string,
  made: InstanceParticulars,
  subnet: Subnet | undefined,
  groups: { GroupId: string; GroupName: string }[],
  madeAt: number,
): NonNullable<Instance['NetworkInterfaces']>[number] {
  const hex = (kind: string): string => generatedHex(kind, environmentOf(caller), id, 17);
  return given({
    NetworkInterfaceId: `eni-${hex('network-interface')}`,
    Attachment: {
      AttachmentId: `eni-attach-${hex('network-attachment')}`,
      AttachTime: dateOf(madeAt),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: 'attached' as const,
    },
    Groups: groups,
    InterfaceType: 'interface',
    OwnerId: caller.account,
    PrivateIpAddress: made.privateIpAddress,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: made.privateIpAddress }],
    SourceDestCheck: made.sourceDestCheck,
    Status: 'in-use' as const,
    SubnetId: subnet?.id,
    VpcId: subnet?.vpcId,
  });
}

/** vCPUs of the sizes that are not a number of xlarge. */
const SMALL: Readonly<Record<string, number>> = {
  nano: 2,
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  metal: 96,
};

/**
 * What the name of an instance type tells.
 *
 * Source   EC2 user guide, "Amazon EC2 instance type naming conventions": family, generation, options, size.
 * Assumed  Two threads a core on x86, one on Graviton; four vCPUs for each xlarge.
 */
export function typeFacts(instanceType: string): {
  readonly burstable: boolean;
  readonly arm: boolean;
  readonly vcpus: number;
  readonly cores: number;
  readonly threads: number;
} {
  const [, family = '', options = '', size = ''] = /^([a-z]+)\d+([a-z0-9-]*)\.([a-z0-9-]+)$/.exec(instanceType) ?? [];
  const [, times] = /^(\d+)xlarge$/.exec(size) ?? [];
  const vcpus = times === undefined ? SMALL[size.replace(/^metal-.*/, 'metal')] : 4 * Number(times);
  if (family === '' || vcpus === undefined) {
    throw new AwsFault('InvalidInstanceType', `The following supplied instance types do not exist: [${instanceType}]`);
  }
  const arm = options.startsWith('g') || family === 'a';
  const threads = arm ? 1 : 2;
  return { burstable: family === 't', arm, vcpus, cores: vcpus / threads, threads };
}

/** What filters of instances ask. */
export function instanceFacts(instance: Instance): Facts {
  return {
    'instance-id': instance.InstanceId,
    'image-id': instance.ImageId,
    'instance-type': instance.InstanceType,
    'instance-state-name': instance.State?.Name,
    'instance-state-code': String(instance.State?.Code),
    'availability-zone': instance.Placement?.AvailabilityZone,
    'subnet-id': instance.SubnetId,
    'vpc-id': instance.VpcId,
    'private-ip-address': instance.PrivateIpAddress,
    'key-name': instance.KeyName,
    'client-token': instance.ClientToken,
    architecture: instance.Architecture,
  };
}
