/**
 * What tables of DynamoDB hold.
 *
 * Owns     the items of each table by its ARN, backups of DynamoDB's own, and tokens of transactions. Whether there is a
 *          table, and what it is, others know (protected-resources.ts, tables.ts).
 * Units    `…At` are Instants; sizes are bytes.
 * Source   DynamoDB developer guide, "Using time to live (TTL) in DynamoDB", "Backup and restore for DynamoDB"
 *          (read 2026-11-26).
 * Spec     table-items.md
 */
import type { Environment } from '@holdfast/model';
import { DAY, type Instant, MINUTE, NEVER, SECOND } from '../kernel/instant';
import type { Item } from './attribute-values';
import { generatedHex, generatedUuid } from './generated-ids';
import { ItemTable } from './item-table';
import { KeyedRows, type RowKey } from './keyed-rows';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import type { ResourceRuns } from './resource-runs';
import { GIB } from './snapshot';
import { DEFAULT_TABLE, type TableParticulars } from './tables';
import { placeOf } from './vaults';

/** A backup that DynamoDB made when it was asked to. */
export interface TableBackup {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly table: Resource;
  readonly tableId: string;
  readonly tableMadeAt: Instant;
  readonly particulars: TableParticulars;
  readonly encryptedWith: string | undefined;
  readonly rows: KeyedRows;
}

interface Transaction {
  readonly at: Instant;
  readonly asked: string;
  readonly answer: unknown;
}

/** How long a token of a transaction is remembered. Source: API reference, TransactWriteItems. */
const TOKEN_MS = 10 * MINUTE;
/** What expired so long ago is left alone. Source: developer guide, "Using time to live (TTL) in DynamoDB". */
const TOO_OLD_MS = 5 * 365 * DAY;

export class TableItems {
  private readonly byNumber = new Map<number, ItemTable>();
  /** What the size of a table was last said to be by what it holds; somebody else's word ends that. */
  private readonly measured = new Map<number, number>();
  private readonly sweeping = new Set<number>();
  /** Tables that ever held something, those that are gone among them. */
  private readonly filled = new Set<number>();
  private readonly backups = new Map<string, TableBackup>();
  private readonly transactions = new Map<string, Transaction>();
  private readonly kind: number;

  constructor(
    private readonly ledger: Ledger,
    resources: ResourceRuns,
  ) {
    this.kind = ledger.turn('items expire', (number) => this.sweep(ledger.resources.find(number)));
    resources.removed.push(({ number }) => {
      this.byNumber.delete(number);
      this.measured.delete(number);
    });
  }

  /** What a table holds now; its indexes are those that it has now. */
  of(resource: Resource): ItemTable {
    let table = this.byNumber.get(resource.number);
    if (table === undefined) {
      table = new ItemTable(this.idOf(resource));
      this.byNumber.set(resource.number, table);
    }
    const kept = this.ledger.particulars.tables.of(resource.arn);
    table.describe(kept, { ...DEFAULT_TABLE, ...kept });
    return table;
  }

  /** Whether it ever held anything; then its backups hold what it holds, be that nothing. */
  everHeld({ number }: Resource): boolean {
    return this.filled.has(number);
  }

  idOf({ declaration: { env, name }, madeAt }: Resource): string {
    return generatedUuid('table-id', env, `${name}@${madeAt}`);
  }

  particularsOf(resource: Resource): TableParticulars {
    return { ...DEFAULT_TABLE, ...this.ledger.particulars.tables.of(resource.arn) };
  }

  /** A table that was created here is as large as its items from the first day. */
  created(resource: Resource): void {
    this.measured.set(resource.number, resource.declaration.sizeGiB ?? 0);
  }

  /** Puts an item, or takes away what stands under the key. */
  write(resource: Resource, key: RowKey, item: Item | undefined): void {
    this.of(resource).write(key, item, this.ledger.now, this.particularsOf(resource).recovery);
    this.measure(resource);
    this.expectExpiry(resource);
  }

  /** A table holds what was restored. */
  fill(resource: Resource, rows: KeyedRows): void {
    this.of(resource).replace(rows);
    this.measure(resource);
    this.expectExpiry(resource);
  }

