import { ResourceKeys } from '@holdfast/model';
import { TerraformResource, Token } from 'cdktf';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

/**
 * The key of a resource as the rules see it: as given, that of its service where it is encrypted and none is given, undefined
 * where it is not encrypted or nothing is known.
 *
 * @param serviceId id of its row in the table of services
 */
export function encryptedWith(resource: TerraformResource, serviceId: string): string | undefined {
  const paths = ResourceKeys.tryFindTerraform(resource.terraformResourceType);
  if (paths === undefined || paths.keyPath.length === 0) {
    return undefined;
  }
  const given = argumentAt(resource, paths.keyPath);
  if (given !== undefined) {
    return keyOf(resource, Token.asString(given));
  }
  const encrypted = paths.encryptedPath === undefined ? false : argumentAt(resource, paths.encryptedPath);
  const alias = ResourceKeys.managedKey(serviceId, encrypted === true);
  return alias === undefined ? undefined : keyOf(resource, alias);
}

/**
 * An argument as the typed resource was given it, by its path in the schema of the provider; undefined where none was.
 *
 * Of blocks that may come several times, the first counts.
 */
export function argumentAt(resource: TerraformResource, [first = '', ...rest]: readonly string[]): unknown {
  let at: unknown = Reflect.get(resource, `${camelCase(first)}Input`);
  for (const step of rest) {
    const block: unknown = Array.isArray(at) ? at[0] : at;
    if (typeof block !== 'object' || block === null) {
      return undefined;
    }
    if (!SYNTH.known(block)) {
      return block;
    }
    at = Reflect.get(block, camelCase(step));
  }
  return at ?? undefined;
}

/** An id or an alias becomes an ARN; a reference stays the token it is. */
function keyOf(resource: TerraformResource, key: string): string {
  if (!SYNTH.known(key) || key.startsWith('arn:')) {
    return key;
  }
  const { partition, region, account } = environmentOf(resource, resource.provider);
  return `arn:${partition}:kms:${region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
}

function camelCase(argument: string): string {
  return argument.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
