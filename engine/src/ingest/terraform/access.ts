/**
 * aws_kms_key, its replicas, aliases and policies, and aws_iam_role, user and group with their policies and members as
 * declarations.
 *
 * Pure: adds to the declarations that it makes.
 * Source   Schema of the AWS provider 5.100.0: aliases, policies and attachments are resources of their own that name
 *          the key or role.
 */
import type { EncryptionKey, IamGroup, IamPolicy, IamRole, IamUser } from '@holdfast/model';
import { ROTATION_DAYS } from '../../domain/keys';
import { AccessDeclarations, accountOf, HolderName } from '../access';
import { IngestRefusal } from '../artifact';
import { withoutUndefined } from '../cloudformation/declaration';
import { Given } from './given';
import type { Resource } from './resource';
import { tagsOf } from './tags';

const READERS: Readonly<Record<string, (resource: Resource, into: AccessDeclarations) => void>> = {
  aws_kms_key: readKey,
  aws_kms_replica_key: readKey,
  aws_kms_alias: (resource, into) => {
    const key = Given.attribute(resource, 'target_key_id').requiredText();
    into.addAlias(placeOf(resource), resource.env(), key, Given.attribute(resource, 'name').requiredText());
  },
  aws_kms_key_policy: (resource, into) => {
    const key = Given.attribute(resource, 'key_id').requiredText();
    into.addKeyPolicy(placeOf(resource), resource.env(), key, Given.attribute(resource, 'policy').json());
  },
  aws_iam_role: readRole,
  aws_iam_role_policy: inlineFor('role'),
  aws_iam_role_policy_attachment: attachedTo('role'),
  aws_iam_user: readUser,
  aws_iam_user_policy: inlineFor('user'),
  aws_iam_user_policy_attachment: attachedTo('user'),
  aws_iam_user_group_membership: (resource, into) => {
    const user = Given.attribute(resource, 'user').requiredText();
    for (const group of Given.attribute(resource, 'groups').texts() ?? []) {
      into.addMembership(placeOf(resource), resource.env(), group, user);
    }
  },
  aws_iam_group: readGroup,
  aws_iam_group_policy: inlineFor('group'),
  aws_iam_group_policy_attachment: attachedTo('group'),
  aws_iam_group_membership: (resource, into) => {
    const group = Given.attribute(resource, 'group').requiredText();
    for (const user of Given.attribute(resource, 'users').texts() ?? []) {
      into.addMembership(placeOf(resource), resource.env(), group, user);
    }
  },
  aws_iam_policy_attachment: (resource, into) => {
    const policyArn = Given.attribute(resource, 'policy_arn').requiredText();
    for (const kind of ['role', 'user', 'group'] as const) {
      for (const name of Given.argument(resource, `${kind}s`).texts() ?? []) {
        into.addPermission(placeOf(resource), { kind, env: resource.env(), name }, { policyArn });
      }
    }
  },
  aws_iam_policy: readPolicy,
};

/** The roles that are given a policy, by the type of what gives it. */
const ROLES_OF: Readonly<Record<string, (resource: Resource) => readonly string[] | undefined>> = {
  aws_iam_role_policy: (resource) => [Given.attribute(resource, 'role').requiredText()],
  aws_iam_role_policy_attachment: (resource) => [Given.attribute(resource, 'role').requiredText()],
  aws_iam_policy_attachment: (resource) => Given.argument(resource, 'roles').texts(),
};

