/**
 * Instances and clusters of RDS, Aurora, DocumentDB and Neptune, as RDS shows them.
 *
 * Pure: reads the World.
 * Source   API of RDS 2014-10-31; RDS user guide for ports, parameter groups and the versions that are the default.
 * Assumed  A database that no call made is MySQL, or its cluster's service's engine, of class db.t3.medium. Windows that nobody
 *          chose are not shown, as none is in the way of backups either.
 */
import type { CreateDBClusterCommandInput, CreateDBInstanceCommandInput, DBInstance } from '@aws-sdk/client-rds';
import { ResourceKeys, StatefulResource } from '@holdfast/model';
import type { ClusterMember, DatabaseParticulars } from '../domain/databases';
import { generatedHex } from '../domain/generated-ids';
import { zonesOf } from '../domain/networks';
import type { Resource } from '../domain/protected-resources';
import { GIB } from '../domain/snapshot';
import { keyArnOf, type Windows } from '../domain/stateful-resources';
import type { WorldState } from '../domain/world-state';
import { dateOf, MINUTE } from '../kernel/instant';
import { own } from '../kernel/own';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { findSubnetGroup, subnetGroupShape } from './database-subnets';
import { defaultGroupIds, networkOf } from './ec2-network';
import { AwsFault } from './fault';
import { managedDays, managingPoint } from './managed-backups';
import { environmentOf, lastOf, tagList, tagsOf, tryFindResource } from './stateful';

export const INSTANCES = ['rds'];
export const CLUSTERS = ['aurora', 'rds-multi-az-cluster', 'documentdb', 'neptune'];

interface EngineFacts {
  readonly port: number;
  readonly version: string;
  readonly license: string;
}

const OPEN = 'general-public-license';
/** Versions are Assumed: one that each engine has had. */
const ENGINES: Readonly<Record<string, EngineFacts>> = {
  mysql: { port: 3306, version: '8.0.40', license: OPEN },
  mariadb: { port: 3306, version: '11.4.4', license: OPEN },
  postgres: { port: 5432, version: '16.4', license: 'postgresql-license' },
  'aurora-mysql': { port: 3306, version: '8.0.mysql_aurora.3.08.0', license: OPEN },
  'aurora-postgresql': { port: 5432, version: '16.4', license: 'postgresql-license' },
  docdb: { port: 27_017, version: '5.0.0', license: 'na' },
  neptune: { port: 8182, version: '1.3.2.1', license: 'amazon-license' },
};
const OTHERS: readonly [RegExp, EngineFacts][] = [
  [/^oracle-/, { port: 1521, version: '19.0.0.0.ru-2024-10.rur-2024-10.r1', license: 'bring-your-own-license' }],
  [/^sqlserver-/, { port: 1433, version: '16.00.4165.4.v1', license: 'license-included' }],
  [/^db2-/, { port: 50_000, version: '11.5.9.0.sb00000000.r1', license: 'bring-your-own-license' }],
];
const ENGINE_OF: Readonly<Record<string, string>> = {
  rds: 'mysql',
  aurora: 'aurora-mysql',
  'rds-multi-az-cluster': 'mysql',
  documentdb: 'docdb',
  neptune: 'neptune',
};

export function engineFacts(engine: string): EngineFacts {
  const found = own(ENGINES, engine) ?? OTHERS.find(([pattern]) => pattern.test(engine))?.[1];
  if (found === undefined) {
    throw new AwsFault('InvalidParameterValue', `Invalid DB engine: ${engine}`);
  }
  return found;
}

/** The row of service support that a cluster of an engine is. */
export function clusterService(engine: string): string {
  engineFacts(engine);
  const other = engine === 'docdb' ? 'documentdb' : engine === 'neptune' ? 'neptune' : 'rds-multi-az-cluster';
  return engine.startsWith('aurora') ? 'aurora' : other;
}

