/**
 * The items of one table, with its indexes.
 *
 * Owns     the items, the entries of each index, and what they were before, where point-in-time recovery is on.
 * Units    sizes are bytes; `…At` are Instants.
 * Source   DynamoDB developer guide, "Using Global Secondary Indexes in DynamoDB", "Local secondary indexes"
 *          (read 2026-11-26).
 * Spec     table-items.md
 */
import { DAY, type Instant } from '../kernel/instant';
import { type Attribute, type Item, itemSize, sortable } from './attribute-values';
import { KeyedRows, type Row, type RowKey } from './keyed-rows';
import type { KeyElement, TableIndex, TableParticulars } from './tables';

/** An attribute of a key. */
export interface KeyPart {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface Keys {
  readonly hash: KeyPart;
  readonly sort: KeyPart | undefined;
}

/** What an index takes from its items, beside keys. */
type Projected = 'ALL' | readonly string[];

export class ItemIndex {
  rows = KeyedRows.empty();
  readonly keys: Keys;
  readonly projected: Projected;

  constructor(
    readonly made: TableIndex,
    readonly isGlobal: boolean,
    private readonly tableKeys: Keys,
    attributes: TableParticulars['attributes'],
  ) {
    this.keys = keysOf(made.keySchema, attributes);
    const { ProjectionType: type = 'ALL', NonKeyAttributes: others = [] } = made.projection as ProjectionShape;
    this.projected = type === 'ALL' ? 'ALL' : type === 'INCLUDE' ? others : [];
  }

  get name(): string {
    return this.made.name;
  }

  /** Whether it has an attribute of its items. */
  has(attribute: string): boolean {
    const { keys, tableKeys, projected } = this;
    const keyed = [keys.hash, keys.sort, tableKeys.hash, tableKeys.sort].some((part) => part?.name === attribute);
    return keyed || projected === 'ALL' || projected.includes(attribute);
  }

  /** What it has of an item; undefined where the item has not its key. */
  entryOf(item: Item): Row | undefined {
    const key = keyOf(item, this.keys);
    const own = keyOf(item, this.tableKeys);
    if (key === undefined || own === undefined) {
      return undefined;
    }
    const entry = this.projected === 'ALL' ? item : pick(item, (name) => this.has(name));
    // A key ends where no text of UTF-8 goes on.
    return { ...key, tie: `${own.hashKey}\uffff${own.sortKey}`, item: entry, sizeBytes: itemSize(entry) };
  }

  /** Has the entries of these items, and no others. */
  refill(items: KeyedRows): this {
    this.rows = KeyedRows.empty();
    for (const { item } of items.rows()) {
      const entry = this.entryOf(item);
      if (entry !== undefined) {
        this.rows.put(entry);
      }
    }
    return this;
  }

