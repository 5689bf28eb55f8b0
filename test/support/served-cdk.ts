// The real command line of the CDK against a served World: one folder, one World.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { DatabasePorts, type PortRange } from '../../engine/src/host/content/database-ports';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorld } from '../../engine/src/host/served-world';

const run = promisify(execFile);
const CDK = require.resolve('aws-cdk/bin/cdk');

export class ServedCdk {
  private constructor(
    readonly world: ServedWorld,
    readonly front: HttpFront,
    /** Where commands are run. */
    readonly folder: string,
    private readonly ports: DatabasePorts | undefined,
  ) {}

  /** @param range ports for databases; none unless given */
  static async open(range?: PortRange): Promise<ServedCdk> {
    const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
    const props = { env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' };
    const ports = range && (await DatabasePorts.open(range));
    const world = new ServedWorld(props, undefined, undefined, undefined, ports);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-cdk-'));
    return new ServedCdk(world, await HttpFront.open(world), folder, ports);
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.world.close();
    this.ports?.close();
    fs.rmSync(this.folder, { recursive: true });
  }

  /** What a command says, called by the root of an account. */
  async cdk(account: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
    const env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      AWS_ENDPOINT_URL: this.front.url,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
      NO_COLOR: '1',
      CI: 'true',
      ...more,
    };
    const { stdout, stderr } = await run(process.execPath, [CDK, ...args], { cwd: this.folder, env });
    return stdout + stderr;
  }

  /** Moves the clock of the World, by e.g. `P400D`. */
  async advance(duration: string): Promise<void> {
    const body = JSON.stringify({ advance: duration });
    const answer = await fetch(`${this.front.url}/_holdfast/clock`, { method: 'POST', body });
    if (!answer.ok) {
      throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
    }
  }
}
