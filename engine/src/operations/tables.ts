/**
 * Tables of DynamoDB and their backups, as DynamoDB shows them.
 *
 * Pure: reads the World.
 * Source   API of DynamoDB 2012-08-10.
 * Assumed  Sizes and counts of items are told as they are; AWS renews them about every six hours.
 */
import type {
  BackupDescription,
  BackupSummary,
  ContinuousBackupsDescription,
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  GlobalSecondaryIndexUpdate,
  LocalSecondaryIndex,
  SSESpecification,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { generatedUuid } from '../domain/generated-ids';
import type { ItemTable } from '../domain/item-table';
import type { Resource } from '../domain/protected-resources';
import type { TableIndex, TableParticulars } from '../domain/tables';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf, DAY, formatInstant, MINUTE } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { type ServicePoint, servicePoints } from './service-points';
import { lastOf, tryFindResource } from './stateful';

/** The service of new tables; the Region's settings say whether AWS Backup has its advanced features for them. */
export const TABLE = 'dynamodb-advanced';
export const TABLES = [TABLE, 'dynamodb'];

const RESTORABLE_AFTER_MS = 5 * MINUTE;

/** By name, or by ARN. */
export function tryFindTable(state: WorldState, caller: Caller, named: string): Resource | undefined {
  const name = named.startsWith('arn:') ? lastOf(named) : named;
  return tryFindResource(state, caller, TABLES, name);
}

export function findTable(state: WorldState, caller: Caller, named: string | undefined): Resource {
  const table = named === undefined ? undefined : tryFindTable(state, caller, named);
  if (table === undefined) {
    const text = `Requested resource not found: Table: ${named ?? ''} not found`;
    throw new AwsFault('ResourceNotFoundException', text);
  }
  return table;
}

export function findTableByArn(state: WorldState, caller: Caller, arn: string | undefined): Resource {
  const table = arn === undefined ? undefined : state.ledger.resources.tryFind(arn);
  const here = table !== undefined && !table.gone && placeOf(table.declaration.env) === placeOf(caller);
  if (!here || !TABLES.includes(table.declaration.service)) {
    throw new AwsFault('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn ?? ''} not found`);
  }
  return table;
}

/** What a new table must have; its name. Texts: Assumed. */
export function checkTable(input: CreateTableCommandInput): string {
  const { TableName: name = '', KeySchema: keys = [], AttributeDefinitions: attributes = [] } = input;
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw new AwsFault(
      'ValidationException',
      `TableName must be 3 to 255 letters, digits, '_', '-' or '.', got '${name}'`,
    );
  }
  const indexes = [...(input.GlobalSecondaryIndexes ?? []), ...(input.LocalSecondaryIndexes ?? [])];
  const used = [keys, ...indexes.map(({ KeySchema = [] }) => KeySchema)]
    .flat()
    .map(({ AttributeName }) => AttributeName);
  const defined = attributes.map(({ AttributeName }) => AttributeName);
  if (keys.length === 0 || keys[0]?.KeyType !== 'HASH') {
    throw new AwsFault('ValidationException', 'The first KeySchemaElement is not a HASH key type');
  }
  if (used.some((one) => !defined.includes(one)) || defined.some((one) => !used.includes(one))) {
    const text =
      'Number of attributes in KeySchema does not exactly match number of attributes in AttributeDefinitions';
    throw new AwsFault('ValidationException', `One or more parameter values were invalid: ${text}`);
  }
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST';
  if (onDemand === (input.ProvisionedThroughput !== undefined)) {
    const text = onDemand
      ? 'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST'
      : 'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED';
    throw new AwsFault('ValidationException', `One or more parameter values were invalid: ${text}`);
  }
  return name;
}

/** The key that a table asks for; undefined under the one that DynamoDB owns. */
export function tableKey(sse: SSESpecification | undefined): string | undefined {
  return sse?.Enabled === true ? (sse.KMSMasterKeyId ?? 'alias/aws/dynamodb') : undefined;
}

export function tableParticulars(state: WorldState, table: Resource): TableParticulars {
  return state.tableItems.particularsOf(table);
}

export function indexOf(index: GlobalSecondaryIndex | LocalSecondaryIndex): TableIndex {
  const { IndexName: name = '', KeySchema: keySchema = [], Projection: projection = {} } = index;
  const units = 'ProvisionedThroughput' in index ? index.ProvisionedThroughput : undefined;
  const { ReadCapacityUnits: readUnits = 0, WriteCapacityUnits: writeUnits = 0 } = units ?? {};
  return { name, keySchema, projection, readUnits, writeUnits };
}

/** Indexes after some were made, changed and deleted. */
export function changedIndexes(
  indexes: readonly TableIndex[],
  updates: readonly GlobalSecondaryIndexUpdate[] | undefined,
): readonly TableIndex[] | undefined {
  return updates?.reduce<readonly TableIndex[]>((left, { Create, Update, Delete }) => {
    if (Create !== undefined) {
      return [...left, indexOf(Create)];
    }
    if (Delete !== undefined) {
      return left.filter(({ name }) => name !== Delete.IndexName);
    }
    const { ReadCapacityUnits, WriteCapacityUnits } = Update?.ProvisionedThroughput ?? {};
    return left.map((one) =>
      one.name === Update?.IndexName
        ? { ...one, readUnits: ReadCapacityUnits ?? one.readUnits, writeUnits: WriteCapacityUnits ?? one.writeUnits }
        : one,
    );
  }, indexes);
}

