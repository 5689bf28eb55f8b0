/**
 * The files within the image of a disk, as a capture of it holds them.
 *
 * Owns     nothing: reads a capture; all that is in memory are the names of its extents and 16 of these.
 * Units    sizes are bytes; `…At` are Instants.
 * Spec     disk/disk.md
 */
import type { Instant } from '../../kernel/instant';
import type { CapturedEntry } from './content';
import { CapturedDisk } from './disk/captured-disk';
import { ExtVolume, type FoundFile } from './disk/ext-volume';
import { EXT, kindOf, UNKNOWN } from './disk/file-system-kind';
import { type Partition, partitionsOf } from './disk/partitions';
import { UnreadableDisk } from './disk/unreadable-disk';

export { UnreadableDisk };

/** A file on a disk. */
export interface BlockFile {
  /** From the root of its file system on, e.g. `/etc/fstab`. */
  readonly filePath: string;
  /** UUID of the file system that it is on. */
  readonly fileSystemIdentifier: string;
  readonly sizeBytes: number;
  /** Absent where the file system does not keep it. */
  readonly createdAt?: Instant;
  readonly modifiedAt: Instant;
}

/** A file whose bytes can be read. */
export interface ReadableFile extends BlockFile {
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * All files of the file systems of a disk, one system after the other.
 *
 * @param entries those of a capture of a BlockImage; their bytes are read while the files are taken
 * @throws UnreadableDisk when no file system of it can be read
 */
export async function* listFiles(entries: AsyncIterable<CapturedEntry>): AsyncIterable<BlockFile> {
  for await (const { bytes: _, ...file } of readableFiles(entries)) {
    yield file;
  }
}

/** The same, each with a way to its bytes. */
export async function* readableFiles(entries: AsyncIterable<CapturedEntry>): AsyncIterable<ReadableFile> {
  for (const volume of await volumesOf(await CapturedDisk.open(entries))) {
    for await (const found of volume.files()) {
      yield fileOf(volume, found);
    }
  }
}

/**
 * The bytes of one file.
 *
 * @param wanted its path, and its file system where several of the disk have such a path
 * @throws UnreadableDisk when there is no such file
 */
export async function* readFile(
  entries: AsyncIterable<CapturedEntry>,
  wanted: Pick<BlockFile, 'filePath'> & Partial<Pick<BlockFile, 'fileSystemIdentifier'>>,
): AsyncIterable<Uint8Array> {
  const { filePath, fileSystemIdentifier } = wanted;
  for await (const file of readableFiles(entries)) {
    const isOn = fileSystemIdentifier === undefined || fileSystemIdentifier === file.fileSystemIdentifier;
    if (file.filePath === filePath && isOn) {
      yield* file.bytes();
      return;
    }
  }
  throw new UnreadableDisk(`${filePath} is no file of the backup`);
}

/** Those that can be read; a partition that cannot is left out as long as another can. */
async function volumesOf(disk: CapturedDisk): Promise<ExtVolume[]> {
  const volumes: ExtVolume[] = [];
  const reasons: string[] = [];
  for (const { number, offset, kind } of await fileSystemsOf(disk)) {
    const where = number === 0 ? 'the disk' : `partition ${number}`;
    if (kind !== EXT) {
      reasons.push(`${where} has ${kind === UNKNOWN ? 'no file system that is known' : kind}`);
      continue;
    }
    try {
      volumes.push(await ExtVolume.open(disk, offset));
    } catch (fault) {
      if (!(fault instanceof UnreadableDisk)) {
        throw fault;
      }
      reasons.push(`${where}: ${fault.message}`);
    }
  }
  if (volumes.length === 0) {
    const found = reasons.length === 0 ? 'it has a table of partitions and none in it' : reasons.join('; ');
    throw new UnreadableDisk(`only files of ext2, ext3 and ext4 can be read: ${found}`);
  }
  return volumes;
}

/** A file system stands at the begin of the disk, or of each partition. */
async function fileSystemsOf(disk: CapturedDisk): Promise<(Partition & { readonly kind: string })[]> {
  const whole = { number: 0, offset: 0, sizeBytes: disk.sizeBytes };
  const kind = await kindOf(disk, 0);
  const partitions = kind === UNKNOWN ? await partitionsOf(disk) : undefined;
  if (partitions === undefined) {
    return [{ ...whole, kind }];
  }
  const found: (Partition & { readonly kind: string })[] = [];
  for (const partition of partitions) {
    found.push({ ...partition, kind: await kindOf(disk, partition.offset) });
  }
  return found;
}

function fileOf(volume: ExtVolume, { filePath, inode }: FoundFile): ReadableFile {
  const { sizeBytes, createdAt, modifiedAt } = inode;
  return {
    filePath,
    fileSystemIdentifier: volume.uuid,
    sizeBytes,
    ...(createdAt !== undefined && { createdAt }),
    modifiedAt,
    bytes: () => volume.bytes(inode),
  };
}
