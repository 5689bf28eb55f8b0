/**
 * AWS::IAM::Role, Policy and its like for one role, user or group, and ManagedPolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { isDeepStrictEqual } from 'node:util';
import type { IamPolicy, IamRole } from '@holdfast/model';
import { AccessDeclarations } from '../ingest/access';
import { readAccess } from '../ingest/cloudformation/access';
import { deployPolicy, deployRole } from '../ingest/deploy-access';
import { createPolicyVersion } from '../operations/iam/create-policy-version';
import { deletePolicyVersion } from '../operations/iam/delete-policy-version';
import { deletePolicy } from '../operations/iam/delete-policy';
import { deleteRole } from '../operations/iam/delete-role';
import { deleteRolePermissionsBoundary } from '../operations/iam/delete-role-permissions-boundary';
import { putRolePermissionsBoundary } from '../operations/iam/put-role-permissions-boundary';
import { updateRole } from '../operations/iam/update-role';
import { updateAssumeRolePolicy } from '../operations/iam/update-assume-role-policy';
import { findManagedPolicy, findRole } from '../operations/find-identity';
import { Made, ResourceHandler, Standing, Wanted } from './handler';
import {
  attachTo,
  changeHeld,
  changeTags,
  detachFrom,
  dropInline,
  Held,
  Holder,
  holdersOf,
  isAmong,
  putInline,
} from './holders';

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
  'AWS::IAM::UserPolicy': inlinePolicy('UserName', 'PolicyName'),
  'AWS::IAM::GroupPolicy': inlinePolicy('GroupName', 'PolicyName'),
  'AWS::IAM::ManagedPolicy': {
    replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
    create: (wanted) => {
      deployPolicy(wanted.state, policyOf(wanted));
      const made = madePolicy(wanted);
      holdersOf(wanted.properties).forEach((holder) => attachTo(wanted, holder, made.physicalId));
      return made;
    },
    update: (wanted, { state, env, made, stack }) => {
      const document = policyOf(wanted).document as unknown;
      if (!isDeepStrictEqual(policyOf(new Wanted(state, stack, made)).document, document)) {
        const PolicyDocument = JSON.stringify(document);
        makeRoom(state, env, made.physicalId);
        createPolicyVersion(state, env, { PolicyArn: made.physicalId, PolicyDocument, SetAsDefault: true });
      }
      const before = holdersOf(new Wanted(state, stack, made).properties);
      const after = holdersOf(wanted.properties);
      before.filter((one) => !isAmong(after, one)).forEach((one) => detachFrom(wanted, one, made.physicalId));
      after.filter((one) => !isAmong(before, one)).forEach((one) => attachTo(wanted, one, made.physicalId));
      return madePolicy(wanted);
    },
    delete: (standing) => {
      const { state, env, stack, made } = standing;
      const holders = holdersOf(new Wanted(state, stack, made).properties);
      holders.forEach((one) => detachFrom(standing, one, made.physicalId));
      deletePolicy(state, env, { PolicyArn: made.physicalId });
    },
  },
};

function inlinePolicy(...replacedBy: string[]): ResourceHandler {
  return {
    replacedBy,
    create: (wanted) => putEverywhere(wanted),
    update: (wanted, standing) => {
      const { state, made, stack } = standing;
      const put = putEverywhere(wanted);
      const holders = holdersOf(wanted.properties);
      const renamed = put.physicalId !== made.physicalId;
      for (const holder of holdersOf(new Wanted(state, stack, made).properties)) {
        if (renamed || !isAmong(holders, holder)) {
          dropInline(standing, holder, made.physicalId);
        }
      }
      return put;
    },
    delete: (standing) => {
      const { state, stack, made } = standing;
      const holders = holdersOf(new Wanted(state, stack, made).properties);
      holders.forEach((holder) => dropInline(standing, holder, made.physicalId));
    },
  };
}

function putEverywhere(wanted: Wanted): Made {
  const { properties } = wanted;
  const name = properties.member('PolicyName').requiredText();
  const document = properties.member('PolicyDocument').json();
  holdersOf(properties).forEach((holder) => putInline(wanted, holder, name, document));
  return { physicalId: name, attributes: { Id: name } };
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

function changeRole({ state, env }: Standing, before: IamRole, after: IamRole): void {
  const RoleName = after.roleName;
  if (after.trustPolicy !== undefined && !isDeepStrictEqual(before.trustPolicy, after.trustPolicy)) {
    updateAssumeRolePolicy(state, env, { RoleName, PolicyDocument: JSON.stringify(after.trustPolicy) });
  }
  if (before.description !== after.description) {
    updateRole(state, env, { RoleName, Description: after.description ?? '' });
  }
  const holder: Holder = { kind: 'Role', name: RoleName };
  changeTags({ state, env }, holder, before.tags ?? {}, after.tags ?? {});
  if (before.permissionsBoundaryArn !== after.permissionsBoundaryArn) {
    const PermissionsBoundary = after.permissionsBoundaryArn;
    if (PermissionsBoundary === undefined) {
      deleteRolePermissionsBoundary(state, env, { RoleName });
    } else {
      putRolePermissionsBoundary(state, env, { RoleName, PermissionsBoundary });
    }
  }
  changeHeld({ state, env }, holder, held(before), held(after));
}

function held({ inlinePolicies = [], managedPolicyArns: managed = [] }: IamRole): Held {
  return {
    inline: new Map(inlinePolicies.map(({ policyName, document }) => [policyName, document as unknown])),
    managed,
  };
}
