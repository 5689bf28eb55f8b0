import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Client } from 'pg';

/** Where the application finds what it keeps. */
export interface Places {
  readonly table: string;
  readonly bucket: string;
  /** `postgresql://…` */
  readonly database: string;
}

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
}

/** What one check of the application found. */
export interface Check {
  readonly orders: number;
  /** Empty where all is well. */
  readonly wrong: readonly string[];
}

const SCHEMA = `
  CREATE TABLE entries(
    id serial PRIMARY KEY, order_id text NOT NULL, account text NOT NULL, cents int NOT NULL, UNIQUE(order_id, account)
  );
  CREATE VIEW balance AS SELECT account, sum(cents)::int AS cents FROM entries GROUP BY account;
`;

/** A shop: each order is an item, two entries of a ledger, and a receipt. */
export class Application {
  constructor(
    readonly places: Places,
    readonly clients: Clients,
  ) {}

  async install(): Promise<void> {
    await this.sql(async (ledger) => {
      await ledger.query(SCHEMA);
    });
  }

  /** The orders of a day: one more item in the table, two entries in the ledger, and a receipt. */
  async trade(day: number): Promise<void> {
    const { table, bucket } = this.places;
    const { dynamodb, s3 } = this.clients;
    const id = idOf(day);
    const cents = 1000 + ((day * 977) % 9000);
    const Item = { id: { S: id }, cents: { N: `${cents}` }, state: { S: 'paid' } };
    await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
    await this.sql(async (ledger) => {
      await ledger.query('BEGIN');
      const insert = 'INSERT INTO entries(order_id, account, cents) VALUES ($1, $2, $3)';
      await ledger.query(insert, [id, 'customer', -cents]);
      await ledger.query(insert, [id, 'sales', cents]);
      await ledger.query('COMMIT');
    });
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${id}.txt`, Body: receiptOf(id, cents) }));
  }

  /** Whether table, ledger and receipts say the same, of every day up to the last. */
  async check(): Promise<Check> {
    const { dynamodb, s3 } = this.clients;
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: this.places.table, ConsistentRead: true }));
    const orders = Items.map(({ id, cents, state }) => ({ id: id?.S ?? '', cents: Number(cents?.N), state: state?.S }));
    orders.sort((a, b) => (a.id < b.id ? -1 : 1));
    const wrong = new Set<string>();
    const entries = new Map<string, number>();
    await this.sql(async (ledger) => {
      const sales = await ledger.query<{ order_id: string; cents: number }>(
        "SELECT order_id, cents FROM entries WHERE account = 'sales'",
      );
      sales.rows.forEach((row) => entries.set(row.order_id, row.cents));
      const { rows } = await ledger.query<{ sum: number }>('SELECT coalesce(sum(cents), 0)::int AS sum FROM balance');
      if (rows[0]?.sum !== 0) {
        wrong.add('the ledger does not sum up to 0');
      }
    });
    if (entries.size !== orders.length) {
      wrong.add(`the ledger has ${entries.size} orders, the table ${orders.length}`);
    }
    for (const [index, { id, cents, state }] of orders.entries()) {
      if (id !== idOf(index + 1) || state !== 'paid') {
        wrong.add('an order is not what was ordered');
      }
      if (entries.get(id) !== cents) {
        wrong.add('the ledger has another price than the order');
      }
      const receipt = await s3.send(new GetObjectCommand({ Bucket: this.places.bucket, Key: `${id}.txt` })).then(
        ({ Body }) => Body?.transformToString(),
        (fault: Error) => fault.name,
      );
      if (receipt !== receiptOf(id, cents)) {
        wrong.add('a receipt says something else than the order');
      }
    }
    return { orders: orders.length, wrong: [...wrong] };
  }

  /** A connection to the ledger, as short as it is needed. */
  async sql(work: (ledger: Client) => Promise<void>): Promise<void> {
    const ledger = new Client({ connectionString: this.places.database });
    await ledger.connect();
    try {
      await work(ledger);
    } finally {
      await ledger.end();
    }
  }
}

function idOf(day: number): string {
  return `order-${String(day).padStart(3, '0')}`;
}

function receiptOf(id: string, cents: number): string {
  return `${id}: received ${(cents / 100).toFixed(2)} EUR with thanks\n`;
}
