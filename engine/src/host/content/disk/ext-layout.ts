/**
 * What stands where in ext2, ext3 and ext4: superblock, inodes, extents and directories.
 *
 * Pure: bytes in, what they say out. Checksums are not looked at: the store has its own.
 * Units    sizes and offsets are bytes; `…At` are Instants.
 * Source   Linux kernel documentation, filesystems/ext4 (https://docs.kernel.org/filesystems/ext4/, read 2026-11-27).
 * Spec     disk.md
 */
import type { Instant } from '../../../kernel/instant';
import { UnreadableDisk } from './unreadable-disk';

export const SUPERBLOCK_AT = 1024;
export const SUPERBLOCK_BYTES = 1024;
export const ROOT_INODE = 2;

const EXTENTS = 0x80000;
const INLINE_DATA = 0x10000000;
const ENCRYPTED = 0x800;
const MODE_KIND = 0xf000;
const FILE = 0x8000;
const FOLDER = 0x4000;
const BASE_INODE_BYTES = 128;
const ATTRIBUTES = 0xea020000;
/** Namespace `system.` of extended attributes. */
const SYSTEM = 7;
const EXTENT_MAGIC = 0xf30a;
/** An extent that is longer is one that was never written. */
const MOST_WRITTEN_BLOCKS = 32768;

const META_BG = 0x10;
const WIDE = 0x80;
/** Features without which its files cannot be read. */
const REFUSED: readonly (readonly [bit: number, why: string])[] = [
  [0x1, 'it is compressed'],
  [0x4, 'its journal was not played back: it was captured while it was mounted'],
  [0x8, 'it is a journal alone'],
  [META_BG, 'its group descriptors are spread (meta_bg)'],
  [0x1000, 'its directories hold more than names (dirdata)'],
];
const KNOWN = 0x2 | WIDE | 0x40 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x10000 | 0x20000;

/** What a file system says of itself. */
export interface Superblock {
  readonly uuid: string;
  readonly blockBytes: number;
  readonly inodes: number;
  readonly inodesPerGroup: number;
  readonly inodeBytes: number;
  /** Where the descriptors of groups begin: in the block behind the superblock's. */
  readonly groupsAt: number;
  readonly groupBytes: number;
  /** Descriptors have places for the upper halves of numbers. */
  readonly wide: boolean;
}

export interface Inode {
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
  readonly modifiedAt: Instant;
  /** Inodes of ext2 and ext3 are too small to say. */
  readonly createdAt: Instant | undefined;
  readonly encrypted: boolean;
  /** Where its bytes are: 15 numbers of blocks, or the root of a tree of extents, or the first bytes themselves. */
  readonly block: Buffer;
  readonly mapped: 'blocks' | 'extents' | 'inline';
  /** What does not fit into `block` of a file whose bytes stand in the inode. */
  readonly inlineRest: Buffer;
}

/** Blocks of a file that are one after the other on the disk. */
export interface Run {
  /** Of the first, counted from the begin of the file. */
  readonly from: number;
  readonly count: number;
  /** Of the first, on the disk; 0 for a hole. */
  readonly physical: number;
}

export interface Name {
  readonly inode: number;
  readonly name: Buffer;
}

/** @throws UnreadableDisk */
export function readSuperblock(bytes: Buffer): Superblock {
  const incompatible = bytes.readUInt32LE(96);
  const refused = REFUSED.find(([bit]) => (incompatible & bit) !== 0);
  if (refused !== undefined) {
    throw new UnreadableDisk(`the ext file system cannot be read: ${refused[1]}`);
  }
  const strange = incompatible & ~KNOWN;
  if (strange !== 0) {
    throw new UnreadableDisk(`the ext file system has features that are not known: 0x${(strange >>> 0).toString(16)}`);
  }
  const blockBytes = 1024 << bytes.readUInt32LE(24);
  const inodesPerGroup = bytes.readUInt32LE(40);
  const wide = (incompatible & WIDE) !== 0;
  const inodeBytes = bytes.readUInt32LE(76) === 0 ? BASE_INODE_BYTES : bytes.readUInt16LE(88);
  if (blockBytes > 65536 || blockBytes < 1024 || inodesPerGroup === 0 || inodeBytes < BASE_INODE_BYTES) {
    throw new UnreadableDisk('the ext file system is damaged: its superblock has no sizes');
  }
  return {
    uuid: uuidOf(bytes.subarray(104, 120)),
    blockBytes,
    inodes: bytes.readUInt32LE(0),
    inodesPerGroup,
    inodeBytes,
    groupsAt: (Math.floor(SUPERBLOCK_AT / blockBytes) + 1) * blockBytes,
    groupBytes: wide ? Math.max(bytes.readUInt16LE(254), 32) : 32,
    wide: wide && bytes.readUInt16LE(254) >= 64,
  };
}

