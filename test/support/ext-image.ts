/** File systems within images, made by the programs of e2fsprogs where this machine has them. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const FOLDERS = ['/usr/sbin', '/sbin', '/usr/bin'];

function programOf(name: string): string | undefined {
  return FOLDERS.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

/** Whether file systems can be made here; why not is printed. */
export function canMakeExt(): boolean {
  const absent = ['mke2fs', 'debugfs'].filter((name) => programOf(name) === undefined);
  if (absent.length > 0) {
    process.stderr.write(`skipped: ${absent.join(' and ')} of e2fsprogs not found in ${FOLDERS.join(', ')}\n`);
  }
  return absent.length === 0;
}

function run(name: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(programOf(name) ?? name, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  }
}

/** How a file system is made. */
export interface ExtForm {
  readonly type: 'ext2' | 'ext3' | 'ext4';
  readonly options?: readonly string[];
}

/** Makes a file system with the files of a folder in an image. */
export function makeExt(image: string, sizeKiB: number, folder: string, { type, options = [] }: ExtForm): void {
  run('mke2fs', ['-q', '-F', '-t', type, ...options, '-d', folder, image, `${sizeKiB}k`]);
}

/** Has debugfs change a file system, as if it were mounted. */
export function debugfs(image: string, request: string): void {
  run('debugfs', ['-w', '-R', request, image]);
}

/** Files of a folder, by path from it on. */
export function filesOf(folder: string, within = ''): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of fs.readdirSync(path.join(folder, within), { withFileTypes: true })) {
    const name = `${within}/${entry.name}`;
    if (entry.isDirectory()) {
      filesOf(folder, name).forEach((bytes, file) => found.set(file, bytes));
    } else if (entry.isFile()) {
      found.set(name, fs.readFileSync(path.join(folder, name)));
    }
  }
  return found;
}

interface Placed {
  readonly kind: number;
  readonly bytes: Buffer;
}

const SECTOR = 512;
const ALIGNED = 2048;

/** A disk with an MBR in front of partitions, of which those from the third on are logical ones. */
export function withMbr(partitions: readonly Placed[]): Buffer {
  const size = partitions.reduce((sum, { bytes }) => sum + ALIGNED * SECTOR + bytes.length, 2 * ALIGNED * SECTOR);
  const disk = Buffer.alloc(size);
  const row = (table: number, index: number, kind: number, from: number, count: number) => {
    const at = table * SECTOR + 446 + index * 16;
    disk.writeUInt8(kind, at + 4);
    disk.writeUInt32LE(from, at + 8);
    disk.writeUInt32LE(count, at + 12);
    disk.writeUInt16LE(0xaa55, table * SECTOR + 510);
  };
  let at = ALIGNED;
  let extended = 0;
  let table = 0;
  partitions.forEach(({ kind, bytes }, index) => {
    const count = bytes.length / SECTOR;
    if (index < 2) {
      row(0, index, kind, at, count);
      bytes.copy(disk, at * SECTOR);
      at += count;
      return;
    }
    if (extended === 0) {
      extended = at;
      row(0, 2, 0x0f, at, size / SECTOR - at);
    } else {
      row(table, 1, 0x05, at - extended, count + ALIGNED);
    }
    table = at;
    row(table, 0, kind, ALIGNED, count);
    bytes.copy(disk, (at + ALIGNED) * SECTOR);
    at += ALIGNED + count;
  });
  return disk;
}

/** A disk with a GPT in front of partitions. */
export function withGpt(partitions: readonly Buffer[], sectorBytes = SECTOR): Buffer {
  const first = 64;
  const sectors = partitions.map((bytes) => bytes.length / sectorBytes);
  const disk = Buffer.alloc((first + sectors.reduce((sum, count) => sum + count, 0) + 34) * sectorBytes);
  // The protective MBR: one partition over all of it.
  disk.writeUInt8(0xee, 446 + 4);
  disk.writeUInt32LE(1, 446 + 8);
  disk.writeUInt32LE(disk.length / sectorBytes - 1, 446 + 12);
  disk.writeUInt16LE(0xaa55, 510);
  disk.write('EFI PART', sectorBytes, 'latin1');
  disk.writeBigUInt64LE(2n, sectorBytes + 72);
  disk.writeUInt32LE(128, sectorBytes + 80);
  disk.writeUInt32LE(128, sectorBytes + 84);
  let at = first;
  partitions.forEach((bytes, index) => {
    const row = 2 * sectorBytes + index * 128;
    disk.write('0fc63daf848347728e793d69d8477de4', row, 'hex');
    disk.writeBigUInt64LE(BigInt(at), row + 32);
    disk.writeBigUInt64LE(BigInt(at + (sectors[index] as number) - 1), row + 40);
    bytes.copy(disk, at * sectorBytes);
    at += sectors[index] as number;
  });
  return disk;
}