export function isAccess(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** What the resources say of keys, roles and policies; what cannot be known is listed as not read. */
export function readAccess(resources: readonly Resource[]): AccessDeclarations {
  const found = new AccessDeclarations();
  for (const resource of resources.filter(({ mode, type }) => mode === 'managed' && isAccess(type))) {
    try {
      READERS[resource.type]?.(resource, found);
    } catch (error) {
      if (!(error instanceof IngestRefusal)) throw error;
      for (const name of rolesOf(resource)) found.addUnread(resource.env(), name);
      resource.reading.skip(resource.declaredAt, resource.type, `${error.place} ${error.why}`);
    }
  }
  for (const resource of resources.slice(0, 1)) {
    for (const { path, type, reason } of found.strays()) resource.reading.skip(path, type, reason);
  }
  return found;
}

/** Names of the roles that a policy is for; undefined for those that cannot be known. */
function rolesOf(resource: Resource): readonly (string | undefined)[] {
  try {
    return ROLES_OF[resource.type]?.(resource) ?? [];
  } catch (error) {
    if (!(error instanceof IngestRefusal)) throw error;
    return [undefined];
  }
}

function readKey(resource: Resource, into: AccessDeclarations): void {
  const primaryKeyArn = Given.argument(resource, 'primary_key_arn').text();
  into.addKey(
    withoutUndefined<EncryptionKey>({
      env: resource.env(),
      keyId: Given.attribute(resource, 'key_id').requiredText(),
      multiRegion: primaryKeyArn === undefined ? Given.argument(resource, 'multi_region').truth() : true,
      primaryKeyArn,
      description: Given.argument(resource, 'description').text(),
      keyPolicy: Given.argument(resource, 'policy').json() ?? undefined,
      enabled: Given.argument(resource, resource.type === 'aws_kms_key' ? 'is_enabled' : 'enabled').truth(),
      rotationPeriodInDays:
        Given.argument(resource, 'enable_key_rotation').truth() === true
          ? (Given.argument(resource, 'rotation_period_in_days').number() ?? ROTATION_DAYS)
          : undefined,
      aliasNames: undefined,
      tags: tagsOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

function readRole(resource: Resource, into: AccessDeclarations): void {
  const inlinePolicies = Given.argument(resource, 'inline_policy')
    .items()
    .filter((policy) => policy.member('name').text() !== undefined)
    .map((policy) => ({
      policyName: policy.member('name').requiredText(),
      document: policy.member('policy').json(),
    }));
  into.addRole(
    withoutUndefined<IamRole>({
      env: accountOf(resource.env()),
      roleName: Given.attribute(resource, 'name').requiredText(),
      path: Given.argument(resource, 'path').text(),
      trustPolicy: Given.attribute(resource, 'assume_role_policy').json(),
      description: Given.argument(resource, 'description').text(),
      inlinePolicies: inlinePolicies.length === 0 ? undefined : inlinePolicies,
      managedPolicyArns: Given.argument(resource, 'managed_policy_arns').texts(),
      permissionsBoundaryArn: Given.argument(resource, 'permissions_boundary').text(),
      tags: tagsOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

function readGroup(resource: Resource, into: AccessDeclarations): void {
  into.addGroup(
    withoutUndefined<IamGroup>({
      env: accountOf(resource.env()),
      groupName: Given.attribute(resource, 'name').requiredText(),
      path: Given.argument(resource, 'path').text(),
      declaredAt: resource.declaredAt,
    }),
  );
}

function readUser(resource: Resource, into: AccessDeclarations): void {
  into.addUser(
    withoutUndefined<IamUser>({
      env: accountOf(resource.env()),
      userName: Given.attribute(resource, 'name').requiredText(),
      path: Given.argument(resource, 'path').text(),
      permissionsBoundaryArn: Given.argument(resource, 'permissions_boundary').text(),
      tags: tagsOf(resource),
      declaredAt: resource.declaredAt,
    }),
  );
}

/** Inline policies, and attachments, are resources of their own that name whom they are for. */
function inlineFor(kind: HolderName['kind']) {
  return (resource: Resource, into: AccessDeclarations): void => {
    const policyName = Given.argument(resource, 'name').text() ?? resource.address;
    const policy = { policyName, document: Given.attribute(resource, 'policy').json() };
    into.addPermission(placeOf(resource), holderIn(resource, kind), policy);
  };
}

function attachedTo(kind: HolderName['kind']) {
  return (resource: Resource, into: AccessDeclarations): void => {
    const policyArn = Given.attribute(resource, 'policy_arn').requiredText();
    into.addPermission(placeOf(resource), holderIn(resource, kind), { policyArn });
  };
}

function holderIn(resource: Resource, kind: HolderName['kind']): HolderName {
  return { kind, env: resource.env(), name: Given.attribute(resource, kind).requiredText() };
}

function readPolicy(resource: Resource, into: AccessDeclarations): void {
  into.addPolicy(
    withoutUndefined<IamPolicy>({
      env: accountOf(resource.env()),
      policyName: Given.attribute(resource, 'name').requiredText(),
      path: Given.argument(resource, 'path').text(),
      document: Given.attribute(resource, 'policy').json(),
      declaredAt: resource.declaredAt,
    }),
  );
}

function placeOf(resource: Resource): { readonly path: string; readonly type: string } {
  return { path: resource.declaredAt, type: resource.type };
}
