/**
 * Resources that hold data, out of a template: which properties carry size and tags; those with the key are in the model.
 *
 * Pure: one table, one row a type.
 * Units    AllocatedStorage, StorageCapacity and Size are GiB.
 * Source   AWS CloudFormation "Template reference" of each type; service-support.json for the types.
 * Assumed  The size of an EC2 instance is the sum of the volumes that it declares.
 */
import { ResourceKeys, type StatefulResource } from '@holdfast/model';
import { windowsOf } from '../../domain/declared-windows';
import { statefulResource, type Windows } from '../../domain/stateful-resources';
import type { Declaration } from './declaration';
import { type DeclaredValue, unlessUnknown } from './declared-value';
import { own } from '../../kernel/own';
import { withSchema } from '../declared-table';
import { schemaOf } from './tables';
import { tagsOf } from './tag-list';

/** The resources in a declaration, or why it holds none. */
export type Stateful = readonly StatefulResource[] | { readonly notRead: string };

interface Row {
  /** Id in service support, or why AWS Backup does not protect it. */
  service(properties: DeclaredValue): string | { readonly notRead: string };
  /** Property that holds the tags. */
  readonly tags: string;
  sizeGiB?(properties: DeclaredValue): number | undefined;
  windows?(properties: DeclaredValue): Windows;
  versioning?(properties: DeclaredValue): boolean | undefined;
}

/** A row of a type that is one service. */
function row(service: string, size?: string): Row {
  return {
    service: () => service,
    tags: 'Tags',
    ...(size !== undefined && { sizeGiB: (properties: DeclaredValue) => properties.member(size).number() }),
  };
}

const ROWS: Readonly<Record<string, Row>> = {
  'AWS::DynamoDB::Table': row('dynamodb-advanced'),
  'AWS::S3::Bucket': { ...row('s3'), versioning: keepsVersions },
  'AWS::RDS::DBInstance': { ...row('rds', 'AllocatedStorage'), service: databaseInstance, windows: windowsOfDatabase },
  'AWS::RDS::DBCluster': { ...row('aurora', 'AllocatedStorage'), service: databaseCluster, windows: windowsOfDatabase },
  'AWS::DocDB::DBCluster': { ...row('documentdb'), windows: windowsOfDatabase },
  'AWS::Neptune::DBCluster': { ...row('neptune'), windows: windowsOfDatabase },
  'AWS::EFS::FileSystem': { ...row('efs'), tags: 'FileSystemTags' },
  'AWS::EC2::Instance': { ...row('ec2'), sizeGiB: sizeOfVolumes },
  'AWS::EC2::Volume': row('ebs', 'Size'),
  'AWS::FSx::FileSystem': {
    ...row('fsx-lustre', 'StorageCapacity'),
    service: fileSystem,
    windows: windowsOfFileSystem,
  },
  'AWS::FSx::Volume': { ...row('fsx-ontap'), service: fileSystemVolume, sizeGiB: sizeOfVolume },
  'AWS::Redshift::Cluster': row('redshift'),
  'AWS::RedshiftServerless::Namespace': row('redshift-serverless'),
  'AWS::Timestream::Table': row('timestream'),
  'AWS::DSQL::Cluster': row('aurora-dsql'),
  'AWS::EKS::Cluster': row('eks'),
};

/** Types that stand for resources which the template cannot list. */
const DISCOVERED: Readonly<Record<string, string>> = {
  'AWS::Serverless::SimpleTable':
    'it is a DynamoDB table once the SAM transform is expanded; give the expanded template, or list it in the inventory',
  'AWS::BackupGateway::Hypervisor': 'its virtual machines are found at run time; list them in the inventory',
  'AWS::SystemsManagerSAP::Application': 'its databases are found at run time; list them in the inventory',
};

/** Whether the declaration is of a type that AWS Backup protects. */
export function isStateful(type: string): boolean {
  return type === GLOBAL_TABLE || Object.hasOwn(ROWS, type) || Object.hasOwn(DISCOVERED, type);
}

/** The resources that a declaration stands for. */
export function readStateful(declaration: Declaration): Stateful {
  const { type, properties, env, declaredAt } = declaration;
  if (type === GLOBAL_TABLE) {
    return readGlobalTable(declaration);
  }
  const found = own(ROWS, type);
  if (found === undefined) {
    return { notRead: own(DISCOVERED, type) ?? 'this type is not modelled' };
  }
  const service = found.service(properties);
  if (typeof service !== 'string') {
    return service;
  }
  const { name, parent } = declaration.identity();
  const resource = statefulResource({
    service,
    env,
    name,
    parent,
    tags: declaration.withStackTags(tagsOf(properties.member(found.tags))),
    sizeGiB: found.sizeGiB?.(properties),
    encryptionKey: keyOf(type, service, properties),
    windows: found.windows?.(properties),
    versioning: found.versioning?.(properties),
    declaredAt,
  });
  return [type === 'AWS::DynamoDB::Table' ? withSchema(resource, schemaOf(properties)) : resource];
}

const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';

