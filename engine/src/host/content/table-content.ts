/**
 * Items of a table of DynamoDB, as backups capture them.
 *
 * Owns     what was measured. The items are the World's (domain/table-items.ts).
 * Units    sizes are bytes.
 * Spec     table-content.md
 */
import type { Item } from '../../domain/attribute-values';
import { ItemTable } from '../../domain/item-table';
import type { KeyedRows, Row, RowBucket } from '../../domain/keyed-rows';
import type { Resource } from '../../domain/protected-resources';
import type { TableItems } from '../../domain/table-items';
import { DEFAULT_TABLE, restoredTable, type TableParticulars } from '../../domain/tables';
import type { WorldState } from '../../domain/world-state';
import { itemOf } from '../../operations/attribute-input';
import type { CapturedEntry, ContentEntry, Json } from './content';
import type { RoomContent } from './room-contents';

/** Comes before all others, and says what table it is. */
const TABLE_ENTRY = '+table';
const PIECE_CHARACTERS = 65_536;

/** What it captures. */
interface Held {
  /** Tells it apart from whatever else had or will have its name. */
  readonly id: string;
  readonly writes: number;
  readonly rows: KeyedRows;
  readonly particulars: TableParticulars;
}

export class TableContent implements RoomContent {
  readonly kind = 'table';
  /** Sizes by number of the bucket, with the version that was measured. */
  private readonly sizes = new Map<number, { readonly version: number; readonly sizeBytes: number }>();

  constructor(
    private readonly items: TableItems,
    private readonly put: (arn: string, particulars: Partial<TableParticulars>) => void,
    private readonly held: () => Held,
  ) {}

  async sizeBytes(): Promise<number> {
    let size = 0;
    for (const bucket of this.held().rows.rowBuckets()) {
      size += this.sizeOf(bucket);
    }
    return size;
  }

  async version(): Promise<string> {
    const { id, writes } = this.held();
    return `${id}.${writes}`;
  }

  capture(): AsyncIterable<ContentEntry> {
    const { id, rows, particulars } = this.held();
    // Taken now, not when somebody begins to read.
    return this.entries(id, rows.view(), particulars);
  }

  async restore(entries: AsyncIterable<CapturedEntry>): Promise<RoomContent> {
    let particulars: TableParticulars = DEFAULT_TABLE;
    const table = new ItemTable('restored');
    for await (const { name, about, bytes } of entries) {
      if (name === TABLE_ENTRY) {
        // Indexes are filled when the table is there.
        particulars = { ...DEFAULT_TABLE, ...(about['particulars'] as unknown as Partial<TableParticulars>) };
        const plain = { ...particulars, globalIndexes: [], localIndexes: [] };
        table.describe(plain, plain);
        continue;
      }
      for await (const line of linesOf(bytes())) {
        const item = readItem(line);
        table.write(table.keyOf(item), item, 0, undefined);
      }
    }
    const held = { id: 'restored', writes: 0, rows: table.rows, particulars };
    return new TableContent(this.items, this.put, () => held);
  }

  attach(resource: Resource): void {
    const { rows, particulars } = this.held();
    this.put(resource.arn, restoredTable(particulars));
    this.items.fill(resource, rows);
  }

  private async *entries(id: string, rows: KeyedRows, particulars: TableParticulars): AsyncIterable<ContentEntry> {
    const about = { particulars: JSON.parse(JSON.stringify(particulars)) as Json };
    yield { name: TABLE_ENTRY, about, sizeBytes: 0, bytes: nothing };
    for (const bucket of rows.rowBuckets()) {
      yield {
        name: bucket.number.toString(16).padStart(3, '0'),
        about: {},
        version: `${id}.${bucket.version}`,
        sizeBytes: this.sizeOf(bucket),
        bytes: () => piecesOf(bucket.rows()),
      };
    }
  }

  private sizeOf({ number, version, rows }: RowBucket): number {
    const before = this.sizes.get(number);
    if (before?.version === version) {
      return before.sizeBytes;
    }
    let sizeBytes = 0;
    for (const row of rows()) {
      sizeBytes += Buffer.byteLength(lineOf(row));
    }
    this.sizes.set(number, { version, sizeBytes });
    return sizeBytes;
  }
}

const CONTENTS = new WeakMap<ItemTable, TableContent>();

/** What a table holds, were it nothing. */
export function tableContent({ tableItems, ledger }: WorldState, resource: Resource): TableContent {
  // What is gone holds nothing, and restores its points all the same.
  const table = resource.gone ? new ItemTable('gone') : tableItems.of(resource);
  let content = CONTENTS.get(table);
  if (content === undefined) {
    const put = (arn: string, made: Partial<TableParticulars>) => ledger.particulars.tables.put(arn, made);
    content = new TableContent(tableItems, put, () => {
      const { id, writes, rows } = table;
      return { id, writes, rows, particulars: tableItems.particularsOf(resource) };
    });
    CONTENTS.set(table, content);
  }
  return content;
}

/** One line of JSON, as DynamoDB writes attributes. */
function lineOf({ item }: Row): string {
  const text = JSON.stringify(item, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  return `${text}\n`;
}

/** A value under `B` or `BS` that is text is bytes: that of an attribute of this name would be an object. */
function readItem(line: string): Item {
  const item = JSON.parse(line, (key, value: unknown) => {
    if (key === 'B' && typeof value === 'string') {
      return Uint8Array.from(Buffer.from(value, 'base64'));
    }
    return key === 'BS' && Array.isArray(value)
      ? value.map((one) => Uint8Array.from(Buffer.from(one, 'base64')))
      : value;
  }) as Item;
  return itemOf(item);
}

async function* piecesOf(rows: Iterable<Row>): AsyncIterable<Uint8Array> {
  let lines = '';
  for (const row of rows) {
    lines += lineOf(row);
    if (lines.length >= PIECE_CHARACTERS) {
      yield Buffer.from(lines);
      lines = '';
    }
  }
  if (lines !== '') {
    yield Buffer.from(lines);
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {}

async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let left = '';
  for await (const piece of pieces) {
    const lines = (left + decoder.decode(piece, { stream: true })).split('\n');
    left = lines.pop() ?? '';
    yield* lines;
  }
}
