/**
 * What a command sees of the machine that it runs on.
 *
 * Pure: types alone. `process.ts` gives the real one, tests give theirs.
 * Units    `now` and all `…At` are milliseconds since the epoch, UTC.
 */
import type { Product } from '../cost/price-list';
import type { FileSource } from '../ingest/artifact';
import type { Outside } from '../live/reader';
import type { PageAssets } from '../report/pages/html';
import type { FrontProps } from './http-front';
import type { ServedProps } from './served-world';

/** Takes text; a terminal, a pipe or a test's buffer. */
export interface TextSink {
  write(text: string): unknown;
}

/** Shows how far a long run has come. */
export interface Progress {
  /** Shows how much is over, 0 to 1, and where the run is. */
  show(fraction: number, what: string): void;
  /** Clears what was shown. */
  end(): void;
}

/** A World behind a port. */
export interface Serving {
  /** E.g. `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Comes when somebody interrupted the process and the socket is closed. */
  readonly stopped: Promise<void>;
}

/** The AWS that commands read from: the real one, or whatever `AWS_ENDPOINT_URL` names. */
export interface LiveHost {
  /** What AWS's price list has about backups in some Regions. */
  products(regions: readonly string[]): Promise<Product[]>;
  /** What reads an account, and those of an organization; loads the SDK. */
  inventory(): typeof import('../live/inventory') & typeof import('../live/accounts');
  /** Whose credentials are at hand. */
  account(region: string): Promise<{ readonly account: string; readonly partition: string }>;
  readonly outside: Outside;
  /** The same with the credentials of a role, assumed by those at hand. Fails where the role does not let them in. */
  assume(roleArn: string, region: string): Promise<Outside>;
  /** Adds text to a file at once. */
  append(file: string, text: string): void;
}

/** Everything that a command takes from outside and gives away: files, clock, terminal. */
export interface CommandHost {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly files: FileSource;
  /** The folder that the command runs in. */
  readonly folder: string;
  /** Version of the package. */
  readonly version: string;
  /** Whether faults of the engine print their stack (`HOLDFAST_DEBUG`). */
  readonly debug: boolean;
  /** Puts a whole file, with the folders above it, where a flag says. Fails with an Error of the system. */
  write(file: string, text: string): void;
  /** The page of reports and of the console, as it was built. */
  pageAssets(): PageAssets;
  /** The real time. Nothing that a digest covers may depend on it. */
  now(): number;
  readonly live: LiveHost;
  /** A bar on stderr when that is a terminal, else silence. */
  progress(title: string): Progress;
  /**
   * Serves Worlds until somebody interrupts the process. Fails when the port, or the data folder, is not to be had, or the
   * snapshot that the first World begins with is refused.
   */
  serve(world: ServedProps, front: FrontProps, dataDir?: string, snapshot?: string): Promise<Serving>;
}
