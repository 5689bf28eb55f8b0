// What the constructs that set what CloudFormation has no type for put into a template.
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Children of each of these constructs. */
export const GLUE = ['Function', 'Resource'];

/** The properties of the one custom resource of a type. */
export function told(stack: Stack, type: string): Record<string, unknown> {
  const resources = Object.values(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  const { ServiceToken: _, ...properties } = resources[0]?.Properties as Record<string, unknown>;
  return properties;
}

/** What the function of a construct may do, but for writing its log. */
export function allowed(stack: Stack): { Action: string | string[]; Resource: unknown; Condition?: object }[] {
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return (policy?.Properties.PolicyDocument.Statement as { Action: string; Resource: unknown }[]).filter(
    ({ Action }) => !JSON.stringify(Action).includes('logs:'),
  );
}

/** Logical id of each resource. */
export function logicalIds(stack: Stack): string[] {
  return Object.keys(Template.fromStack(stack).toJSON().Resources as object);
}

/** Ids of the children of a construct. */
export const ids = (construct: Construct) => construct.node.children.map(({ node }) => node.id);
