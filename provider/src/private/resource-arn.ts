import { ServiceFeatures, ServiceSupport, StatefulResource } from '@holdfast/model';
import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { environmentOf } from './environment';
import { argumentAt, encryptedWith } from './resource-key';
import { SYNTH } from './token-values';

/** Attributes that hold the ARN where it is not `arn`. */
const ARN_ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_cloudformation_stack: 'id',
};

/** Where a resource keeps the expression. */
const ARN = Symbol.for('@holdfast/cdktf.arn');

/** A resource of the app as AWS Backup sees it. */
export interface ProtectedResource {
  readonly arn: string;
  /** Path of the construct. */
  readonly name: string;
  /** Ids of the services that it may be of: several while what tells them apart is a token. */
  readonly services: string[];
  /** The resource in the words of the model; undefined while its service is not known. */
  readonly declared: StatefulResource | undefined;
}

/** The expression of a resource's ARN; always the same one, as two tokens of one attribute are two strings. */
export function arnOf(resource: TerraformResource): string {
  const known = Reflect.get(resource, ARN) as string | undefined;
  if (known !== undefined) {
    return known;
  }
  const arn = resource.getStringAttribute(ARN_ATTRIBUTES[resource.terraformResourceType] ?? 'arn');
  Object.defineProperty(resource, ARN, { value: arn });
  return arn;
}

/** The resources at and below a construct that AWS Backup backs up by themselves. */
export function protectedWithin(construct: IConstruct): ProtectedResource[] {
  return resourcesWithin(construct).flatMap((resource) => tryDescribe(resource) ?? []);
}

/** Terraform types at and below a construct, each once, in alphabetical order. */
export function typesWithin(construct: IConstruct): string[] {
  return [...new Set(resourcesWithin(construct).map((resource) => resource.terraformResourceType))].sort();
}

function resourcesWithin(construct: IConstruct): TerraformResource[] {
  return construct.node
    .findAll()
    .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child));
}

/** The row of the table of services; the likeliest of several while what tells them apart is a token. */
export function describeService(resource: TerraformResource): ServiceFeatures | undefined {
  const candidates = ServiceSupport.forTerraformType(resource.terraformResourceType);
  const attributes = attributesOf(resource, candidates);
  const open = Object.values(attributes).some((value) => !SYNTH.known(value));
  return open ? candidates.at(-1) : ServiceSupport.tryFindByTerraform(resource.terraformResourceType, attributes);
}

/** What AWS Backup would back up; undefined for a resource that it does not back up by itself. */
export function tryDescribe(resource: TerraformResource): ProtectedResource | undefined {
  const name = resource.node.path;
  const candidates = ServiceSupport.forTerraformType(resource.terraformResourceType);
  const attributes = attributesOf(resource, candidates);
  if (Object.values(attributes).some((value) => !SYNTH.known(value))) {
    return { arn: arnOf(resource), name, services: candidates.map(({ id }) => id), declared: undefined };
  }
  const service = ServiceSupport.tryFindByTerraform(resource.terraformResourceType, attributes);
  if (service === undefined) {
    return undefined;
  }
  const arn = arnOf(resource);
  const declared = {
    arn,
    service: service.id,
    resourceType: service.resourceType,
    name,
    encryptedWith: encryptedWith(resource, service.id),
    env: placeOf(resource),
    declaredAt: name,
  };
  return { arn, name, services: [service.id], declared };
}

/** Where its provider makes it, unless it names a Region of its own (Source B17.1/1). */
export function placeOf(resource: TerraformResource) {
  const env = environmentOf(resource, resource.provider);
  const region = argumentAt(resource, ['region']);
  return typeof region === 'string' ? { ...env, region } : env;
}

/** The attributes that tell services of one type apart, as the typed resource was given them. */
function attributesOf(resource: TerraformResource, candidates: ServiceFeatures[]): Record<string, unknown> {
  const names = candidates.length < 2 ? [] : candidates.flatMap(({ variant }) => variant?.attribute ?? []);
  return Object.fromEntries(names.map((name) => [name, argumentAt(resource, [name])]));
}
