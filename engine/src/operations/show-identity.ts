/**
 * Roles and managed policies as IAM shows them.
 *
 * Pure: a role or policy in, the SDK's shape out.
 * Source   API model of IAM 2010-05-08: Role, Policy.
 */
import type { Policy, Role as RoleShape } from '@aws-sdk/client-iam';
import type { ManagedPolicy, Role } from '../domain/roles';
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
    PermissionsBoundary:
      role.boundary === undefined
        ? undefined
        : { PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const, PermissionsBoundaryArn: role.boundary },
    Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })),
  });
}

/** @param attachments how many identities have the policy */
export function showPolicy(policy: ManagedPolicy, attachments: number): Policy {
  return given({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments,
    IsAttachable: true,
    Description: policy.description === '' ? undefined : policy.description,
    CreateDate: dateOf(policy.createdAt),
    UpdateDate: dateOf(policy.versions.get(policy.defaultVersion)?.createdAt ?? policy.createdAt),
    Tags: tagList(policy.tags),
  });
}