/** Whether instances of an engine live in clusters alone. */
export function needsCluster(engine: string): boolean {
  return ['aurora', 'documentdb', 'neptune'].includes(clusterService(engine));
}

/** Identifiers are stored in lower case. Source: CreateDBInstance. */
export function identifierOf(given: string | undefined, member: string): string {
  const name = given?.toLowerCase() ?? '';
  if (!/^[a-z](?!.*--)[a-z0-9-]{0,62}$/.test(name) || name.endsWith('-')) {
    throw new AwsFault('InvalidParameterValue', `The parameter ${member} is not a valid identifier.`);
  }
  return name;
}

export function findDatabase(state: WorldState, caller: Caller, named: string | undefined): Resource {
  const found = tryFindResource(state, caller, INSTANCES, named && lastOf(named).toLowerCase());
  if (found === undefined) {
    throw new AwsFault('DBInstanceNotFoundFault', `DBInstance ${named ?? ''} not found.`);
  }
  return found;
}

export function findCluster(state: WorldState, caller: Caller, named: string | undefined): Resource {
  const found = tryFindResource(state, caller, CLUSTERS, named && lastOf(named).toLowerCase());
  if (found === undefined) {
    throw new AwsFault('DBClusterNotFoundFault', `DBCluster ${named ?? ''} not found.`);
  }
  return found;
}

/** Members of a request that the shape shows by the same name. */
const SHOWN = [
  ...['DBInstanceClass', 'DBClusterInstanceClass', 'Engine', 'EngineVersion', 'EngineMode', 'MasterUsername', 'DBName'],
  ...['DatabaseName', 'Iops', 'StorageThroughput', 'StorageType', 'MultiAZ', 'AvailabilityZone', 'AvailabilityZones'],
  ...['PubliclyAccessible', 'DeletionProtection', 'AutoMinorVersionUpgrade', 'CopyTagsToSnapshot', 'PromotionTier'],
  ...['MonitoringInterval', 'MonitoringRoleArn', 'MaxAllocatedStorage', 'LicenseModel', 'NetworkType', 'BackupTarget'],
  ...['DedicatedLogVolume', 'Timezone', 'CharacterSetName', 'CACertificateIdentifier', 'DatabaseInsightsMode'],
  ...['PerformanceInsightsKMSKeyId', 'PerformanceInsightsRetentionPeriod', 'EngineLifecycleSupport', 'MultiTenant'],
  ...['BacktrackWindow', 'ServerlessV2ScalingConfiguration', 'ClusterScalabilityType'],
];
const RENAMED: Readonly<Record<string, string>> = {
  EnableIAMDatabaseAuthentication: 'IAMDatabaseAuthenticationEnabled',
  EnablePerformanceInsights: 'PerformanceInsightsEnabled',
  EnableCloudwatchLogsExports: 'EnabledCloudwatchLogsExports',
  EnableHttpEndpoint: 'HttpEndpointEnabled',
  ScalingConfiguration: 'ScalingConfigurationInfo',
};

/** Settings of a request under the names of the shape. */
export function settingsOf(input: object): Readonly<Record<string, unknown>> {
  const asked = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    asked.flatMap(([key, value]) => {
      const name = RENAMED[key] ?? (SHOWN.includes(key) ? key : undefined);
      return name === undefined ? [] : [[name, value as unknown]];
    }),
  );
}

export function windowsIn(input: {
  readonly PreferredMaintenanceWindow?: string | undefined;
  readonly PreferredBackupWindow?: string | undefined;
  readonly BackupRetentionPeriod?: number | undefined;
}): Windows {
  return given({
    preferredMaintenanceWindow: input.PreferredMaintenanceWindow?.toLowerCase(),
    preferredBackupWindow: input.PreferredBackupWindow,
    automatedBackupDays: input.BackupRetentionPeriod,
  });
}

