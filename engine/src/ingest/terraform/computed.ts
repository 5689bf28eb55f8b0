/**
 * Attributes that AWS computes, for each type that we read or that those lean on.
 *
 * Source   Documents of the AWS provider 5.100.0 ("Attribute Reference"); B1.1 (ARNs of vaults and plans).
 */
import { type Environment, ResourceNames } from '@holdfast/model';
import { frameworkArn } from '../../domain/frameworks';
import { reportPlanArn } from '../../domain/report-plans';
import { restoreTestingPlanArn } from '../../domain/restore-testing-plans';
import { generatedHex, generatedUuid } from '../../domain/generated-ids';
import { ORGANIZATION_IDS } from '../organizations';
import { urlSuffixOf } from '../environments';
import { generatedKeyId, generatedName, keyArnOf } from '../../domain/stateful-resources';
import { identityOf, need, optional, prefixed, seedOf } from './identity';
import { NotKnown } from './not-known';
import { isObject, objectOf, toTruth, Unknown, Value } from './expression/values';
import type { Resource } from './resource';
import { STATEFUL_TYPES } from './stateful-types';

type Compute = (resource: Resource, name: string) => Value | undefined;

/** A computed attribute; undefined when we do not know how AWS computes it. */
export function computedAttribute(resource: Resource, name: string): Value | undefined {
  if (name === 'tags_all') return allTags(resource);
  try {
    if (Object.hasOwn(STATEFUL_TYPES, resource.type)) return ofStateful(resource, name);
    return Object.hasOwn(COMPUTED, resource.type) ? COMPUTED[resource.type]?.(resource, name) : undefined;
  } catch (error) {
    if (error instanceof NotKnown) return error.unknown;
    throw error;
  }
}

/** The tags of a resource over those of its provider. */
export function allTags(resource: Resource): Value {
  const parts: Value[] = [resource.defaultTags(), resource.declared('tags') ?? null];
  const unknown = parts.find((part) => part instanceof Unknown);
  if (unknown !== undefined) return unknown;
  return objectOf(parts.filter(isObject).flatMap((part) => Object.entries(part)));
}

function ofStateful(resource: Resource, name: string): Value | undefined {
  const type = STATEFUL_TYPES[resource.type];
  if (type === undefined) return undefined;
  if (resource.type === 'aws_fsx_ontap_volume' && name === 'file_system_id') return fileSystemOfVolume(resource);
  const isArn = (name === 'arn' && resource.type !== 'aws_cloudformation_stack') || type.arnAttributes?.includes(name);
  const isName = name === ResourceNames.tryFindTerraform(resource.type) || type.nameAttributes?.includes(name);
  const isId = name === 'id' || (resource.type === 'aws_db_instance' && name === 'resource_id');
  if (isArn !== true && isName !== true && !isId && name !== 'region') return undefined;
  const identity = identityOf(resource);
  if (identity === undefined) return undefined;
  if (isArn === true || (isId && type.id === 'arn')) return identity.arn;
  if (isName === true || (isId && type.id === undefined)) return identity.name;
  if (name === 'region') return resource.type === 'aws_s3_bucket' ? identity.env.region : undefined;
  if (resource.type === 'aws_timestreamwrite_table') return `${identity.name}:${identity.parent ?? ''}`;
  if (resource.type === 'aws_redshiftserverless_namespace') return optional(resource, 'namespace_name');
  return `db-${generatedHex('rds-resource', identity.env, identity.name, 26).toUpperCase()}`;
}

/** The file system of an ONTAP volume is that of its storage virtual machine. */
function fileSystemOfVolume(resource: Resource): Value | undefined {
  const machine = need(resource, 'storage_virtual_machine_id');
  for (const root of resource.reading.roots) {
    const found = root
      .resources()
      .find((other) => other.type === 'aws_fsx_ontap_storage_virtual_machine' && other.attribute('id') === machine);
    if (found !== undefined) return found.attribute('file_system_id');
  }
  return undefined;
}

/** To the provider their id is their name. */
function auditArn(resource: Resource, name: string, arnOf: (env: Environment, name: string) => string): string {
  const called = need(resource, 'name');
  return name === 'id' ? called : arnOf(resource.env(), called);
}

