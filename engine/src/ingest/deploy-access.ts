/**
 * Keys, roles, users, groups and managed policies to the operations that make them.
 *
 * Pure: changes nothing but the World it is given.
 * Assumed  What an artifact says of keys and roles enters no event: their ids and names are often made up, in another
 *          way by each form of artifact, and the digest tells estates apart, not their forms.
 */
import type { EncryptionKey, Estate, IamGroup, IamPolicy, IamRole, IamUser } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { keyArn } from '../domain/keys';
import { given } from '../operations/backup/shapes';
import { addUserToGroup } from '../operations/iam/add-user-to-group';
import { attachGroupPolicy } from '../operations/iam/attach-group-policy';
import { attachRolePolicy } from '../operations/iam/attach-role-policy';
import { attachUserPolicy } from '../operations/iam/attach-user-policy';
import { createGroup } from '../operations/iam/create-group';
import { createPolicy } from '../operations/iam/create-policy';
import { createRole } from '../operations/iam/create-role';
import { createUser } from '../operations/iam/create-user';
import { putGroupPolicy } from '../operations/iam/put-group-policy';
import { putRolePolicy } from '../operations/iam/put-role-policy';
import { putUserPolicy } from '../operations/iam/put-user-policy';
import { createAlias } from '../operations/kms/create-alias';
import { createKey } from '../operations/kms/create-key';
import { disableKey } from '../operations/kms/disable-key';
import { enableKeyRotation } from '../operations/kms/enable-key-rotation';
import { replicateKey } from '../operations/kms/replicate-key';
import { call, inOrder } from './deploy-call';

export function deployAccess(state: WorldState, estate: Estate): void {
  state.ledger.quietly(() => {
    const keys = inOrder(estate.keys, (key) => `${key.primaryKeyArn === undefined ? 0 : 1}${key.keyId}`);
    for (const key of [...keys.filter((one) => one.primaryKeyArn === undefined), ...keys.filter(isReplica)]) {
      deployKey(state, key);
    }
    for (const policy of inOrder(estate.policies, (one) => one.policyName)) {
      deployPolicy(state, policy);
    }
    for (const role of inOrder(estate.roles, (one) => one.roleName)) {
      deployRole(state, role);
    }
    for (const group of inOrder(estate.groups, (one) => one.groupName)) {
      deployGroup(state, group);
    }
    for (const user of inOrder(estate.users, (one) => one.userName)) {
      deployUser(state, user);
    }
  });
}

function isReplica(key: EncryptionKey): boolean {
  return key.primaryKeyArn !== undefined;
}

export function deployKey(state: WorldState, key: EncryptionKey): void {
  const { env, keyId } = key;
  const declaredAt = key.declaredAt ?? keyId;
  const common = given({ Policy: text(key.keyPolicy), Description: key.description, Tags: kmsTags(key.tags) });
  const primary = key.primaryKeyArn === undefined ? undefined : state.ledger.keys.tryFindByArn(key.primaryKeyArn);
  if (primary === undefined) {
    const input = given({ ...common, MultiRegion: key.multiRegion });
    call(declaredAt, 'CreateKey', () => createKey(state, env, input, keyId));
  } else {
    const input = { ...common, KeyId: primary.arn, ReplicaRegion: env.region };
    call(declaredAt, 'ReplicateKey', () => replicateKey(state, primary.made.env, input));
  }
  for (const AliasName of key.aliasNames ?? []) {
    call(declaredAt, 'CreateAlias', () => {
      createAlias(state, env, { AliasName, TargetKeyId: keyId });
    });
  }
  const { rotationPeriodInDays: RotationPeriodInDays } = key;
  if (RotationPeriodInDays !== undefined) {
    call(declaredAt, 'EnableKeyRotation', () => {
      enableKeyRotation(state, env, { KeyId: keyArn(env, keyId), RotationPeriodInDays });
    });
  }
  if (key.enabled === false) {
    call(declaredAt, 'DisableKey', () => {
      disableKey(state, env, { KeyId: keyArn(env, keyId) });
    });
  }
}

