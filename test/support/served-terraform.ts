// The real Terraform against a served World: one folder, one World, the life cycle of what a configuration declares.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DatabasePorts, type PortRange } from '../../engine/src/host/content/database-ports';
import { HttpFront } from '../../engine/src/host/http-front';
import { ServedWorld } from '../../engine/src/host/served-world';
import type { WireAnswer, WireRequest } from '../../engine/src/wire/message';
import { skipped } from './programs';
import { cliConfig, findTerraform, isAbsent } from './terraform';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
const TIMEOUT_MS = 300_000;

/** What a command of terraform gave, and what it cost. */
export interface ServedRun {
  readonly status: number;
  readonly output: string;
  /** What the command took, and how much of it the server was at work. */
  readonly wallMs: number;
  readonly serverMs: number;
  /** Requests in order, as `backup:CreateBackupVault`; one that was refused ends with its status. */
  readonly calls: readonly string[];
}

/** `test` where terraform and its provider are, else `test.skip` with the reason printed. */
export function testTerraform(): jest.It {
  const programs = findTerraform();
  if (isAbsent(programs)) {
    skipped('terraform', programs.reason);
    return test.skip;
  }
  return test;
}

/** The same, for tests of a file that run at once: the provider sleeps through most of the time that they take. */
export function testTerraformAtOnce(): jest.It {
  return testTerraform() === test ? test.concurrent : test.skip;
}

/** What one command of terraform asks for, of several that may run at once. */
class Account {
  readonly calls: string[] = [];
  private busyMs = 0;
  private underWay = 0;
  private busySince = 0;

  get serverMs(): number {
    return this.busyMs;
  }

  /** Requests wait for each other: time counts once, however many are under way. */
  begin(): void {
    if (this.underWay++ === 0) {
      this.busySince = performance.now();
    }
  }

  end(): void {
    if (--this.underWay === 0) {
      this.busyMs += performance.now() - this.busySince;
    }
  }
}

/** A World that answers terraform, and keeps account of it. */
export class ServedTerraform {
  /** By what the AWS provider appends to its user agent. */
  private readonly accounts = new Map<string, Account>();
  private runs = 0;
  private front!: HttpFront;

  private constructor(
    readonly world: ServedWorld,
    private readonly terraform: string,
    private readonly scratch: string,
    private readonly ports: DatabasePorts | undefined,
  ) {}

  /** @param range ports for databases; none unless given */
  static async open(range?: PortRange): Promise<ServedTerraform> {
    const programs = findTerraform();
    if (isAbsent(programs)) {
      throw new Error(programs.reason);
    }
    const env = { partition: 'aws', account: ACCOUNT, region: REGION };
    const props = { env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' };
    const ports = range && (await DatabasePorts.open(range));
    const world = new ServedWorld(props, undefined, undefined, undefined, ports);
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'served-terraform-'));
    const served = new ServedTerraform(world, programs.terraform, scratch, ports);
    served.front = await HttpFront.open(served);
    fs.writeFileSync(path.join(scratch, 'terraform.rc'), cliConfig(programs.mirror));
    return served;
  }

  async close(): Promise<void> {
    await this.front.close();
    await this.world.close();
    this.ports?.close();
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }

  /** A fresh folder with the files of a configuration. */
  folder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
    const folder = path.join(this.scratch, name);
    fs.mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }

  async answer(request: WireRequest): Promise<WireAnswer> {
    const account = this.accounts.get(/\bholdfast-run-\d+/.exec(request.headers['user-agent'] ?? '')?.[0] ?? '');
    account?.begin();
    const answer = await this.world.answer(request).finally(() => account?.end());
    account?.calls.push(`${nameOf(request)}${answer.status < 300 ? '' : ` ${answer.status}`}`);
    return answer;
  }

  get url(): string {
    return this.front.url;
  }

  /** Moves the clock of the World. */
  async advance(duration: string): Promise<void> {
    await this.control('clock', { advance: duration });
  }

  async control(name: string, body: unknown): Promise<void> {
    await this.controlled(name, { method: 'POST', body: JSON.stringify(body) });
  }

  /** The World as it is, for a later one to begin with. */
  snapshot(): Promise<unknown> {
    return this.controlled('snapshot', {});
  }

  private async controlled(name: string, request: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.front.url}/_holdfast/${name}`, request);
    if (response.status !== 200) {
      throw new Error(await response.text());
    }
    return response.json();
  }

  /** Runs a command of terraform, which calls nobody but the World. */
  run(folder: string, ...args: readonly string[]): Promise<ServedRun> {
    const name = `holdfast-run-${++this.runs}`;
    const account = new Account();
    this.accounts.set(name, account);
    const begun = performance.now();
    const env = { ...this.environment(), TF_APPEND_USER_AGENT: name };
    const options = { cwd: folder, env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile(this.terraform, [...args, '-no-color'], options, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        const { calls, serverMs } = account;
        resolve({ status, output: `${stdout}${stderr}`, wallMs: performance.now() - begun, serverMs, calls });
      });
    });
  }

  /** The outputs of what was applied. */
  async outputs(folder: string): Promise<Readonly<Record<string, unknown>>> {
    const { output } = await this.run(folder, 'output', '-json');
    const named = JSON.parse(output) as Record<string, { readonly value: unknown }>;
    return Object.fromEntries(Object.entries(named).map(([name, { value }]) => [name, value]));
  }

  private environment(): NodeJS.ProcessEnv {
    const nowhere = 'http://127.0.0.1:9';
    const { PATH, HOME, TMPDIR } = process.env;
    return {
      PATH,
      HOME,
      TMPDIR,
      TF_CLI_CONFIG_FILE: path.join(this.scratch, 'terraform.rc'),
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      AWS_ENDPOINT_URL: this.front.url,
      AWS_ACCESS_KEY_ID: ACCOUNT,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      NO_PROXY: '127.0.0.1',
    };
  }
}

/** Service and operation, as far as the request itself names them. */
function nameOf({ method, path: at, headers, body }: WireRequest): string {
  const [, service = at] = /aws4_request/.test(headers['authorization'] ?? '')
    ? (/Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers['authorization'] ?? '') ?? [])
    : [];
  const target =
    headers['x-amz-target']?.split('.').at(-1) ?? /(?:^|&)Action=(\w+)/.exec(Buffer.from(body).toString('utf8'))?.[1];
  return `${service}:${target ?? `${method} ${at}`}`;
}
