import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { GlueFunction } from './glue-function';

/** Properties of a `settingsResource`. */
export interface SettingsResourceProps {
  /** What the function does, for whoever finds it in the account. */
  readonly description: string;
  /** Type of the custom resource, `Custom::…`. */
  readonly resourceType: string;
  /** The text of lambda-code/<name>.ts. */
  readonly code: string;
  /** What the function may do. */
  readonly statements: iam.PolicyStatement[];
  /** Why one of the statements has no narrower resource. */
  readonly whyAllResources: string;
  /** What the function is told. */
  readonly properties: { [name: string]: unknown };
}

/** A custom resource `Resource` with its function `Function`, for settings that CloudFormation has no type for. */
export function settingsResource(scope: Construct, props: SettingsResourceProps): CustomResource {
  const glue = new GlueFunction(scope, 'Function', {
    description: props.description,
    code: props.code,
    statements: props.statements,
  });
  const starred = props.statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'));
  const ids = starred.map((resource) => `AwsSolutions-IAM5[Resource::${flat(scope, resource)}]`);
  acknowledge(glue, Object.fromEntries(ids.map((id) => [id, props.whyAllResources])));
  return new CustomResource(scope, 'Resource', {
    serviceToken: glue.lambdaFunction.functionArn,
    resourceType: props.resourceType,
    properties: props.properties,
  });
}

/** A resource as cdk-nag writes it in the ids of its findings: pseudo parameters in angle brackets. */
function flat(scope: Construct, resource: string): string {
  const resolved = Stack.of(scope).resolve(resource) as
    string | { 'Fn::Join'?: [string, (string | { Ref: string })[]] };
  return typeof resolved === 'string'
    ? resolved
    : (resolved['Fn::Join'] ?? ['', []])[1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
