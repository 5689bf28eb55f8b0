/**
 * Accounts of an organization, each read by a role of its own into one inventory.
 *
 * Pure: asks through readers.
 * Source   API of AWS Organizations, ListAccounts: for the management account and delegated administrators.
 * Assumed  Four accounts side by side: AWS throttles each account by itself, so that it is the network that bounds them.
 */
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Environment } from '@holdfast/model';
import {
  type InventoryProps,
  type KeptPage,
  type NotReadSource,
  readInventoryOf,
  SOURCES,
  SOURCES_OF_ACCOUNT,
} from './inventory';
import { ORGANIZATION_SOURCES } from './organization-sources';
import { Reader } from './reader';

const SIDE_BY_SIDE = 4;
const ACTIVE = 'ACTIVE';

/** Accounts of the organization that the credentials at hand may list. */
export interface ListedAccounts {
  /** In ascending order. */
  readonly accounts: readonly string[];
  /** Those that nobody can sign in to, with why. */
  readonly notes: readonly string[];
}

export async function listAccounts(reader: Reader, region: string): Promise<ListedAccounts> {
  const client = reader.client(OrganizationsClient, region);
  const accounts: string[] = [];
  const notes: string[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListAccountsCommand(NextToken === undefined ? {} : { NextToken });
    const page = await reader.ask('organizations', () => client.send(command));
    for (const { Id = '', Status, State = Status } of page.Accounts ?? []) {
      if (State === ACTIVE) {
        accounts.push(Id);
      } else {
        notes.push(`account ${Id} is ${State ?? 'not active'} and is left out`);
      }
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { accounts: accounts.sort(), notes: notes.sort() };
}

/** An account, and what reads it. */
export interface AccountReader {
  readonly account: string;
  readonly reader: Reader;
}

export interface AccountsProps extends Pick<InventoryProps, 'kept' | 'keep' | 'progress'> {
  /** The account whose credentials are at hand: it tells of the organization, too. */
  readonly home: AccountReader;
  /** Accounts to read, `home` or not among them. */
  readonly accounts: readonly string[];
  /** Where each is read: without the account. */
  readonly places: readonly Omit<Environment, 'account'>[];
  /** A reader of another account. Fails where its role lets nobody in. */
  enter(account: string): Promise<Reader>;
}

/** An account that nobody lets in. */
export interface NotEntered {
  readonly account: string;
  readonly why: string;
}

/** Reads whatever was not read yet of every account. One that lets nobody in keeps no other from being read. */
export async function readAccounts(props: AccountsProps): Promise<{
  readonly pages: KeptPage[];
  readonly notRead: NotReadSource[];
  readonly notEntered: NotEntered[];
}> {
  const { home, accounts } = props;
  const waiting = [...new Set([home.account, ...accounts])];
  const pages: KeptPage[] = [];
  const notRead: NotReadSource[] = [];
  const notEntered: NotEntered[] = [];
  const work = async (): Promise<void> => {
    for (let account = waiting.shift(); account !== undefined; account = waiting.shift()) {
      const answer = await readAccount(props, account, notEntered);
      pages.push(...answer.pages);
      notRead.push(...answer.notRead);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return {
    pages,
    notRead: notRead.sort((a, b) => ((a.account ?? '') < (b.account ?? '') ? -1 : 1)),
    notEntered: notEntered.sort((a, b) => (a.account < b.account ? -1 : 1)),
  };
}

async function readAccount(
  props: AccountsProps,
  account: string,
  notEntered: NotEntered[],
): Promise<{ readonly pages: readonly KeptPage[]; readonly notRead: readonly NotReadSource[] }> {
  const { home, keep, progress } = props;
  const envs = props.places.map(({ partition, region }) => ({ partition, account, region }));
  const isHome = account === home.account;
  const kept = props.kept.filter((page) => (page.account ?? home.account) === account);
  if (isHome) {
    const sources = props.accounts.includes(account) ? SOURCES : ORGANIZATION_SOURCES;
    return readInventoryOf({ reader: home.reader, envs, sources, kept, keep, progress });
  }
  let reader: Reader;
  try {
    reader = await props.enter(account);
  } catch (fault) {
    const { name = '', message = '' } = fault as Partial<Error>;
    notEntered.push({ account, why: `${name}: ${message}` });
    return { pages: kept, notRead: [] };
  }
  return readInventoryOf({ reader, envs, sources: SOURCES_OF_ACCOUNT, account, kept, keep, progress });
}
