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
import { isDictionary, type Template } from '../ingest/cloudformation/template';
import { parseJson } from '../kernel/json';
import { own } from '../kernel/own';
import { AwsFault } from '../operations/fault';
import { tryFindParameter } from '../operations/find-parameter';
import { findSecret, findVersion } from '../operations/find-secret';
import { ValueFault } from './stack-values';

const REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;
/** Services whose values nobody sees but the resource that needs them. */
const SECRET = ['secretsmanager', 'ssm-secure'];
/** The id of a secret may be an ARN; then perhaps `SecretString`, a key of its JSON, a stage and a version. */
const OF_SECRET = /^(arn:[^:]*:secretsmanager:[^:]*:\d*:secret:[^:]+|[^:]+)(?::SecretString)?(?::(.*))?$/;

/**
 * Where a secure string may stand, by type: paths of properties.
 *
 * Source   AWS CloudFormation User Guide, "Get a secure string value from Systems Manager Parameter Store", the table of resources (read
 *          2026-11-27).
 */
const TAKE_SECURE: Readonly<Record<string, readonly string[]>> = {
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::DirectoryService::SimpleAD': ['Password'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::IAM::User': ['LoginProfile/Password'],
  'AWS::KinesisFirehose::DeliveryStream': ['RedshiftDestinationConfiguration/Password'],
  'AWS::OpsWorks::App': ['AppSource/Password'],
  'AWS::OpsWorks::Stack': ['CustomCookbooksSource/Password', 'RdsDbInstances'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::RDS::DBInstance': ['MasterUserPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
};

/**
 * Why a template is refused for secure strings where no secure string may stand; undefined when there is none.
 *
 * Source   the text and its paths, which end where a list begins: issues #1528 of aws/serverless-application-model and #4664 of aws/aws-cdk
 *          (read 2026-11-27).
 */
export function misplacedSecure({ resources }: Template): string | undefined {
  const found = [...resources.values()].flatMap(({ type, properties }) =>
    securePaths(properties, [])
      .filter((path) => !(own(TAKE_SECURE, type) ?? []).includes(path))
      .map((path) => `${type}/Properties/${path}`),
  );
  return found.length === 0 ? undefined : `SSM Secure reference is not supported in: [${found.join(',')}]`;
}

const OF_PARAMETER = /\{\{resolve:ssm(?:-secure)?:[^{}]*\}\}/g;
/** Source: as above: a name, and perhaps a version, which is a number. */
const WELL_FORMED = /^\{\{resolve:ssm(-secure)?:[a-zA-Z0-9_.\-/]+(:\d+)?\}\}$/;

/**
 * Why a template is refused for references to parameters that are none; undefined when there is none.
 *
 * Source   the text: issue #18747 of aws/aws-cdk (read 2026-11-27). Assumed: of several all are named, and variables of `Fn::Sub` may be
 *          anything.
 */
export function malformedReferences({ resources }: Template): string | undefined {
  const texts = [...resources.values()].flatMap(({ properties }) => textsIn(properties));
  const found = texts.flatMap((text) => text.match(OF_PARAMETER) ?? []).filter((one) => !WELL_FORMED.test(one));
  return found.length === 0
    ? undefined
    : `Incorrect format is used in the following SSM reference: [${[...new Set(found)].join(',')}]`;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Paths of properties that hold a reference to a secure string, one for each. */
function securePaths(value: unknown, path: readonly string[], isListed = false): string[] {
  if (typeof value === 'string') {
    return value.includes('{{resolve:ssm-secure:') ? [path.join('/')] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one) => securePaths(one, path, true));
  }
  return Object.entries(isDictionary(value) ? value : {}).flatMap(([key, inner]) =>
    securePaths(inner, isListed || key.startsWith('Fn::') ? path : [...path, key], isListed || key.startsWith('Fn::')),
  );
}

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
