// What Terraform waits for: the real program with the real AWS provider against a served World, and beside it against
// moto, for the resources of AWS Backup that moto carries. README.md says what the figures mean.
// Needs terraform, its provider and the compiled engine: npx ts-node --swc bench/wire/terraform.ts [of each] [rounds]
import { ChildProcess, execFile, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo, createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { onPath } from '../../test/support/programs';
import { cliConfig, findTerraform, isAbsent, PROVIDER_VERSION } from '../../test/support/terraform';

const [OF_EACH = 10, ROUNDS = 3] = process.argv.slice(2).map(Number);
const HOLDFAST = path.join(__dirname, '..', '..', 'engine', 'bin', 'holdfast.js');
const ACCOUNT = '123456789012';
const PATIENCE_MS = 60_000;
const COMMANDS: readonly (readonly string[])[] = [
  ['apply', '-auto-approve'],
  ['plan', '-detailed-exitcode'],
  ['destroy', '-auto-approve'],
];

/** Untagged vaults, each with a plan and a lock: moto keeps no tags that Terraform reads back. */
const CONFIGURATION = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${PROVIDER_VERSION}"
    }
  }
}

provider "aws" {
  region      = "eu-central-1"
  max_retries = 2
}

# moto keeps the name of a plan that was deleted: each round has names of its own.
variable "round" {
  type = number
}

resource "aws_backup_vault" "v" {
  count = ${OF_EACH}
  name  = "vault-\${var.round}-\${count.index}"
}

resource "aws_backup_vault_lock_configuration" "l" {
  count              = ${OF_EACH}
  backup_vault_name  = aws_backup_vault.v[count.index].name
  min_retention_days = 7
}

resource "aws_backup_plan" "p" {
  count = ${OF_EACH}
  name  = "plan-\${var.round}-\${count.index}"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.v[count.index].name
    schedule          = "cron(0 5 ? * * *)"
    lifecycle {
      delete_after = 35
    }
  }
}
`;

/** What one command took, and how much of it the server was at work. */
interface Took {
  readonly wallMs: number;
  readonly serverMs: number;
  readonly requests: number;
}

/** A server behind a port of ours that keeps account of it. */
class Measured {
  private busyMs = 0;
  private underWay = 0;
  private since = 0;
  private requests = 0;
  private readonly front: http.Server;
  private readonly agent = new http.Agent({ keepAlive: true });

  constructor(
    readonly name: string,
    private readonly port: number,
    private readonly child: ChildProcess,
  ) {
    this.front = http.createServer((request, response) => {
      this.pass(request, response);
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.front.listen(0, '127.0.0.1', resolve));
    const began = performance.now();
    while (!(await answers(this.port))) {
      if (performance.now() - began > PATIENCE_MS) {
        throw new Error(`${this.name} gave no answer in ${PATIENCE_MS} ms`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  close(): void {
    this.front.close();
    this.front.closeAllConnections();
    this.agent.destroy();
    this.child.kill();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.front.address() as AddressInfo).port}`;
  }

  /** What there was since the last time. */
  account(): Omit<Took, 'wallMs'> {
    const counted = { serverMs: this.busyMs, requests: this.requests };
    this.busyMs = 0;
    this.requests = 0;
    return counted;
  }

  /** Time counts once, however many requests are under way; the answer goes on in one write, as clients retry otherwise. */
  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    void whole(request).then((body) => {
      const { method = 'GET', url: target = '/', headers } = request;
      if (this.underWay++ === 0) {
        this.since = performance.now();
      }
      const asked = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path: target, headers };
      const sent = http.request(asked, (answer) => {
        void whole(answer).then((said) => {
          this.end();
          const kept = Object.entries(answer.headers).filter(([name]) => name !== 'transfer-encoding');
          response.writeHead(answer.statusCode ?? 500, { ...Object.fromEntries(kept), 'content-length': said.length });
          response.end(said);
        });
      });
      sent.on('error', () => {
        this.end();
        response.destroy();
      });
      sent.end(body);
    });
  }

  private end(): void {
    this.requests++;
    if (--this.underWay === 0) {
      this.busyMs += performance.now() - this.since;
    }
  }
}

