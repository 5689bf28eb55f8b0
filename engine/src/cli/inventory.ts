/**
 * `holdfast inventory`: what a live account has, as a blueprint that every other command takes.
 *
 * Pure: the host has AWS and the files.
 * Source   design.md section 2, `inventory` and Inventory.
 */
import type { Environment } from '@holdfast/model';
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import { partitionOf } from '../ingest/environments';
import type { KeptPage, NotReadSource } from '../live/inventory';
import { Reader } from '../live/reader';
import { count, regions, requireFlags } from './options';
import { writeAs } from './print';
import { plural } from './tables';
import { UsageError } from './usage-error';

interface InventoryFlags {
  readonly regions: readonly string[];
  readonly state?: string;
  readonly out?: string;
  readonly rate: number;
}

/** First line of a state file: what the pages in it are of. */
interface StateHead {
  readonly schema: 'holdfast.inventory-state/1';
  readonly account: string;
}

const STATE = 'holdfast.inventory-state/1';
const MOST_A_SECOND = 1000;

export function addInventory(program: Command, host: CommandHost, exit: (code: number) => void): void {
  requireFlags(program.command('inventory'), 'regions')
    .description('read what a live account has, by reads alone, and print it as a blueprint')
    .option('--regions <names>', 'Regions, with commas between them (required)', regions)
    .option('--state <file>', 'keep every page that was read in this file, and go on from it when it is there')
    .option('--out <file>', 'write the blueprint to this file rather than print it')
    .option(
      '--rate <n>',
      'calls a second to one service in one Region',
      (given) => count('--rate', given, MOST_A_SECOND),
      10,
    )
    .action(async (flags: InventoryFlags) => exit(await inventory(flags, host)));
}

async function inventory(flags: InventoryFlags, host: CommandHost): Promise<number> {
  const { live } = host;
  const [first = ''] = flags.regions;
  const { account } = await live.account(first);
  const envs = [...new Set(flags.regions)].map((region): Environment => ({
    partition: partitionOf(region),
    account,
    region,
  }));
  const kept = flags.state === undefined ? [] : readState(flags.state, account, host);
  const { readInventoryOf, documentOf, notesOf } = live.inventory();
  const reader = new Reader(live.outside, flags.rate);
  const bar = host.progress('inventory');
  let answer;
  try {
    answer = await readInventoryOf({
      reader,
      envs,
      kept: kept.filter(({ region }) => flags.regions.includes(region)),
      keep: (page) => flags.state !== undefined && live.append(flags.state, `${JSON.stringify(page)}\n`),
      progress: (done, what) => bar.show(0, `${plural(done, 'page')}, ${what}`),
    });
  } finally {
    bar.end();
  }
  const document = documentOf(answer.pages, answer.notRead.length === 0);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (flags.out === undefined) {
    host.stdout.write(text);
  } else {
    writeAs('--out', flags.out, text, host);
  }
  notesOf(answer.pages).forEach((note) => host.stderr.write(`note: ${note}\n`));
  host.stderr.write(summaryOf(document.resources.length, document.plans.length, reader, answer.notRead));
  return answer.notRead.length === 0 ? 0 : 1;
}

function summaryOf(resources: number, plans: number, reader: Reader, notRead: readonly NotReadSource[]): string {
  const lines = notRead.map(({ source, region, why }) => `not read: ${source} in ${region}: ${why}\n`);
  const read = `${plural(resources, 'resource')} and ${plural(plans, 'plan')}`;
  return `${lines.join('')}${read}, ${plural(reader.calls, 'call')}, ${reader.waits} of them throttled\n`;
}

/** Pages of a run before. The last line may be cut off, where the run was killed: its page is read again. */
function readState(file: string, account: string, host: CommandHost): KeptPage[] {
  if (host.files.kindOf(file) === undefined) {
    const head: StateHead = { schema: STATE, account };
    host.live.append(file, `${JSON.stringify(head)}\n`);
    return [];
  }
  const text = host.files.read(file);
  if (!text.endsWith('\n')) {
    host.live.append(file, '\n');
  }
  const [head, ...pages] = text.split('\n').flatMap(parsed) as [StateHead | undefined, ...KeptPage[]];
  if (head?.schema !== STATE) {
    throw new UsageError(`--state ${file} is no state of an inventory`);
  }
  if (head.account !== account) {
    throw new UsageError(`--state ${file} is of account ${head.account}, and the credentials are of ${account}`);
  }
  return pages;
}

function parsed(line: string): unknown[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as unknown];
  } catch {
    return [];
  }
}
