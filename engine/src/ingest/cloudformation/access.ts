/**
 * AWS::KMS::Key, ReplicaKey and Alias, and AWS::IAM::Role, User, Group, their policies and members as declarations.
 *
 * Pure: adds to the declarations that it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { EncryptionKey, IamGroup, IamPolicy, IamRole, IamUser, InlinePolicy } from '@holdfast/model';
import { ROTATION_DAYS } from '../../domain/keys';
import { AccessDeclarations, accountOf, HolderName, Permission } from '../access';
import { IngestRefusal } from '../artifact';
import type { DeclaredValue } from './declared-value';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';

const READERS: Readonly<Record<string, (declaration: Declaration, into: AccessDeclarations) => void>> = {
  'AWS::KMS::Key': readKey,
  'AWS::KMS::ReplicaKey': readKey,
  'AWS::KMS::Alias': readAlias,
  'AWS::IAM::Role': readRole,
  'AWS::IAM::Policy': readInlinePolicy,
  'AWS::IAM::RolePolicy': readInlinePolicy,
  'AWS::IAM::UserPolicy': readInlinePolicy,
  'AWS::IAM::GroupPolicy': readInlinePolicy,
  'AWS::IAM::Group': readGroup,
  'AWS::IAM::User': readUser,
  'AWS::IAM::UserToGroupAddition': readMembers,
  'AWS::IAM::ManagedPolicy': readManagedPolicy,
};

/** What gives roles policies. */
const GIVERS = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'];

/** What holds policies, and the word that properties have for it. */
const HOLDERS: Readonly<Record<HolderName['kind'], string>> = { role: 'Role', user: 'User', group: 'Group' };

export function isAccess(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** @throws IngestRefusal when something that is read cannot be known */
export function readAccess(declaration: Declaration, into: AccessDeclarations): void {
  try {
    READERS[declaration.type]?.(declaration, into);
  } catch (error) {
    if (error instanceof IngestRefusal && GIVERS.includes(declaration.type)) {
      for (const name of rolesOf(declaration)) into.addUnread(declaration.env, name);
    }
    throw error;
  }
}

/** Names of the roles that a policy is for; undefined for those that cannot be known. */
function rolesOf({ properties }: Declaration): (string | undefined)[] {
  try {
    const one = properties.member('RoleName').text();
    return one === undefined ? (properties.member('Roles').texts() ?? []) : [one];
  } catch (error) {
    if (!(error instanceof IngestRefusal)) throw error;
    return [undefined];
  }
}

function readKey(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt } = declaration;
  const primaryKeyArn = properties.member('PrimaryKeyArn').text();
  into.addKey(
    withoutUndefined<EncryptionKey>({
      env,
      keyId: declaration.identity().name,
      multiRegion: primaryKeyArn === undefined ? properties.member('MultiRegion').boolean() : true,
      primaryKeyArn,
      description: properties.member('Description').text(),
      keyPolicy: document(properties.member('KeyPolicy')),
      enabled: properties.member('Enabled').boolean(),
      rotationPeriodInDays:
        properties.member('EnableKeyRotation').boolean() === true
          ? (properties.member('RotationPeriodInDays').number() ?? ROTATION_DAYS)
          : undefined,
      aliasNames: undefined,
      tags: declaration.withStackTags(tags(properties.member('Tags'))),
      declaredAt,
    }),
  );
}

function readAlias({ properties, env, declaredAt: path, type }: Declaration, into: AccessDeclarations): void {
  const key = properties.member('TargetKeyId').requiredText();
  into.addAlias({ path, type }, env, key, properties.member('AliasName').requiredText());
}

function readRole(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt } = declaration;
  into.addRole(
    withoutUndefined<IamRole>({
      env: accountOf(env),
      roleName: declaration.identity().name,
      path: properties.member('Path').text(),
      trustPolicy: document(properties.member('AssumeRolePolicyDocument')),
      description: properties.member('Description').text(),
      inlinePolicies: inlineOf(properties),
      managedPolicyArns: properties.member('ManagedPolicyArns').texts(),
      permissionsBoundaryArn: properties.member('PermissionsBoundary').text(),
      tags: declaration.withStackTags(tags(properties.member('Tags'))),
      declaredAt,
    }),
  );
}

function inlineOf(properties: DeclaredValue): InlinePolicy[] | undefined {
  const policies = properties
    .member('Policies')
    .items()
    .map((policy) => ({
      policyName: policy.member('PolicyName').requiredText(),
      document: document(policy.member('PolicyDocument')),
    }));
  return policies.length === 0 ? undefined : policies;
}

function readGroup(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt } = declaration;
  into.addGroup(
    withoutUndefined<IamGroup>({
      env: accountOf(env),
      groupName: declaration.identity().name,
      path: properties.member('Path').text(),
      inlinePolicies: inlineOf(properties),
      managedPolicyArns: properties.member('ManagedPolicyArns').texts(),
      declaredAt,
    }),
  );
}

function readUser(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt, type } = declaration;
  const { name } = declaration.identity();
  into.addUser(
    withoutUndefined<IamUser>({
      env: accountOf(env),
      userName: name,
      path: properties.member('Path').text(),
      inlinePolicies: inlineOf(properties),
      managedPolicyArns: properties.member('ManagedPolicyArns').texts(),
      permissionsBoundaryArn: properties.member('PermissionsBoundary').text(),
      tags: declaration.withStackTags(tags(properties.member('Tags'))),
      declaredAt,
    }),
  );
  for (const group of properties.member('Groups').texts() ?? []) {
    into.addMembership({ path: declaredAt, type }, env, group, name);
  }
}

function readMembers({ properties, env, declaredAt: path, type }: Declaration, into: AccessDeclarations): void {
  const group = properties.member('GroupName').requiredText();
  for (const user of properties.member('Users').texts() ?? []) {
    into.addMembership({ path, type }, env, group, user);
  }
}

function readInlinePolicy(declaration: Declaration, into: AccessDeclarations): void {
  const { properties } = declaration;
  const policyName = properties.member('PolicyName').requiredText();
  give(declaration, into, { policyName, document: document(properties.member('PolicyDocument')) });
}

/** Each role, user and group that is named, by `RoleName` and its like or by `Roles` and theirs, gets the policy. */
function give({ properties, env, declaredAt: path, type }: Declaration, into: AccessDeclarations, policy: Permission) {
  for (const [kind, word] of Object.entries(HOLDERS) as [HolderName['kind'], string][]) {
    const one = properties.member(`${word}Name`).text();
    for (const name of one === undefined ? (properties.member(`${word}s`).texts() ?? []) : [one]) {
      into.addPermission({ path, type }, { kind, env, name }, policy);
    }
  }
}

function readManagedPolicy(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt } = declaration;
  const { name, arn } = declaration.identity();
  into.addPolicy(
    withoutUndefined<IamPolicy>({
      env: accountOf(env),
      policyName: name,
      path: properties.member('Path').text(),
      document: document(properties.member('PolicyDocument')),
      declaredAt,
    }),
  );
  give(declaration, into, { policyArn: arn ?? '' });
}

/** A policy document, which may be written as JSON text. */
function document(value: DeclaredValue): unknown {
  const policy = value.json();
  if (typeof policy !== 'string') {
    return policy;
  }
  try {
    return JSON.parse(policy);
  } catch {
    throw value.wrong('a policy document, or one as JSON text');
  }
}

function tags(list: DeclaredValue): Record<string, string> | undefined {
  const found = list.items().map((tag) => [tag.member('Key').requiredText(), tag.member('Value').text() ?? '']);
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Record<string, string>);
}