async function whole(message: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = http.get({ host: '127.0.0.1', port, path: '/' }, (answer) => {
      answer.resume();
      resolve(true);
    });
    asked.on('error', () => {
      resolve(false);
    });
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function serve(name: string, command: string, argsFor: (port: string) => string[]): Promise<Measured> {
  const port = await freePort();
  const server = new Measured(name, port, spawn(command, argsFor(String(port)), { stdio: 'ignore' }));
  await server.open();
  return server;
}

/** Runs terraform, which must end well. */
function run(terraform: string, folder: string, url: string, round: number, args: readonly string[]): Promise<number> {
  const { PATH, HOME } = process.env;
  const nowhere = 'http://127.0.0.1:9';
  const env = {
    ...{ PATH, HOME, TF_CLI_CONFIG_FILE: path.join(folder, 'terraform.rc'), TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
    TF_VAR_round: String(round),
    ...{ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'secret' },
    ...{ AWS_EC2_METADATA_DISABLED: 'true', HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '127.0.0.1' },
  };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    execFile(terraform, [...args, '-no-color'], { cwd: folder, env }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(performance.now() - began);
      } else {
        reject(new Error(`terraform ${args.join(' ')} at ${url}: ${stdout}${stderr}`));
      }
    });
  });
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

function middle(all: readonly Took[]): Took {
  return {
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    serverMs: median(all.map(({ serverMs }) => serverMs)),
    requests: median(all.map(({ requests }) => requests)),
  };
}

function print(command: string, server: string, { wallMs, serverMs, requests }: Took): void {
  const share = `${((100 * serverMs) / wallMs).toFixed(1)} %`;
  const figures = [`${(wallMs / 1000).toFixed(1)} s`, `${Math.round(serverMs)} ms`, share, `${requests} requests`];
  console.log([command.padEnd(8), server.padEnd(9), ...figures.map((one) => one.padStart(13))].join(''));
}

async function main(): Promise<void> {
  const programs = findTerraform();
  if (isAbsent(programs)) {
    console.log(`nothing measured: ${programs.reason}`);
    return;
  }
  const { terraform, mirror } = programs;
  const servers = [await serve('holdfast', process.execPath, (port) => [HOLDFAST, 'serve', '--port', port])];
  const moto = onPath('moto_server');
  if (moto !== undefined) {
    servers.push(await serve('moto', moto, (port) => ['-H', '127.0.0.1', '-p', port]));
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-terraform-'));
  try {
    fs.writeFileSync(path.join(folder, 'terraform.rc'), cliConfig(mirror));
    fs.writeFileSync(path.join(folder, 'main.tf'), CONFIGURATION);
    await run(terraform, folder, 'http://127.0.0.1:9', 0, ['init']);
    const took = new Map<string, Took[]>();
    // The servers take turns, so that whatever else the machine does is in the figures of both.
    for (let round = 0; round < ROUNDS; round++) {
      for (const server of servers) {
        for (const args of COMMANDS) {
          server.account();
          const wallMs = await run(terraform, folder, server.url, round, args);
          const key = `${args[0]} ${server.name}`;
          took.set(key, [...(took.get(key) ?? []), { wallMs, ...server.account() }]);
        }
      }
    }
    console.log(
      `${3 * OF_EACH} resources, median of ${ROUNDS} rounds${moto === undefined ? '; moto is not installed' : ''}`,
    );
    for (const [command = ''] of COMMANDS) {
      for (const { name } of servers) {
        print(command, name, middle(took.get(`${command} ${name}`) ?? []));
      }
    }
  } finally {
    servers.forEach((server) => {
      server.close();
    });
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void main();
