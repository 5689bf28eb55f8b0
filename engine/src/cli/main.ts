/**
 * The command line: from arguments to an exit code.
 *
 * Pure: everything outside comes through the host, so that tests run it in process.
 * Source   design.md section 2: exit 0 fine, 1 findings or failed assertions, 2 could not run; design.md section 4.
 */
import { Command, CommanderError } from 'commander';
import type { CommandHost } from '../host/terminal';
import { IngestRefusal, IngestRefusals } from '../ingest/artifact';
import { DeployRefusal } from '../ingest/deploy-call';
import { addAdopt } from './adopt';
import { addAttack } from './attack';
import { addCheck } from './check';
import { addCost } from './cost';
import { addExplain } from './explain';
import { addInventory } from './inventory';
import { addNext } from './next';
import { addPrices } from './prices';
import { addServe } from './serve';
import { addSimulate } from './simulate';
import { UsageError } from './usage-error';

const COULD_NOT_RUN = 2;

const AFTER_HELP = `
Exit codes: 0 fine, 1 findings at or over --fail-on or attacks that succeed, 2 could not run.`;

/** Runs the command that the arguments name and returns its exit code. Never throws. */
export async function main(argv: readonly string[], host: CommandHost): Promise<number> {
  let code = 0;
  const program = programOf(host, (answer) => {
    code = answer;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (fault) {
    return report(fault, argv, host);
  }
}

function programOf(host: CommandHost, exit: (code: number) => void): Command {
  const program = new Command('holdfast')
    .description('Checks AWS Backup declarations and runs them on a virtual clock, before AWS does.')
    .version(host.version)
    .addHelpText('after', AFTER_HELP)
    // Set before the commands are made: they inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
    });
  addCheck(program, host, exit);
  addSimulate(program, host, exit);
  addNext(program, host, exit);
  addExplain(program, host, exit);
  addCost(program, host, exit);
  addAttack(program, host, exit);
  addInventory(program, host, exit);
  addAdopt(program, host, exit);
  addPrices(program, host, exit);
  addServe(program, host, exit);
  return program;
}

function report(fault: unknown, argv: readonly string[], host: CommandHost): number {
  if (fault instanceof CommanderError) {
    // Commander has printed the text already; only asked-for help and version are no error.
    return fault.exitCode === 0 ? 0 : COULD_NOT_RUN;
  }
  if (fault instanceof UsageError || fault instanceof IngestRefusal) {
    const all = fault instanceof IngestRefusals ? fault.all : [fault];
    host.stderr.write(all.map(({ message }) => `error: ${message}\n`).join(''));
  } else if (fault instanceof DeployRefusal) {
    host.stderr.write(`error: AWS refuses the deploy: ${fault.message}\n`);
  } else {
    host.stderr.write(engineFault(fault, argv, host.debug));
  }
  return COULD_NOT_RUN;
}

/** A fault of ours: what happened, the seed, and the command that repeats it. */
function engineFault(fault: unknown, argv: readonly string[], debug: boolean): string {
  const message = fault instanceof Error ? fault.message : String(fault);
  const stack = fault instanceof Error ? fault.stack : undefined;
  return [
    `error: a fault of the engine, not of its input: ${message}`,
    `seed: ${seedOf(argv)}`,
    `repeat: holdfast ${argv.map(quoted).join(' ')}`,
    debug && stack !== undefined ? stack : 'HOLDFAST_DEBUG=1 shows the stack',
    '',
  ].join('\n');
}

function seedOf(argv: readonly string[]): string {
  const at = argv.findIndex((word) => word === '--seed' || word.startsWith('--seed='));
  const word = argv[at];
  return word === undefined ? '1 (default)' : word === '--seed' ? (argv[at + 1] ?? '') : word.slice('--seed='.length);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
