// The database of an instance that a server made, before and after it could be started.
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { DatabaseRoom, ServedDatabase } from '../../../engine/src/host/content/served-database';
import { query } from '../../support/postgres-query';
import { temporaryFolder } from '../../support/synth';

jest.setTimeout(120_000);

const ROOM: DatabaseRoom = {
  folder: undefined,
  repeating: false,
  nextName: () => 'database-1',
  restored: () => {},
  arrived: () => {},
};

/** A port of this machine that leads to a database. */
async function portOf(
  database: ServedDatabase,
): Promise<{ server: net.Server; place: { Address: string; Port: number } }> {
  const server = net.createServer((socket) => void database.accept(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, place: { Address: '127.0.0.1', Port: (server.address() as net.AddressInfo).port } };
}

test('one that could not be started says why, and is started for whoever comes next', async () => {
  const folder = path.join(temporaryFolder('database'), 'shop');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'of somebody');
  const database = new ServedDatabase(ROOM, folder);
  database.names = () => ({ database: 'shop', user: 'master', password: 'secret-1' });
  const { server, place } = await portOf(database);
  for (let times = 0; times < 2; times++) {
    await expect(query(place, 'select 1')).rejects.toThrow('folder must be empty or hold a database of PostgreSQL');
  }
  await expect(database.sizeBytes()).rejects.toThrow('folder must be empty');
  fs.rmSync(path.join(folder, 'notes.txt'));
  expect(await query(place, 'select current_database() as name')).toEqual([{ name: 'shop' }]);
  expect(await database.sizeBytes()).toBeGreaterThan(0);
  server.close();
  await database.remove();
  expect(fs.existsSync(folder)).toBe(false);
});

test('clients that are in it when it is stopped are out, and nobody else comes in until it is started', async () => {
  const database = new ServedDatabase(ROOM);
  database.names = () => ({ database: 'shop', user: 'master', password: 'secret-1' });
  const { server, place } = await portOf(database);
  await query(place, 'create table orders(what text)');
  const client = net.connect(place.Port, place.Address);
  await new Promise((resolve) => client.once('connect', resolve));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const gone = new Promise((resolve) => client.once('close', resolve));
  let stopped = true;
  database.isStopped = () => stopped;
  await database.letNobodyIn();
  await gone;
  await expect(query(place, 'select * from orders')).rejects.toThrow();
  stopped = false;
  expect(await query(place, 'select * from orders')).toEqual([]);
  server.close();
  await database.remove();
});