  /** Where it goes on from a key that an answer ended with. */
  positionOf(key: Item): RowKey | undefined {
    return this.entryOf(key);
  }
}

interface ProjectionShape {
  readonly ProjectionType?: string;
  readonly NonKeyAttributes?: readonly string[];
}

/** What stood under a key before a write. */
interface Undo {
  readonly at: Instant;
  readonly key: RowKey;
  readonly before: Row | undefined;
}

/** What a write did to an index, for the capacity that it took. */
export interface IndexWrite {
  readonly index: ItemIndex;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export class ItemTable {
  private kept = KeyedRows.empty();
  private readonly byName = new Map<string, ItemIndex>();
  /** How often what it holds was changed. */
  writes = 0;
  private undo: Undo[] = [];
  private undoPruned = 0;
  private described: Partial<TableParticulars> | undefined;
  private own: Keys = { hash: { name: '', type: 'S' }, sort: undefined };

  /** @param id tells the table apart from others that had its name */
  constructor(readonly id: string) {}

  get rows(): KeyedRows {
    return this.kept;
  }

  get keys(): Keys {
    return this.own;
  }

  get indexes(): Iterable<ItemIndex> {
    return this.byName.values();
  }

  tryFindIndex(name: string): ItemIndex | undefined {
    return this.byName.get(name);
  }

  /** Takes over what the table is now: indexes that are new are filled, those that are gone go. */
  describe(kept: Partial<TableParticulars>, whole: TableParticulars): void {
    if (this.described === kept) {
      return;
    }
    this.described = kept;
    this.own = keysOf(whole.keySchema, whole.attributes);
    if (whole.recovery === undefined) {
      this.undo = [];
    }
    const wanted = [
      ...whole.globalIndexes.map((made) => new ItemIndex(made, true, this.own, whole.attributes)),
      ...whole.localIndexes.map((made) => new ItemIndex(made, false, this.own, whole.attributes)),
    ];
    const before = new Map(this.byName);
    this.byName.clear();
    for (const index of wanted) {
      const there = before.get(index.name);
      const same = there !== undefined && JSON.stringify(shapeOf(there)) === JSON.stringify(shapeOf(index));
      this.byName.set(index.name, same ? there : index.refill(this.kept));
    }
  }

  tryFind(key: RowKey): Row | undefined {
    return this.kept.tryFind(key);
  }

  /** Puts an item, or takes away what stands under the key. */
  write(key: RowKey, item: Item | undefined, at: Instant, recovery: TableParticulars['recovery']): void {
    const before =
      item === undefined ? this.kept.delete(key) : this.kept.put({ ...key, item, sizeBytes: itemSize(item) });
    this.writes++;
    for (const change of this.changes(before?.item, item)) {
      apply(change);
    }
    if (recovery !== undefined) {
      this.undo.push({ at, key, before });
      this.prune(at - recovery.days * DAY);
    }
  }

  /** What a write would do to the indexes. */
  changes(before: Item | undefined, after: Item | undefined): IndexWrite[] {
    return [...this.byName.values()].map((index) => ({
      index,
      before: before && index.entryOf(before),
      after: after && index.entryOf(after),
    }));
  }

  /** The items as they were at an instant of the time of recovery. */
  at(instant: Instant): KeyedRows {
    const rows = this.kept.view();
    for (const { at, key, before } of this.undo.slice().reverse()) {
      if (at > instant) {
        if (before === undefined) {
          rows.delete(key);
        } else {
          rows.put(before);
        }
      }
    }
    return rows;
  }

  /** Holds other items than before. */
  replace(rows: KeyedRows): void {
    this.kept = rows.view();
    this.writes++;
    this.undo = [];
    for (const index of this.byName.values()) {
      index.refill(this.kept);
    }
  }

  /** The key of an item, or of what has the members of a key. */
  keyOf(item: Item): RowKey {
    const key = keyOf(item, this.own);
    if (key === undefined) {
      throw new Error('an item without its key was let in');
    }
    return key;
  }

  private prune(before: Instant): void {
    // Twice as many as were left the last time, so that each is looked at a few times at most.
    if (this.undo.length > 2 * this.undoPruned + 1000) {
      this.undo = this.undo.filter(({ at }) => at > before);
      this.undoPruned = this.undo.length;
    }
  }
}

function keysOf(schema: readonly KeyElement[], attributes: TableParticulars['attributes']): Keys {
  const part = (type: string): KeyPart | undefined => {
    const name = schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const defined = attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    return name === undefined ? undefined : { name, type: defined === 'N' || defined === 'B' ? defined : 'S' };
  };
  return { hash: part('HASH') ?? { name: '', type: 'S' }, sort: part('RANGE') };
}

/** Attributes of an item that are asked for. */
export function pick(item: Item, wanted: (name: string) => boolean): Item {
  const picked = Object.create(null) as Record<string, Attribute>;
  for (const [name, value] of Object.entries(item)) {
    if (wanted(name)) {
      picked[name] = value;
    }
  }
  return picked;
}

/** Undefined where an attribute of the key is not there, or of another type. */
function keyOf(item: Item, { hash, sort }: Keys): RowKey | undefined {
  const hashKey = keyText(item, hash);
  const sortKey = sort === undefined ? '' : keyText(item, sort);
  return hashKey === undefined || sortKey === undefined ? undefined : { hashKey, sortKey, tie: '' };
}

function keyText(item: Item, { name, type }: KeyPart): string | undefined {
  const value = item[name];
  return value?.[type] === undefined ? undefined : sortable(value);
}

function apply({ index, before, after }: IndexWrite): void {
  if (before !== undefined) {
    index.rows.delete(before);
  }
  if (after !== undefined) {
    index.rows.put(after);
  }
}

function shapeOf({ made, isGlobal }: ItemIndex): object {
  const { name, keySchema, projection } = made;
  return { name, keySchema, projection, isGlobal };
}
