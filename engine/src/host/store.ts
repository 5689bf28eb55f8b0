/**
 * A data folder: the commands of every World of a server, in a journal that outlives its process.
 *
 * Owns     the folder, while it has the lock. What it refuses it leaves as it was.
 * Source   decision 0031. A request is answered when its command is on the disk, not before.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BodyStore } from './bodies/body-store';
import { Command, CommandJson, writeCommand } from './command';
import { syncFolder } from './files';
import { FolderLock, LOCK_FILES } from './folder-lock';
import { Journal } from './journal';
import { Extent, FIRST, FORMAT, JournalDamage, JournalReader, MAGIC, writeRecord } from './journal-file';
import { lastingStoreIn, type StorePlace } from './content/world-store';
import { beginsAnew, Keeper } from './keeper';
import { StoreFault } from './store-fault';
import { newerThan } from './versions';
import { isStoreName, storeFolder } from './own-names';
import { worldNameFault } from '../wire/world-path';

const JOURNAL = 'journal';
/** Captures of what resources hold, by World and by its beginning. */
const CONTENT = 'content';
/** Bodies of requests that are too large for the journal, of all Worlds. */
const BODIES = 'bodies';
/** PostgreSQL's data folders, by World and by its beginning. */
const DATABASES = 'databases';
/** A journal that is being made; nothing in it was ever acknowledged. */
const NEW_JOURNAL = 'journal.new';
/** A journal is written anew when this much of it is of Worlds that were reset or deleted. */
const LEAST_DEAD_BYTES = 1024 * 1024;

/** What every World of a folder began with. */
export type StoreOptions = Readonly<Record<string, unknown>>;

interface Head {
  readonly version: string;
  readonly options: StoreOptions;
}

/** A record: a command of a World, or that it is gone. */
interface RecordJson extends CommandJson {
  readonly world: string;
  readonly deleted?: true;
}

/** What a scan of a journal found. */
interface Found {
  readonly extent: Extent;
  readonly head: Head;
  /** The first record of each World that still says something. */
  readonly begins: ReadonlyMap<string, number>;
  readonly deadBytes: number;
  readonly liveBytes: number;
}

export class Store implements Keeper {
  /** From `replay` on. */
  private journal: Journal | undefined;
  readonly bodies: BodyStore;
  private count: number;

  private constructor(
    private readonly folder: string,
    private readonly head: Head,
    private readonly lock: FolderLock,
    private readonly found: Found,
  ) {
    this.count = found.extent.records;
    this.bodies = new BodyStore(path.join(folder, BODIES));
  }

  /**
   * Takes a folder, which is made when it is not there.
   *
   * @throws StoreFault naming the folder and what was found; the folder is as it was then
   */
  static async open(folder: string, head: Head): Promise<Store> {
    const fresh = refuseForeign(folder);
    const before = fresh ? undefined : scanAt(folder, head);
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = await FolderLock.take(folder);
    if (lock === undefined) {
      throw new StoreFault(`${folder} is in use by another server`);
    }
    try {
      // Another server may have had it since.
      if (fresh && refuseForeign(folder)) {
        writeAnew(folder, head, []);
      }
      const found = before?.stamp === stampOf(folder) ? before.found : scanAt(folder, head).found;
      return new Store(folder, head, lock, found);
    } catch (fault) {
      await lock.release();
      throw fault;
    }
  }

  /**
   * Has everything that was kept done again, oldest first; from then on commands can be kept.
   *
   * @param onFault told when the disk takes no more
   * @throws StoreFault when something else comes of a command than before; the folder is as it was then
   */
  async replay(
    again: (world: string, command: CommandJson) => Promise<void>,
    onFault: (fault: Error) => void,
  ): Promise<void> {
    const { folder, head, found } = this;
    try {
      await replay(folder, found, again);
      const { extent } = renew(folder, found, head);
      this.count = extent.records;
      this.journal = new Journal(fs.openSync(fileOf(folder), 'r+'), extent, onFault);
    } catch (fault) {
      await this.close();
      throw fault;
    }
  }

  keep(world: string, command: Command): Promise<void> {
    return this.append({ world, ...writeCommand(command) });
  }

  forget(world: string): Promise<void> {
    return this.append({ world, deleted: true });
  }

  async settled(): Promise<void> {
    await this.journal?.settled();
  }

  storeOf(world: string, store: string): StorePlace {
    return lastingStoreIn(this.contentFolder(world, store));
  }

