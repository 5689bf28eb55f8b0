/**
 * Resources that hold data, out of Terraform, and the opt-in settings of a Region.
 *
 * Pure.
 * Units    `allocated_storage`, `size`, `storage_capacity` and `volume_size` are GiB.
 * Source   Schema of the AWS provider 5.100.0; service-support.json (`terraformTypes`).
 * Assumed  The size of an EC2 instance is the sum of the volumes that it declares.
 */
import { ResourceKeys, type RegionSettings, type StatefulResource } from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { windowsOf } from '../../domain/declared-windows';
import { statefulResource, type Windows } from '../../domain/stateful-resources';
import { Given } from './given';
import { Identity, identityOf } from './identity';
import { NotKnown } from './not-known';
import { ExpressionFault } from './expression/values';
import { IngestRefusal } from '../artifact';
import { withSchema } from '../declared-table';
import { refuseUnknown } from './refusal';
import { attempted, type Resource } from './resource';
import { STATEFUL_TYPES, StatefulType } from './stateful-types';
import { schemaOf } from './tables';
import { tagsOf } from './tags';

/** The resources that hold data, replicas of tables among them. */
export function readStatefulResources(resources: readonly Resource[]): StatefulResource[] {
  const keys = bucketKeys(resources);
  const versioned = versionedBuckets(resources);
  const read = (resource: Resource): StatefulResource[] => {
    if (resource.type === 'aws_dynamodb_table_replica') return [readTableReplica(resource)];
    const type = STATEFUL_TYPES[resource.type];
    if (type === undefined || !Object.hasOwn(STATEFUL_TYPES, resource.type)) return [];
    const identity = known(resource, () => identityOf(resource));
    if (identity === undefined) {
      resource.reading.skip(
        resource.declaredAt,
        resource.type,
        'a member of a DB cluster; AWS Backup protects the cluster',
      );
      return [];
    }
    const own = statefulResource({
      ...identity,
      tags: tagsOf(resource),
      sizeGiB: sizeOf(resource, type),
      encryptionKey: keyOf(resource) ?? keys.get(identity.name) ?? managedKeyOf(resource, identity.service),
      windows: windowsFrom(resource, type),
      versioning: identity.service === 's3' ? keepsVersions(resource, identity.name, versioned) : undefined,
      declaredAt: resource.declaredAt,
    });
    return resource.type === 'aws_dynamodb_table'
      ? [
          withSchema(
            own,
            known(resource, () => schemaOf(resource)),
          ),
          ...readReplicas(resource, identity),
        ]
      : [own];
  };
  return resources.flatMap((resource) => attempted(resource, () => read(resource)) ?? []);
}

function known<T>(resource: Resource, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotKnown) return refuseUnknown(error.file, error.place, error.unknown);
    if (error instanceof ExpressionFault) throw new IngestRefusal(resource.file, resource.address, error.message);
    throw error;
  }
}

function sizeOf(resource: Resource, type: StatefulType): number | undefined {
  if (resource.type === 'aws_instance') return sizeOfVolumes(resource);
  for (const [argument, perGiB] of type.size ?? []) {
    const size = Given.argument(resource, argument).number();
    if (size !== undefined) return size / perGiB;
  }
  return undefined;
}

function windowsFrom(resource: Resource, { windows }: StatefulType): Windows | undefined {
  if (windows === undefined) return undefined;
  return windowsOf({
    maintenance: Given.argument(resource, windows.maintenance).text(),
    backup: Given.argument(resource, windows.backup).text(),
    backupDays: Given.argument(resource, windows.backupDays).number(),
  });
}

function sizeOfVolumes(resource: Resource): number | undefined {
  const volumes = ['root_block_device', 'ebs_block_device'].flatMap((name) => Given.argument(resource, name).items());
  const sum = volumes.reduce((total, volume) => total + (volume.member('volume_size').number() ?? 0), 0);
  return sum === 0 ? undefined : sum;
}

function keyOf(resource: Resource): string | undefined {
  return valueAt(resource, ResourceKeys.tryFindTerraform(resource.type)?.keyPath)?.text();
}

/** The key that AWS manages for whoever encrypts and names none. */
function managedKeyOf(resource: Resource, service: string): string | undefined {
  const { keyPath = [], encryptedPath } = ResourceKeys.tryFindTerraform(resource.type) ?? {};
  if (keyPath.length === 0) return undefined;
  return ResourceKeys.managedKey(service, valueAt(resource, encryptedPath)?.truth() === true);
}

