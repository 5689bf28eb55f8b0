/**
 * AWS::IAM::Role, Policy, RolePolicy and ManagedPolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { isDeepStrictEqual } from 'node:util';
import type { IamPolicy, IamRole } from '@holdfast/model';
import { AccessDeclarations } from '../ingest/access';
import { readAccess } from '../ingest/cloudformation/access';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { deployPolicy, deployRole } from '../ingest/deploy-access';
import { attachRolePolicy } from '../operations/iam/attach-role-policy';
import { createPolicyVersion } from '../operations/iam/create-policy-version';
import { deletePolicyVersion } from '../operations/iam/delete-policy-version';
import { deletePolicy } from '../operations/iam/delete-policy';
import { deleteRole } from '../operations/iam/delete-role';
import { deleteRolePermissionsBoundary } from '../operations/iam/delete-role-permissions-boundary';
import { deleteRolePolicy } from '../operations/iam/delete-role-policy';
import { detachRolePolicy } from '../operations/iam/detach-role-policy';
import { putRolePermissionsBoundary } from '../operations/iam/put-role-permissions-boundary';
import { putRolePolicy } from '../operations/iam/put-role-policy';
import { tagRole } from '../operations/iam/tag-role';
import { untagRole } from '../operations/iam/untag-role';
import { updateRole } from '../operations/iam/update-role';
import { updateAssumeRolePolicy } from '../operations/iam/update-assume-role-policy';
import { findManagedPolicy, findRole } from '../operations/find-identity';
import { Made, ResourceHandler, Standing, Wanted } from './handler';
import { Refused } from './refusals';

export const ACCESS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::IAM::Role': {
    replacedBy: ['Path', 'RoleName'],
    create: (wanted) => {
      deployRole(wanted.state, roleOf(wanted));
      return madeRole(wanted);
    },
    update: (wanted, standing) => {
      changeRole(standing, roleOf(new Wanted(standing.state, standing.stack, standing.made)), roleOf(wanted));
      return madeRole(wanted);
    },
    delete: (standing) => {
      const { state, env, stack, made } = standing;
      const before = roleOf(new Wanted(state, stack, made));
      const { trustPolicy, description = '', tags = {} } = before;
      changeRole(
        standing,
        { ...before, description },
        { env, roleName: made.physicalId, trustPolicy, description, tags },
      );
      deleteRole(state, env, { RoleName: made.physicalId });
    },
  },
  'AWS::IAM::Policy': inlinePolicy(),
  'AWS::IAM::RolePolicy': inlinePolicy('RoleName', 'PolicyName'),
  'AWS::IAM::ManagedPolicy': {
    replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      deployPolicy(state, policyOf(wanted));
      const made = madePolicy(wanted);
      refuseOthers(properties);
      for (const RoleName of properties.member('Roles').texts() ?? []) {
        attachRolePolicy(state, env, { RoleName, PolicyArn: made.physicalId });
      }
      return made;
    },
    update: (wanted, { state, env, made, stack }) => {
      const { properties } = wanted;
      refuseOthers(properties);
      const document = policyOf(wanted).document as unknown;
      if (!isDeepStrictEqual(policyOf(new Wanted(state, stack, made)).document, document)) {
        const PolicyDocument = JSON.stringify(document);
        makeRoom(state, env, made.physicalId);
        createPolicyVersion(state, env, { PolicyArn: made.physicalId, PolicyDocument, SetAsDefault: true });
      }
      const before = new Set(new Wanted(state, stack, made).properties.member('Roles').texts() ?? []);
      const after = new Set(properties.member('Roles').texts() ?? []);
      [...before]
        .filter((name) => !after.has(name))
        .forEach((RoleName) => detachRolePolicy(state, env, { RoleName, PolicyArn: made.physicalId }));
      [...after]
        .filter((name) => !before.has(name))
        .forEach((RoleName) => attachRolePolicy(state, env, { RoleName, PolicyArn: made.physicalId }));
      return madePolicy(wanted);
    },
    delete: ({ state, env, stack, made }) => {
      for (const RoleName of new Wanted(state, stack, made).properties.member('Roles').texts() ?? []) {
        detachRolePolicy(state, env, { RoleName, PolicyArn: made.physicalId });
      }
      deletePolicy(state, env, { PolicyArn: made.physicalId });
    },
  },
};

function inlinePolicy(...replacedBy: string[]): ResourceHandler {
  return {
    replacedBy,
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(properties);
      const PolicyName = properties.member('PolicyName').requiredText();
      const PolicyDocument = JSON.stringify(properties.member('PolicyDocument').json());
      for (const RoleName of rolesOf(properties)) {
        putRolePolicy(state, env, { RoleName, PolicyName, PolicyDocument });
      }
      return { physicalId: PolicyName, attributes: { Id: PolicyName } };
    },
    update: (wanted, standing) => {
      const { properties } = wanted;
      const { state, env, made, stack } = standing;
      refuseOthers(properties);
      const PolicyName = properties.member('PolicyName').requiredText();
      const PolicyDocument = JSON.stringify(properties.member('PolicyDocument').json());
      const roles = rolesOf(properties);
      for (const RoleName of roles) {
        putRolePolicy(state, env, { RoleName, PolicyName, PolicyDocument });
      }
      const renamed = PolicyName !== made.physicalId;
      for (const RoleName of rolesOf(new Wanted(state, stack, made).properties)) {
        if (renamed || !roles.includes(RoleName)) {
          deleteRolePolicy(state, env, { RoleName, PolicyName: made.physicalId });
        }
      }
      return { physicalId: PolicyName, attributes: { Id: PolicyName } };
    },
    delete: ({ state, env, stack, made }) => {
      for (const RoleName of rolesOf(new Wanted(state, stack, made).properties)) {
        deleteRolePolicy(state, env, { RoleName, PolicyName: made.physicalId });
      }
    },
  };
}

function rolesOf(properties: DeclaredValue): string[] {
  const one = properties.member('RoleName').text();
  return one === undefined ? (properties.member('Roles').texts() ?? []) : [one];
}

/** Users and groups are no part of what the World gives policies to by templates. */
function refuseOthers(properties: DeclaredValue): void {
  for (const kind of ['Users', 'Groups']) {
    if ((properties.member(kind).texts() ?? []).length > 0) {
      throw new Refused(`NotEmulated: policies of ${kind.toLowerCase()} are not emulated in stacks`);
    }
  }
}