  databasesOf(world: string, store: string): string {
    return storeFolder(this.folder, DATABASES, world, store);
  }

  async dropStore(world: string, store: string): Promise<void> {
    await fs.promises.rm(this.databasesOf(world, store), { recursive: true, force: true });
    await fs.promises.rm(this.contentFolder(world, store), { recursive: true, force: true });
  }

  async dropOthers(stores: ReadonlyMap<string, string>): Promise<void> {
    for (const kind of [CONTENT, DATABASES].map((name) => path.join(this.folder, name))) {
      // What somebody else put there is theirs.
      for (const world of namesIn(kind).filter((name) => worldNameFault(name) === undefined)) {
        const names = namesIn(path.join(kind, world)).filter(isStoreName);
        for (const store of names.filter((one) => one !== stores.get(world))) {
          await this.dropStore(world, store);
        }
      }
    }
  }

  async commandsOf(world: string): Promise<CommandJson[]> {
    const { count } = this;
    await this.settled();
    const kept: CommandJson[] = [];
    reading(this.folder, (reader) => {
      let number = 0;
      for (const text of reader.records()) {
        const { world: of, deleted, ...command } = parse(text, number) as RecordJson;
        if (number > 0 && of === world) {
          kept.length = deleted === true || beginsAnew(command) ? 0 : kept.length;
          kept.push(...(deleted === true ? [] : [command]));
        }
        // What is written at this moment is of others.
        if (++number >= count) {
          break;
        }
      }
    });
    return kept;
  }

  async close(): Promise<void> {
    await this.journal?.close();
    await this.lock.release();
  }

  private contentFolder(world: string, store: string): string {
    return storeFolder(this.folder, CONTENT, world, store);
  }

  private append(record: RecordJson): Promise<void> {
    if (this.journal === undefined) {
      throw new Error('nothing is kept before the journal was replayed');
    }
    this.count++;
    return this.journal.append(Buffer.from(JSON.stringify(record), 'utf8'));
  }
}

function namesIn(folder: string): string[] {
  return fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? fs.readdirSync(folder) : [];
}

function fileOf(folder: string): string {
  return path.join(folder, JOURNAL);
}

/** Reads the journal of a folder as it is now. */
function reading<T>(folder: string, read: (reader: JournalReader) => T): T {
  const file = fs.openSync(fileOf(folder), 'r');
  try {
    return read(new JournalReader(file));
  } finally {
    fs.closeSync(file);
  }
}

/** Whether there is no journal yet. @throws StoreFault when the folder is somebody else's */
function refuseForeign(folder: string): boolean {
  const stats = fs.statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) {
    return true;
  }
  if (!stats.isDirectory()) {
    throw new StoreFault(`${folder} is no folder`);
  }
  const names = fs.readdirSync(folder);
  if (names.includes(JOURNAL)) {
    if (!fs.statSync(fileOf(folder)).isFile()) {
      throw new StoreFault(`${folder}: its ${JOURNAL} is no file`);
    }
    return false;
  }
  const foreign = names.filter((name) => name !== NEW_JOURNAL && !LOCK_FILES.includes(name)).sort();
  if (foreign.length > 0) {
    const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
    throw new StoreFault(`${folder} holds ${foreign[0]}${more}, and no journal of Holdfast`);
  }
  return true;
}

