/**
 * Clients of a PostgreSQL database: what they say, in turns, to the one session that PGlite has.
 *
 * A client has its turn from the first message of a query to its end, and as long as its transaction is open; others wait, and
 * so does who queries in this process. What a session sets beside its role is that of all.
 *
 * Owns     the port, where the database has one of its own, and the connections.
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

/** Connections to a database, through whatever port they came. */
export class PostgresConnections {
  private readonly sockets = new Set<net.Socket>();
  private count = 0;

  constructor(
    private readonly db: PGlite,
    private readonly names: ServedNames,
  ) {}

  accept(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    new PostgresSession(this.db, this.names, socket, ++this.count).begin();
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }
}

export class PostgresFront {
  private constructor(
    private readonly server: net.Server,
    readonly host: string,
  ) {}

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** @throws Error of the system when the port is taken */
  static async open(connections: PostgresConnections, { host, port }: FrontPlace): Promise<PostgresFront> {
    const server = net.createServer((socket) => connections.accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return new PostgresFront(server, host);
  }

  /** No more come; those that are there stay. */
  close(): void {
    this.server.close();
  }
}
