/**
 * Names, ids and ARNs of instances: the author's, the state's, or those that AWS would make.
 *
 * Source   Schema and documents of the AWS provider 5.100.0 ("Attribute Reference" of each type).
 * Assumed  Decision 0003: ids that AWS or Terraform would make follow from kind, environment and name.
 */
import { type Environment, ResourceNames } from '@holdfast/model';
import { generatedHex } from '../../domain/generated-ids';
import { arnOf, physicalName } from '../../domain/stateful-resources';
import { isObject, LazyObject, toText, Unknown, Value } from './expression/values';
import { NotKnown } from './not-known';
import type { Resource } from './resource';
import { STATEFUL_TYPES, StatefulType } from './stateful-types';

/** What a resource that holds data is called. */
export interface Identity {
  readonly service: string;
  readonly env: Environment;
  readonly name: string;
  readonly parent: string | undefined;
  readonly arn: string;
}

/**
 * The identity of a resource that holds data; undefined when AWS Backup does not protect it.
 *
 * @throws NotKnown
 */
export function identityOf(resource: Resource): Identity | undefined {
  const type = STATEFUL_TYPES[resource.type];
  if (type === undefined) return undefined;
  const service = typeof type.service === 'string' ? type.service : type.service(resource);
  if (service === undefined) return undefined;
  const known = resource.declared('arn') ?? resource.declared(type.arnAttributes?.[0] ?? 'arn');
  if (typeof known === 'string') return fromArn(known, service, resource);
  const env = resource.env();
  const name =
    type.id === 'own' || ResourceNames.tryFindTerraform(resource.type) !== undefined
      ? namedBy(resource, type, service, env)
      : madeBy(resource, service, env);
  const parent = type.parent === undefined ? undefined : lastPart(need(resource, type.parent));
  return { service, env, name, parent, arn: arnOf(service, env, name, parent) };
}

/** A state, or a plan over one, knows the ARN. */
function fromArn(arn: string, service: string, resource: Resource): Identity {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  const fallback = resource.env();
  const env = {
    partition,
    account: account === '' ? fallback.account : account,
    region: region === '' ? fallback.region : region,
  };
  const path = arn.split(':').slice(5).join(':').split(/[:/]/);
  const ofS3 = service === 's3' ? arn.split(':').at(-1) : undefined;
  const name = ofS3 ?? (service === 'cloudformation' ? path[1] : path.at(-1)) ?? '';
  const parent = { 'fsx-ontap': path[1], 'storage-gateway': path[1], timestream: path[1] }[service];
  return { service, env, name, parent, arn };
}

function madeBy(resource: Resource, service: string, env: Environment): string {
  const id = resource.declared('id');
  if (typeof id === 'string' && !id.startsWith('arn:')) return id;
  const name = resource.type === 'aws_fsx_ontap_volume' ? optional(resource, 'name') : undefined;
  return physicalName(service, env, undefined, seedOf(resource, kindOf(service), env, name));
}

function namedBy(resource: Resource, type: StatefulType, service: string, env: Environment): string {
  const argument = ResourceNames.tryFindTerraform(resource.type);
  const given = argument === undefined ? undefined : optional(resource, argument);
  const name = given ?? prefixed(resource, type.prefix, service, env);
  return physicalName(
    service,
    env,
    name,
    service === 'redshift-serverless' ? (name ?? '') : seedOf(resource, service, env, name),
  );
}

/** The file systems of FSx share one kind of id. */
function kindOf(service: string): string {
  return service.startsWith('fsx-') && service !== 'fsx-ontap' ? 'fsx' : service;
}

/** A name with 26 digits after the author's prefix, as Terraform makes it. */
export function prefixed(
  resource: Resource,
  argument: string | undefined,
  kind: string,
  env: Environment,
): string | undefined {
  const prefix = argument === undefined ? undefined : optional(resource, argument);
  return prefix === undefined
    ? undefined
    : `${prefix}${generatedHex(kind, env, seedOf(resource, `${kind} name`, env), 26)}`;
}

/** The text that generated ids of the resource are keyed by. @throws NotKnown */
export function seedOf(resource: Resource, kind: string, env: Environment, name?: string): string {
  return resource.reading.seed(kind, env, resource.declaredAt, {
    name,
    nameTag: nameTag(resource),
    address: resource.address,
  });
}

function nameTag(resource: Resource): string | undefined {
  const tags = resource.declared('tags') ?? null;
  if (tags instanceof Unknown) throw new NotKnown(tags, resource.file, `${resource.address}.tags`);
  const tag = isObject(tags) && Object.hasOwn(tags, 'Name') ? (tags['Name'] ?? null) : null;
  if (tag instanceof Unknown) throw new NotKnown(tag, resource.file, `${resource.address}.tags.Name`);
  return tag === null ? undefined : toText(tag, 'a tag');
}

/** Text of an argument, undefined when nothing stands there. @throws NotKnown */
export function optional(resource: Resource, name: string): string | undefined {
  const value: Value = resource.declared(name) ?? null;
  if (value instanceof Unknown) throw new NotKnown(value, resource.file, `${resource.address}.${name}`);
  return value === null || value instanceof LazyObject || value === ''
    ? undefined
    : toText(value, `${resource.address}.${name}`);
}

/** Text of an argument or attribute. @throws NotKnown */
export function need(resource: Resource, name: string): string {
  const value = resource.attribute(name);
  if (value instanceof Unknown) throw new NotKnown(value, resource.file, `${resource.address}.${name}`);
  return toText(value, `${resource.address}.${name}`);
}

function lastPart(text: string): string {
  return text.startsWith('arn:') ? (text.split('/').at(-1) ?? text) : text;
}
