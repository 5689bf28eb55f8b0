/**
 * Data sources that can be answered without asking AWS: who and where we are, policy documents, and things by name.
 *
 * Source   Documents of the AWS provider 5.100.0 (data sources).
 * Assumed  A data source that finds a thing by name gives the ARN that a thing of that name has; AWS is not asked
 *          whether it is there.
 */
import type { Environment } from '@holdfast/model';
import { generatedUuid } from '../../domain/generated-ids';
import { urlSuffixOf } from '../environments';
import { arnOf, keyArnOf } from '../../domain/stateful-resources';
import { need, optional } from './identity';
import { NotKnown } from './not-known';
import { LazyObject, objectOf, plain, Unknown, Value } from './expression/values';
import { policyDocument } from './policy-document';
import type { Resource } from './resource';
import type { Root } from './root';

type Answer = (resource: Resource, name: string) => Value | undefined;

/** An attribute of a data source; undefined when only AWS could say. */
export function dataAttribute(resource: Resource, name: string): Value | undefined {
  try {
    return Object.hasOwn(SOURCES, resource.type) ? SOURCES[resource.type]?.(resource, name) : undefined;
  } catch (error) {
    if (error instanceof NotKnown) return error.unknown;
    throw error;
  }
}

/** Attributes of a thing that is called `name`. */
function named(argument: string, ids: readonly string[], arn: (env: Environment, name: string) => string): Answer {
  return (resource, name) => {
    if (name !== 'arn' && !ids.includes(name)) return undefined;
    const called = need(resource, argument);
    return name === 'arn' ? arn(resource.env(), called) : called;
  };
}

const SOURCES: Readonly<Record<string, Answer>> = {
  aws_caller_identity: (resource, name) => {
    const { account, partition } = resource.env();
    if (name === 'account_id' || name === 'id') return account;
    return name === 'arn' ? `arn:${partition}:iam::${account}:root` : undefined;
  },
  aws_region: (resource, name) => {
    const region = optional(resource, 'name') ?? optional(resource, 'region') ?? resource.env().region;
    if (name === 'endpoint') return `ec2.${region}.${urlSuffixOf(resource.env().partition)}`;
    return ['name', 'id', 'region'].includes(name) ? region : undefined;
  },
  aws_partition: (resource, name) => {
    const { partition } = resource.env();
    const suffix = urlSuffixOf(partition);
    if (name === 'dns_suffix') return suffix;
    if (name === 'reverse_dns_prefix') return suffix.split('.').reverse().join('.');
    return name === 'partition' || name === 'id' ? partition : undefined;
  },
  aws_iam_policy_document: (resource, name) => {
    if (name === 'json') return policyDocument(resource, 2);
    return name === 'minified_json' ? policyDocument(resource, 0) : undefined;
  },
  aws_backup_vault: named('name', ['id', 'name'], (env, name) => arnIn('backup', env, `backup-vault:${name}`)),
  aws_backup_plan: named('plan_id', ['id', 'plan_id'], (env, id) => arnIn('backup', env, `backup-plan:${id}`)),
  aws_iam_role: named('name', ['id', 'name'], (env, name) => `arn:${env.partition}:iam::${env.account}:role/${name}`),
  aws_sns_topic: (resource, name) => {
    if (!['arn', 'id', 'name'].includes(name)) return undefined;
    const topic = need(resource, 'name');
    return name === 'name' ? topic : arnIn('sns', resource.env(), topic);
  },
  aws_dynamodb_table: named('name', ['id', 'name'], (env, name) => arnOf('dynamodb', env, name)),
  aws_s3_bucket: named('bucket', ['id', 'bucket'], (env, name) => arnOf('s3', env, name)),
  aws_efs_file_system: named('file_system_id', ['id', 'file_system_id'], (env, id) => arnOf('efs', env, id)),
  aws_ebs_volume: named('volume_id', ['id', 'volume_id'], (env, id) => arnOf('ebs', env, id)),
  aws_instance: named('instance_id', ['id', 'instance_id'], (env, id) => arnOf('ec2', env, id)),
  aws_rds_cluster: named('cluster_identifier', ['id', 'cluster_identifier'], (env, id) => arnOf('aurora', env, id)),
  aws_redshift_cluster: named('cluster_identifier', ['id'], (env, id) => arnOf('redshift', env, id)),
  aws_eks_cluster: named('name', ['id', 'name'], (env, name) => arnOf('eks', env, name)),
  aws_db_instance: (resource, name) => {
    if (name !== 'db_instance_arn' && name !== 'db_instance_identifier') return undefined;
    const identifier = need(resource, 'db_instance_identifier');
    return name === 'db_instance_arn' ? arnOf('rds', resource.env(), identifier) : identifier;
  },
  aws_kms_key: (resource, name) => {
    if (!['arn', 'id', 'key_id'].includes(name)) return undefined;
    const key = need(resource, 'key_id');
    return name === 'arn' ? keyOfAlias(key, resource.env()) : key;
  },
  aws_kms_alias: (resource, name) => {
    const env = resource.env();
    const alias = need(resource, 'name');
    if (name === 'arn') return keyArnOf(alias, env);
    if (name === 'target_key_arn') return keyOfAlias(alias, env);
    if (name === 'target_key_id') return keyOfAlias(alias, env).split('/').at(-1) ?? '';
    return name === 'id' || name === 'name' ? alias : undefined;
  },
  aws_service_principal: (resource, name) =>
    name === 'name' ? `${need(resource, 'service_name')}.amazonaws.com` : undefined,
  terraform_remote_state: remoteState,
};

