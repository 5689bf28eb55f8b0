/**
 * The files of a file system of ext2, ext3 or ext4, read only.
 *
 * Owns     nothing: reads a disk.
 * Units    sizes and offsets are bytes.
 * Spec     disk.md
 */
import type { Disk } from './captured-disk';
import {
  type Inode,
  inodeTableOf,
  type Name,
  namesOf,
  readExtents,
  readInode,
  readSuperblock,
  ROOT_INODE,
  type Run,
  type Superblock,
  SUPERBLOCK_AT,
  SUPERBLOCK_BYTES,
} from './ext-layout';
import { UnreadableDisk } from './unreadable-disk';

/** A file, and where it is from the root of its file system on. */
export interface FoundFile {
  readonly filePath: string;
  readonly inode: Inode;
}

const DIRECT_BLOCKS = 12;
const PIECE_BYTES = 1024 * 1024;
/** Source: ext4, "The Contents of inode.i_block": five levels are the most. */
const DEEPEST_TREE = 5;

export class ExtVolume {
  private constructor(
    private readonly disk: Disk,
    private readonly offset: number,
    private readonly sizes: Superblock,
  ) {}

  /** @throws UnreadableDisk */
  static async open(disk: Disk, offset: number): Promise<ExtVolume> {
    return new ExtVolume(disk, offset, readSuperblock(await disk.read(offset + SUPERBLOCK_AT, SUPERBLOCK_BYTES)));
  }

  get uuid(): string {
    return this.sizes.uuid;
  }

  /** All files, those of a folder in the order of their names' bytes. */
  async *files(): AsyncGenerator<FoundFile> {
    yield* this.within(ROOT_INODE, '', new Set());
  }

  /** The bytes of a file; zeros where it has holes. */
  async *bytes(inode: Inode): AsyncGenerator<Buffer> {
    const { blockBytes } = this.sizes;
    if (inode.encrypted) {
      throw new UnreadableDisk('the file is encrypted by its file system');
    }
    if (inode.mapped === 'inline') {
      yield Buffer.concat([inode.block, inode.inlineRest]).subarray(0, inode.sizeBytes);
      return;
    }
    let at = 0;
    for await (const { from, count, physical } of this.runs(inode)) {
      yield* zeros(Math.min(from * blockBytes, inode.sizeBytes) - at);
      at = Math.max(at, from * blockBytes);
      const end = Math.min((from + count) * blockBytes, inode.sizeBytes);
      while (at < end) {
        const length = Math.min(PIECE_BYTES, end - at);
        const place = this.offset + physical * blockBytes + (at - from * blockBytes);
        yield physical === 0 ? Buffer.alloc(length) : await this.disk.read(place, length);
        at += length;
      }
    }
    yield* zeros(inode.sizeBytes - at);
  }

  private async *within(number: number, path: string, above: ReadonlySet<number>): AsyncGenerator<FoundFile> {
    if (above.has(number)) {
      throw new UnreadableDisk(`the ext file system is damaged: the folder ${path} is within itself`);
    }
    const names = await this.names(await this.inode(number));
    for (const { inode, name } of names.sort((a, b) => Buffer.compare(a.name, b.name))) {
      const filePath = `${path}/${name.toString('utf8')}`;
      const found = await this.inode(inode);
      if (found.kind === 'folder') {
        yield* this.within(inode, filePath, new Set([...above, number]));
      } else if (found.kind === 'file') {
        yield { filePath, inode: found };
      }
    }
  }

  private async names(folder: Inode): Promise<Name[]> {
    if (folder.encrypted) {
      // Its names are encrypted, too.
      return [];
    }
    if (folder.mapped === 'inline') {
      // The number of the folder above comes first.
      return [...namesOf(folder.block.subarray(4)), ...namesOf(folder.inlineRest)];
    }
    if (folder.sizeBytes > this.disk.sizeBytes) {
      throw new UnreadableDisk('the ext file system is damaged: a folder is larger than the disk');
    }
    const names: Name[] = [];
    for await (const piece of this.bytes(folder)) {
      for (let at = 0; at < piece.length; at += this.sizes.blockBytes) {
        names.push(...namesOf(piece.subarray(at, at + this.sizes.blockBytes)));
      }
    }
    return names;
  }

  private async inode(number: number): Promise<Inode> {
    const { inodes, inodesPerGroup, inodeBytes, groupsAt, groupBytes, blockBytes, wide } = this.sizes;
    if (number < 1 || number > inodes) {
      throw new UnreadableDisk(`the ext file system is damaged: it has no inode ${number}`);
    }
    const group = Math.floor((number - 1) / inodesPerGroup);
    const descriptor = await this.disk.read(this.offset + groupsAt + group * groupBytes, groupBytes);
    const table = inodeTableOf(descriptor, wide) * blockBytes;
    const at = this.offset + table + ((number - 1) % inodesPerGroup) * inodeBytes;
    return readInode(await this.disk.read(at, inodeBytes));
  }

  /** In ascending order; holes may be left out. */
  private runs(inode: Inode): AsyncGenerator<Run> {
    return inode.mapped === 'extents' ? this.extents(inode.block, DEEPEST_TREE) : this.mapped(inode);
  }

  private async *extents(node: Buffer, deepest: number): AsyncGenerator<Run> {
    const { runs, nodes, depth } = readExtents(node);
    if (depth > deepest) {
      throw new UnreadableDisk('the ext file system is damaged: a tree of extents has no end');
    }
    yield* runs;
    for (const block of nodes) {
      yield* this.extents(await this.block(block), depth - 1);
    }
  }

  /** Blocks by number, as ext2 and ext3 have them: 12, then those of a block of numbers, of blocks of these, and so on. */
  private async *mapped({ block, sizeBytes }: Inode): AsyncGenerator<Run> {
    const { blockBytes } = this.sizes;
    const end = Math.ceil(sizeBytes / blockBytes);
    let from = 0;
    for (; from < Math.min(DIRECT_BLOCKS, end); from++) {
      yield { from, count: 1, physical: block.readUInt32LE(from * 4) };
    }
    for (let level = 1; level <= 3 && from < end; level++) {
      const number = block.readUInt32LE((DIRECT_BLOCKS + level - 1) * 4);
      yield* this.indirect(number, level, from, end);
      from += (blockBytes / 4) ** level;
    }
  }

  private async *indirect(number: number, level: number, first: number, end: number): AsyncGenerator<Run> {
    const { blockBytes } = this.sizes;
    if (number === 0) {
      return;
    }
    const each = (blockBytes / 4) ** (level - 1);
    const numbers = await this.block(number);
    for (let index = 0; index < blockBytes / 4 && first + index * each < end; index++) {
      const [next, from] = [numbers.readUInt32LE(index * 4), first + index * each];
      if (level === 1) {
        yield { from, count: 1, physical: next };
      } else {
        yield* this.indirect(next, level - 1, from, end);
      }
    }
  }

  private block(number: number): Promise<Buffer> {
    const { blockBytes } = this.sizes;
    return this.disk.read(this.offset + number * blockBytes, blockBytes);
  }
}

function* zeros(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= PIECE_BYTES) {
    yield Buffer.alloc(Math.min(PIECE_BYTES, left));
  }
}
