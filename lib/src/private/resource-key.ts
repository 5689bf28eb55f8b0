import { ResourceKeys } from '@holdfast/model';
import { CfnResource, Token } from 'aws-cdk-lib/core';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

/**
 * The key of a resource as the rules see it: as given, that of its service where it is encrypted and none is given, undefined
 * where it is not encrypted or nothing is known.
 *
 * @param resource the resource
 * @param serviceId id of its row in the table of services
 */
export function encryptedWith(resource: CfnResource, serviceId: string): string | undefined {
  const properties = ResourceKeys.tryFind(resource.cfnResourceType);
  if (properties === undefined || properties.keyPath.length === 0) {
    return undefined;
  }
  const { keyPath, encryptedPath } = properties;
  const given = valueAt(resource, keyPath);
  if (given !== undefined) {
    return keyOf(resource, given);
  }
  const encrypted = encryptedPath === undefined ? false : valueAt(resource, encryptedPath);
  const alias = ResourceKeys.managedKey(serviceId, encrypted === true);
  return alias === undefined ? undefined : arnOf(resource, alias);
}

/** The key that a resource names, as its template shows it; its properties have the names of the template. */
export function keyNamedBy(resourceType: string, properties: Readonly<Record<string, unknown>>): string | undefined {
  const { keyPath = [] } = ResourceKeys.tryFind(resourceType) ?? {};
  const named = keyPath.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    properties,
  );
  return typeof named === 'string' ? named : undefined;
}

/** A property of an L1 by its path in the template; its typed properties have names in camel case. */
export function valueAt(resource: CfnResource, path: readonly string[]): unknown {
  let at: unknown = Reflect.get(resource, 'cfnProperties');
  for (const step of path) {
    if (typeof at !== 'object' || at === null) {
      return undefined;
    }
    if (!SYNTH.known(at)) {
      return at;
    }
    at = Array.isArray(at)
      ? at[Number(step)]
      : Object.entries(at).find(([key]) => key.toLowerCase() === step.toLowerCase())?.[1];
  }
  return at ?? undefined;
}

/** An id or an alias becomes an ARN; a reference stays the token it is. */
function keyOf(resource: CfnResource, given: unknown): string {
  const key = Token.asString(given);
  return SYNTH.known(key) && !key.startsWith('arn:') ? arnOf(resource, key) : key;
}

function arnOf(resource: CfnResource, key: string): string {
  const { partition, region, account } = environmentOf(resource);
  return `arn:${partition}:kms:${region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
}
