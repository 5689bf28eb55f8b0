/**
 * Where file systems are on a disk: all of it, or partitions of a table in front of them.
 *
 * Owns     nothing: reads a disk.
 * Units    sizes and offsets are bytes; a table counts in sectors.
 * Source   UEFI specification 2.10, chapter 5 (MBR and GPT).
 * Spec     disk.md
 */
import type { Disk } from './captured-disk';

/** A part of a disk that may hold a file system. */
export interface Partition {
  /** As Linux counts them: logical ones from 5 on; 0 for a disk without a table. */
  readonly number: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

const SECTOR_BYTES = 512;
/** Sizes of sectors with which a GPT may have been written. */
const GPT_SECTORS = [512, 4096];
const MBR_ROWS_AT = 446;
const MBR_ROW_BYTES = 16;
const EXTENDED = [0x05, 0x0f, 0x85];
const FIRST_LOGICAL = 5;
const MOST_LOGICAL = 128;
const MOST_GPT_ROWS = 1024;

/** A row of an MBR. */
interface Row {
  readonly kind: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Partitions of a table; undefined where there is none. */
export async function partitionsOf(disk: Disk): Promise<Partition[] | undefined> {
  for (const sectorBytes of GPT_SECTORS) {
    const found = await gpt(disk, sectorBytes);
    if (found !== undefined) {
      return found;
    }
  }
  return mbr(disk);
}

async function gpt(disk: Disk, sectorBytes: number): Promise<Partition[] | undefined> {
  const head = await disk.read(sectorBytes, 92);
  if (head.toString('latin1', 0, 8) !== 'EFI PART') {
    return undefined;
  }
  const at = Number(head.readBigUInt64LE(72)) * sectorBytes;
  const [count, rowBytes] = [Math.min(head.readUInt32LE(80), MOST_GPT_ROWS), head.readUInt32LE(84)];
  if (rowBytes < 128 || rowBytes > 4096) {
    return [];
  }
  const rows = await disk.read(at, count * rowBytes);
  const found: Partition[] = [];
  for (let index = 0; index < count; index++) {
    const row = rows.subarray(index * rowBytes);
    const [first, last] = [Number(row.readBigUInt64LE(32)), Number(row.readBigUInt64LE(40))];
    if (row.subarray(0, 16).some((byte) => byte !== 0) && last >= first) {
      found.push({ number: index + 1, offset: first * sectorBytes, sizeBytes: (last - first + 1) * sectorBytes });
    }
  }
  return found;
}

async function mbr(disk: Disk): Promise<Partition[] | undefined> {
  const rows = await rowsAt(disk, 0);
  if (rows === undefined || rows.every(({ kind }) => kind === 0)) {
    return undefined;
  }
  const found: Partition[] = [];
  for (const [index, { kind, offset, sizeBytes }] of rows.entries()) {
    if (EXTENDED.includes(kind)) {
      found.push(...(await logicalOnes(disk, offset)));
    } else if (kind !== 0) {
      found.push({ number: index + 1, offset, sizeBytes });
    }
  }
  return found;
}

/** A chain of tables, each with a partition and where the next table is, counted from the first. */
async function logicalOnes(disk: Disk, start: number): Promise<Partition[]> {
  const found: Partition[] = [];
  for (let at = start; found.length < MOST_LOGICAL;) {
    const [own, next] = (await rowsAt(disk, at)) ?? [];
    if (own !== undefined && own.kind !== 0) {
      const { offset, sizeBytes } = own;
      found.push({ number: FIRST_LOGICAL + found.length, offset: at + offset, sizeBytes });
    }
    if (own?.kind === 0 || next === undefined || !EXTENDED.includes(next.kind)) {
      return found;
    }
    at = start + next.offset;
  }
  return found;
}

async function rowsAt(disk: Disk, offset: number): Promise<Row[] | undefined> {
  const sector = await disk.read(offset, SECTOR_BYTES);
  if (sector.readUInt16LE(510) !== 0xaa55) {
    return undefined;
  }
  return [0, 1, 2, 3].map((index) => {
    const row = sector.subarray(MBR_ROWS_AT + index * MBR_ROW_BYTES);
    return {
      kind: row.readUInt8(4),
      offset: row.readUInt32LE(8) * SECTOR_BYTES,
      sizeBytes: row.readUInt32LE(12) * SECTOR_BYTES,
    };
  });
}
