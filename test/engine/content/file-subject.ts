/** A folder of this machine, changed at random: names that are no text, links, holes, times and permissions among it. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Content } from '../../../engine/src/host/content/content';
import { FileTree } from '../../../engine/src/host/content/file-tree';
import { temporaryFolder } from '../../support/synth';
import { bytesFrom, Draw, Driver, Subject } from './suite';

/** Two ways to write one letter, what looks like an escape, what is no UTF-8, and neighbours of `/` in order. */
const NAMES = [
  ...['a', 'a-', 'a0', 'b.txt', 'new\nline', '\u00e9', 'e\u0301', '%', '%41', 'A', ' ', '-rf', '\u{1f600}', '\uffee'],
  ...[Buffer.from([0xff, 0x41]), Buffer.from([0xc3]), Buffer.from([0x61, 0xed, 0xa0, 0x80])],
].map((name) => Buffer.from(name as string));

export const FILE_TREE: Driver = { name: 'FileTree', make: async () => fileSubject() };

export function fileSubject(): Subject & { readonly folder: string; readonly content: FileTree } {
  const made = temporaryFolder('content');
  const [folder, workFolder] = [path.join(made, 'files'), path.join(made, 'work')];
  fs.mkdirSync(folder);
  fs.mkdirSync(workFolder);
  return {
    folder,
    content: new FileTree(folder, { workFolder }),
    change: async (draw) => change(Buffer.from(folder), draw),
    look: async (content: Content) => lookAt((content as FileTree).folder),
    leftovers: () => fs.readdirSync(workFolder).length,
    end: async () => fs.rmSync(made, { recursive: true }),
  };
}

/** All that is known of a folder, told without the driver. */
export function lookAt(folder: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const firsts = new Map<bigint, string>();
  const visit = (at: Buffer, name: string) => {
    const stats = fs.lstatSync(at, { bigint: true });
    const { mode, uid, gid, mtimeNs, ino, nlink } = stats;
    const known = { mode: Number(mode), uid: Number(uid), gid: Number(gid), mtime: `${mtimeNs / 1000n}` };
    if (stats.isDirectory()) {
      found[name] = known;
      const children = fs.readdirSync(at, { encoding: 'buffer' }).sort(Buffer.compare);
      children.forEach((child) => visit(join(at, child), `${name}/${child.toString('latin1')}`));
    } else if (stats.isSymbolicLink()) {
      found[name] = { ...known, target: fs.readlinkSync(at, 'latin1') };
    } else if (stats.isFile()) {
      const first = nlink > 1n ? (firsts.get(ino) ?? name) : undefined;
      firsts.set(ino, first ?? name);
      const digest = createHash('sha256').update(fs.readFileSync(at)).digest('hex');
      found[name] = { ...known, first, digest };
    }
  };
  visit(Buffer.from(folder), '');
  return found;
}

function change(folder: Buffer, draw: Draw): void {
  const all = pathsIn(folder);
  const folders = [folder, ...all.filter((one) => fs.lstatSync(one).isDirectory())];
  const files = all.filter((one) => fs.lstatSync(one).isFile());
  const fresh = join(pick(folders, draw), pick(NAMES, draw));
  const file = files.length === 0 ? undefined : pick(files, draw);
  const isTaken = fs.lstatSync(fresh, { throwIfNoEntry: false }) !== undefined;
  const step = draw(12);
  if (file !== undefined && step >= 4) {
    changeFile(file, isTaken ? undefined : fresh, step, draw);
  } else if (!isTaken) {
    make(fresh, step, draw);
  }
}

function make(fresh: Buffer, step: number, draw: Draw): void {
  if (step === 0) {
    fs.mkdirSync(fresh, draw(2) === 0 ? 0o755 : 0o500);
  } else if (step === 1) {
    fs.symlinkSync(pick([...NAMES, Buffer.from('/etc/passwd'), Buffer.from('../..')], draw), fresh);
  } else if (step === 2) {
    // A hole in the middle and one at the end.
    const opened = fs.openSync(fresh, 'wx');
    fs.writeSync(opened, bytesFrom(draw, 100), 0, 100, 50_000 + draw(200_000));
    fs.ftruncateSync(opened, 400_001);
    fs.closeSync(opened);
  } else {
    fs.writeFileSync(fresh, bytesFrom(draw, draw(30_000)));
  }
}

function changeFile(file: Buffer, fresh: Buffer | undefined, step: number, draw: Draw): void {
  if (step < 6) {
    const opened = fs.openSync(file, 'r+');
    fs.writeSync(opened, bytesFrom(draw, 10), 0, 10, draw(fs.statSync(file).size + 1));
    fs.closeSync(opened);
  } else if (step === 6) {
    fs.unlinkSync(file);
  } else if (step === 7) {
    fs.chmodSync(file, pick([0o644, 0o400, 0o4755, 0o1666], draw));
  } else if (step === 8) {
    fs.utimesSync(file, draw(2_000_000_000), draw(2_000_000_000) + draw(1_000_000) / 1e6);
  } else if (step === 9 && fresh !== undefined) {
    fs.linkSync(file, fresh);
  } else if (step === 10 && fresh !== undefined) {
    fs.renameSync(file, fresh);
  } else {
    fs.truncateSync(file, draw(1_000));
  }
}

function pathsIn(folder: Buffer): Buffer[] {
  return fs.readdirSync(folder, { encoding: 'buffer' }).flatMap((name) => {
    const at = join(folder, name);
    return fs.lstatSync(at).isDirectory() ? [at, ...pathsIn(at)] : [at];
  });
}

function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

function pick<T>(from: readonly T[], draw: Draw): T {
  return from[draw(from.length)] as T;
}