/** The windows of a declaration, as the shape has them. */
export function windowsShown(declaration: StatefulResource): {
  PreferredMaintenanceWindow?: string;
  PreferredBackupWindow?: string;
  BackupRetentionPeriod: number;
} {
  const { preferredMaintenanceWindow, preferredBackupWindow, automatedBackupDays = 1 } = declaration;
  return {
    ...given({ PreferredMaintenanceWindow: preferredMaintenanceWindow, PreferredBackupWindow: preferredBackupWindow }),
    BackupRetentionPeriod: automatedBackupDays,
  };
}

/** What a new instance or cluster is kept with. */
export function particularsIn(
  state: WorldState,
  caller: Caller,
  engine: string,
  input: CreateDBInstanceCommandInput | CreateDBClusterCommandInput,
): DatabaseParticulars {
  const { port } = engineFacts(engine);
  const parameterGroup = 'DBParameterGroupName' in input ? input.DBParameterGroupName : undefined;
  const clusterGroup = 'DBClusterParameterGroupName' in input ? input.DBClusterParameterGroupName : undefined;
  const settings = settingsOf(input);
  const subnetGroup = input.DBSubnetGroupName?.toLowerCase() ?? 'default';
  const version = String(settings['EngineVersion'] ?? engineFacts(engine).version);
  return {
    settings,
    port: input.Port ?? port,
    securityGroupIds: input.VpcSecurityGroupIds ?? groupsIn(state, caller, subnetGroup),
    subnetGroup,
    ...given({ masterPassword: input.MasterUserPassword }),
    parameterGroup: parameterGroup ?? clusterGroup ?? `default.${familyOf(engine, version)}`,
    optionGroup: input.OptionGroupName ?? `default:${familyOf(engine, version).replaceAll('.', '-')}`,
  };
}

/** The default group of the VPC that a subnet group is in. */
function groupsIn(state: WorldState, caller: Caller, subnetGroup: string): string[] {
  const [subnetId = ''] = findSubnetGroup(state, caller, subnetGroup).subnetIds;
  return defaultGroupIds(state, caller, networkOf(state, caller).subnets.get(subnetId)?.vpcId);
}

/** Source: RDS user guide, "Parameter groups": the family is the engine with its major version. */
function familyOf(engine: string, version: string): string {
  const parts = version.split('.');
  const whole = engine.includes('postgres');
  return `${engine}${whole ? (parts[0] ?? '') : parts.slice(0, 2).join('.')}`;
}

export function databaseParticulars(state: WorldState, found: Resource): DatabaseParticulars {
  const { service, env } = found.declaration;
  const engine = ENGINE_OF[service] ?? 'mysql';
  const kept = state.ledger.particulars.databases.of(found.arn);
  return {
    ...particularsIn(state, env, engine, { DBInstanceIdentifier: '', Engine: engine, DBInstanceClass: '' }),
    ...kept,
  };
}

/** The key that encrypts a database, as its declaration has it. */
export function databaseKey(
  caller: Caller,
  service: string,
  {
    StorageEncrypted,
    KmsKeyId,
  }: { readonly StorageEncrypted?: boolean | undefined; readonly KmsKeyId?: string | undefined },
): string | undefined {
  const key = KmsKeyId ?? ResourceKeys.managedKey(service, StorageEncrypted === true);
  return key === undefined ? undefined : keyArnOf(key, environmentOf(caller));
}

export function resourceId(
  prefix: string,
  found: { readonly arn: string; readonly madeAt: number },
  caller: Caller,
): string {
  const id = generatedHex('db-resource-id', environmentOf(caller), `${found.arn}@${found.madeAt}`, 26);
  return `${prefix}-${id.toUpperCase()}`;
}

/** Settings that are not chosen. */
const INSTANCE_DEFAULTS = {
  DBInstanceClass: 'db.t3.medium',
  MasterUsername: 'admin',
  MultiAZ: false,
  AutoMinorVersionUpgrade: true,
  PubliclyAccessible: false,
  StorageType: 'gp2',
  CopyTagsToSnapshot: false,
  MonitoringInterval: 0,
  IAMDatabaseAuthenticationEnabled: false,
  PerformanceInsightsEnabled: false,
  DeletionProtection: false,
  CustomerOwnedIpEnabled: false,
  NetworkType: 'IPV4',
  BackupTarget: 'region',
  ActivityStreamStatus: 'stopped',
  CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  DatabaseInsightsMode: 'standard',
  DedicatedLogVolume: false,
  EngineLifecycleSupport: 'open-source-rds-extended-support',
} as const;