function roleOf(wanted: Wanted): IamRole {
  const [role] = declaredBy(wanted).roles ?? [];
  return role as IamRole;
}

function policyOf(wanted: Wanted): IamPolicy {
  const [policy] = declaredBy(wanted).policies ?? [];
  return policy as IamPolicy;
}

function declaredBy({ declaration }: Wanted) {
  const into = new AccessDeclarations();
  readAccess(declaration, into);
  return into.estate();
}

function madeRole(wanted: Wanted): Made {
  const made = wanted.made();
  const { id } = findRole(wanted.state, wanted.env, made.physicalId);
  return { ...made, attributes: { ...made.attributes, RoleId: id } };
}

function madePolicy(wanted: Wanted): Made {
  const made = wanted.made();
  const policy = findManagedPolicy(wanted.state, wanted.env, made.physicalId);
  return { ...made, attributes: { ...made.attributes, PolicyId: policy.id, DefaultVersionId: policy.defaultVersion } };
}

/** CloudFormation deletes the oldest version that is not the default one, of which there are five at most. */
function makeRoom(state: Standing['state'], env: Standing['env'], arn: string): void {
  const policy = findManagedPolicy(state, env, arn);
  const [oldest] = [...policy.versions.keys()].filter((version) => version !== policy.defaultVersion);
  if (policy.versions.size >= 5 && oldest !== undefined) {
    deletePolicyVersion(state, env, { PolicyArn: arn, VersionId: oldest });
  }
}

function changeTags(
  { state, env }: Pick<Standing, 'env' | 'state'>,
  RoleName: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): void {
  const TagKeys = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  if (TagKeys.length > 0) {
    untagRole(state, env, { RoleName, TagKeys });
  }
  const Tags = Object.entries(after)
    .filter(([key, value]) => before[key] !== value)
    .map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) {
    tagRole(state, env, { RoleName, Tags });
  }
}

function changeRole({ state, env }: Standing, before: IamRole, after: IamRole): void {
  const RoleName = after.roleName;
  if (after.trustPolicy !== undefined && !isDeepStrictEqual(before.trustPolicy, after.trustPolicy)) {
    updateAssumeRolePolicy(state, env, { RoleName, PolicyDocument: JSON.stringify(after.trustPolicy) });
  }
  if (before.description !== after.description) {
    updateRole(state, env, { RoleName, Description: after.description ?? '' });
  }
  changeTags({ state, env }, RoleName, before.tags ?? {}, after.tags ?? {});
  if (before.permissionsBoundaryArn !== after.permissionsBoundaryArn) {
    const PermissionsBoundary = after.permissionsBoundaryArn;
    if (PermissionsBoundary === undefined) {
      deleteRolePermissionsBoundary(state, env, { RoleName });
    } else {
      putRolePermissionsBoundary(state, env, { RoleName, PermissionsBoundary });
    }
  }
  const documents = new Map(
    (after.inlinePolicies ?? []).map(({ policyName, document }) => [policyName, document as unknown]),
  );
  for (const { policyName: PolicyName } of before.inlinePolicies ?? []) {
    if (!documents.has(PolicyName)) {
      deleteRolePolicy(state, env, { RoleName, PolicyName });
    }
  }
  for (const [PolicyName, document] of documents) {
    const was = (before.inlinePolicies ?? []).find(({ policyName }) => policyName === PolicyName);
    if (!isDeepStrictEqual(was?.document, document)) {
      putRolePolicy(state, env, { RoleName, PolicyName, PolicyDocument: JSON.stringify(document) });
    }
  }
  const [were, are] = [before.managedPolicyArns ?? [], after.managedPolicyArns ?? []];
  were
    .filter((arn) => !are.includes(arn))
    .forEach((PolicyArn) => detachRolePolicy(state, env, { RoleName, PolicyArn }));
  are
    .filter((arn) => !were.includes(arn))
    .forEach((PolicyArn) => attachRolePolicy(state, env, { RoleName, PolicyArn }));
}
