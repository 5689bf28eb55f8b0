/**
 * What DynamoDB keeps of a table, as far as backups do not see it.
 *
 * Pure: lists have the members of DynamoDB's own shapes.
 * Units    `…At` are Instants.
 * Source   API of DynamoDB 2012-08-10.
 * Spec     protected-resources.md
 */
import type { Instant } from '../kernel/instant';

export interface KeyElement {
  readonly AttributeName?: string | undefined;
  readonly KeyType?: string | undefined;
}

export interface TableIndex {
  readonly name: string;
  readonly keySchema: readonly KeyElement[];
  readonly projection: object;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface TableParticulars {
  readonly attributes: readonly {
    readonly AttributeName?: string | undefined;
    readonly AttributeType?: string | undefined;
  }[];
  readonly keySchema: readonly KeyElement[];
  readonly billingMode: string;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly globalIndexes: readonly TableIndex[];
  readonly localIndexes: readonly TableIndex[];
  readonly streamView: string | undefined;
  readonly streamedAt: Instant | undefined;
  readonly tableClass: string | undefined;
  readonly deletionProtection: boolean;
  readonly onDemandLimits: { readonly read: number | undefined; readonly write: number | undefined } | undefined;
  /** Point-in-time recovery of DynamoDB's own. */
  readonly recovery: { readonly since: Instant; readonly days: number } | undefined;
  readonly timeToLiveAttribute: string | undefined;
}

/** How far DynamoDB's own point-in-time recovery reaches back at most. Source: API, PointInTimeRecoverySpecification. */
export const MOST_RECOVERY_DAYS = 35;

/** Assumed: a table that no call made has one key, `id`, and is paid by request. */
export const DEFAULT_TABLE: TableParticulars = {
  attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  billingMode: 'PAY_PER_REQUEST',
  readUnits: 0,
  writeUnits: 0,
  globalIndexes: [],
  localIndexes: [],
  streamView: undefined,
  streamedAt: undefined,
  tableClass: undefined,
  deletionProtection: false,
  onDemandLimits: undefined,
  recovery: undefined,
  timeToLiveAttribute: undefined,
};

/**
 * What a table that was restored has of the one that was backed up.
 *
 * Source   API reference, RestoreTableFromBackup: streams, time to live and recovery are set up anew, as are tags and
 *          policies (read 2026-11-26). Assumed: deletion protection, too.
 */
export function restoredTable(particulars: Partial<TableParticulars>): Partial<TableParticulars> {
  return {
    ...particulars,
    streamView: undefined,
    streamedAt: undefined,
    recovery: undefined,
    timeToLiveAttribute: undefined,
    deletionProtection: false,
  };
}
