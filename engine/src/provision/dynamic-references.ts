/**
 * `{{resolve:…}}` in a template, and parameters that name a parameter of SSM.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "Get values stored in other services using dynamic references": CloudFormation never
 *          stores what a secret holds; a stack knows the reference alone.
 */
import type { Environment } from '@holdfast/model';
import type { Properties } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { isDictionary } from '../ingest/cloudformation/template';
import { parseJson } from '../kernel/json';
import { AwsFault } from '../operations/fault';
import { tryFindParameter } from '../operations/find-parameter';
import { findSecret, findVersion } from '../operations/find-secret';
import { ValueFault } from './stack-values';

const REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;
/** Services whose values nobody sees but the resource that needs them. */
const SECRET = ['secretsmanager', 'ssm-secure'];
/** The id of a secret may be an ARN; then perhaps `SecretString`, a key of its JSON, a stage and a version. */
const OF_SECRET = /^(arn:[^:]*:secretsmanager:[^:]*:\d*:secret:[^:]+|[^:]+)(?::SecretString)?(?::(.*))?$/;

/** A text with what it refers to in place; a secret is left for `reveal`. @throws ValueFault */
export function lookUp(state: WorldState, env: Environment, text: string): string {
  return text.replace(REFERENCE, (whole, service: string, name: string) =>
    SECRET.includes(service) ? whole : valueAt(state, env, service, name),
  );
}

/** Properties with every reference in place, for the resource alone. @throws ValueFault */
export function reveal(state: WorldState, env: Environment, properties: Properties): Properties {
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(REFERENCE, (_whole, service: string, name: string) => valueAt(state, env, service, name));
    }
    if (Array.isArray(value)) {
      return value.map(deep);
    }
    return isDictionary(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner)]))
      : value;
  };
  return deep(properties) as Properties;
}

function valueAt(state: WorldState, env: Environment, service: string, name: string): string {
  switch (service) {
    case 'ssm':
    case 'ssm-secure': {
      const found = tryFindParameter(state, env, name);
      if (found === undefined || (found.version.type === 'SecureString') !== (service === 'ssm-secure')) {
        throw new ValueFault(`SSM parameter ${name} was not found`);
      }
      return found.version.value;
    }
    case 'secretsmanager':
      return secretAt(state, env, name);
    default:
      throw new ValueFault(`Invalid dynamic reference {{resolve:${service}:${name}}}`);
  }
}

function secretAt(state: WorldState, env: Environment, name: string): string {
  const [, id = '', rest = ''] = OF_SECRET.exec(name) ?? [];
  const [key = '', stage = '', version = ''] = rest.split(':');
  try {
    const named = { ...(stage !== '' && { VersionStage: stage }), ...(version !== '' && { VersionId: version }) };
    const { text = '' } = findVersion(findSecret(state, env, id), named);
    return key === '' ? text : memberOf(text, key);
  } catch (error) {
    throw error instanceof AwsFault ? new ValueFault(`${error.message} (Service: AWSSecretsManager)`) : error;
  }
}

function memberOf(text: string, key: string): string {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw new ValueFault('Could not parse SecretString JSON');
  }
  if (!isDictionary(value) || !Object.hasOwn(value, key)) {
    throw new ValueFault(`Could not find a value associated with JSONKey in SecretString`);
  }
  return String(value[key]);
}

/** Value of a parameter of SSM, perhaps of a version; undefined where there is none, or where it is secret. */
export function parameterOf(state: WorldState, env: Environment, name: string): string | undefined {
  const found = tryFindParameter(state, env, name);
  return found === undefined || found.version.type === 'SecureString' ? undefined : found.version.value;
}
