/**
 * Where the commands of Worlds are kept, so that a World can be made again: in memory, or in a data folder (store.ts).
 *
 * Owns     for a server without a data folder: the commands of each World, as text.
 * Units    bytes.
 */
import { CONTROL } from '../wire/control';
import { ControlFault } from '../wire/control-body';
import { BodyStore } from './bodies/body-store';
import { Command, CommandJson, writeCommand } from './command';
import { type StorePlace, storeIn } from './content/world-store';

export interface Keeper {
  /** Where bodies are that are too large for memory, of all Worlds. */
  readonly bodies: BodyStore;
  /** Keeps a command; comes when it can no more be lost. Commands of a World are kept in the order of the calls. */
  keep(world: string, command: Command): Promise<void>;
  /** The World is gone, and its commands with it. */
  forget(world: string): Promise<void>;
  /** Comes when nothing that was kept before can be lost any more. */
  settled(): Promise<void>;
  /** What made a World what it is, oldest first. */
  commandsOf(world: string): Promise<CommandJson[]>;
  /** Where captures of what resources of a World hold are; each beginning of a World has a store of its own. */
  storeOf(world: string, store: string): StorePlace;
  /** Where databases of a beginning of a World are; undefined where they are in memory. */
  databasesOf(world: string, store: string): string | undefined;
  /** What a beginning of a World had captured, and its databases, are not needed any more. */
  dropStore(world: string, store: string): Promise<void>;
  /** So it is for all but these, by World: a server that was killed may have left some. */
  dropOthers(stores: ReadonlyMap<string, string>): Promise<void>;
}

const MIB = 1024 * 1024;
/** More of one World is not worth memory that nobody may ever ask for. */
const MOST_BYTES = 64 * MIB;

interface Kept {
  texts: Buffer[];
  bytes: number;
}

export class MemoryKeeper implements Keeper {
  readonly bodies = new BodyStore();
  private readonly kept = new Map<string, Kept>();

  async keep(world: string, command: Command): Promise<void> {
    const before = this.kept.get(world);
    const kept = before === undefined || beginsAnew(command) ? { texts: [], bytes: 0 } : before;
    const text = Buffer.from(JSON.stringify(writeCommand(command)), 'utf8');
    kept.bytes += text.length;
    if (kept.bytes > MOST_BYTES) {
      kept.texts = [];
    } else {
      kept.texts.push(text);
    }
    this.kept.set(world, kept);
  }

  async forget(world: string): Promise<void> {
    this.kept.delete(world);
  }

  async settled(): Promise<void> {}

  /** @throws ControlFault when there were too many to keep */
  async commandsOf(world: string): Promise<CommandJson[]> {
    const { texts, bytes } = this.kept.get(world) ?? { texts: [], bytes: 0 };
    if (bytes > MOST_BYTES) {
      throw new ControlFault(
        `World '${world}' has more than ${MOST_BYTES / MIB} MiB of commands, which a server keeps with --data-dir alone`,
      );
    }
    return texts.map((text) => JSON.parse(text.toString('utf8')) as CommandJson);
  }

  storeOf(): StorePlace {
    return storeIn(undefined);
  }

  databasesOf(): undefined {
    return undefined;
  }

  async dropStore(): Promise<void> {}

  async dropOthers(): Promise<void> {}
}

const RESET = `${CONTROL}reset`;
const ANEW: readonly string[] = [RESET, `${CONTROL}snapshot`];

/** Whether nothing that was before a command is left after it. */
export function beginsAnew({ request, status }: Pick<CommandJson, 'status'> & { request?: { path: string } }): boolean {
  return status === 200 && ANEW.includes(nameOf(request?.path));
}

/** Whether a command leaves what the World began with. */
export function isReset({ request }: { request?: { method: string; path: string } }): boolean {
  return request?.method === 'POST' && nameOf(request.path) === RESET;
}

function nameOf(path = ''): string {
  return path.replace(/\/$/, '');
}