/** What a journal is as long as nobody writes to it. */
function stampOf(folder: string): string {
  const { ino, size, mtimeNs } = fs.statSync(fileOf(folder), { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

/** @throws StoreFault when the journal is damaged, or none that this version and these options can go on with */
function scanAt(folder: string, head: Head): { readonly stamp: string; readonly found: Found } {
  const stamp = stampOf(folder);
  try {
    const found = reading(folder, (reader) => {
      const format = reader.format();
      if (format === undefined) {
        throw new StoreFault(`${folder}: its file ${JOURNAL} is no journal of Holdfast`);
      }
      if (format > FORMAT) {
        throw new StoreFault(
          `${folder}: its format ${format} is newer than ${FORMAT}, which Holdfast ${head.version} has`,
        );
      }
      return scan(reader);
    });
    refuseHead(folder, found.head, head);
    return { stamp, found };
  } catch (fault) {
    if (fault instanceof JournalDamage) {
      throw new StoreFault(`${folder}: its ${JOURNAL} cannot be read: ${fault.message}`);
    }
    throw fault;
  }
}

function scan(reader: JournalReader): Found {
  let head: Head | undefined;
  const begins = new Map<string, number>();
  const live = new Map<string, number>();
  let all = 0;
  const extent = reader.scan((text, number) => {
    if (head === undefined) {
      head = parse(text, number) as Head;
      return;
    }
    const record = parse(text, number) as RecordJson;
    const anew = record.deleted === true || beginsAnew(record);
    if (anew || !begins.has(record.world)) {
      // That a World is gone says nothing to whoever does all again.
      begins.set(record.world, record.deleted === true ? number + 1 : number);
      live.set(record.world, 0);
    }
    all += text.length;
    live.set(record.world, (live.get(record.world) ?? 0) + (record.deleted === true ? 0 : text.length));
  });
  if (head?.version === undefined) {
    throw new JournalDamage('it does not say which Holdfast wrote it');
  }
  const liveBytes = [...live.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { extent, head, begins, liveBytes, deadBytes: all - liveBytes };
}

function parse(text: Buffer, number: number): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    throw new JournalDamage(`record ${number} is no JSON`);
  }
}

function refuseHead(folder: string, found: Head, head: Head): void {
  if (newerThan(found.version, head.version)) {
    throw new StoreFault(`${folder} was written by Holdfast ${found.version}, and this is ${head.version}`);
  }
  const names = [...new Set([...Object.keys(found.options), ...Object.keys(head.options)])];
  for (const name of names) {
    const [then, now] = [found.options[name], head.options[name]].map((value) => JSON.stringify(value));
    if (then !== now) {
      throw new StoreFault(`${folder} was begun with ${name} ${then}, and this server has ${now}`);
    }
  }
}

/** The records that still say something, first to last. */
function* liveRecords(reader: JournalReader, { begins }: Found): Generator<RecordJson & { readonly number: number }> {
  let number = 0;
  for (const text of reader.records()) {
    if (number > 0) {
      const record = parse(text, number) as RecordJson;
      if (number >= (begins.get(record.world) ?? 0)) {
        yield { number, ...record };
      }
    }
    number++;
  }
}

async function replay(
  folder: string,
  found: Found,
  again: (world: string, command: CommandJson) => Promise<void>,
): Promise<void> {
  const opened = fs.openSync(fileOf(folder), 'r');
  try {
    for (const { number, world, ...command } of liveRecords(new JournalReader(opened), found)) {
      try {
        await again(world, command);
      } catch (fault) {
        if (fault instanceof StoreFault) {
          throw new StoreFault(`${folder}: record ${number}, by Holdfast ${found.head.version}: ${fault.message}`);
        }
        throw fault;
      }
    }
  } finally {
    fs.closeSync(opened);
  }
}

/** Writes the journal anew where its end is torn, much of it is dead, or an older version wrote it. */
function renew(folder: string, found: Found, head: Head): Found {
  const mostlyDead = found.deadBytes > LEAST_DEAD_BYTES && found.deadBytes > found.liveBytes;
  if (!found.extent.torn && !mostlyDead && found.head.version === head.version) {
    return found;
  }
  reading(folder, (reader) => writeAnew(folder, head, withoutNumbers(liveRecords(reader, found))));
  return scanAt(folder, head).found;
}

function* withoutNumbers(records: Iterable<RecordJson & { readonly number: number }>): Generator<RecordJson> {
  for (const { number: _, ...record } of records) {
    yield record;
  }
}

/** Makes a journal beside the one that there is, and puts it in its place when it is whole. */
function writeAnew(folder: string, head: Head, records: Iterable<object>): void {
  const file = path.join(folder, NEW_JOURNAL);
  // Requests hold passwords.
  const opened = fs.openSync(file, 'w', 0o600);
  try {
    fs.writeSync(opened, MAGIC);
    let chain = FIRST;
    const add = (record: object) => {
      const written = writeRecord(Buffer.from(JSON.stringify(record), 'utf8'), chain);
      chain = written.chain;
      fs.writeFileSync(opened, written.bytes);
    };
    add(head);
    for (const record of records) {
      add(record);
    }
    fs.writeFileSync(opened, Buffer.alloc(1));
    fs.fsyncSync(opened);
  } finally {
    fs.closeSync(opened);
  }
  fs.renameSync(file, fileOf(folder));
  syncFolder(folder);
}