function valueAt(resource: Resource, [first, ...rest]: readonly string[] = []): Given | undefined {
  if (first === undefined) return undefined;
  let at: Given | undefined = Given.argument(resource, first);
  for (const step of rest) at = at?.block()?.member(step);
  return at;
}

/** Encryption of a bucket is a resource of its own. */
function bucketKeys(resources: readonly Resource[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const resource of resources) {
    if (resource.type !== 'aws_s3_bucket_server_side_encryption_configuration') continue;
    attempted(resource, () => {
      const rule = Given.argument(resource, 'rule').items()[0];
      const key = rule?.member('apply_server_side_encryption_by_default').block()?.member('kms_master_key_id').text();
      if (key !== undefined) keys.set(Given.attribute(resource, 'bucket').requiredText(), key);
    });
  }
  return keys;
}

/** Versioning of a bucket is a resource of its own; undefined where it is not known before deployment. */
function versionedBuckets(resources: readonly Resource[]): Map<string, boolean | undefined> {
  const versioned = resources.filter(({ type, mode }) => type === 'aws_s3_bucket_versioning' && mode === 'managed');
  return new Map(
    versioned.flatMap((resource): [string, boolean | undefined][] => {
      const bucket = unlessUnknown(() => Given.attribute(resource, 'bucket').text());
      const setting = () => Given.argument(resource, 'versioning_configuration').items()[0]?.member('status').text();
      const status = unlessUnknown(setting);
      return bucket === undefined ? [] : [[bucket, status === undefined ? undefined : status === 'Enabled']];
    }),
  );
}

/** It was once a block of the bucket. Assumed: who declares a bucket and says nothing of it leaves it off, as S3 does. */
function keepsVersions(
  resource: Resource,
  name: string,
  versioned: Map<string, boolean | undefined>,
): boolean | undefined {
  if (versioned.has(name)) return versioned.get(name);
  return unlessUnknown(() => {
    const [block] = Given.argument(resource, 'versioning').items();
    return (
      block?.member('enabled').truth() === true || Given.argument(resource, 'object_lock_enabled').truth() === true
    );
  });
}

/** What decides nothing else need not be known. */
function unlessUnknown<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof IngestRefusal || error instanceof NotKnown) return undefined;
    throw error;
  }
}

/** A replica is a table of the same name in another Region; it has the table's tags when they are propagated. */
function readReplicas(resource: Resource, table: Identity): StatefulResource[] {
  return Given.argument(resource, 'replica')
    .items()
    .map((replica) => {
      const region = replica.member('region_name').requiredText();
      const propagates = replica.member('propagate_tags').truth() === true;
      return statefulResource({
        service: table.service,
        env: { ...table.env, region },
        name: table.name,
        tags: propagates ? tagsOf(resource) : undefined,
        encryptionKey: replica.member('kms_key_arn').text(),
        declaredAt: `${resource.file}: ${replica.path}`,
      });
    });
}

/** `aws_dynamodb_table_replica` lives in its provider's Region and names the table by ARN. */
function readTableReplica(resource: Resource): StatefulResource {
  const table = Given.attribute(resource, 'global_table_arn').requiredText();
  const name = /:table\/([^/]+)/.exec(table)?.[1];
  if (name === undefined) return Given.attribute(resource, 'global_table_arn').wrong('the ARN of a table');
  return statefulResource({
    service: 'dynamodb-advanced',
    env: resource.env(),
    name,
    tags: tagsOf(resource),
    encryptionKey: Given.argument(resource, 'kms_key_arn').text(),
    declaredAt: resource.declaredAt,
  });
}

/** Opt-in settings, one for each Region that states them. */
export function readRegionSettings(resources: readonly Resource[]): RegionSettings[] {
  return resources
    .filter((resource) => resource.type === 'aws_backup_region_settings')
    .flatMap((resource) => attempted(resource, () => readSettings(resource)) ?? []);
}

function readSettings(resource: Resource): RegionSettings {
  return withoutUndefined<RegionSettings>({
    env: resource.env(),
    resourceTypeOptInPreference: Given.argument(resource, 'resource_type_opt_in_preference').truthMap(),
    resourceTypeManagementPreference: Given.argument(resource, 'resource_type_management_preference').truthMap(),
    declaredAt: resource.declaredAt,
  });
}
