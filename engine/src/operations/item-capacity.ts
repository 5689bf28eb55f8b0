/**
 * Capacity that calls consume.
 *
 * Pure.
 * Units    sizes are bytes.
 * Source   DynamoDB developer guide, "DynamoDB read and write operations", "Using Global Secondary Indexes in DynamoDB:
 *          provisioned throughput considerations" (read 2026-11-26).
 */
import type { Capacity, ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { sameItem } from '../domain/attribute-values';
import type { IndexWrite, ItemIndex } from '../domain/item-table';
import { given } from './backup/shapes';

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

/** Sums of one call on one table. */
export class Consumption {
  private table = 0;
  private readonly indexes = new Map<ItemIndex, number>();

  constructor(
    private readonly tableName: string,
    /** Twice as much within a transaction. */
    private readonly times: 1 | 2 = 1,
  ) {}

  /** Reads of one item, or of what one page of a query or scan looked at. */
  read(sizeBytes: number, consistent: boolean, index?: ItemIndex): void {
    const units = Math.max(1, Math.ceil(sizeBytes / READ_BYTES)) * (consistent ? 1 : 0.5);
    this.add(units, index);
  }

  /** A write, by the larger of what was there and what is. */
  write(beforeBytes: number, afterBytes: number, changes: readonly IndexWrite[]): void {
    this.add(writeUnits(Math.max(beforeBytes, afterBytes)));
    for (const { index, before, after } of changes) {
      const moves = before !== undefined && after !== undefined && sortOf(before) !== sortOf(after);
      if (moves) {
        this.add(writeUnits(before.sizeBytes) + writeUnits(after.sizeBytes), index);
      } else if (before === undefined || after === undefined || !sameItem(before.item, after.item)) {
        const size = Math.max(before?.sizeBytes ?? 0, after?.sizeBytes ?? 0);
        if (size > 0) {
          this.add(writeUnits(size), index);
        }
      }
    }
  }

  /** As an answer has it; undefined where nobody asked. */
  shown(asked: string | undefined, kind?: 'read' | 'write'): ConsumedCapacity | undefined {
    if (asked !== 'TOTAL' && asked !== 'INDEXES') {
      return undefined;
    }
    const total = [...this.indexes.values()].reduce((sum, units) => sum + units, this.table);
    const split = kind && { [kind === 'read' ? 'ReadCapacityUnits' : 'WriteCapacityUnits']: total };
    const whole = { TableName: this.tableName, CapacityUnits: total, ...split };
    return asked === 'TOTAL'
      ? whole
      : given({
          ...whole,
          Table: { CapacityUnits: this.table },
          GlobalSecondaryIndexes: this.of(true),
          LocalSecondaryIndexes: this.of(false),
        });
  }

  private add(units: number, index?: ItemIndex): void {
    const taken = units * this.times;
    if (index === undefined) {
      this.table += taken;
    } else {
      this.indexes.set(index, (this.indexes.get(index) ?? 0) + taken);
    }
  }

  private of(isGlobal: boolean): Record<string, Capacity> | undefined {
    const found = [...this.indexes].filter(([index]) => index.isGlobal === isGlobal);
    return found.length === 0
      ? undefined
      : Object.fromEntries(found.map(([{ name }, CapacityUnits]) => [name, { CapacityUnits }]));
  }
}

function writeUnits(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / WRITE_BYTES));
}

function sortOf({ hashKey, sortKey }: { readonly hashKey: string; readonly sortKey: string }): string {
  return `${hashKey}\uffff${sortKey}`;
}
