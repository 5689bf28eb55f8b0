import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Lazy, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './environment';
import { renderPolicy } from './render-policy';

/** The service that assumes the roles of selections and restores. */
const AWS_BACKUP = 'backup.amazonaws.com';

/** The service that assumes the role of a recorder. */
const AWS_CONFIG = 'config.amazonaws.com';

const LAMBDA = 'lambda.amazonaws.com';

/** What GuardDuty's scanner is called in a trust policy (Source B2.5/1). */
const SCANNER = 'malware-protection.guardduty.amazonaws.com';

/** An account that is spelled out, no reference. */
const ACCOUNT = /^\d{12}$/;

/** What a role for AWS Backup has. */
export interface ServiceRoleProps {
  readonly description: string;
  /** ARNs of AWS's managed policies. */
  readonly managedPolicyArns?: string[];
  readonly permissionsBoundaryArn?: string;
  readonly roleName?: string;
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

/** A role and its policies: what uses the role has to wait for the policies, too. */
export interface ServiceRole {
  readonly role: IamRole;
  readonly policies: IamRolePolicyAttachment[];
}

/**
 * A role that AWS Backup alone can assume, for the account of the provider alone where that says which it is.
 *
 * @param scope gets the role under the id given, and each policy under its name
 */
export function backupServiceRole(scope: Construct, id: string, props: ServiceRoleProps): ServiceRole {
  return serviceRole(scope, id, AWS_BACKUP, props);
}

/** A role that AWS Config alone can assume, for the account of the provider alone where that says which it is. */
export function configServiceRole(scope: Construct, id: string, props: ServiceRoleProps): ServiceRole {
  return serviceRole(scope, id, AWS_CONFIG, props);
}

/** The same for any service that says for which account it assumes a role. */
export function serviceRole(scope: Construct, id: string, service: string, props: ServiceRoleProps): ServiceRole {
  const { account } = environmentOf(scope, props.provider);
  // Else at synthesis, as the provider may be made after the role.
  const trust = ACCOUNT.test(account)
    ? trustOf(service, account)
    : Lazy.stringValue({ produce: () => trustOf(service, environmentOf(scope, props.provider).account) });
  return roleOf(scope, id, trust, props);
}

/** A role that GuardDuty's scanner alone can assume. No page shows a condition on this trust, so it has none. */
export function scannerRole(scope: Construct, id: string, props: ServiceRoleProps): ServiceRole {
  return roleOf(scope, id, trustOf(SCANNER), props);
}

/** A role that Lambda alone can assume. It states no account when it does, so that no condition can name one. */
export function functionRole(scope: Construct, id: string, props: ServiceRoleProps): ServiceRole {
  return roleOf(scope, id, trustOf(LAMBDA), props);
}

/** A statement of a policy, in the words of IAM, that allows unless it says otherwise. */
export interface RoleStatement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action: string[];
  readonly Resource?: string[];
  readonly NotResource?: string[];
  readonly Condition?: object;
}

/**
 * Gives a role a policy of its own.
 *
 * @param scope gets the policy under the id given, and what attaches it under `<id>Attachment`
 */
export function attachPolicy(
  scope: Construct,
  id: string,
  roleName: string,
  statements: RoleStatement[],
  { tags, provider }: Pick<ServiceRoleProps, 'tags' | 'provider'>,
): IamRolePolicyAttachment {
  const document = {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  };
  const policy = new IamPolicy(scope, id, { policy: renderPolicy(document), tags, provider });
  return new IamRolePolicyAttachment(scope, `${id}Attachment`, { role: roleName, policyArn: policy.arn, provider });
}

/** Lets a role pass another one on, to one service alone. */
export function passing(roleArn: string, service: string): RoleStatement {
  return {
    Action: ['iam:PassRole'],
    Resource: [roleArn],
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

function roleOf(scope: Construct, id: string, assumeRolePolicy: string, props: ServiceRoleProps): ServiceRole {
  const { description, managedPolicyArns = [], permissionsBoundaryArn, roleName, tags, provider } = props;
  const role = new IamRole(scope, id, {
    name: roleName,
    description,
    assumeRolePolicy,
    permissionsBoundary: permissionsBoundaryArn,
    tags,
    provider,
  });
  const { name } = role;
  const policies = managedPolicyArns.map((policyArn) => {
    const policyId = policyArn.slice(policyArn.lastIndexOf('/') + 1);
    return new IamRolePolicyAttachment(scope, policyId, { role: name, policyArn, provider });
  });
  return { role, policies };
}

/** Where the provider does not say its account, no condition can name it. */
function trustOf(service: string, account?: string): string {
  const condition =
    account !== undefined && ACCOUNT.test(account)
      ? { Condition: { StringEquals: { 'aws:SourceAccount': account } } }
      : {};
  const allow = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [allow] });
}
