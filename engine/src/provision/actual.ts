/**
 * What a resource of a stack is like by now, for drift: the properties that a template may have set, as their service has them.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "Resource type support for imports and drift detection": not every type has it.
 */
import type { Environment } from '@holdfast/model';
import type { MadeResource, Properties } from '../domain/stacks';
import { NEVER } from '../kernel/instant';
import type { WorldState } from '../domain/world-state';
import { parseJson } from '../kernel/json';
import { given } from '../operations/backup/shapes';
import { networkOf } from '../operations/ec2-network';
import { tryFindParameter } from '../operations/find-parameter';
import { groupShape } from '../operations/network-shapes';

type Tags = Readonly<Record<string, string>>;
/** @returns undefined for what is no longer there */
type Reader = (state: WorldState, env: Environment, made: MadeResource) => Properties | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  'AWS::Backup::BackupVault': (state, env, { physicalId }) => {
    const vault = state.ledger.vaults.tryFind(env, physicalId);
    if (vault === undefined) {
      return undefined;
    }
    const { lock, accessPolicy, made } = vault;
    return given({
      BackupVaultName: vault.name,
      EncryptionKeyArn: made.encryptionKeyArn,
      AccessPolicy: parsed(accessPolicy),
      BackupVaultTags: state.ledger.changedTags.of(vault.arn, made.tags),
      LockConfiguration:
        lock &&
        given({
          MinRetentionDays: lock.minRetentionDays === 0 ? undefined : lock.minRetentionDays,
          MaxRetentionDays: lock.maxRetentionDays === NEVER ? undefined : lock.maxRetentionDays,
        }),
    });
  },
  'AWS::EC2::VPC': (state, env, { physicalId }) => {
    const vpc = networkOf(state, env).vpcs.get(physicalId);
    return (
      vpc && {
        CidrBlock: vpc.cidrBlock,
        EnableDnsHostnames: vpc.dnsHostnames,
        EnableDnsSupport: vpc.dnsSupport,
        InstanceTenancy: vpc.tenancy,
        Tags: listed(vpc.tags),
      }
    );
  },
  'AWS::EC2::Subnet': (state, env, { physicalId }) => {
    const subnet = networkOf(state, env).subnets.get(physicalId);
    return (
      subnet && {
        AvailabilityZone: subnet.zone,
        CidrBlock: subnet.cidrBlock,
        MapPublicIpOnLaunch: subnet.publicAddresses,
        VpcId: subnet.vpcId,
        Tags: listed(subnet.tags),
      }
    );
  },
  'AWS::EC2::SecurityGroup': (state, env, { physicalId }) => {
    const group = networkOf(state, env).securityGroups.get(physicalId);
    if (group === undefined) {
      return undefined;
    }
    const { IpPermissions = [], IpPermissionsEgress = [] } = groupShape(env, group);
    return {
      GroupDescription: group.description,
      GroupName: group.name,
      VpcId: group.vpcId,
      SecurityGroupIngress: rulesOf(IpPermissions, 'Source'),
      SecurityGroupEgress: rulesOf(IpPermissionsEgress, 'Destination'),
      Tags: listed(group.tags),
    };
  },
  'AWS::IAM::Role': ({ ledger }, env, { physicalId }) => {
    const role = ledger.roles.tryFindRoleByName(env, physicalId);
    return (
      role &&
      given({
        AssumeRolePolicyDocument: parsed(role.trust),
        Description: role.description === '' ? undefined : role.description,
        ManagedPolicyArns: [...role.attached],
        MaxSessionDuration: role.maxSessionSeconds,
        Path: role.path,
        PermissionsBoundary: role.boundary,
        Policies: [...role.inline].map(([PolicyName, text]) => ({ PolicyName, PolicyDocument: parsed(text) })),
        RoleName: role.name,
        Tags: listed(Object.fromEntries(role.tags)),
      })
    );
  },
  'AWS::KMS::Key': ({ ledger }, env, { physicalId }) => {
    const key = ledger.keys.tryFind(env, physicalId);
    return key === undefined || key.state === 'PendingDeletion'
      ? undefined
      : {
          Description: key.description,
          Enabled: key.state === 'Enabled',
          EnableKeyRotation: key.rotatesFrom !== undefined,
          KeyPolicy: parsed(key.policy),
          Tags: listed(Object.fromEntries(key.tags)),
        };
  },
  'AWS::SNS::Topic': ({ services }, _env, { physicalId }) => {
    const topic = services.messaging.topics.tryFind(physicalId);
    return (
      topic && {
        DisplayName: topic.displayName,
        TopicName: topic.name,
        KmsMasterKeyId: topic.attributes.get('KmsMasterKeyId'),
        Tags: listed(Object.fromEntries(topic.tags)),
      }
    );
  },
  'AWS::SSM::Parameter': (state, env, { physicalId }) => {
    const found = tryFindParameter(state, env, physicalId);
    return (
      found &&
      given({
        Name: physicalId,
        Type: found.version.type,
        Value: found.version.value,
        Description: found.version.description,
        AllowedPattern: found.version.allowedPattern,
        Tier: found.version.tier,
        Tags: found.parameter.tags,
      })
    );
  },
};

/** Whether drift of a type is found. */
export function hasReader(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

export function actualOf(state: WorldState, env: Environment, made: MadeResource): Properties | undefined {
  return READERS[made.type]?.(state, env, made);
}

function listed(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function parsed(text: string | undefined): unknown {
  return text === undefined || text === '' ? undefined : parseJson(text);
}

/** Permissions as a template writes them: one rule for each peer. */
function rulesOf(
  permissions: NonNullable<ReturnType<typeof groupShape>['IpPermissions']>,
  side: 'Destination' | 'Source',
): object[] {
  return permissions.flatMap(({ IpProtocol, FromPort, ToPort, ...peers }) => {
    const ports = { IpProtocol, FromPort, ToPort };
    const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = peers;
    return [
      ...IpRanges.map(({ CidrIp, Description }) => given({ ...ports, CidrIp, Description })),
      ...Ipv6Ranges.map(({ CidrIpv6, Description }) => given({ ...ports, CidrIpv6, Description })),
      ...UserIdGroupPairs.map(({ GroupId, Description }) =>
        given({ ...ports, [`${side}SecurityGroupId`]: GroupId, Description }),
      ),
      ...PrefixListIds.map(({ PrefixListId, Description }) =>
        given({ ...ports, [`${side}PrefixListId`]: PrefixListId, Description }),
      ),
    ];
  });
}