function arnIn(service: string, env: Environment, rest: string): string {
  return `arn:${env.partition}:${service}:${env.region}:${env.account}:${rest}`;
}

/** The key behind an alias: AWS would say which; here it follows from the alias. */
function keyOfAlias(key: string, env: Environment): string {
  return key.startsWith('alias/') ? keyArnOf(generatedUuid('kms-key', env, key), env) : keyArnOf(key, env);
}

/** Outputs of another root module that is among the artifacts. */
function remoteState(resource: Resource, name: string): Value | undefined {
  if (name !== 'outputs') return undefined;
  const root = rootOf(resource);
  const { address } = resource;
  if (root === undefined) {
    const defaults = resource.declared('defaults') ?? null;
    const because = `${address} is the state of a configuration that is not among the artifacts`;
    return new LazyObject(`${address}.outputs`, (output) => {
      const given = resource.reading.override(resource.file, `${address}.outputs.${output}`);
      return given ?? new Unknown('', defaults === null ? because : `${because}, and its defaults are not read`);
    });
  }
  return new LazyObject(`${address}.outputs`, root.output, root.outputNames);
}

/** The root whose backend the data source names, or whose stack cdktf named it after. */
function rootOf(resource: Resource): Root | undefined {
  const { roots } = resource.reading;
  const backend = resource.attribute('backend');
  const config = resource.attribute('config');
  if (!(config instanceof Unknown) && typeof backend === 'string') {
    const place = placeOf(backend, plain(config));
    const found = roots.find(
      (root) => root.backend !== undefined && placeOf(root.backend.type, root.backend.config) === place,
    );
    if (found !== undefined) return found;
  }
  const stack = /\.cross-stack-reference-input-(.+)$/.exec(resource.address)?.[1];
  return roots.find((root) => root.stackName !== undefined && root.stackName === stack);
}

/** What tells one state from another, whatever else its backend is given. */
function placeOf(type: string, config: unknown): string {
  const given = (typeof config === 'object' && config !== null ? config : {}) as Readonly<Record<string, Value>>;
  const keys = { local: ['path'], s3: ['bucket', 'key'], remote: ['organization', 'workspaces'], http: ['address'] }[
    type
  ];
  const told = keys === undefined ? given : objectOf(keys.map((key) => [key, given[key] ?? null]));
  return JSON.stringify([type, plain(told)]);
}
