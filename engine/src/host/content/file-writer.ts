/**
 * Writes a tree of files from what was captured, below a folder and nowhere else.
 *
 * Owns     the folders that it is in: an entry goes into the last that it made, so that no link and no name leads away.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';
import type { CapturedEntry } from './content';
import { writeNewFile } from './file-bytes';
import { folderOf, isFolderName, pathOf, ROOT_NAME } from './file-names';

/** What is known of an entry beside its bytes. */
export interface AboutFile {
  readonly kind: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Nanoseconds since epoch. */
  readonly mtimeNs: string;
  /** It has holes. */
  readonly sparse?: boolean;
  /** It has more than one name, of which this is the first. */
  readonly linked?: boolean;
  /** The first name of a file that has more. */
  readonly link?: string;
  /** Why it is not restored. */
  readonly leftOut?: string;
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export class TreeWriter {
  readonly leftOut: LeftOut[] = [];
  private readonly open: { readonly name: string; readonly about: AboutFile }[] = [];
  /** Where files are that have more than one name and are not wanted by their first. */
  private readonly aside = new Map<string, Buffer>();

  /**
   * @param root the folder that is made
   * @param spare the folder for what is not wanted by its first name, which is gone at the end
   */
  constructor(
    private readonly root: Buffer,
    private readonly spare: string,
    private readonly wants: (name: string) => boolean,
  ) {}

  async write(entry: CapturedEntry): Promise<void> {
    const { name } = entry;
    const about = entry.about as unknown as AboutFile;
    if (!this.wants(name)) {
      await this.putAside(entry, about);
      return;
    }
    const path = pathOf(this.root, name);
    this.enter(name);
    if (about.kind === 'folder' || isFolderName(name)) {
      fs.mkdirSync(path, { mode: 0o700 });
      this.open.push({ name, about });
    } else if (about.leftOut !== undefined) {
      this.leftOut.push({ name, reason: about.leftOut });
    } else {
      await this.writeNode(path, entry, about);
    }
  }

  /** Folders get their permissions and times when nothing more is put into them. */
  finish(): void {
    this.leave(() => false);
    if (this.aside.size > 0) {
      fs.rmSync(this.spare, { recursive: true });
    }
  }

  private async writeNode(path: Buffer, entry: CapturedEntry, about: AboutFile): Promise<void> {
    if (about.link !== undefined) {
      fs.linkSync(this.aside.get(about.link) ?? pathOf(this.root, about.link), path);
    } else if (about.kind === 'symlink') {
      const pieces: Uint8Array[] = [];
      for await (const piece of entry.bytes()) {
        pieces.push(piece);
      }
      fs.symlinkSync(Buffer.concat(pieces), path);
      describe(path, about);
    } else {
      await writeNewFile(path, entry.bytes(), about.sparse === true);
      describe(path, about);
    }
  }

  /** Another name of it may be wanted. */
  private async putAside(entry: CapturedEntry, about: AboutFile): Promise<void> {
    if (about.linked === true) {
      fs.mkdirSync(this.spare, { recursive: true });
      const path = Buffer.from(`${this.spare}/${this.aside.size}`);
      await writeNewFile(path, entry.bytes(), about.sparse === true);
      describe(path, about);
      this.aside.set(entry.name, path);
    }
  }

  /** Goes to the folder that an entry is in, which must be the last that is not left. */
  private enter(name: string): void {
    const folder = folderOf(name);
    this.leave((open) => folder.startsWith(open) && name !== open);
    const inside = this.open.at(-1)?.name;
    if (name === ROOT_NAME ? inside !== undefined : inside !== folder) {
      throw new Error(`${JSON.stringify(name)} is in no folder that was restored`);
    }
  }

  private leave(stays: (name: string) => boolean): void {
    for (let last = this.open.at(-1); last !== undefined && !stays(last.name); last = this.open.at(-1)) {
      describe(pathOf(this.root, last.name), last.about);
      this.open.pop();
    }
  }
}

/** Owners where this process may set them, then permissions, which that takes away, then times. */
function describe(path: Buffer, { kind, mode, uid, gid, mtimeNs }: AboutFile): void {
  if (process.getuid?.() === 0) {
    fs.lchownSync(path, uid, gid);
  }
  if (kind !== 'symlink') {
    fs.chmodSync(path, mode);
  }
  const time = timeOf(BigInt(mtimeNs));
  fs.lutimesSync(path, time, time);
}

/** What Node takes: seconds, which hold microseconds; before 1970 it takes dates alone. */
function timeOf(ns: bigint): number | Date {
  // A quarter of a microsecond more, as seconds of this size are no closer to each other than that.
  return ns < 0n ? new Date(Number(ns / 1_000_000n)) : Number(ns / 1000n) / 1e6 + 2.5e-7;
}
