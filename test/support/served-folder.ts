// A server with a data folder, in process: closed and opened again, it is the one that `serve --data-dir` would be.
import type { DatabasePorts } from '../../engine/src/host/content/database-ports';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorlds } from '../../engine/src/host/served-worlds';
import { Store } from '../../engine/src/host/store';
import { beginOf } from '../../engine/src/host/world-begin';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const BEGIN = { env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0.1.0' };

export class ServedFolder {
  /** What clients of the SDK are made with. */
  readonly config;

  private constructor(
    private readonly store: Store,
    private readonly worlds: ServedWorlds,
    private readonly front: HttpFront,
  ) {
    const credentials = { accessKeyId: ENV.account, secretAccessKey: 'holdfast' };
    this.config = { region: ENV.region, endpoint: front.url, credentials };
  }

  static async open(folder: string, ports?: DatabasePorts, enforceIam = false): Promise<ServedFolder> {
    const begin = { ...BEGIN, enforceIam };
    const store = await Store.open(folder, { version: begin.version, options: { ...beginOf(begin) } });
    const worlds = new ServedWorlds(begin, store, undefined, ports);
    await store.replay(
      (world, command) => worlds.again(world, command),
      (fault) => {
        throw fault;
      },
    );
    await worlds.resume();
    return new ServedFolder(store, worlds, await HttpFront.open(worlds));
  }

  /** Asks an endpoint of control. */
  async control(name: string, asked: object = {}): Promise<void> {
    const answer = await fetch(`${this.front.url}/_holdfast/${name}`, { method: 'POST', body: JSON.stringify(asked) });
    expect(answer.status).toBe(200);
  }

  advance(span: string): Promise<void> {
    return this.control('clock', { advance: span });
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.worlds.close();
    await this.store.close();
  }
}
