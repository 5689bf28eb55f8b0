import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** The service that assumes the roles of selections and restores. */
const AWS_BACKUP = 'backup.amazonaws.com';

/** What GuardDuty's scanner is called in a trust policy (Source B2.5/1). */
const SCANNER = 'malware-protection.guardduty.amazonaws.com';

const WHY =
  'AWS keeps its managed policies in step with what AWS Backup calls; a policy of our own would let backups fail when that changes.';

export interface ServiceRoleProps {
  readonly description: string;
  /** ARNs of AWS's managed policies. */
  readonly managedPolicyArns: string[];
  readonly permissionsBoundary?: iam.IManagedPolicy;
  readonly roleName?: string;
}

/** A role that AWS Backup alone can assume, for the account of the stack alone. */
export function backupServiceRole(scope: Construct, id: string, props: ServiceRoleProps): iam.Role {
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  return roleOf(scope, id, new iam.ServicePrincipal(AWS_BACKUP, { conditions }), props);
}

/** A role that GuardDuty's scanner alone can assume. No page shows a condition on this trust, so it has none. */
export function scannerRole(scope: Construct, id: string, props: ServiceRoleProps): iam.Role {
  return roleOf(scope, id, new iam.ServicePrincipal(SCANNER), props);
}

function roleOf(scope: Construct, id: string, assumedBy: iam.IPrincipal, props: ServiceRoleProps): iam.Role {
  const { description, managedPolicyArns, permissionsBoundary, roleName } = props;
  const managedPolicies = managedPolicyArns.map(managedPolicy);
  const role = new iam.Role(scope, id, { description, assumedBy, managedPolicies, permissionsBoundary, roleName });
  acknowledge(role, Object.fromEntries(managedPolicyArns.flatMap((arn) => managedPolicyFindings(arn, WHY))));
  return role;
}

/** cdk-nag finds each managed policy by its ARN, the partition of which is a token or not as the app is set. */
function managedPolicyFindings(arn: string, reason: string): [rule: string, reason: string][] {
  const name = arn.slice(arn.indexOf('/') + 1);
  return ['<AWS::Partition>', 'aws', 'aws-cn', 'aws-us-gov'].map((partition) => [
    `AwsSolutions-IAM4[Policy::arn:${partition}:iam::aws:policy/${name}]`,
    reason,
  ]);
}

/** By name, so that the ARN gets the partition of the stack. */
function managedPolicy(arn: string): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromAwsManagedPolicyName(arn.slice(arn.indexOf('/') + 1));
}