export function tableShape(state: WorldState, table: Resource): TableDescription {
  const made = tableParticulars(state, table);
  const items = state.tableItems.of(table);
  const { name, encryptedWith } = table.declaration;
  const label = made.streamedAt === undefined ? undefined : formatInstant(made.streamedAt).replace('Z', '');
  const limits = made.onDemandLimits;
  return given({
    TableName: name,
    TableArn: table.arn,
    TableId: state.tableItems.idOf(table),
    TableStatus: 'ACTIVE' as const,
    CreationDateTime: dateOf(table.madeAt),
    AttributeDefinitions: [...made.attributes] as TableDescription['AttributeDefinitions'],
    KeySchema: [...made.keySchema] as TableDescription['KeySchema'],
    ProvisionedThroughput: throughputShape(made),
    BillingModeSummary:
      made.billingMode === 'PAY_PER_REQUEST'
        ? { BillingMode: made.billingMode, LastUpdateToPayPerRequestDateTime: dateOf(table.madeAt) }
        : undefined,
    TableSizeBytes: table.sizeBytes,
    ItemCount: items.rows.length,
    GlobalSecondaryIndexes: unlessEmpty(made.globalIndexes.map((index) => indexShape(table, items, index))),
    LocalSecondaryIndexes: unlessEmpty(made.localIndexes.map((index) => localShape(table, items, index))),
    StreamSpecification:
      made.streamView === undefined
        ? undefined
        : { StreamEnabled: true, StreamViewType: made.streamView as 'NEW_AND_OLD_IMAGES' },
    LatestStreamLabel: label,
    LatestStreamArn: label === undefined ? undefined : `${table.arn}/stream/${label}`,
    SSEDescription:
      encryptedWith === undefined
        ? undefined
        : { Status: 'ENABLED' as const, SSEType: 'KMS' as const, KMSMasterKeyArn: encryptedWith },
    TableClassSummary: made.tableClass === undefined ? undefined : { TableClass: made.tableClass as 'STANDARD' },
    DeletionProtectionEnabled: made.deletionProtection,
    OnDemandThroughput: limits && given({ MaxReadRequestUnits: limits.read, MaxWriteRequestUnits: limits.write }),
  });
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function throughputShape(units: { readonly readUnits: number; readonly writeUnits: number }): {
  NumberOfDecreasesToday: number;
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
} {
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits: units.readUnits, WriteCapacityUnits: units.writeUnits };
}

function indexShape(table: Resource, items: ItemTable, index: TableIndex): GlobalSecondaryIndexDescription {
  return { ...localShape(table, items, index), IndexStatus: 'ACTIVE', ProvisionedThroughput: throughputShape(index) };
}

function localShape(table: Resource, items: ItemTable, index: TableIndex): GlobalSecondaryIndexDescription {
  const { name, keySchema, projection } = index;
  const rows = items.tryFindIndex(name)?.rows;
  return {
    IndexName: name,
    KeySchema: [...keySchema] as NonNullable<TableDescription['KeySchema']>,
    Projection: projection as NonNullable<GlobalSecondaryIndexDescription['Projection']>,
    IndexSizeBytes: rows?.sizeBytes ?? 0,
    ItemCount: rows?.length ?? 0,
    IndexArn: `${table.arn}/index/${name}`,
  };
}

export function continuousBackups(state: WorldState, table: Resource): ContinuousBackupsDescription {
  const { recovery } = tableParticulars(state, table);
  // Source: DynamoDB developer guide: backups are always on, point-in-time recovery is what one turns on.
  if (recovery === undefined) {
    const off = { PointInTimeRecoveryStatus: 'DISABLED' as const };
    return { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: off };
  }
  const latest = Math.max(recovery.since, state.now - RESTORABLE_AFTER_MS);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: dateOf(Math.max(recovery.since, state.now - recovery.days * DAY)),
      LatestRestorableDateTime: dateOf(latest),
    },
  };
}

/** Recovery points that DynamoDB has, too: those without the advanced features of AWS Backup. */
export function tableBackups(state: WorldState, caller: Caller): ServicePoint[] {
  return servicePoints(state, caller, ['dynamodb']);
}

export function findTableBackup(state: WorldState, caller: Caller, arn: string | undefined): ServicePoint {
  const found = tableBackups(state, caller).find((one) => one.arn === arn);
  if (found === undefined) {
    throw new AwsFault('BackupNotFoundException', `Backup not found: ${arn ?? ''}`);
  }
  return found;
}

export function backupSummary({ arn, resource, createdAt, sizeBytes }: ServicePoint): BackupSummary {
  return {
    TableName: resource.declaration.name,
    TableArn: resource.arn,
    TableId: generatedUuid('table-id', resource.declaration.env, `${resource.declaration.name}@${resource.madeAt}`),
    BackupArn: arn,
    BackupName: lastOf(arn),
    BackupCreationDateTime: dateOf(createdAt),
    BackupStatus: 'AVAILABLE',
    BackupType: 'AWS_BACKUP',
    BackupSizeBytes: sizeBytes,
  };
}

export function backupShape(state: WorldState, point: ServicePoint): BackupDescription {
  const { TableName, TableArn, TableId, BackupArn, BackupName, BackupCreationDateTime } = backupSummary(point);
  const made = tableParticulars(state, point.resource);
  return {
    BackupDetails: {
      BackupArn,
      BackupName,
      BackupStatus: 'AVAILABLE',
      BackupType: 'AWS_BACKUP',
      BackupCreationDateTime,
      BackupSizeBytes: point.sizeBytes,
    },
    SourceTableDetails: {
      TableName,
      TableArn,
      TableId,
      KeySchema: [...made.keySchema] as TableDescription['KeySchema'],
      TableCreationDateTime: dateOf(point.resource.madeAt),
      ProvisionedThroughput: throughputShape(made),
      TableSizeBytes: point.sizeBytes,
      ItemCount: 0,
    },
  };
}