export function databaseShape(state: WorldState, found: Resource): DBInstance {
  const { declaration, madeAt } = found;
  const { env, encryptedWith, state: status = 'available' } = declaration;
  const made = databaseParticulars(state, found);
  const days = windowsShown(declaration).BackupRetentionPeriod;
  return {
    ...instanceShape(state, env, { ...made, name: lastOf(found.arn), arn: found.arn, madeAt, tags: tagsOf(found) }),
    ...windowsShown(declaration),
    ...given({ LatestRestorableTime: days > 0 ? dateOf(Math.max(madeAt, state.now - 5 * MINUTE)) : undefined }),
    ...given({ KmsKeyId: encryptedWith, BackupRetentionPeriod: managedDays(found) }),
    ...given({ AwsBackupRecoveryPointArn: managingPoint(state, found) }),
    AllocatedStorage: Math.max(1, Math.ceil(found.sizeBytes / GIB)),
    DBInstanceStatus: status,
    StorageEncrypted: encryptedWith !== undefined,
  };
}

/** A member of a cluster has the storage of the cluster. */
export function memberShape(state: WorldState, member: ClusterMember): DBInstance {
  const { encryptedWith } = member.cluster.declaration;
  return {
    ...instanceShape(state, member.env, { ...member, databaseArn: member.cluster.arn }),
    ...windowsShown(member.cluster.declaration),
    ...given({ KmsKeyId: encryptedWith }),
    AllocatedStorage: 1,
    DBClusterIdentifier: lastOf(member.cluster.arn),
    DBInstanceStatus: 'available',
    StorageEncrypted: encryptedWith !== undefined,
  };
}

interface Shown extends DatabaseParticulars {
  readonly name: string;
  readonly arn: string;
  readonly madeAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the cluster, which has the database of all its members. */
  readonly databaseArn?: string;
}

function instanceShape(state: WorldState, caller: Caller, made: Shown): DBInstance {
  const { settings, port } = made;
  const engine = String(settings['Engine']);
  const { version, license } = engineFacts(engine);
  const running = state.services.databases.host?.placeOf(made.databaseArn ?? made.arn, engine);
  const host = `${made.name}.${generatedHex('db-host', environmentOf(caller), 'instances', 12)}.${caller.region}.rds.amazonaws.com`;
  return {
    ...INSTANCE_DEFAULTS,
    EngineVersion: version,
    LicenseModel: license,
    AvailabilityZone: zonesOf(caller.region)[0] ?? caller.region,
    ...settings,
    DBInstanceIdentifier: made.name,
    DBInstanceArn: made.arn,
    DbiResourceId: resourceId('db', made, caller),
    InstanceCreateTime: dateOf(made.madeAt),
    DbInstancePort: 0,
    Endpoint: {
      Address: running?.address ?? host,
      Port: running?.port ?? port,
      HostedZoneId: `Z${generatedHex('zone', environmentOf(caller), 'rds', 13).toUpperCase()}`,
    },
    VpcSecurityGroups: made.securityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    DBSecurityGroups: [],
    DBParameterGroups: [{ DBParameterGroupName: made.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    OptionGroupMemberships: [{ OptionGroupName: made.optionGroup, Status: 'in-sync' }],
    ...given({ DBSubnetGroup: subnetGroupShape(state, caller, made.subnetGroup) }),
    PendingModifiedValues: {},
    DomainMemberships: [],
    AssociatedRoles: [],
    ReadReplicaDBInstanceIdentifiers: [],
    TagList: tagList(made.tags),
  };
}
