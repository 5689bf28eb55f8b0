/**
 * `holdfast inventory`: what a live account has, as a blueprint that every other command takes.
 *
 * Pure: the host has AWS and the files.
 * Source   design.md section 2, `inventory` and Inventory.
 */
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import { partitionOf } from '../ingest/environments';
import type { NotEntered } from '../live/accounts';
import type { NotReadSource } from '../live/inventory';
import { Reader } from '../live/reader';
import { readState } from './inventory-state';
import { accountIds, count, regions, requireFlags } from './options';
import { writeAs } from './print';
import { plural } from './tables';
import { UsageError } from './usage-error';

interface InventoryFlags {
  readonly regions: readonly string[];
  readonly state?: string;
  readonly out?: string;
  readonly rate: number;
  readonly role?: string;
  readonly accounts?: readonly string[];
}

const MOST_A_SECOND = 1000;
/** Source  IAM user guide, "IAM and AWS STS quotas": names and paths of roles. */
const ROLE = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

export function addInventory(program: Command, host: CommandHost, exit: (code: number) => void): void {
  requireFlags(program.command('inventory'), 'regions')
    .description('read what a live account has, or many accounts, by reads alone, and print it as a blueprint')
    .option('--regions <names>', 'Regions, with commas between them (required)', regions)
    .option(
      '--role <name>',
      'role to assume in each other account, e.g. OrganizationAccountAccessRole; all active accounts of the organization are read unless --accounts names some',
      role,
    )
    .option('--accounts <ids>', 'accounts to read by --role, with commas between them', accountIds)
    .option('--state <file>', 'keep every page that was read in this file, and go on from it when it is there')
    .option('--out <file>', 'write the blueprint to this file rather than print it')
    .option(
      '--rate <n>',
      'calls a second to one service in one Region of one account',
      (given) => count('--rate', given, MOST_A_SECOND),
      10,
    )
    .action(async (flags: InventoryFlags) => exit(await inventory(flags, host)));
}

function role(given: string): string {
  if (!ROLE.test(given)) {
    throw new UsageError(`--role must be the name of a role, with its path if it has one, got '${given}'`);
  }
  return given;
}

async function inventory(flags: InventoryFlags, host: CommandHost): Promise<number> {
  const { live } = host;
  const [first = ''] = flags.regions;
  if (flags.accounts !== undefined && flags.role === undefined) {
    throw new UsageError('--accounts must come with --role, by which other accounts are read');
  }
  const { account } = await live.account(first);
  const { documentOf, notesOf, readAccounts } = live.inventory();
  const reader = new Reader(live.outside, flags.rate);
  const { accounts, notes } = await chosen(flags, account, reader, host);
  const kept = flags.state === undefined ? [] : readState(flags.state, account, host);
  const readers = [reader];
  const bar = host.progress('inventory');
  let pages = 0;
  let answer;
  try {
    answer = await readAccounts({
      home: { account, reader },
      accounts,
      places: [...new Set(flags.regions)].map((region) => ({ partition: partitionOf(region), region })),
      kept: kept.filter(({ region }) => flags.regions.includes(region)),
      keep: (page) => flags.state !== undefined && live.append(flags.state, `${JSON.stringify(page)}\n`),
      progress: (_, what) => bar.show(0, `${plural(++pages, 'page')}, ${what}`),
      enter: async (other) => {
        const arn = `arn:${partitionOf(first)}:iam::${other}:role/${flags.role ?? ''}`;
        const entered = new Reader(await live.assume(arn, first), flags.rate);
        readers.push(entered);
        return entered;
      },
    });
  } finally {
    bar.end();
  }
  const complete = answer.notRead.length + answer.notEntered.length === 0;
  const document = documentOf(answer.pages, complete);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (flags.out === undefined) {
    host.stdout.write(text);
  } else {
    writeAs('--out', flags.out, text, host);
  }
  [...notes, ...notesOf(answer.pages)].forEach((note) => host.stderr.write(`note: ${note}\n`));
  const read = `${plural(document.resources.length, 'resource')} and ${plural(document.plans.length, 'plan')}`;
  const of = flags.role === undefined ? '' : ` in ${plural(accounts.length - answer.notEntered.length, 'account')}`;
  host.stderr.write(`${refused(answer)}${read}${of}, ${callsOf(readers)}\n`);
  return complete ? 0 : 1;
}

/** The accounts to read: that of the credentials at hand, or those that a role leads to. */
async function chosen(
  { role: name, accounts, regions: [region = ''] }: InventoryFlags,
  account: string,
  reader: Reader,
  { live }: CommandHost,
): Promise<{ readonly accounts: readonly string[]; readonly notes: readonly string[] }> {
  if (name === undefined || accounts !== undefined) {
    return { accounts: accounts ?? [account], notes: [] };
  }
  try {
    return await live.inventory().listAccounts(reader, region);
  } catch (fault) {
    const { name: code = '', message = '' } = fault as Partial<Error>;
    throw new UsageError(
      `--role must be given where account ${account} may list the accounts of its organization, or with --accounts: ${code}: ${message}`,
    );
  }
}

function refused(answer: {
  readonly notRead: readonly NotReadSource[];
  readonly notEntered: readonly NotEntered[];
}): string {
  const lines = [
    ...answer.notEntered.map(({ account, why }) => `not read: account ${account}: ${why}\n`),
    ...answer.notRead.map(({ source, region, account, why }) => {
      const whose = account === undefined ? '' : ` of account ${account}`;
      return `not read: ${source} in ${region}${whose}: ${why}\n`;
    }),
  ];
  return lines.join('');
}

function callsOf(readers: readonly Reader[]): string {
  const sum = (of: (reader: Reader) => number): number => readers.reduce((total, reader) => total + of(reader), 0);
  return `${plural(
    sum(({ calls }) => calls),
    'call',
  )}, ${sum(({ waits }) => waits)} of them throttled`;
}