export function deployPolicy(state: WorldState, policy: IamPolicy): void {
  const input = given({ PolicyName: policy.policyName, Path: policy.path, PolicyDocument: text(policy.document) });
  call(policy.declaredAt ?? policy.policyName, 'CreatePolicy', () => createPolicy(state, policy.env, input));
}

export function deployRole(state: WorldState, role: IamRole): void {
  const { env, roleName: RoleName } = role;
  const declaredAt = role.declaredAt ?? RoleName;
  const input = given({
    RoleName,
    Path: role.path,
    AssumeRolePolicyDocument: text(role.trustPolicy),
    Description: role.description,
    PermissionsBoundary: role.permissionsBoundaryArn,
    Tags: iamTags(role.tags),
  });
  call(declaredAt, 'CreateRole', () => createRole(state, env, input));
  for (const { policyName: PolicyName, document } of role.inlinePolicies ?? []) {
    call(declaredAt, 'PutRolePolicy', () => {
      putRolePolicy(state, env, { RoleName, PolicyName, PolicyDocument: text(document) });
    });
  }
  for (const PolicyArn of role.managedPolicyArns ?? []) {
    call(declaredAt, 'AttachRolePolicy', () => {
      attachRolePolicy(state, env, { RoleName, PolicyArn });
    });
  }
  const made = role.partlyKnown === true ? state.ledger.roles.tryFindRoleByName(env, RoleName) : undefined;
  if (made !== undefined) {
    made.partlyKnown = true;
  }
}

function deployGroup(state: WorldState, group: IamGroup): void {
  const { env, groupName: GroupName } = group;
  const declaredAt = group.declaredAt ?? GroupName;
  call(declaredAt, 'CreateGroup', () => createGroup(state, env, given({ GroupName, Path: group.path })));
  for (const { policyName: PolicyName, document } of group.inlinePolicies ?? []) {
    call(declaredAt, 'PutGroupPolicy', () => {
      putGroupPolicy(state, env, { GroupName, PolicyName, PolicyDocument: text(document) });
    });
  }
  for (const PolicyArn of group.managedPolicyArns ?? []) {
    call(declaredAt, 'AttachGroupPolicy', () => {
      attachGroupPolicy(state, env, { GroupName, PolicyArn });
    });
  }
}

function deployUser(state: WorldState, user: IamUser): void {
  const { env, userName: UserName } = user;
  const declaredAt = user.declaredAt ?? UserName;
  const PermissionsBoundary = user.permissionsBoundaryArn;
  const input = given({ UserName, Path: user.path, PermissionsBoundary, Tags: iamTags(user.tags) });
  call(declaredAt, 'CreateUser', () => createUser(state, env, input));
  for (const GroupName of user.groupNames ?? []) {
    call(declaredAt, 'AddUserToGroup', () => {
      addUserToGroup(state, env, { GroupName, UserName });
    });
  }
  for (const { policyName: PolicyName, document } of user.inlinePolicies ?? []) {
    call(declaredAt, 'PutUserPolicy', () => {
      putUserPolicy(state, env, { UserName, PolicyName, PolicyDocument: text(document) });
    });
  }
  for (const PolicyArn of user.managedPolicyArns ?? []) {
    call(declaredAt, 'AttachUserPolicy', () => {
      attachUserPolicy(state, env, { UserName, PolicyArn });
    });
  }
}

function iamTags(tags: Readonly<Record<string, string>> | undefined): { Key: string; Value: string }[] | undefined {
  return tags === undefined ? undefined : Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function kmsTags(
  tags: Readonly<Record<string, string>> | undefined,
): { TagKey: string; TagValue: string }[] | undefined {
  return tags === undefined ? undefined : Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

function text(document: unknown): string | undefined {
  return document === undefined || typeof document === 'string' ? document : JSON.stringify(document);
}
