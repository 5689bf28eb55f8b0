/**
 * What EC2 keeps of AWS::EC2::Instance and Volume beside what backups see; AWS::IAM::InstanceProfile.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only, what
 *          Fn::GetAtt gives.
 */
import type { StatefulResource } from '@holdfast/model';
import { given } from '../operations/backup/shapes';
import { defaultGroupIds, findSecurityGroup, findSubnet, privateAddress } from '../operations/ec2-network';
import { findInstance, instanceShape, typeFacts } from '../operations/ec2-instances';
import { addRoleToInstanceProfile } from '../operations/iam/add-role-to-instance-profile';
import { createInstanceProfile } from '../operations/iam/create-instance-profile';
import { deleteInstanceProfile } from '../operations/iam/delete-instance-profile';
import { removeRoleFromInstanceProfile } from '../operations/iam/remove-role-from-instance-profile';
import { findProfile } from '../operations/instance-profiles';
import { volumeLikeness } from '../operations/ec2-volumes';
import { lastOf } from '../operations/stateful';
import { Made, ResourceHandler, Wanted } from './handler';
import { Refused } from './refusals';

export const PROFILES: Readonly<Record<string, ResourceHandler>> = {
  'AWS::IAM::InstanceProfile': {
    replacedBy: ['InstanceProfileName', 'Path'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const name = properties.member('InstanceProfileName').text() ?? wanted.generated();
      createInstanceProfile(state, env, { InstanceProfileName: name, Path: properties.member('Path').text() });
      return settleRole(wanted, name);
    },
    update: (wanted, { made }) => settleRole(wanted, made.physicalId),
    delete: ({ state, env, made }) => {
      const InstanceProfileName = made.physicalId;
      const { role: RoleName } = findProfile(state, env, InstanceProfileName);
      if (RoleName !== undefined) {
        removeRoleFromInstanceProfile(state, env, { InstanceProfileName, RoleName });
      }
      deleteInstanceProfile(state, env, { InstanceProfileName });
    },
  },
};

function settleRole({ state, env, properties }: Wanted, InstanceProfileName: string): Made {
  const [RoleName, ...others] = properties.member('Roles').texts() ?? [];
  if (others.length > 0) {
    throw new Refused('Properties validation failed: #/Roles: expected maximum item count: 1');
  }
  const profile = findProfile(state, env, InstanceProfileName);
  if (profile.role !== undefined && profile.role !== RoleName) {
    removeRoleFromInstanceProfile(state, env, { InstanceProfileName, RoleName: profile.role });
  }
  if (RoleName !== undefined && profile.role !== RoleName) {
    addRoleToInstanceProfile(state, env, { InstanceProfileName, RoleName });
  }
  return { physicalId: InstanceProfileName, attributes: { Arn: profile.arn } };
}

/** Refuses what EC2 would, before anything is made. */
export function checkInstance(wanted: Wanted): void {
  const { state, env, properties } = wanted;
  const subnetId = properties.member('SubnetId').text();
  const subnet = subnetId === undefined ? undefined : findSubnet(state, env, subnetId);
  for (const id of properties.member('SecurityGroupIds').texts() ?? []) {
    const { vpcId } = findSecurityGroup(state, env, id);
    if (subnet !== undefined && vpcId !== subnet.vpcId) {
      throw new Refused(`Security group ${id} and subnet ${subnet.id} belong to different networks.`);
    }
  }
  const profile = properties.member('IamInstanceProfile').text();
  if (profile !== undefined) {
    findProfile(state, env, profile);
  }
  typeFacts(properties.member('InstanceType').text() ?? 'm1.small');
}

/** What EC2 shows of an instance, beside what backups see. */
export function keepInstance(wanted: Wanted, { arn }: StatefulResource): Made {
  const { state, env, properties } = wanted;
  const text = (member: string) => properties.member(member).text();
  const subnetId = text('SubnetId');
  const subnet = subnetId === undefined ? undefined : findSubnet(state, env, subnetId);
  const profile = text('IamInstanceProfile');
  const groups = properties.member('SecurityGroupIds').texts();
  state.ledger.particulars.instances.change(
    arn,
    given({
      imageId: text('ImageId'),
      instanceType: text('InstanceType') ?? 'm1.small',
      availabilityZone: subnet?.zone ?? text('AvailabilityZone'),
      subnetId,
      keyName: text('KeyName'),
      privateIpAddress: text('PrivateIpAddress') ?? (subnet && privateAddress(env, lastOf(arn), subnet.cidrBlock)),
      securityGroupIds: groups ?? defaultGroupIds(state, env, subnet?.vpcId),
      iamInstanceProfileArn: profile === undefined ? undefined : findProfile(state, env, profile).arn,
      monitoring: properties.member('Monitoring').boolean(),
      ebsOptimized: properties.member('EbsOptimized').boolean(),
      userData: text('UserData'),
      disableApiTermination: properties.member('DisableApiTermination').boolean(),
      sourceDestCheck: properties.member('SourceDestCheck').boolean(),
    }),
  );
  const shape = instanceShape(state, findInstance(state, env, lastOf(arn)));
  const attributes = {
    AvailabilityZone: shape.Placement?.AvailabilityZone,
    InstanceId: shape.InstanceId,
    PrivateDnsName: shape.PrivateDnsName,
    PrivateIp: shape.PrivateIpAddress,
    PublicDnsName: '',
    VpcId: shape.VpcId,
  };
  return { physicalId: shape.InstanceId, attributes: given(attributes) };
}

export function keepVolume({ state, properties }: Wanted, { arn }: StatefulResource): Made {
  const number = (member: string) => properties.member(member).number();
  const { volumeType, iops, throughput } = volumeLikeness({
    sizeGiB: number('Size') ?? 1,
    volumeType: properties.member('VolumeType').text(),
    iops: number('Iops'),
    throughput: number('Throughput'),
  });
  const particulars = {
    availabilityZone: properties.member('AvailabilityZone').text(),
    volumeType,
    iops,
    throughput,
    snapshotId: properties.member('SnapshotId').text(),
    multiAttach: properties.member('MultiAttachEnabled').boolean(),
  };
  state.ledger.particulars.volumes.change(arn, given(particulars));
  return { physicalId: lastOf(arn), attributes: { VolumeId: lastOf(arn) } };
}