const COMPUTED: Readonly<Record<string, Compute>> = {
  aws_backup_vault: vault,
  aws_backup_logically_air_gapped_vault: vault,
  aws_backup_vault_policy: ofVault,
  aws_backup_vault_lock_configuration: ofVault,
  aws_backup_vault_notifications: ofVault,
  aws_backup_plan: (resource, name) => {
    if (name !== 'id' && name !== 'arn') return undefined;
    const env = resource.env();
    const id =
      optional(resource, 'id') ??
      generatedUuid('backup-plan', env, seedOf(resource, 'backup-plan', env, need(resource, 'name')));
    return name === 'id' ? id : arn('backup', env, `backup-plan:${id}`);
  },
  aws_backup_restore_testing_plan: (resource, name) => {
    if (name !== 'id' && name !== 'arn') return undefined;
    const called = need(resource, 'name');
    return name === 'id' ? called : restoreTestingPlanArn(resource.env(), called);
  },
  aws_backup_framework: (resource, name) =>
    name === 'id' || name === 'arn' ? auditArn(resource, name, frameworkArn) : undefined,
  aws_backup_report_plan: (resource, name) =>
    name === 'id' || name === 'arn' ? auditArn(resource, name, reportPlanArn) : undefined,
  aws_ram_resource_share: (resource, name) => {
    if (name !== 'id' && name !== 'arn') return undefined;
    const env = resource.env();
    const id = generatedUuid('resource-share', env, seedOf(resource, 'resource-share', env, need(resource, 'name')));
    return arn('ram', env, `resource-share/${id}`);
  },
  aws_backup_region_settings: (resource, name) => (name === 'id' ? resource.env().region : undefined),
  aws_kms_key: (resource, name) => {
    if (!['id', 'key_id', 'arn'].includes(name)) return undefined;
    const env = resource.env();
    const multiRegion = resource.declared('multi_region') ?? false;
    if (multiRegion instanceof Unknown) return multiRegion;
    const isMultiRegion = multiRegion !== null && toTruth(multiRegion, 'multi_region');
    const id =
      optional(resource, 'id') ??
      generatedKeyId(env, seedOf(resource, 'kms-key', env, aliasOf(resource)), isMultiRegion);
    return name === 'arn' ? keyArnOf(id, env) : id;
  },
  aws_kms_replica_key: (resource, name) => {
    if (!['id', 'key_id', 'arn'].includes(name)) return undefined;
    const id = need(resource, 'primary_key_arn').split('/').at(-1) ?? '';
    return name === 'arn' ? keyArnOf(id, resource.env()) : id;
  },
  aws_kms_alias: (resource, name) => {
    const env = resource.env();
    if (name === 'target_key_arn') return keyArnOf(need(resource, 'target_key_id'), env);
    const alias =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'kms-alias', env) ?? madeName(resource, env);
    return name === 'arn' ? keyArnOf(alias, env) : name === 'id' || name === 'name' ? alias : undefined;
  },
  aws_iam_group: (resource, name) => iamThing(resource, name, 'group'),
  aws_iam_role: (resource, name) => iamThing(resource, name, 'role'),
  aws_iam_user: (resource, name) => iamThing(resource, name, 'user'),
  aws_iam_policy: (resource, name) => iamThing(resource, name, 'policy'),
  aws_organizations_organization: (resource, name) => {
    const env = resource.env();
    if (name === 'id') return ORGANIZATION_IDS.organization(env);
    if (name === 'master_account_id') return env.account;
    return name === 'roots' ? [objectOf([['id', ORGANIZATION_IDS.root(env)]])] : undefined;
  },
  aws_organizations_organizational_unit: (resource, name) =>
    name === 'id'
      ? ORGANIZATION_IDS.unit(resource.env(), need(resource, 'parent_id'), need(resource, 'name'))
      : undefined,
  aws_organizations_account: (resource, name) =>
    name === 'id' ? ORGANIZATION_IDS.account(resource.env(), need(resource, 'email')) : undefined,
  aws_organizations_policy: (resource, name) => {
    const type = optional(resource, 'type') ?? 'SERVICE_CONTROL_POLICY';
    return name === 'id' ? ORGANIZATION_IDS.policy(resource.env(), type, need(resource, 'name')) : undefined;
  },
  aws_sns_topic: (resource, name) => {
    const env = resource.env();
    if (name === 'owner') return env.account;
    const topic =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'sns', env) ?? madeName(resource, env);
    return name === 'arn' || name === 'id' ? arn('sns', env, topic) : name === 'name' ? topic : undefined;
  },
  aws_sqs_queue: (resource, name) => {
    const env = resource.env();
    const queue =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'sqs', env) ?? madeName(resource, env);
    const url = `https://sqs.${env.region}.${urlSuffixOf(env.partition)}/${env.account}/${queue}`;
    return { arn: arn('sqs', env, queue), name: queue, id: url, url }[name];
  },
  aws_cloudwatch_event_rule: (resource, name) => {
    const env = resource.env();
    const rule =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'event-rule', env) ?? madeName(resource, env);
    const bus = optional(resource, 'event_bus_name');
    const path = bus === undefined || bus === 'default' ? rule : `${bus.split('/').at(-1)}/${rule}`;
    return { arn: arn('events', env, `rule/${path}`), name: rule, id: path }[name];
  },
  aws_lambda_function: (resource, name) => {
    const env = resource.env();
    const called = need(resource, 'function_name');
    const made = arn('lambda', env, `function:${called}`);
    const invoke = `arn:${env.partition}:apigateway:${env.region}:lambda:path/2015-03-31/functions/${made}/invocations`;
    return { arn: made, id: called, qualified_arn: `${made}:$LATEST`, version: '$LATEST', invoke_arn: invoke }[name];
  },
  aws_sfn_state_machine: (resource, name) => {
    const env = resource.env();
    const machine =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'state-machine', env) ?? madeName(resource, env);
    const made = arn('states', env, `stateMachine:${machine}`);
    return { arn: made, id: made, name: machine }[name];
  },
  aws_cloudwatch_log_group: (resource, name) => {
    const env = resource.env();
    const group =
      optional(resource, 'name') ?? prefixed(resource, 'name_prefix', 'log-group', env) ?? madeName(resource, env);
    return { arn: arn('logs', env, `log-group:${group}`), name: group, id: group }[name];
  },
  aws_cloudwatch_metric_alarm: alarmThing,
  aws_cloudwatch_composite_alarm: alarmThing,
  aws_fsx_ontap_file_system: fsxThing('fs-', 'fsx'),
  aws_fsx_ontap_storage_virtual_machine: fsxThing('svm-', 'fsx-svm'),
  aws_storagegateway_gateway: (resource, name) => {
    if (!['id', 'arn', 'gateway_id'].includes(name)) return undefined;
    const env = resource.env();
    const id = `sgw-${generatedHex('gateway', env, seedOf(resource, 'gateway', env), 8).toUpperCase()}`;
    return name === 'gateway_id' ? id : arn('storagegateway', env, `gateway/${id}`);
  },
  aws_timestreamwrite_database: (resource, name) => {
    const database = need(resource, 'database_name');
    if (name === 'id') return database;
    return name === 'arn' ? arn('timestream', resource.env(), `database/${database}`) : undefined;
  },
};

