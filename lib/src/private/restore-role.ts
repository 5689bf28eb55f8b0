import { ManagedPolicies } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** The service that a role of ours trusts. */
const AWS_BACKUP = 'backup.amazonaws.com';

/** Properties of a `BackupServiceRole`. */
export interface BackupServiceRoleProps {
  /** What the role is for, for whoever finds it in the account. */
  readonly description: string;
  /** ARNs of AWS's managed policies. */
  readonly managedPolicyArns: string[];
  /** Name of the role; absent, one that CloudFormation makes. */
  readonly roleName?: string;
  /** Roles that it may pass on to what it restores. */
  readonly passedRoles?: iam.IRole[];
  /** What else it may or may not do. */
  readonly statements?: iam.PolicyStatement[];
}

/**
 * A role that AWS Backup alone assumes, for the account of the stack alone.
 */
export function backupServiceRole(scope: Construct, id: string, props: BackupServiceRoleProps): iam.Role {
  const role = new iam.Role(scope, id, {
    roleName: props.roleName,
    description: props.description,
    assumedBy: new iam.ServicePrincipal(AWS_BACKUP, {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    managedPolicies: props.managedPolicyArns.map(managedPolicy),
  });
  acknowledge(
    role,
    Object.fromEntries(
      props.managedPolicyArns.map((arn) => [
        `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${nameOf(arn)}]`,
        'AWS Backup documents this policy for its role, and keeps it in step with the services that it backs up.',
      ]),
    ),
  );
  const passed = (props.passedRoles ?? []).map(({ roleArn }) => roleArn);
  const statements = [
    ...(props.statements ?? []),
    ...(passed.length === 0 ? [] : [new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: passed })]),
  ];
  if (statements.length > 0) {
    new iam.ManagedPolicy(role, 'Policy', { roles: [role], statements });
  }
  return role;
}

/** By name, so that the ARN gets the partition of the stack. */
function managedPolicy(arn: string): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromAwsManagedPolicyName(nameOf(arn));
}

function nameOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

/** ARNs of the managed policies of a role that restores a resource type. */
export function restorePolicies(resourceType: string): string[] {
  return ManagedPolicies.forRestore(resourceType === 'S3' ? ['s3'] : []);
}
