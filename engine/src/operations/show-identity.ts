/**
 * Roles, users and managed policies as IAM shows them.
 *
 * Pure: a role, user or policy in, the SDK's shape out.
 * Source   API model of IAM 2010-05-08: Role, User, Policy.
 */
import type { Group as GroupShape, Policy, Role as RoleShape, User as UserShape } from '@aws-sdk/client-iam';
import type { Group, Identity, ManagedPolicy, Role, User } from '../domain/roles';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import { tagList } from './tag-map';
import { encoded } from './find-identity';

export function showRole(role: Role): RoleShape {
  return given({
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: dateOf(role.createdAt),
    AssumeRolePolicyDocument: encoded(role.trust),
    Description: role.description === '' ? undefined : role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    PermissionsBoundary: boundaryOf(role),
    Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })),
  });
}

export function showUser(user: User): UserShape {
  return given({
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: dateOf(user.createdAt),
    PermissionsBoundary: boundaryOf(user),
    Tags: [...user.tags].map(([Key, Value]) => ({ Key, Value })),
  });
}

export function showGroup({ path, name, id, arn, createdAt }: Group): GroupShape {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: dateOf(createdAt) };
}

function boundaryOf({ boundary }: Identity) {
  return boundary === undefined
    ? undefined
    : { PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const, PermissionsBoundaryArn: boundary };
}

/** @param attachments how many identities have the policy */
/** @param holders - who has it, or has it for a boundary. */
export function showPolicy(policy: ManagedPolicy, holders: readonly Identity[]): Policy {
  return given({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: holders.filter(({ attached }) => attached.has(policy.arn)).length,
    PermissionsBoundaryUsageCount: holders.filter(({ boundary }) => boundary === policy.arn).length,
    IsAttachable: true,
    Description: policy.description === '' ? undefined : policy.description,
    CreateDate: dateOf(policy.createdAt),
    UpdateDate: dateOf(policy.versions.get(policy.defaultVersion)?.createdAt ?? policy.createdAt),
    Tags: tagList(policy.tags),
  });
}
