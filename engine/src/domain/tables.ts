/**
 * What DynamoDB keeps of a table, as far as backups do not see it.
 *
 * Pure: types alone; lists have the members of DynamoDB's own shapes.
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
