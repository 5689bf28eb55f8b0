// A server under load that is killed at random instants, again and again: what it acknowledged must be there.
import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Command, CommandJson } from '../../../engine/src/host/command';
import { readCommand } from '../../../engine/src/host/command';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { below, finish, mix, seeded } from '../../../engine/src/kernel/prng';
import { ROOT } from '../../support/sources';

const LAUNCHER = path.join(ROOT, 'engine', 'bin', 'holdfast.js');
const ACCOUNT = '123456789012';
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20270101/us-east-1/backup/aws4_request, Signature=x`;
const WORLDS = ['default', 'side'];
const WORKERS = 4;
/** A server that was ready is killed when it has answered so many requests, and at random then. */
const ANSWERED_BEFORE = 16;
/** A World has so many kills behind it when a new folder is begun, as each life is held against a run of all before. */
const KILLS_OF_A_FOLDER = 10;
const STARTS_WITHIN_MS = 60_000;

/** What came of a run. */
export interface Crashes {
  readonly kills: number;
  /** Kills before the server was ready, while it did again what was kept. */
  readonly early: number;
  /** Requests that were acknowledged. */
  readonly acknowledged: number;
  /** Commands that were on the disk at the last look at each folder. */
  readonly kept: number;
  /** What was wrong, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** Numbers below a limit, one after the other, as the seed has them. */
class Chance {
  private count = 0;

  constructor(private readonly seed: number) {}

  below(limit: number): number {
    return below(finish(mix(seeded(this.seed), this.count++)), limit);
  }
}

/** What the clients know: of each vault whether it must be there, must not, or may. */
class Known {
  readonly vaults = new Map<string, boolean | undefined>();
  acknowledged = 0;
  private count = 0;

  next(world: string): string {
    return `${world}-${++this.count}`;
  }
}

/**
 * Kills a server so many times.
 *
 * @param folder an empty folder, below which the data folders go
 */
export async function crash(folder: string, kills: number, seed: number, tell = (_: string) => {}): Promise<Crashes> {
  const chance = new Chance(seed);
  const faults: string[] = [];
  let [early, acknowledged, kept] = [0, 0, 0];
  let known = new Known();
  let keptHere = 0;
  for (let kill = 0; kill < kills; kill++) {
    const dataDir = path.join(folder, String(Math.floor(kill / KILLS_OF_A_FOLDER)));
    const server = start(dataDir);
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    if (chance.below(5) === 0) {
      early++;
      await sleep(chance.below(1500));
      server.kill('SIGKILL');
    } else {
      const url = await listening(server);
      keptHere = await look(url, known, faults);
      const before = known.acknowledged;
      const over = load(url, known, kill);
      let gone = false;
      void over.then(() => (gone = true));
      while (known.acknowledged < before + ANSWERED_BEFORE && !gone) {
        await sleep(1);
      }
      await sleep(chance.below(500));
      server.kill('SIGKILL');
      await over;
    }
    await ended;
    if ((kill + 1) % KILLS_OF_A_FOLDER === 0 || kill + 1 === kills) {
      const last = start(dataDir);
      keptHere = await look(await listening(last), known, faults);
      last.kill('SIGKILL');
      kept += keptHere;
      acknowledged += known.acknowledged;
      known = new Known();
      tell(`${kill + 1} kills, ${acknowledged} acknowledged, ${faults.length} faults`);
    }
  }
  return { kills, early, acknowledged, kept, faults };
}

function start(dataDir: string): ChildProcess {
  if (!fs.existsSync(path.join(ROOT, 'engine', 'build', 'cli', 'main.js'))) {
    throw new Error('engine is not built: npx tsc -p engine');
  }
  return spawn(process.execPath, [LAUNCHER, 'serve', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The address of a server, when it is ready. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${said}`)), STARTS_WITHIN_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /listening on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) {
        clearTimeout(timer);
        resolve(url);
      }
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code}: ${said}`));
    });
  });
}

/** Clients that ask one thing after the other until nobody answers. */
async function load(url: string, known: Known, kill: number): Promise<void> {
  const workers = Array.from({ length: WORKERS }, async (_, worker) => {
    const chance = new Chance(kill * WORKERS + worker);
    const world = WORLDS[worker % WORLDS.length] ?? '';
    try {
      for (;;) {
        await act(`${url}/_world/${world}`, world, known, chance);
        known.acknowledged++;
      }
    } catch {
      // The server is gone.
    }
  });
  await Promise.all(workers);
}

async function act(url: string, world: string, known: Known, chance: Chance): Promise<void> {
  const what = chance.below(10);
  const mine = [...known.vaults].filter(([name, there]) => name.startsWith(`${world}-`) && there === true);
  const [name] = mine[chance.below(Math.max(mine.length, 1))] ?? [];
  if (what === 0) {
    await ask(url, 'POST', '/_holdfast/clock', { advance: 'PT5H' });
  } else if (what < 3 && name !== undefined) {
    known.vaults.set(name, undefined);
    await ask(url, 'DELETE', `/backup-vaults/${name}`);
    known.vaults.set(name, false);
  } else {
    const made = known.next(world);
    known.vaults.set(made, undefined);
    await ask(url, 'PUT', `/backup-vaults/${made}`, { BackupVaultTags: { of: made } });
    known.vaults.set(made, true);
  }
}

async function ask(url: string, method: string, name: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${url}${name}`, init);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${name}: ${response.status} ${text}`);
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Holds a server against what is known, and against a run that nobody disturbed. Tells how much was kept. */
async function look(url: string, known: Known, faults: string[]): Promise<number> {
  const undisturbed = new ServedWorlds({
    env: { partition: 'aws', account: ACCOUNT, region: 'us-east-1' },
    start: Date.UTC(2027, 0, 1),
    seed: 1,
    version: 'undisturbed',
  });
  let kept = 0;
  for (const world of WORLDS) {
    const at = `${url}/_world/${world}`;
    const there = new Set<string>();
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: Record<string, unknown> = await ask(at, 'GET', `/backup-vaults${next}`);
      (page['BackupVaultList'] as { BackupVaultName: string }[]).forEach((one) => there.add(one.BackupVaultName));
      next =
        page['NextToken'] === undefined ? undefined : `?nextToken=${encodeURIComponent(String(page['NextToken']))}`;
    }
    for (const [name, must] of known.vaults) {
      if (name.startsWith(`${world}-`) && must !== undefined && there.has(name) !== must) {
        faults.push(must ? `${name} was acknowledged and is lost` : `${name} was deleted and is back`);
      }
    }
    const { commands } = (await ask(at, 'GET', '/_holdfast/snapshot')) as unknown as { commands: CommandJson[] };
    kept += commands.length;
    for (const command of commands.map((kept) => readCommand(kept))) {
      await repeat(undisturbed, world, command);
    }
    const [is, would] = [await ask(at, 'GET', '/_holdfast/state'), await stateOf(undisturbed, world)];
    if (JSON.stringify(is) !== JSON.stringify(would)) {
      faults.push(`${world}: digest ${String(is['digest'])}, undisturbed ${String(would['digest'])}`);
    }
  }
  // What was under way at a kill is settled now, one way or the other.
  [...known.vaults].filter(([, must]) => must === undefined).forEach(([name]) => known.vaults.delete(name));
  return kept;
}

async function repeat(worlds: ServedWorlds, world: string, { request }: Command): Promise<void> {
  if (request !== undefined) {
    await worlds.answer({ ...request, headers: { ...request.headers, 'x-holdfast-world': world } });
  }
}

async function stateOf(worlds: ServedWorlds, world: string): Promise<Record<string, unknown>> {
  const headers = { 'x-holdfast-world': world };
  const request = { method: 'GET', path: '/_holdfast/state', query: {}, headers, body: new Uint8Array(0) };
  const { body } = await worlds.answer(request);
  return JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
