// The real Terraform with the real AWS provider, offline: found at run time or reported absent, never downloaded.
import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { onPath } from './programs';

/** The version that `@cdktf/provider-aws` 20.1.0 asks for. */
export const PROVIDER_VERSION = '5.100.0';

/** A terraform that can start, and a folder that mirrors the registry. */
export interface Terraform {
  readonly terraform: string;
  readonly mirror: string;
}

/** Why the test of the real program did not run. */
export interface Absent {
  readonly reason: string;
}

/** What a run of terraform gave. */
export interface TerraformRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const HOST = 'registry.terraform.io';
const SEARCH_DEPTH = 4;
const SEARCH_FOLDERS = 20_000;
const TIMEOUT_MS = 180_000;

let found: Terraform | Absent | undefined;

/** Both programs, or the reason why there is nothing to run; looked for once in a process. */
export function findTerraform(): Terraform | Absent {
  found ??= look();
  return found;
}

/** Tells the two answers of `findTerraform` apart. */
export function isAbsent(answer: Terraform | Absent): answer is Absent {
  return 'reason' in answer;
}

/**
 * Runs terraform in a folder, with the provider from the mirror, invented credentials and no way out: whatever would
 * call AWS or the registry is sent to a port where nobody listens, and fails. Who asks STS for the caller gets an answer.
 *
 * @throws Error when terraform is absent; ask `findTerraform` before
 */
export function runTerraform(folder: string, args: readonly string[]): TerraformRun {
  const programs = findTerraform();
  if (isAbsent(programs)) {
    throw new Error(programs.reason);
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'terraform-run-'));
  try {
    const config = path.join(scratch, 'terraform.rc');
    fs.writeFileSync(config, cliConfig(programs.mirror));
    const run = spawnSync(programs.terraform, [...args, '-no-color'], {
      cwd: folder,
      encoding: 'utf8',
      env: environment(config),
      maxBuffer: 256 * 1024 * 1024,
      timeout: TIMEOUT_MS,
    });
    return { status: run.status ?? -1, stdout: run.stdout ?? '', stderr: run.stderr || String(run.error ?? '') };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** A configuration of terraform that takes the provider from the mirror and asks nobody else. */
export function cliConfig(mirror: string): string {
  const lines = [
    'disable_checkpoint = true',
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror)}`,
    `    include = ["${HOST}/hashicorp/*"]`,
    '  }',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function environment(config: string): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9';
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    AWS_ACCESS_KEY_ID: 'mock',
    AWS_SECRET_ACCESS_KEY: 'mock',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${callerIdentityPort()}`,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
  };
}

let port: string | undefined;
let server: ChildProcess | undefined;

// The reducer of schemas uses this file outside of jest, where the end of the process is the end of the server.
if (typeof afterAll === 'function') {
  afterAll(() => void server?.kill());
}

/** Where `sts:GetCallerIdentity` is answered; started once in a process, ends with its test file, or with the process. */
function callerIdentityPort(): string {
  port ??= startCallerIdentity();
  return port;
}

function startCallerIdentity(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'caller-identity-'));
  const file = path.join(folder, 'port');
  const script = path.join(__dirname, 'caller-identity.js');
  server = spawn(process.execPath, [script, file], { stdio: ['pipe', 'ignore', 'ignore'] });
  server.unref();
  (server.stdin as unknown as { unref(): void }).unref();
  const turn = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; !fs.existsSync(file); tries++) {
    if (tries > 500) {
      throw new Error('nobody answers sts:GetCallerIdentity');
    }
    Atomics.wait(turn, 0, 0, 20);
  }
  const found = fs.readFileSync(file, 'utf8');
  fs.rmSync(folder, { recursive: true, force: true });
  return found;
}

function look(): Terraform | Absent {
  const terraform = onPath('terraform');
  if (terraform === undefined) {
    return { reason: 'terraform not found' };
  }
  const mirror = namedRoots().find(mirrors) ?? searchedRoot();
  return mirror === undefined
    ? { reason: `provider hashicorp/aws ${PROVIDER_VERSION} not found` }
    : { terraform, mirror };
}

/** Where terraform itself looks, and what its configuration names. */
function namedRoots(): string[] {
  const home = os.homedir();
  return [
    ...configuredRoots(process.env.TF_CLI_CONFIG_FILE ?? path.join(home, '.terraformrc')),
    process.env.TF_PLUGIN_CACHE_DIR ?? '',
    path.join(home, '.terraform.d', 'plugins'),
    path.join(home, '.terraform.d', 'plugin-cache'),
    path.join(home, '.local', 'share', 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ].filter((root) => root !== '');
}

function configuredRoots(config: string): string[] {
  const text = fs.existsSync(config) ? fs.readFileSync(config, 'utf8') : '';
  return [...text.matchAll(/^\s*(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/gm)].map((match) => match[1] as string);
}

/** Whether the folder holds the provider for this machine, unpacked or as the archive. */
function mirrors(root: string): boolean {
  const provider = path.join(root, HOST, 'hashicorp', 'aws');
  const unpacked = path.join(provider, PROVIDER_VERSION, platform());
  const archive = path.join(provider, `terraform-provider-aws_${PROVIDER_VERSION}_${platform()}.zip`);
  return entries(unpacked).some((entry) => entry.name.startsWith('terraform-provider-aws')) || fs.existsSync(archive);
}

/** As Go names them. */
function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const machines: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
  return `${system}_${machines[process.arch] ?? process.arch}`;
}

/** The nearest mirror below the folders where programs are put by hand; gives up after a while. */
function searchedRoot(): string | undefined {
  const queue = ['/opt', '/usr/local', '/usr/share', '/usr/lib', '/var/lib', '/srv', os.homedir()].map((folder) => ({
    folder,
    depth: 0,
  }));
  for (let seen = 0; seen < queue.length && seen < SEARCH_FOLDERS; seen++) {
    const { folder, depth } = queue[seen]!;
    const below = entries(folder).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
    if (below.some((entry) => entry.name === HOST) && mirrors(folder)) {
      return folder;
    }
    if (depth < SEARCH_DEPTH) {
      queue.push(...below.map((entry) => ({ folder: path.join(folder, entry.name), depth: depth + 1 })));
    }
  }
  return undefined;
}

function entries(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