/** The block at which the inodes of a group begin, by its descriptor. */
export function inodeTableOf(descriptor: Buffer, wide: boolean): number {
  return descriptor.readUInt32LE(8) + (wide ? descriptor.readUInt32LE(40) * 2 ** 32 : 0);
}

export function readInode(bytes: Buffer): Inode {
  const [mode, flags] = [bytes.readUInt16LE(0), bytes.readUInt32LE(32)];
  const kind = (mode & MODE_KIND) === FILE ? 'file' : (mode & MODE_KIND) === FOLDER ? 'folder' : 'other';
  const extraBytes = bytes.length > BASE_INODE_BYTES ? bytes.readUInt16LE(128) : 0;
  const has = (at: number) => BASE_INODE_BYTES + extraBytes >= at + 4;
  const extra = (at: number) => (has(at) ? bytes.readUInt32LE(at) : 0);
  const inline = (flags & INLINE_DATA) !== 0;
  return {
    kind,
    sizeBytes: bytes.readUInt32LE(4) + bytes.readUInt32LE(108) * 2 ** 32,
    modifiedAt: timeOf(bytes.readInt32LE(16), extra(136)),
    createdAt: has(144) ? timeOf(bytes.readInt32LE(144), extra(148)) : undefined,
    encrypted: (flags & ENCRYPTED) !== 0,
    block: bytes.subarray(40, 100),
    mapped: inline ? 'inline' : (flags & EXTENTS) !== 0 ? 'extents' : 'blocks',
    inlineRest: inline ? inlineRestOf(bytes, BASE_INODE_BYTES + extraBytes) : Buffer.alloc(0),
  };
}

/** A node of a tree of extents: runs of blocks, or the blocks of further nodes. */
export function readExtents(node: Buffer): { readonly runs: Run[]; readonly nodes: number[]; readonly depth: number } {
  if (node.readUInt16LE(0) !== EXTENT_MAGIC) {
    throw new UnreadableDisk('the ext file system is damaged: a node of extents has no mark');
  }
  const [count, depth] = [node.readUInt16LE(2), node.readUInt16LE(6)];
  const rows = Array.from({ length: count }, (_, index) => node.subarray(12 + index * 12, 24 + index * 12));
  if (depth > 0) {
    return { runs: [], nodes: rows.map((row) => row.readUInt32LE(4) + row.readUInt16LE(8) * 2 ** 32), depth };
  }
  const runs = rows.map((row) => {
    const length = row.readUInt16LE(4);
    const written = length <= MOST_WRITTEN_BLOCKS;
    return {
      from: row.readUInt32LE(0),
      count: written ? length : length - MOST_WRITTEN_BLOCKS,
      physical: written ? row.readUInt32LE(8) + row.readUInt16LE(6) * 2 ** 32 : 0,
    };
  });
  return { runs, nodes: [], depth };
}

/** Names of a block of a directory, but for `.` and `..`. Blocks of its index show none. */
export function* namesOf(block: Buffer): Generator<Name> {
  for (let at = 0; at + 8 <= block.length;) {
    const [inode, length, nameBytes] = [block.readUInt32LE(at), block.readUInt16LE(at + 4), block.readUInt8(at + 6)];
    // A length of 64 KiB does not fit.
    const end = length === 0 || length === 65535 ? block.length : at + length;
    if (end < at + 8 || end > block.length || nameBytes > end - at - 8) {
      throw new UnreadableDisk('the ext file system is damaged: an entry of a directory has no end');
    }
    const name = block.subarray(at + 8, at + 8 + nameBytes);
    if (inode !== 0 && nameBytes > 0 && !['.', '..'].includes(name.toString('latin1'))) {
      yield { inode, name };
    }
    at = end;
  }
}

/** Source: ext4, "Inline Data": what is over 60 bytes is the value of the attribute `system.data`. */
function inlineRestOf(inode: Buffer, at: number): Buffer {
  if (inode.length < at + 4 || inode.readUInt32LE(at) !== ATTRIBUTES) {
    return Buffer.alloc(0);
  }
  const first = at + 4;
  for (let row = first; row + 16 <= inode.length && inode.readUInt32LE(row) !== 0;) {
    const nameBytes = inode.readUInt8(row);
    const name = inode.toString('latin1', row + 16, row + 16 + nameBytes);
    if (inode.readUInt8(row + 1) === SYSTEM && name === 'data') {
      const from = first + inode.readUInt16LE(row + 2);
      return inode.subarray(from, from + inode.readUInt32LE(row + 8));
    }
    row += 16 + Math.ceil(nameBytes / 4) * 4;
  }
  return Buffer.alloc(0);
}

/** Seconds, of which the extra word has two more bits, and nanoseconds. */
function timeOf(seconds: number, extra: number): Instant {
  return (seconds + (extra & 3) * 2 ** 32) * 1000 + Math.floor((extra >>> 2) / 1_000_000);
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
