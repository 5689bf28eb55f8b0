import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

const SSM = 'ssm.amazonaws.com';

/** Properties of an `automationRole`. */
export interface AutomationRoleProps {
  /** What the runbook does, for whoever finds its role in the account. */
  readonly description: string;
  /** What the runbook may do. */
  readonly statements: iam.PolicyStatement[];
  /** Resources with stars that cdk-nag is to take, each with the reason. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** A role that Systems Manager alone assumes, for the account of the stack alone, to run a runbook. */
export function automationRole(scope: Construct, props: AutomationRoleProps): iam.Role {
  const role = new iam.Role(scope, 'AutomationRole', {
    description: props.description,
    assumedBy: new iam.ServicePrincipal(SSM, {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  const policy = new iam.ManagedPolicy(scope, 'AutomationPolicy', { roles: [role], statements: props.statements });
  const ids = Object.entries(props.reasons).map(([arn, why]) => [`AwsSolutions-IAM5[Resource::${arn}]`, why]);
  acknowledge(policy, Object.fromEntries(ids) as Record<string, string>);
  return role;
}

/** Lets somebody start a runbook, and pass its role to Systems Manager. */
export function grantStart(
  scope: Construct,
  grantee: iam.IGrantable,
  documentName: string,
  role: iam.IRole,
): iam.Grant {
  const resourceName = `${documentName}:*`;
  const started = iam.Grant.addToPrincipal({
    grantee,
    actions: ['ssm:StartAutomationExecution'],
    resourceArns: [Stack.of(scope).formatArn({ service: 'ssm', resource: 'automation-definition', resourceName })],
  });
  return started.combine(
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': SSM } },
    }),
  );
}
