/**
 * AWS::KMS::Key, ReplicaKey and Alias, and AWS::IAM::Role, Policy and ManagedPolicy as declarations.
 *
 * Pure: adds to the declarations that it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { EncryptionKey, IamPolicy, IamRole } from '@holdfast/model';
import { ROTATION_DAYS } from '../../domain/keys';
import { AccessDeclarations, accountOf } from '../access';
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
  'AWS::IAM::ManagedPolicy': readManagedPolicy,
};

export function isAccess(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** @throws IngestRefusal when something that is read cannot be known */
export function readAccess(declaration: Declaration, into: AccessDeclarations): void {
  READERS[declaration.type]?.(declaration, into);
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
  const inlinePolicies = properties
    .member('Policies')
    .items()
    .map((policy) => ({
      policyName: policy.member('PolicyName').requiredText(),
      document: document(policy.member('PolicyDocument')),
    }));
  into.addRole(
    withoutUndefined<IamRole>({
      env: accountOf(env),
      roleName: declaration.identity().name,
      path: properties.member('Path').text(),
      trustPolicy: document(properties.member('AssumeRolePolicyDocument')),
      description: properties.member('Description').text(),
      inlinePolicies: inlinePolicies.length === 0 ? undefined : inlinePolicies,
      managedPolicyArns: properties.member('ManagedPolicyArns').texts(),
      permissionsBoundaryArn: properties.member('PermissionsBoundary').text(),
      tags: declaration.withStackTags(tags(properties.member('Tags'))),
      declaredAt,
    }),
  );
}

/** Of users and groups nothing is read; of roles, each gets the policy. */
function readInlinePolicy({ properties, env, declaredAt: path, type }: Declaration, into: AccessDeclarations): void {
  const policyName = properties.member('PolicyName').requiredText();
  const policy = { policyName, document: document(properties.member('PolicyDocument')) };
  const one = properties.member('RoleName').text();
  for (const role of one === undefined ? (properties.member('Roles').texts() ?? []) : [one]) {
    into.addPermission({ path, type }, env, role, policy);
  }
}

function readManagedPolicy(declaration: Declaration, into: AccessDeclarations): void {
  const { properties, env, declaredAt, type } = declaration;
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
  for (const role of properties.member('Roles').texts() ?? []) {
    into.addPermission({ path: declaredAt, type }, env, role, { policyArn: arn ?? '' });
  }
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
