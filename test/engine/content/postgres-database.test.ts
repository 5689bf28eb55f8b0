import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { PGliteInterface } from '@electric-sql/pglite';
import fc from 'fast-check';
import { Client, Pool } from 'pg';
import type { CapturedEntry, ContentEntry } from '../../../engine/src/host/content/content';
import { PostgresDatabase } from '../../../engine/src/host/content/postgres-database';

/** All that a capture holds, read as a store would read it. */
interface Capture {
  readonly entries: readonly (ContentEntry & { readonly read: Buffer })[];
}

async function captureOf(database: PostgresDatabase, between?: () => Promise<unknown>): Promise<Capture> {
  const entries: (ContentEntry & { readonly read: Buffer })[] = [];
  for await (const entry of database.capture()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.bytes()) {
      pieces.push(piece);
    }
    entries.push({ ...entry, read: Buffer.concat(pieces) });
    await between?.();
  }
  return { entries };
}

async function* given({ entries }: Capture): AsyncGenerator<CapturedEntry> {
  for (const { name, about, sizeBytes, read } of entries) {
    yield {
      name,
      about,
      sizeBytes,
      async *bytes() {
        yield read;
      },
    };
  }
}

function restored(database: PostgresDatabase, capture: Capture, restoreJobId = 'job-1'): Promise<PostgresDatabase> {
  return database.restore(given(capture), { metadata: {}, restoreJobId });
}

/** Everything that SQL can see, in an order that depends on nothing else. */
async function dump(db: PGliteInterface): Promise<unknown> {
  const rows = async (sql: string) => (await db.query<Record<string, unknown>>(sql)).rows;
  const tables = await rows(`select tablename from pg_tables where schemaname = 'public' order by 1`);
  const content = await Promise.all(
    tables.map(async ({ tablename }) => [
      tablename,
      await rows(`select t::text as row from "${String(tablename)}" t order by 1`),
    ]),
  );
  return {
    content,
    columns: await rows(
      `select table_name, column_name, data_type, column_default from information_schema.columns where table_schema = 'public' order by 1, 2`,
    ),
    sequences: await rows('select sequencename, last_value from pg_sequences order by 1'),
    indexes: await rows(`select indexdef from pg_indexes where schemaname = 'public' order by 1`),
    extensions: await rows('select extname, extversion from pg_extension order by 1'),
    roles: await rows('select rolname, rolpassword from pg_authid order by 1'),
  };
}

const WORDS = fc.stringMatching(/^[a-z]{1,6}$/);
/** A change of the content; those that do not fit what is there change nothing. */
const CHANGE = fc.oneof(
  { weight: 2, arbitrary: WORDS.map((name) => `create table t_${name}(id serial primary key, v text, n numeric)`) },
  WORDS.map((name) => `create index on t_${name}(v)`),
  WORDS.map((name) => `drop table t_${name}`),
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.nat(3),
        fc.nat(400),
        fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/['\0\ud800-\udfff]/g, '')),
      )
      .map(
        ([nth, rows, text]) =>
          `insert into {${nth}}(v, n) select '${text}' || i, i * 1.5 from generate_series(1, ${rows}) i`,
      ),
  },
  fc.tuple(fc.nat(3), fc.nat(7)).map(([nth, rest]) => `update {${nth}} set v = v || '!' where id % 7 = ${rest}`),
  fc.tuple(fc.nat(3), fc.nat(7)).map(([nth, rest]) => `delete from {${nth}} where id % 7 = ${rest}`),
  fc.constant('vacuum'),
  fc.constant('checkpoint'),
);

async function change(db: PGliteInterface, sql: string): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const made = sql.replace(
    /\{(\d)\}/,
    (_, nth: string) => rows[Number(nth) % Math.max(rows.length, 1)]?.name ?? 'nothing',
  );
  await db.exec(made).catch((fault: { code?: string }) => {
    // Tables that are there already, or are not.
    expect(['42P01', '42P07']).toContain(fault.code);
  });
}

