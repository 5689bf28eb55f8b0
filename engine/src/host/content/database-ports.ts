/**
 * Ports of this machine at which databases of Worlds are reached: taken when the server starts, given to one database each.
 *
 * Owns     the sockets.
 */
import * as net from 'node:net';
import type { ServedDatabase } from './served-database';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export const DATABASE_HOST = '127.0.0.1';

export class DatabasePorts {
  /** Whom each port leads to. */
  private readonly taken = new Map<number, ServedDatabase | undefined>();
  private readonly servers: net.Server[] = [];

  /** Ports that others have are left to them. */
  static async open({ first, last }: PortRange): Promise<DatabasePorts> {
    const ports = new DatabasePorts();
    const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    await Promise.all(all.map((port) => ports.listen(port)));
    return ports;
  }

  /** The lowest that is free; undefined when there is none. */
  take(database: ServedDatabase): number | undefined {
    const free = [...this.taken].filter(([, owner]) => owner === undefined).map(([port]) => port);
    if (free.length === 0) {
      return undefined;
    }
    const port = Math.min(...free);
    this.taken.set(port, database);
    return port;
  }

  /** @param port undefined for whom there was none */
  giveBack(port: number | undefined): void {
    if (port !== undefined) {
      this.taken.set(port, undefined);
    }
  }

  close(): void {
    this.servers.forEach((server) => server.close());
  }

  private listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      const server = net.createServer((socket) => {
        const database = this.taken.get(port);
        if (database === undefined) {
          socket.destroy();
        } else {
          void database.accept(socket);
        }
      });
      server.once('error', () => resolve());
      server.listen(port, DATABASE_HOST, () => {
        this.taken.set(port, undefined);
        this.servers.push(server);
        resolve();
      });
    });
  }
}