  /** Begins to look for what has expired, where a table has an attribute that says it. */
  expectExpiry(resource: Resource): void {
    const { number } = resource;
    const expires = this.particularsOf(resource).timeToLiveAttribute !== undefined;
    if (expires && !this.sweeping.has(number) && this.of(resource).rows.length > 0) {
      this.sweeping.add(number);
      const next = (Math.floor(this.ledger.now / DAY) + 1) * DAY;
      this.ledger.agenda.push(next, this.kind, number);
    }
  }

  backup(resource: Resource, name: string): TableBackup {
    const { ledger } = this;
    const { env } = resource.declaration;
    const nth = ledger.particulars.nth(`table-backup ${resource.arn}`);
    const id = `${String(ledger.now).padStart(14, '0')}-${generatedHex('table-backup', env, `${resource.arn}#${nth}`, 8)}`;
    const backup: TableBackup = {
      arn: `${resource.arn}/backup/${id}`,
      name,
      createdAt: ledger.now,
      table: resource,
      tableId: this.idOf(resource),
      tableMadeAt: resource.madeAt,
      particulars: this.particularsOf(resource),
      encryptedWith: resource.declaration.encryptedWith,
      rows: this.of(resource).rows.view(),
    };
    this.backups.set(backup.arn, backup);
    return backup;
  }

  tryFindBackup(arn: string): TableBackup | undefined {
    return this.backups.get(arn);
  }

  /** Those of an account and Region, oldest first. */
  backupsAt(env: Environment): TableBackup[] {
    return [...this.backups.values()].filter(({ table }) => placeOf(table.declaration.env) === placeOf(env));
  }

  deleteBackup(arn: string): void {
    this.backups.delete(arn);
  }

  /** The transaction that a token of an account and Region was given for, while it is remembered. */
  tryFindTransaction(env: Environment, token: string): Transaction | undefined {
    const found = this.transactions.get(`${placeOf(env)} ${token}`);
    return found !== undefined && this.ledger.now - found.at < TOKEN_MS ? found : undefined;
  }

  rememberTransaction(env: Environment, token: string, asked: string, answer: unknown): void {
    for (const [known, { at }] of this.transactions) {
      if (this.ledger.now - at < TOKEN_MS) {
        break;
      }
      this.transactions.delete(known);
    }
    const name = `${placeOf(env)} ${token}`;
    this.transactions.delete(name);
    this.transactions.set(name, { at: this.ledger.now, asked, answer });
  }

  /** Deletes what had expired a day ago. */
  private sweep(resource: Resource): void {
    const { ledger } = this;
    this.sweeping.delete(resource.number);
    const { timeToLiveAttribute: attribute } = this.particularsOf(resource);
    if (resource.gone || attribute === undefined) {
      return;
    }
    const gone = [...this.of(resource).rows.rows()].filter(({ item }) => {
      const expiresAt = expiryOf(item, attribute);
      return expiresAt <= ledger.now - DAY && expiresAt > ledger.now - TOO_OLD_MS;
    });
    for (const { hashKey, sortKey, tie } of gone) {
      this.write(resource, { hashKey, sortKey, tie }, undefined);
    }
    this.expectExpiry(resource);
  }

  /**
   * A table that was created here, or has items, is as large as they are; of any other, its artifact or inventory says how
   * large it is. Nobody is told: what it held when it was backed up stands with its points.
   */
  private measure(resource: Resource): void {
    const { declaration, number } = resource;
    this.filled.add(number);
    const before = this.measured.get(number);
    if (before === undefined || declaration.sizeGiB === before) {
      const sizeGiB = this.of(resource).rows.sizeBytes / GIB;
      this.measured.set(number, sizeGiB);
      resource.describe({ ...declaration, sizeGiB }, resource.service.id);
    }
  }
}

/** When an item expires by its attribute; NEVER where that says nothing. */
function expiryOf(item: Item, attribute: string): Instant {
  const seconds = item[attribute]?.N;
  return seconds === undefined ? NEVER : Math.floor(Number(seconds)) * SECOND;
}
