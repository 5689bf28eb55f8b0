/**
 * Backups of DynamoDB's own, and the tables that are restored of them or of a point in time.
 *
 * Source   API of DynamoDB 2012-08-10: CreateBackup, RestoreTableFromBackup, RestoreTableToPointInTime.
 */
import type {
  BackupDetails,
  BackupSummary,
  GlobalSecondaryIndex,
  LocalSecondaryIndex,
  OnDemandThroughput,
  ProvisionedThroughput,
  SourceTableDetails,
  SSESpecification,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { KeyedRows } from '../domain/keyed-rows';
import { keyArnOf } from '../domain/stateful-resources';
import type { TableBackup } from '../domain/table-items';
import { restoredTable, type TableParticulars } from '../domain/tables';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { environmentOf, makeResource } from './stateful';
import { indexOf, TABLE, tableKey, tableShape, tryFindTable } from './tables';

export function backupDetails(backup: TableBackup): BackupDetails {
  return {
    BackupArn: backup.arn,
    BackupName: backup.name,
    BackupStatus: 'AVAILABLE',
    BackupType: 'USER',
    BackupCreationDateTime: dateOf(backup.createdAt),
    BackupSizeBytes: backup.rows.sizeBytes,
  };
}

export function ownBackupSummary(backup: TableBackup): BackupSummary {
  return {
    ...backupDetails(backup),
    TableName: backup.table.declaration.name,
    TableArn: backup.table.arn,
    TableId: backup.tableId,
  };
}

export function sourceTable({ table, tableId, tableMadeAt, particulars, rows }: TableBackup): SourceTableDetails {
  return {
    TableName: table.declaration.name,
    TableArn: table.arn,
    TableId: tableId,
    KeySchema: [...particulars.keySchema] as SourceTableDetails['KeySchema'],
    TableCreationDateTime: dateOf(tableMadeAt),
    ProvisionedThroughput: {
      ReadCapacityUnits: particulars.readUnits,
      WriteCapacityUnits: particulars.writeUnits,
    },
    BillingMode: particulars.billingMode as 'PROVISIONED',
    TableSizeBytes: rows.sizeBytes,
    ItemCount: rows.length,
  };
}

/** A backup of an account and Region; undefined where it is none of DynamoDB's own. */
export function tryFindOwnBackup(state: WorldState, caller: Caller, arn: string | undefined): TableBackup | undefined {
  return state.tableItems.backupsAt(caller).find((backup) => backup.arn === arn);
}

/** What a restore may say of the new table. */
export interface Overrides {
  readonly TargetTableName?: string | undefined;
  readonly BillingModeOverride?: string | undefined;
  readonly GlobalSecondaryIndexOverride?: readonly GlobalSecondaryIndex[] | undefined;
  readonly LocalSecondaryIndexOverride?: readonly LocalSecondaryIndex[] | undefined;
  readonly ProvisionedThroughputOverride?: ProvisionedThroughput | undefined;
  readonly OnDemandThroughputOverride?: OnDemandThroughput | undefined;
  readonly SSESpecificationOverride?: SSESpecification | undefined;
}

interface Source {
  readonly particulars: TableParticulars;
  readonly encryptedWith: string | undefined;
  readonly rows: KeyedRows;
}

/** Makes a table of what was kept. */
export function restoreTable(
  state: WorldState,
  caller: Caller,
  source: Source,
  overrides: Overrides,
): TableDescription {
  const { TargetTableName: name = '', SSESpecificationOverride: sse } = overrides;
  if (tryFindTable(state, caller, name) !== undefined) {
    throw new AwsFault('TableAlreadyExistsException', `Table already exists: ${name}`);
  }
  const key = tableKey(sse);
  const asked = key === undefined ? undefined : keyArnOf(key, environmentOf(caller));
  const encryptionKey = sse === undefined ? source.encryptedWith : asked;
  const table = makeResource(state, caller, { service: TABLE, name, tags: {}, encryptionKey, sizeGiB: 0 });
  state.tableItems.created(table);
  state.ledger.particulars.tables.put(table.arn, {
    ...restoredTable(source.particulars),
    ...overridden(source.particulars, overrides),
  });
  state.tableItems.fill(table, source.rows);
  return tableShape(state, table);
}

/** Source: API reference: indexes can be left out, and none made that was not there. */
function overridden(particulars: TableParticulars, overrides: Overrides): Partial<TableParticulars> {
  const { BillingModeOverride: billingMode, ProvisionedThroughputOverride: units } = overrides;
  const { OnDemandThroughputOverride: limits } = overrides;
  const indexes = (
    there: TableParticulars['globalIndexes'],
    wanted: readonly { readonly IndexName?: string | undefined }[] | undefined,
  ) => {
    const unknown = wanted?.find(({ IndexName }) => there.every(({ name }) => name !== IndexName));
    if (unknown !== undefined) {
      const text = `Index ${unknown.IndexName ?? ''} is not in the source table`;
      throw new AwsFault('ValidationException', `One or more parameter values were invalid: ${text}`);
    }
    return wanted?.map((index) => indexOf(index as GlobalSecondaryIndex));
  };
  const onDemand = billingMode === 'PAY_PER_REQUEST';
  return given({
    billingMode,
    readUnits: onDemand ? 0 : units?.ReadCapacityUnits,
    writeUnits: onDemand ? 0 : units?.WriteCapacityUnits,
    globalIndexes: indexes(particulars.globalIndexes, overrides.GlobalSecondaryIndexOverride),
    localIndexes: indexes(particulars.localIndexes, overrides.LocalSecondaryIndexOverride),
    onDemandLimits: limits && { read: limits.MaxReadRequestUnits, write: limits.MaxWriteRequestUnits },
  });
}
