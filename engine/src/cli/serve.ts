/**
 * `holdfast serve`: answers as AWS on a port of this machine.
 *
 * Pure: the host serves; this reads flags and prints where.
 * Source   design.md section 2, Endpoint.
 */
import { Command, Option } from 'commander';
import type { PortRange } from '../host/content/database-ports';
import { CLOCK_SKEWS, ClockSkew } from '../host/served-world';
import { StoreFault } from '../host/store-fault';
import type { CommandHost } from '../host/terminal';
import { Instant, parseInstant, shortInstant } from '../kernel/instant';
import { MOST_SPEED } from '../wire/control-clock';
import { DEFAULT_START } from './defaults';
import { addPlaceFlags, addWorldFlags, placeOfFlags, PlaceFlags } from './options';
import { UsageError } from './usage-error';

interface ServeFlags extends PlaceFlags {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly start?: Instant;
  readonly seed: number;
  readonly bucketQuota?: number;
  readonly speed: number;
  readonly dataDir?: string;
  readonly snapshot?: string;
  readonly enforceIam?: boolean;
  readonly clockSkew: ClockSkew;
  readonly runFunctions?: boolean;
  readonly databases?: PortRange;
}

const DEFAULT_PORT = 4566;
const LOOPBACK = '127.0.0.1';
const MOST_PORT = 65_535;
const MOST_DATABASES = 100;
/** What the system was asked for when it is about the port or the address. */
const OF_SOCKETS: readonly string[] = ['listen', 'bind', 'getaddrinfo'];
const OWN = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

export function addServe(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addWorldFlags(addPlaceFlags(program.command('serve'), 'where a request names none'), 'the World')
    .description('answer as AWS on a port of this machine, until interrupted')
    .option('--port <n>', 'port to listen on; 0 takes a free one', port, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; any but that of this machine lets others in', LOOPBACK)
    .option('--speed <n>', 'seconds of a World to one of real time; 0 stands until it is moved', speed, 0)
    .option('--data-dir <folder>', 'keep every World in this folder; what was answered outlives the process')
    .option('--snapshot <file>', 'begin with the World of this file, which GET /_holdfast/snapshot wrote')
    .option('--allow-host <name>', 'further name that requests may have for their host; repeatable', name)
    .option('--enforce-iam', 'verify signatures, and let policies decide about every call and job')
    .addOption(
      new Option(
        '--clock-skew <clock>',
        'clock by which signatures grow old, with --enforce-iam; off lets any age pass',
      )
        .choices(CLOCK_SKEWS)
        .default('wall'),
    )
    .option('--run-functions', 'run functions, code of callers, though --host lets other machines in')
    .option('--databases <ports>', 'run PostgreSQL for instances and clusters of RDS at ports such as 5500-5549', ports)
    .action(async (flags: ServeFlags) => exit(await serve(flags, host)));
}

async function serve(flags: ServeFlags, host: CommandHost): Promise<number> {
  const start = flags.start ?? parseInstant(DEFAULT_START);
  const { seed, speed, bucketQuota, enforceIam = false, clockSkew } = flags;
  const runFunctions = OWN.test(flags.host) || flags.runFunctions === true;
  const { version } = host;
  const world = {
    ...{ env: placeOfFlags(flags), start, seed, version, speed, bucketQuota, enforceIam, clockSkew, runFunctions },
    ...(flags.databases && { databases: flags.databases }),
  };
  const front = { port: flags.port, host: flags.host, allowedHosts: flags.allowHost ?? [], onFault: faultTeller(host) };
  const snapshot = snapshotOf(flags, host);
  let serving;
  try {
    serving = await host.serve(world, front, flags.dataDir, snapshot);
  } catch (fault) {
    if (fault instanceof StoreFault) {
      throw new UsageError(`${snapshot === undefined ? '--data-dir' : '--snapshot:'} ${fault.message}`);
    }
    const { message, syscall } = fault as NodeJS.ErrnoException;
    if (flags.dataDir !== undefined && syscall !== undefined && !OF_SOCKETS.includes(syscall)) {
      throw new UsageError(`--data-dir ${flags.dataDir} cannot be had: ${message}`);
    }
    throw new UsageError(`cannot listen on ${flags.host}:${flags.port}: ${message}`);
  }
  if (!OWN.test(flags.host)) {
    // With --enforce-iam too: everybody can read what the secret of an account's own key is.
    const may = runFunctions ? 'this World, and run code on this machine' : 'this World; functions do not run';
    host.stderr.write(
      `warning: ${flags.host} lets other machines in: whoever reaches the port may do everything in ${may}\n`,
    );
  }
  host.stdout.write(`holdfast listening on ${serving.url}\n`);
  const how = flags.speed === 0 ? 'the clock stands at' : `${flags.speed} times as fast as real time, the clock is at`;
  host.stdout.write(`${how} ${shortInstant(start)}; POST /_holdfast/clock {"advance":"P1D"} moves it\n`);
  try {
    await serving.stopped;
  } catch (fault) {
    if (fault instanceof StoreFault) {
      throw new UsageError(`--data-dir ${fault.message}`);
    }
    throw fault;
  }
  return 0;
}

/** Clients see no more than that something failed. */
function faultTeller({ stderr }: CommandHost): (fault: unknown, at: string) => void {
  return (fault, at) => {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    stderr.write(`Holdfast failed at ${at}: ${text}\n`);
  };
}

/** The text of the file that a World is to begin with. */
function snapshotOf({ snapshot, dataDir }: ServeFlags, { files }: CommandHost): string | undefined {
  if (snapshot === undefined) {
    return undefined;
  }
  if (dataDir !== undefined) {
    throw new UsageError(
      '--snapshot and --data-dir exclude each other: a folder says itself what its Worlds began with',
    );
  }
  if (files.kindOf(snapshot) !== 'file') {
    throw new UsageError(`--snapshot must be a file, got '${snapshot}'`);
  }
  return files.read(snapshot);
}

function port(given: string): number {
  const number = /^\d{1,5}$/.test(given) ? Number(given) : NaN;
  if (!(number <= MOST_PORT)) {
    throw new UsageError(`--port must be a whole number from 0 to ${MOST_PORT}, got '${given}'`);
  }
  return number;
}

function ports(given: string): PortRange {
  const [first = NaN, last = first] = /^\d{1,5}(-\d{1,5})?$/.test(given) ? given.split('-').map(Number) : [];
  if (!(first > 0 && first <= last && last <= MOST_PORT && last - first < MOST_DATABASES)) {
    throw new UsageError(
      `--databases must be a port or up to ${MOST_DATABASES} of them, such as 5500-5549, got '${given}'`,
    );
  }
  return { first, last };
}

function speed(given: string): number {
  const number = /^\d{1,8}(\.\d{1,3})?$/.test(given) ? Number(given) : NaN;
  if (!(number <= MOST_SPEED)) {
    throw new UsageError(`--speed must be a number from 0 to ${MOST_SPEED}, got '${given}'`);
  }
  return number;
}

function name(given: string, before: readonly string[] = []): string[] {
  if (!/^[A-Za-z0-9.-]{1,253}$/.test(given)) {
    throw new UsageError(`--allow-host must be a host name without port, got '${given}'`);
  }
  return [...before, given.toLowerCase()];
}
