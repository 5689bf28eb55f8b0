// A server with a data folder in a process of its own, which is killed and begun again.
import { ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { ROOT } from './sources';

const LAUNCHER = path.join(ROOT, 'engine', 'bin', 'holdfast.js');
const credentials = { accessKeyId: '111111111111', secretAccessKey: 'any' };

export class KilledServer {
  /** What clients of the SDK are made with. */
  readonly config;

  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
  ) {
    this.config = { endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 };
  }

  static async start(folder: string, ...more: string[]): Promise<KilledServer> {
    const args = [LAUNCHER, 'serve', '--port', '0', '--data-dir', folder, ...more];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      const hear = (text: Buffer) => {
        said += text.toString();
        const found = /listening on (http:\S+)/.exec(said)?.[1];
        if (found !== undefined) {
          resolve(found);
        }
      };
      server.stdout.on('data', hear);
      server.stderr.on('data', hear);
      server.once('exit', () => reject(new Error(said)));
    });
    return new KilledServer(server, url);
  }

  /** Asks an endpoint of control; asks it to do something where a body is given. */
  async control(name: string, asked?: object): Promise<unknown> {
    const init = asked === undefined ? {} : { method: 'POST', body: JSON.stringify(asked) };
    const answer = await fetch(`${this.url}/_holdfast/${name}`, init);
    expect(answer.status).toBe(200);
    return answer.json();
  }

  async kill(): Promise<void> {
    const { server } = this;
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
  }
}
