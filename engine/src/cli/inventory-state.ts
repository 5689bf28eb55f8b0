/**
 * The file in which an inventory keeps every page that was read, so that a run that was killed goes on where it was.
 *
 * Pure: the host has the files.
 */
import type { CommandHost } from '../host/terminal';
import type { KeptPage } from '../live/inventory';
import { UsageError } from './usage-error';

/** First line of a state file: by whose credentials the pages in it were read. */
interface StateHead {
  readonly schema: 'holdfast.inventory-state/1';
  readonly account: string;
}

const STATE = 'holdfast.inventory-state/1';

/** Pages of a run before. The last line may be cut off, where the run was killed: its page is read again. */
export function readState(file: string, account: string, host: CommandHost): KeptPage[] {
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
