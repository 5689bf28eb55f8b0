import { ServiceFeatures, ServiceSupport, StatefulResource } from '@holdfast/model';
import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { environmentOf } from './environment';
import { encryptedWith, valueAt } from './resource-key';
import { SYNTH } from './token-values';

/** How the ARN of a resource is written in a template. */
type ArnOf = (resource: CfnResource) => string;

/**
 * CloudFormation type to the expression of its ARN, as far as AWS Backup backs the type up by itself.
 *
 * Left out: types whose protected resources CloudFormation does not make, see `BY_ARN_ALONE`.
 *
 * Source   cfn-resources and the CloudFormation reference of each type: return values (Ref, Fn::GetAtt).
 */
const ARNS: Readonly<Record<string, ArnOf>> = {
  'AWS::CloudFormation::Stack': (resource) => resource.ref,
  'AWS::DSQL::Cluster': attribute('ResourceArn'),
  'AWS::DocDB::DBCluster': byId('rds', 'cluster', ArnFormat.COLON_RESOURCE_NAME),
  'AWS::DynamoDB::GlobalTable': attribute('Arn'),
  'AWS::DynamoDB::Table': attribute('Arn'),
  'AWS::EC2::Instance': byId('ec2', 'instance', ArnFormat.SLASH_RESOURCE_NAME),
  'AWS::EC2::Volume': byId('ec2', 'volume', ArnFormat.SLASH_RESOURCE_NAME),
  'AWS::EFS::FileSystem': attribute('Arn'),
  'AWS::EKS::Cluster': attribute('Arn'),
  'AWS::FSx::FileSystem': attribute('ResourceARN'),
  'AWS::FSx::Volume': attribute('ResourceARN'),
  'AWS::Neptune::DBCluster': byId('rds', 'cluster', ArnFormat.COLON_RESOURCE_NAME),
  'AWS::RDS::DBCluster': attribute('DBClusterArn'),
  'AWS::RDS::DBInstance': attribute('DBInstanceArn'),
  'AWS::Redshift::Cluster': byId('redshift', 'cluster', ArnFormat.COLON_RESOURCE_NAME),
  'AWS::RedshiftServerless::Namespace': attribute('Namespace.NamespaceArn'),
  'AWS::S3::Bucket': attribute('Arn'),
  'AWS::Timestream::Table': attribute('Arn'),
};

/**
 * CloudFormation types whose own resource is not what AWS Backup backs up, and what to do instead.
 * Volumes of Storage Gateway have no type at all: the gateway makes them, and they are selected by ARN or tag.
 */
export const BY_ARN_ALONE: Readonly<Record<string, string>> = {
  'AWS::BackupGateway::Hypervisor': 'its virtual machines are backed up, each by its ARN or by tag',
  'AWS::SystemsManagerSAP::Application': 'its SAP HANA databases are backed up, each by its ARN or by tag',
};

/**
 * The resources at and below a construct that AWS Backup backs up, each as the model's rules see it.
 *
 * A nested stack is descended into; it is selected as a whole only when its `AWS::CloudFormation::Stack` resource itself
 * is given, as its resources would be backed up twice otherwise.
 */
export function protectedWithin(construct: IConstruct): StatefulResource[] {
  return resourcesWithin(construct)
    .filter((resource) => resource === construct || resource.cfnResourceType !== 'AWS::CloudFormation::Stack')
    .flatMap((resource) => tryDescribe(resource) ?? []);
}

/** Whether the construct is a resource that AWS Backup backs up by itself; the resource of a nested stack is not. */
export function isProtectable(construct: IConstruct): boolean {
  return (
    CfnResource.isCfnResource(construct) &&
    construct.cfnResourceType !== 'AWS::CloudFormation::Stack' &&
    tryDescribe(construct) !== undefined
  );
}

/** The same, each with the id of its service. */
export function heldBy(construct: IConstruct): { readonly service: string; readonly resource: IConstruct }[] {
  return resourcesWithin(construct).flatMap((resource) => {
    const isStack = resource !== construct && resource.cfnResourceType === 'AWS::CloudFormation::Stack';
    const described = isStack ? undefined : tryDescribe(resource);
    return described === undefined ? [] : [{ service: described.service, resource }];
  });
}

/** CloudFormation types at and below a construct, each once, in alphabetical order. */
export function typesWithin(construct: IConstruct): string[] {
  return [...new Set(resourcesWithin(construct).map((resource) => resource.cfnResourceType))].sort();
}

function resourcesWithin(construct: IConstruct): CfnResource[] {
  return construct.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child));
}

function tryDescribe(resource: CfnResource): StatefulResource | undefined {
  const arnOf = ARNS[resource.cfnResourceType];
  const service = tryFindService(resource);
  if (arnOf === undefined || service === undefined) {
    return undefined;
  }
  return {
    arn: arnOf(resource),
    service: service.id,
    resourceType: service.resourceType,
    name: resource.node.path,
    encryptedWith: encryptedWith(resource, service.id),
    env: environmentOf(resource),
    declaredAt: resource.node.path,
  };
}

/** The row of the table of services; undefined for a resource that is not backed up by itself. */
export function tryFindService(resource: CfnResource): ServiceFeatures | undefined {
  const candidates = ServiceSupport.forCloudFormationType(resource.cfnResourceType);
  const telling = candidates.flatMap(({ variant }) => variant?.property ?? []);
  const properties = Object.fromEntries(telling.map((name) => [name, valueAt(resource, [name])]));
  return (
    ServiceSupport.tryFindByCloudFormation(resource.cfnResourceType, properties) ??
    // A token, e.g. for the engine, leaves open which of them it is, but not that it is one.
    candidates.filter(({ variant }) => variant?.values.length && !SYNTH.known(properties[variant.property])).at(-1)
  );
}

function attribute(name: string): ArnOf {
  return (resource) => resource.getAtt(name).toString();
}

function byId(service: string, type: string, arnFormat: ArnFormat): ArnOf {
  return (resource) => Stack.of(resource).formatArn({ service, resource: type, resourceName: resource.ref, arnFormat });
}
