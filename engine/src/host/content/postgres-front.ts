/**
 * The port of a PostgreSQL database: what clients say, in turns, to the one session that PGlite has.
 *
 * A client has its turn from the first message of a query to its end, and as long as its transaction is open; others wait, and
 * so does who queries in this process. What a session sets beside its role is that of all.
 *
 * Owns     the socket and its connections.
 * Source   PostgreSQL 17, chapter 53, Message Flow.
 * Spec     postgres-database.md
 */
import * as net from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { PostgresSession, ServedNames } from './postgres-session';

export interface FrontPlace {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export class PostgresFront {
  private readonly sessions = new Set<net.Socket>();
  private count = 0;

  private constructor(
    private readonly server: net.Server,
    readonly host: string,
  ) {}

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** @throws Error of the system when the port is taken */
  static async open(db: PGlite, names: ServedNames, { host, port }: FrontPlace): Promise<PostgresFront> {
    const server = net.createServer();
    const front = new PostgresFront(server, host);
    server.on('connection', (socket) => {
      front.sessions.add(socket);
      socket.on('close', () => front.sessions.delete(socket));
      new PostgresSession(db, names, socket, ++front.count).begin();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return front;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.sessions.forEach((socket) => socket.destroy());
    await closed;
  }
}