/** The name of the alias that points at a key, which tells keys apart where no tag does. */
function aliasOf(key: Resource): string | undefined {
  const module = key.address.slice(0, key.address.lastIndexOf('aws_kms_key.'));
  const target = key.address.slice(module.length).replace(/[[\]"$.]/g, '\\$&');
  const points = new RegExp(`^(\\$\\{)?${target}\\.(id|key_id|arn)\\}?$`);
  for (const root of key.reading.roots) {
    if (root.file !== key.file) continue;
    for (const alias of root.resources()) {
      const isHere = alias.type === 'aws_kms_alias' && alias.address.startsWith(`${module}aws_kms_alias.`);
      if (isHere && points.test(alias.written('target_key_id') ?? '')) return optional(alias, 'name');
    }
  }
  return undefined;
}

function arn(service: string, env: Environment, rest: string): string {
  return `arn:${env.partition}:${service}:${env.region}:${env.account}:${rest}`;
}

function vault(resource: Resource, name: string): Value | undefined {
  if (name === 'id') return need(resource, 'name');
  return name === 'arn' ? arn('backup', resource.env(), `backup-vault:${need(resource, 'name')}`) : undefined;
}

function ofVault(resource: Resource, name: string): Value | undefined {
  if (name !== 'id' && name !== 'backup_vault_arn') return undefined;
  const vaultName = need(resource, 'backup_vault_name');
  return name === 'id' ? vaultName : arn('backup', resource.env(), `backup-vault:${vaultName}`);
}

function iamThing(resource: Resource, name: string, kind: 'role' | 'user' | 'group' | 'policy'): Value | undefined {
  if (!['id', 'name', 'arn'].includes(name)) return undefined;
  const env = { ...resource.env(), region: '' };
  const called =
    optional(resource, 'name') ?? prefixed(resource, 'name_prefix', `iam-${kind}`, env) ?? madeName(resource, env);
  const path = optional(resource, 'path') ?? '/';
  const made = `arn:${env.partition}:iam::${env.account}:${kind}${path}${called}`;
  return name === 'arn' || (name === 'id' && kind === 'policy') ? made : called;
}

function alarmThing(resource: Resource, name: string): Value | undefined {
  const called = need(resource, 'alarm_name');
  return { arn: arn('cloudwatch', resource.env(), `alarm:${called}`), id: called }[name];
}

function fsxThing(prefix: string, kind: string): Compute {
  return (resource, name) => {
    if (name !== 'id' && name !== 'arn') return undefined;
    const env = resource.env();
    const id = `${prefix}${generatedHex(kind, env, seedOf(resource, kind, env), 17)}`;
    return name === 'id' ? id : arn('fsx', env, `file-system/${id}`);
  };
}

function madeName(resource: Resource, env: Environment): string {
  return generatedName(resource.type, env, seedOf(resource, resource.type, env));
}
