/**
 * This process as the host of a command: its files, clock and terminal.
 *
 * Owns     the exit code of the process; it never calls `process.exit`, so that what was printed reaches a pipe whole.
 * Units    milliseconds since the epoch, UTC.
 */
import { SingleBar } from 'cli-progress';
import { DiskFiles, writeWhole } from './files';
import { LIVE } from './live';
import { pageAssets } from './page-assets';
import { serve } from './serve';
import type { CommandHost, Progress } from './terminal';
import { versionOfPackage } from './versions';

/** Exit code of a command that could not do its work. */
const COULD_NOT_RUN = 2;

/** Steps of a bar, finer than a terminal shows. */
const STEPS = 1000;

const SILENT: Progress = { show: () => undefined, end: () => undefined };

/** Runs a command with this process as its host; its answer becomes the exit code. */
export async function run(main: (argv: readonly string[], host: CommandHost) => Promise<number>): Promise<void> {
  let lost = false;
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no fault; a full disk is.
    if (fault.code !== 'EPIPE' && !lost) {
      lost = true;
      process.exitCode = COULD_NOT_RUN;
      process.stderr.write(`error: the answer cannot be written: ${fault.message}\n`);
    }
  });
  process.stderr.on('error', () => undefined);
  const code = await main(process.argv.slice(2), hostOfProcess());
  process.exitCode = lost ? COULD_NOT_RUN : code;
}

/** The real files, clock and terminal. */
export function hostOfProcess(): CommandHost {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    files: new DiskFiles(),
    folder: process.cwd(),
    version: versionOfPackage(),
    debug: (process.env.HOLDFAST_DEBUG ?? '') !== '',
    write: writeWhole,
    pageAssets,
    now: () => Date.now(),
    serve,
    live: LIVE,
    progress: (title) => (process.stderr.isTTY ? new Bar(title) : SILENT),
  };
}

class Bar implements Progress {
  private readonly bar: SingleBar;
  private started = false;

  constructor(title: string) {
    this.bar = new SingleBar({
      format: `${title} [{bar}] {percentage}% | {what}`,
      stream: process.stderr,
      clearOnComplete: true,
      // Its handler would swallow the interrupt of a run that never yields.
      gracefulExit: false,
      // Else an interrupted run leaves the terminal without line wrapping.
      linewrap: true,
      barsize: 30,
    });
  }

  show(fraction: number, what: string): void {
    const done = Math.round(fraction * STEPS);
    if (!this.started) {
      this.bar.start(STEPS, done, { what });
      this.started = true;
    }
    this.bar.update(done, { what });
  }

  end(): void {
    if (this.started) {
      this.bar.stop();
    }
  }
}
