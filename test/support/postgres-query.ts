import { Client } from 'pg';

/** Where RDS says that a database is. */
export interface DatabaseEndpoint {
  readonly Address?: string | undefined;
  readonly Port?: number | undefined;
}

/** Rows of a statement, by a connection of its own to the database `shop`. */
export async function query(
  { Address = '', Port = 0 }: DatabaseEndpoint,
  sql: string,
  password = 'secret-1',
): Promise<unknown[]> {
  const client = new Client({ host: Address, port: Port, user: 'master', password, database: 'shop' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