/** Each replica of a global table is a table of its own, with its own tags and key. */
function readGlobalTable(declaration: Declaration): StatefulResource[] {
  const { properties, env, declaredAt } = declaration;
  const { name } = declaration.identity();
  return properties
    .member('Replicas')
    .items()
    .map((replica) => {
      const region = replica.member('Region').requiredText();
      const at = replica.path.slice(replica.path.indexOf('.'));
      const table = statefulResource({
        service: 'dynamodb-advanced',
        env: { ...env, region },
        name,
        tags: declaration.withStackTags(tagsOf(replica.member('Tags'))),
        encryptionKey: replica.member('SSESpecification').member('KMSMasterKeyId').text(),
        declaredAt: region === env.region ? declaredAt : `${declaredAt}${at}`,
      });
      return withSchema(table, schemaOf(properties));
    });
}

/** Source S3 user guide, "Configuring Object Lock": a bucket that is made with it has versioning. */
function keepsVersions(properties: DeclaredValue): boolean | undefined {
  return unlessUnknown(() => {
    const status = properties.member('VersioningConfiguration').member('Status').text();
    return status === undefined ? properties.member('ObjectLockEnabled').boolean() === true : status === 'Enabled';
  }, undefined);
}

function databaseInstance(properties: DeclaredValue): string | { notRead: string } {
  const member = properties.member('DBClusterIdentifier').isPresent;
  return member || engineOf(properties).startsWith('aurora')
    ? { notRead: 'a member of a DB cluster; AWS Backup protects the cluster' }
    : 'rds';
}

/** Assumed: a cluster that names no engine, as one restored from a snapshot, is Aurora. */
function databaseCluster(properties: DeclaredValue): string {
  const engine = engineOf(properties);
  return engine === '' || engine.startsWith('aurora') ? 'aurora' : 'rds-multi-az-cluster';
}

function engineOf(properties: DeclaredValue): string {
  return (properties.member('Engine').text() ?? '').toLowerCase();
}

function fileSystem(properties: DeclaredValue): string | { notRead: string } {
  const type = properties.member('FileSystemType');
  switch (type.requiredText()) {
    case 'LUSTRE':
      return 'fsx-lustre';
    case 'WINDOWS':
      return 'fsx-windows';
    case 'OPENZFS':
      return 'fsx-openzfs';
    case 'ONTAP':
      return { notRead: 'AWS Backup protects the volumes of an ONTAP file system' };
    default:
      throw type.wrong('LUSTRE, WINDOWS, OPENZFS or ONTAP');
  }
}

function fileSystemVolume(properties: DeclaredValue): string | { notRead: string } {
  return properties.member('VolumeType').requiredText() === 'ONTAP'
    ? 'fsx-ontap'
    : { notRead: 'AWS Backup protects the file system of an OpenZFS volume' };
}

function sizeOfVolumes(properties: DeclaredValue): number | undefined {
  const sizes = properties
    .member('BlockDeviceMappings')
    .items()
    .map((mapping) => mapping.member('Ebs').member('VolumeSize').number() ?? 0);
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sum === 0 ? undefined : sum;
}

function sizeOfVolume(properties: DeclaredValue): number | undefined {
  const volume = properties.member('OntapConfiguration');
  const megabytes = volume.member('SizeInMegabytes').number();
  const bytes = volume.member('SizeInBytes').number();
  return megabytes !== undefined ? megabytes / 1024 : bytes !== undefined ? bytes / 1024 ** 3 : undefined;
}

function windowsOfDatabase(properties: DeclaredValue): Windows {
  return windowsOf({
    maintenance: properties.member('PreferredMaintenanceWindow').text(),
    backup: properties.member('PreferredBackupWindow').text(),
    backupDays: properties.member('BackupRetentionPeriod').number(),
  });
}

function windowsOfFileSystem(properties: DeclaredValue): Windows {
  const [settings] = ['LustreConfiguration', 'WindowsConfiguration', 'OpenZFSConfiguration']
    .map((name) => properties.member(name))
    .filter(({ isPresent }) => isPresent);
  return windowsOf({
    maintenance: settings?.member('WeeklyMaintenanceStartTime').text(),
    backup: settings?.member('DailyAutomaticBackupStartTime').text(),
    backupDays: settings?.member('AutomaticBackupRetentionDays').number(),
  });
}

/** The key as declared, or the one that AWS manages for whoever encrypts and names none. */
function keyOf(type: string, service: string, properties: DeclaredValue): string | undefined {
  const { keyPath = [], encryptedPath = [] } = ResourceKeys.tryFind(type) ?? {};
  if (keyPath.length === 0) {
    return undefined;
  }
  const encrypted = (): boolean => valueAt(properties, encryptedPath)?.boolean() === true;
  return valueAt(properties, keyPath)?.text() ?? ResourceKeys.managedKey(service, encrypted());
}

function valueAt(properties: DeclaredValue, path: readonly string[]): DeclaredValue | undefined {
  let at: DeclaredValue | undefined = path.length === 0 ? undefined : properties;
  for (const step of path) {
    at = step === '0' ? at?.items()[0] : at?.member(step);
  }
  return at;
}