test('a restored database holds what was there at the instant, whatever came before and after', async () => {
  const database = await PostgresDatabase.create({ database: 'shop', user: 'master', password: 'secret' });
  let before: Capture = { entries: [] };
  await fc.assert(
    fc.asyncProperty(
      fc.array(CHANGE, { minLength: 3, maxLength: 12 }),
      fc.array(CHANGE, { maxLength: 3 }),
      async (first, then) => {
        for (const sql of first) {
          await change(database.db, sql);
        }
        const [content, version] = [await dump(database.db), await database.version()];
        const capture = await captureOf(database);
        expect(await database.version()).toBe(version);
        for (const sql of then) {
          await change(database.db, sql);
        }
        const again = await restored(database, capture);
        expect(await dump(again.db)).toEqual(content);
        await again.close();
        // What says that it did not change did not.
        const last = new Map(before.entries.map((entry) => [entry.name, entry]));
        for (const { name, version: present, read } of capture.entries) {
          const old = last.get(name);
          if (present !== undefined && present === old?.version) {
            expect(read.equals(old.read)).toBe(true);
          }
        }
        before = capture;
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
  await database.close();
});

test('while clients write on, a capture holds whole transactions: all before it, none that is open', async () => {
  const database = await PostgresDatabase.create({
    sql: 'create table ledger(tx int, amount int); create table other(v text)',
  });
  await database.listen();
  const writer = new Client({ connectionString: database.connectionString });
  await writer.connect();
  let [begun, done, writing] = [0, 0, true];
  const write = async () => {
    while (writing) {
      begun++;
      await writer.query('begin');
      await writer.query('insert into ledger values($1, 5)', [begun]);
      await writer.query('insert into ledger values($1, -5)', [begun]);
      await writer.query('commit');
      done = begun;
    }
  };
  const written = write();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (let round = 1; round <= 3; round++) {
    while (done < 2 * round) {
      await turn();
    }
    const least = done;
    const capture = await captureOf(database, turn);
    const most = begun;
    const again = await restored(database, capture);
    const { rows } = await again.db.query<{ count: number; max: number; sum: number }>(
      'select count(*)::int, coalesce(max(tx), 0) as max, coalesce(sum(amount), 0)::int as sum from ledger',
    );
    expect(rows[0]).toEqual({ count: rows[0]!.max * 2, max: rows[0]!.max, sum: 0 });
    expect(rows[0]!.max).toBeGreaterThanOrEqual(least);
    expect(rows[0]!.max).toBeLessThanOrEqual(most);
    await again.close();
  }
  writing = false;
  await written;

  // An open transaction, and one that has failed: neither is in it, and both can go on.
  await writer.query('begin');
  await writer.query("insert into other values('open')");
  const open = await restored(database, await captureOf(database));
  expect((await open.db.query('select * from other')).rows).toEqual([]);
  await open.close();
  await expect(writer.query('selec')).rejects.toThrow('syntax error');
  const failed = await restored(database, await captureOf(database));
  expect((await failed.db.query('select count(*)::int from ledger')).rows).toEqual([{ count: done * 2 }]);
  await failed.close();
  await writer.query('rollback');
  await writer.end();
  await database.close();
});

test('a folder keeps the database, and a restore has a folder of its own beside it', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-postgres-'));
  const folder = path.join(root, 'first');
  const made = { folder, database: 'shop', user: 'master', password: 'secret' };
  const first = await PostgresDatabase.create({ ...made, sql: "create table t(v text); insert into t values('kept')" });
  await first.close();
  const second = await PostgresDatabase.create({ ...made, sql: 'this is for a new database alone' });
  expect((await second.db.query('select v from t')).rows).toEqual([{ v: 'kept' }]);
  // A run before had a job of that id: what that restored is none of this.
  fs.mkdirSync(path.join(root, 'job-7', 'base'), { recursive: true });
  fs.writeFileSync(path.join(root, 'job-7', 'base', 'left'), 'of another run');
  const again = await restored(second, await captureOf(second), 'job-7');
  expect(fs.existsSync(path.join(root, 'job-7', 'base', 'left'))).toBe(false);
  await second.db.exec("update t set v = 'changed'");
  expect(fs.readdirSync(root).sort()).toEqual(['first', 'job-7']);
  expect((await again.db.query('select v from t')).rows).toEqual([{ v: 'kept' }]);
  expect(again.database).toBe('shop');
  await again.listen();
  const client = new Client({ connectionString: again.connectionString });
  await client.connect();
  expect((await client.query('select current_user, current_database()')).rows).toEqual([
    { current_user: 'master', current_database: 'shop' },
  ]);
  await client.end();
  await Promise.all([again.close(), second.close()]);
  fs.rmSync(root, { recursive: true });
});

test('a folder that is no database is refused, and one that was not finished is made anew', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-postgres-'));
  fs.writeFileSync(path.join(root, 'notes.txt'), 'of somebody');
  await expect(PostgresDatabase.create({ folder: root })).rejects.toThrow(
    `folder must be empty or hold a database of PostgreSQL, got '${root}'`,
  );
  expect(fs.readdirSync(root)).toEqual(['notes.txt']);
  // What a process was making when it ended stands beside, whole as it may look.
  const folder = path.join(root, 'shop');
  fs.mkdirSync(`${folder}.holdfast-new`);
  fs.writeFileSync(path.join(`${folder}.holdfast-new`, 'PG_VERSION'), '17');
  const made = await PostgresDatabase.create({ folder, user: 'master' });
  expect((await made.db.query('select current_user::text as who')).rows).toEqual([{ who: 'master' }]);
  expect(fs.readdirSync(root).sort()).toEqual(['notes.txt', 'shop']);
  await made.close();
  fs.rmSync(root, { recursive: true });
});

test('clients take turns: pools, transactions, prepared statements, roles and COPY do not mix', async () => {
  const database = await PostgresDatabase.create({ user: 'master', password: "pa's/s", sql: 'create table t(v text)' });
  expect(() => database.connectionString).toThrow('await listen() first');
  await database.listen();
  const { connectionString } = database;
  const pool = new Pool({ connectionString, max: 4 });
  await Promise.all(Array.from({ length: 40 }, (_, i) => pool.query('insert into t values($1)', [`row ${i}`])));
  expect((await pool.query('select count(*)::int from t')).rows).toEqual([{ count: 40 }]);

  const [one, other] = [await pool.connect(), await pool.connect()];
  await one.query('begin');
  await one.query("insert into t values('one')");
  const seen = other.query('select count(*)::int from t');
  const here = database.db.query('select count(*)::int from t');
  await one.query('rollback');
  expect([(await seen).rows, (await here).rows]).toEqual([[{ count: 40 }], [{ count: 40 }]]);
  const both = await Promise.all([
    one.query({ name: 'same', text: 'select $1::int as a', values: [1] }),
    other.query({ name: 'same', text: 'select $1::text as b', values: ['x'] }),
  ]);
  expect(both.map(({ rows }) => rows as unknown)).toEqual([[{ a: 1 }], [{ b: 'x' }]]);
  one.release();
  other.release();

  // A client that goes in the middle of a transaction keeps nobody waiting, and leaves nothing.
  const lost = new Client({ connectionString });
  lost.on('error', () => undefined);
  await lost.connect();
  await lost.query('begin');
  await lost.query("insert into t values('lost')");
  (lost as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  expect((await pool.query('select count(*)::int from t')).rows).toEqual([{ count: 40 }]);

  await pool.query("create role app login password 'secret'; grant select on t to app");
  const app = new Client({ connectionString: connectionString.replace(/master:[^@]*/, 'app:secret') });
  await app.connect();
  expect((await app.query('select current_user, count(*)::int from t')).rows).toEqual([
    { current_user: 'app', count: 40 },
  ]);
  await expect(app.query('delete from t')).rejects.toThrow('permission denied for table t');
  expect((await database.db.query('select current_user')).rows).toEqual([{ current_user: 'master' }]);
  await app.end();

  for (const [wrong, fault] of [
    [connectionString.replace('pa', 'pb'), 'password authentication failed for user "master"'],
    [connectionString.replace('master', 'nobody'), 'password authentication failed for user "nobody"'],
    [connectionString.replace(/postgres$/, 'shop'), 'database "shop" does not exist: PGlite serves "postgres" alone'],
  ]) {
    await expect(new Client({ connectionString: wrong }).connect()).rejects.toThrow(fault);
  }
  await pool.end();
  await database.close();
});

test('extensions of RDS are there without being asked for, and what they made is restored', async () => {
  const database = await PostgresDatabase.create({ user: 'master' });
  await database.db.exec(`
    create extension "uuid-ossp"; create extension pg_trgm; create extension hstore; create extension citext; create extension vector;
    create table people(id uuid primary key default uuid_generate_v4(), name citext unique, more hstore, place vector(2));
    create index on people using gin (name gin_trgm_ops);
    insert into people(name, more, place) values ('Ada', 'born=>1815', '[1,2]'), ('Grace', 'born=>1906', '[3,4]');
  `);
  const all = await extensionsThere(database);
  expect(all).toEqual(expect.arrayContaining(['bloom', 'ltree', 'pgcrypto', 'plpgsql', 'tablefunc', 'unaccent']));
  // RDS lets nobody read its files.
  expect(all).not.toContain('file_fdw');
  const [content, capture] = [await dump(database.db), await captureOf(database)];
  await database.db.exec('drop table people; drop extension vector');
  const again = await restored(database, capture);
  expect(await dump(again.db)).toEqual(content);
  const { rows } = await again.db.query(`
    select name, more->'born' as born, place <-> '[1,2]' as far from people where name % 'adda' and name = 'ADA'
  `);
  expect(rows).toEqual([{ name: 'Ada', born: '1815', far: 0 }]);
  await again.db.exec("insert into people(name) values ('Edsger')");
  await expect(again.db.exec("insert into people(name) values ('GRACE')")).rejects.toThrow('duplicate key');
  await Promise.all([database.close(), again.close()]);
});

async function extensionsThere({ db }: PostgresDatabase): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>('select name from pg_available_extensions order by 1');
  return rows.map(({ name }) => name);
}
