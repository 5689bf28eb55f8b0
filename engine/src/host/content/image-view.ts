/**
 * A disk as it stood at one instant, though writers go on.
 *
 * Owns     what extents held before they were written over, until it is closed.
 * Units    sizes and offsets are bytes.
 * Spec     drivers.md
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SNAPSHOT_BLOCK_BYTES } from '../../domain/content-orders';
import { isZeros, writeAll } from './file-bytes';

/** So that an extent is a block of the snapshot. */
export const EXTENT_BYTES = SNAPSHOT_BLOCK_BYTES;
/** How many extents are read before writers get their turn. */
const TURN_EXTENTS = 16;
const ZEROS = '';

/** The image, as its views see it. */
export interface Viewed {
  readonly file: string;
  readonly workFolder: string;
  /** Lets nobody write meanwhile. */
  next<T>(turn: () => Promise<T>): Promise<T>;
  /** Changes when somebody else wrote. */
  others(): number;
  /** Whether a copy has to be kept: somebody else writes, and this was not captured before. */
  isToCopy(extent: Extent): boolean;
  /** What extents held that were not written since the view began. */
  learn(digests: ReadonlyMap<number, string>): void;
  /** Everything of a view was captured. */
  captured(extents: readonly Extent[]): void;
  closed(view: ImageView): void;
}

export interface Extent {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly digest: string;
}

export class ImageView {
  /** What extents held that are kept, each at its offset. */
  private before: fs.promises.FileHandle | undefined;
  private readonly kept = new Set<number>();
  /** Those that were written by way of the driver since the view began. */
  private readonly written = new Set<number>();
  private readonly others: number;

  /** @param digests those that are known at this instant, by the number of the extent */
  constructor(
    private readonly image: Viewed,
    readonly sizeBytes: number,
    private readonly digests: (string | undefined)[],
  ) {
    this.others = image.others();
  }

  /** Reads what is not known. Answers false when somebody else wrote meanwhile: then there is no such instant. */
  async settle(): Promise<boolean> {
    const { image } = this;
    const count = Math.ceil(this.sizeBytes / EXTENT_BYTES);
    const unknown = Array.from({ length: count }, (_, number) => number).filter(
      (number) => this.digests[number] === undefined,
    );
    for (let from = 0; from < unknown.length; from += TURN_EXTENTS) {
      await image.next(async () => {
        for (const number of unknown.slice(from, from + TURN_EXTENTS)) {
          await this.learn(number);
        }
      });
    }
    return image.next(async () => {
      const alone = image.others() === this.others;
      if (alone) {
        const unwritten = unknown.filter((number) => !this.written.has(number));
        image.learn(new Map(unwritten.map((number) => [number, this.digests[number] ?? ZEROS])));
      }
      return alone;
    });
  }

  /** Those that hold anything. */
  extents(): Extent[] {
    return this.digests.flatMap((digest, number) =>
      digest === undefined || digest === ZEROS ? [] : this.extent(number),
    );
  }

  /** All of it was captured. */
  captured(): void {
    this.image.captured(this.extents());
  }

  async *bytes({ offset, digest }: Extent): AsyncIterable<Buffer> {
    const bytes = await this.image.next(() => this.readThen(offset / EXTENT_BYTES));
    if (digestOf(bytes) !== digest) {
      throw new Error(`${this.image.file} was written by others while it was captured`);
    }
    yield bytes;
  }

  /** Extents are about to be written over; only within a turn of the image. */
  async keep(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      if (!this.kept.has(number) && this.digests[number] !== ZEROS) {
        await this.copy(number, await this.readThen(number));
      }
      this.written.add(number);
    }
  }

  async close(): Promise<void> {
    await this.image.next(async () => {
      this.image.closed(this);
      await this.before?.close();
      this.before = undefined;
    });
  }

  private extent(number: number): Extent {
    const offset = number * EXTENT_BYTES;
    return {
      offset,
      sizeBytes: Math.min(EXTENT_BYTES, this.sizeBytes - offset),
      digest: this.digests[number] ?? ZEROS,
    };
  }

  private async learn(number: number): Promise<void> {
    const bytes = await this.readThen(number);
    this.digests[number] = digestOf(bytes);
    if (!this.kept.has(number) && this.image.isToCopy(this.extent(number))) {
      await this.copy(number, bytes);
    }
  }

  private async copy(number: number, bytes: Buffer): Promise<void> {
    this.before ??= await openedAside(this.image.workFolder);
    await writeAll(this.before, bytes, number * EXTENT_BYTES);
    this.kept.add(number);
  }

  /** What the extent held when the view began. */
  private async readThen(number: number): Promise<Buffer> {
    const { offset, sizeBytes } = this.extent(number);
    if (this.before !== undefined && this.kept.has(number)) {
      return readFrom(this.before, offset, sizeBytes);
    }
    return this.written.has(number) ? Buffer.alloc(sizeBytes) : readAt(this.image.file, offset, sizeBytes);
  }
}

export async function readAt(file: string, offset: number, length: number): Promise<Buffer> {
  const opened = await fs.promises.open(file, 'r');
  try {
    return await readFrom(opened, offset, length);
  } finally {
    await opened.close();
  }
}

/** Fewer bytes where the file ends. */
async function readFrom(file: fs.promises.FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  for (let got = -1; got !== 0 && done < length; done += got) {
    got = (await file.read(bytes, done, length - done, offset + done)).bytesRead;
  }
  return bytes.subarray(0, done);
}

/** Equal for equal bytes, whoever reads them: what did not change since a capture is told by it after a restart, too. */
function digestOf(bytes: Buffer): string {
  return isZeros(bytes) ? ZEROS : createHash('sha256').update(bytes).digest('base64url');
}

/** A file without a name: it is gone with the process at the latest. */
async function openedAside(workFolder: string): Promise<fs.promises.FileHandle> {
  const folder = fs.mkdtempSync(path.join(workFolder, 'holdfast-image-'));
  try {
    return await fs.promises.open(path.join(folder, 'before'), 'w+', 0o600);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
