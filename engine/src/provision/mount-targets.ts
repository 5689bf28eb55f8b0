/**
 * AWS::EFS::MountTarget and AccessPoint; what EFS keeps of AWS::EFS::FileSystem beside what backups see.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { PosixUser, RootDirectory } from '@aws-sdk/client-efs';
import type { StatefulResource } from '@holdfast/model';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { findEfsTagged } from '../operations/access-points';
import { given } from '../operations/backup/shapes';
import { createAccessPoint } from '../operations/efs/create-access-point';
import { createMountTarget } from '../operations/efs/create-mount-target';
import { deleteAccessPoint } from '../operations/efs/delete-access-point';
import { deleteMountTarget } from '../operations/efs/delete-mount-target';
import { modifyMountTargetSecurityGroups } from '../operations/efs/modify-mount-target-security-groups';
import { lastOf } from '../operations/stateful';
import { Made, refuseOthers, ResourceHandler, Wanted } from './handler';

export const MOUNT_TARGETS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::EFS::AccessPoint': {
    replacedBy: ['ClientToken', 'FileSystemId', 'PosixUser', 'RootDirectory'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, ['AccessPointTags', 'ClientToken', 'FileSystemId', 'PosixUser', 'RootDirectory']);
      const { AccessPointId, AccessPointArn } = createAccessPoint(state, env, {
        FileSystemId: properties.member('FileSystemId').text(),
        ClientToken: properties.member('ClientToken').text() ?? wanted.generated(),
        PosixUser: userIn(properties.member('PosixUser')),
        RootDirectory: directoryIn(properties.member('RootDirectory')),
        Tags: Object.entries(wanted.tags('AccessPointTags')).map(([Key, Value]) => ({ Key, Value })),
      });
      const attributes = { AccessPointId, Arn: AccessPointArn };
      return { physicalId: String(AccessPointId), attributes: given(attributes) };
    },
    update: (wanted, { state, env, made }) => {
      findEfsTagged(state, env, made.physicalId).put(wanted.tags('AccessPointTags'));
      return made;
    },
    delete: ({ state, env, made }) => {
      deleteAccessPoint(state, env, { AccessPointId: made.physicalId });
    },
  },
  'AWS::EFS::MountTarget': {
    replacedBy: ['FileSystemId', 'IpAddress', 'Ipv6Address', 'IpAddressType', 'SubnetId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, ['FileSystemId', 'IpAddress', 'SecurityGroups', 'SubnetId']);
      const { MountTargetId, IpAddress } = createMountTarget(state, env, {
        FileSystemId: properties.member('FileSystemId').text(),
        SubnetId: properties.member('SubnetId').text(),
        IpAddress: properties.member('IpAddress').text(),
        SecurityGroups: properties.member('SecurityGroups').texts(),
      });
      return { physicalId: String(MountTargetId), attributes: given({ Id: MountTargetId, IpAddress }) };
    },
    update: ({ state, env, properties }, { made }) => {
      const SecurityGroups = properties.member('SecurityGroups').texts();
      modifyMountTargetSecurityGroups(state, env, { MountTargetId: made.physicalId, SecurityGroups });
      return made;
    },
    delete: ({ state, env, made }) => {
      deleteMountTarget(state, env, { MountTargetId: made.physicalId });
    },
  },
};

export function keepFileSystem({ state, properties }: Wanted, { arn }: StatefulResource): Made {
  const text = (member: string) => properties.member(member).text();
  const policy = properties.member('FileSystemPolicy').json();
  state.ledger.particulars.fileSystems.change(arn, {
    ...given({
      performanceMode: text('PerformanceMode'),
      throughputMode: text('ThroughputMode'),
      zone: text('AvailabilityZoneName'),
      overwriteProtection: properties.member('FileSystemProtection').member('ReplicationOverwriteProtection').text(),
    }),
    provisionedMibps: properties.member('ProvisionedThroughputInMibps').number(),
    lifecyclePolicies: (properties.member('LifecyclePolicies').json() ?? []) as object[],
    policy: policy === undefined ? undefined : JSON.stringify(policy),
  });
  return { physicalId: lastOf(arn), attributes: { Arn: arn, FileSystemId: lastOf(arn) } };
}

function userIn(user: DeclaredValue): PosixUser | undefined {
  return user.isPresent ? { ...idsIn(user, 'Uid', 'Gid'), ...given({ SecondaryGids: gidsIn(user) }) } : undefined;
}

function gidsIn(user: DeclaredValue): number[] | undefined {
  return user.member('SecondaryGids').texts()?.map(Number);
}

function directoryIn(directory: DeclaredValue): RootDirectory | undefined {
  const info = directory.member('CreationInfo');
  const CreationInfo = info.isPresent
    ? { ...idsIn(info, 'OwnerUid', 'OwnerGid'), Permissions: info.member('Permissions').requiredText() }
    : undefined;
  return directory.isPresent ? given({ Path: directory.member('Path').text() ?? '/', CreationInfo }) : undefined;
}

function idsIn<U extends string, G extends string>(of: DeclaredValue, uid: U, gid: G): Record<G | U, number> {
  const ids = { [uid]: of.member(uid).requiredNumber(), [gid]: of.member(gid).requiredNumber() };
  return ids as Record<G | U, number>;
}
