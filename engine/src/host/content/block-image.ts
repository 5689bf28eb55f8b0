/**
 * A file of this machine as the disk of a volume of EBS.
 *
 * Owns     what its extents are known to hold, while nobody else writes the file; the file of a restore, until it is
 *          closed.
 * Units    sizes and offsets are bytes.
 * Source   EBS user guide, "EBS direct APIs": a snapshot is made of blocks of 512 KiB, and one that holds nothing is not
 *          in it.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { valueOf } from '../../domain/restore-job';
import { GIB } from '../../domain/snapshot';
import type { CapturedEntry, Content, ContentEntry, Json, RestoreOrder } from './content';
import { inOwnFolder } from './own-folder';
import { writeAll } from './file-bytes';
import { SETTLED_MS } from './file-walk';
import { EXTENT_BYTES, Extent, ImageView, readAt, Viewed } from './image-view';

/** The entry that says how large the disk is; it comes before those of the extents. */
export const DISK = 'disk';
const EXTENT = 'extent-';
/** How often an image is read that others write. */
const ATTEMPTS = 20;

export interface BlockImageProps {
  /** Where restores and views go; the folder for temporary files of this machine unless given. */
  readonly workFolder?: string;
}

export class BlockImage implements Content {
  readonly kind = 'block-image';
  private readonly workFolder: string;
  /** Digests by the number of the extent; undefined for one that was not read since it was written. */
  private digests: (string | undefined)[] = [];
  /** The state of the file at which they hold, and how often somebody else changed it. */
  private seen = '';
  private others = 0;
  private writes = 0;
  /** The last that changed it was this driver. */
  private own = false;
  /** What the last capture held, as offsets and digests. */
  private last: ReadonlySet<string> = new Set();
  private readonly views = new Set<ImageView>();
  /** Calls come one after the other, as at a disk. */
  private queue: Promise<unknown> = Promise.resolve();
  /** What a restore made for it. */
  private folder: string | undefined;

  /** @param file a raw image that is there */
  constructor(
    readonly file: string,
    private readonly props: BlockImageProps = {},
  ) {
    this.workFolder = props.workFolder ?? os.tmpdir();
  }

  /** Makes an image that holds nothing. */
  static async create(file: string, sizeBytes: number, props: BlockImageProps = {}): Promise<BlockImage> {
    const made = await fs.promises.open(file, 'wx', 0o600);
    try {
      await made.truncate(sizeBytes);
    } finally {
      await made.close();
    }
    return new BlockImage(file, props);
  }

  /** Of all extents that hold anything. */
  async sizeBytes(): Promise<number> {
    const view = await this.view();
    await view.close();
    return view.extents().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async version(): Promise<string> {
    return this.next(async () => `${stateOf(this.file)}.${this.writes}`);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    return this.next(async () => {
      this.refuseBeyond(offset, length);
      return readAt(this.file, offset, length);
    });
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    await this.next(async () => {
      this.refuseBeyond(offset, bytes.length);
      this.look();
      const extents = extentsOf(offset, bytes.length);
      for (const view of this.views) {
        await view.keep(extents);
      }
      extents.forEach((extent) => (this.digests[extent] = undefined));
      const file = await fs.promises.open(this.file, 'r+');
      try {
        await writeAll(file, bytes, offset);
      } finally {
        await file.close();
        this.seen = stateOf(this.file);
        this.own = true;
        this.writes++;
      }
    });
  }

  async *capture(): AsyncIterable<ContentEntry> {
    const view = await this.view();
    try {
      yield* entriesOf(view);
    } finally {
      await view.close();
    }
  }

  restore(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<BlockImage> {
    return inOwnFolder(this.workFolder, 'holdfast-image-', async (folder) => {
      const disk = new DiskWriter(path.join(folder, 'disk.img'), grownTo(order));
      for await (const entry of entries) {
        await disk.write(entry, entry.name);
      }
      const restored = disk.finish(this.props);
      restored.folder = folder;
      return restored;
    });
  }

  async close(): Promise<void> {
    await this.next(async () => {
      if (this.folder !== undefined) {
        fs.rmSync(this.folder, { recursive: true, force: true });
      }
    });
  }

  /** Nobody writes it by way of this driver while a turn goes on. */
  next<T>(turn: () => Promise<T>): Promise<T> {
    const done = this.queue.catch(() => undefined).then(turn);
    this.queue = done;
    return done;
  }

  /** Waits until a change by others from now on cannot be taken for the last. */
  async rest(): Promise<void> {
    this.look();
    const ms = this.own ? 0 : SETTLED_MS - (Date.now() - Number(fs.statSync(this.file).ctimeMs));
    if (ms > 0) {
      await new Promise((done) => setTimeout(done, Math.min(ms, SETTLED_MS)));
    }
  }

  /** A view of this instant, within a turn; it has to be settled before it is read. */
  begin(): ImageView {
    this.look();
    const image: Viewed = {
      file: this.file,
      workFolder: this.workFolder,
      next: (turn) => this.next(turn),
      others: () => this.look(),
      isToCopy: (extent) => !this.own && extent.digest !== '' && !this.last.has(idOf(extent)),
      captured: (extents) => (this.last = new Set(extents.map(idOf))),
      learn: (digests) => digests.forEach((digest, number) => (this.digests[number] = digest)),
      closed: (view) => this.views.delete(view),
    };
    const { size } = fs.statSync(this.file);
    const count = Math.ceil(size / EXTENT_BYTES);
    const view = new ImageView(
      image,
      size,
      Array.from({ length: count }, (_, number) => this.digests[number]),
    );
    this.views.add(view);
    return view;
  }

  private async view(): Promise<ImageView> {
    const [view] = await viewAll([this]);
    return view as ImageView;
  }

  /** Whether somebody else wrote since we looked last; then nothing is known of what it holds. */
  private look(): number {
    const state = stateOf(this.file);
    if (state !== this.seen) {
      this.digests = [];
      this.seen = state;
      this.own = false;
      this.others++;
    }
    return this.others;
  }

  private refuseBeyond(offset: number, length: number): void {
    const { size } = fs.statSync(this.file);
    if (offset < 0 || offset + length > size) {
      throw new Error(`${this.file} has ${size} bytes: ${length} from ${offset} on are beyond its end`);
    }
  }
}

/**
 * Views of disks at one instant, as EBS's snapshots of several volumes of an instance are.
 *
 * @throws Error when others write them all the time
 */
export async function viewAll(images: readonly BlockImage[]): Promise<ImageView[]> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await Promise.all(images.map((image) => image.rest()));
    const views = await beginAll(images);
    const settled = await Promise.allSettled(views.map((view) => view.settle()));
    if (settled.every((one) => one.status === 'fulfilled' && one.value)) {
      return views;
    }
    await Promise.all(views.map((view) => view.close()));
    const fault = settled.find((one) => one.status === 'rejected');
    if (fault !== undefined) {
      throw fault.reason;
    }
    await new Promise((done) => setTimeout(done, SETTLED_MS + attempt));
  }
  const files = images.map(({ file }) => file).join(', ');
  throw new Error(`${files}: written by others during each of ${ATTEMPTS} readings: there is no instant to capture`);
}

/** Entries of a view, each name behind a prefix. */
export async function* entriesOf(
  view: ImageView,
  prefix = '',
  about: Readonly<Record<string, Json>> = {},
): AsyncIterable<ContentEntry> {
  const disk = { ...about, sizeBytes: view.sizeBytes };
  yield { name: prefix + DISK, about: disk, version: '', sizeBytes: 0, bytes: async function* () {} };
  for (const extent of view.extents()) {
    const { offset, sizeBytes, digest } = extent;
    const name = `${prefix}${EXTENT}${offset.toString(16).padStart(12, '0')}`;
    yield { name, about: { offset }, version: digest, sizeBytes, bytes: () => view.bytes(extent) };
  }
  view.captured();
}

/** Makes a disk of the entries of one. */
export class DiskWriter {
  private sizeBytes: number | undefined;

  /** @param leastBytes how large it is at least */
  constructor(
    readonly file: string,
    private readonly leastBytes = 0,
  ) {}

  /** @param name that of the entry, without a prefix */
  async write(entry: CapturedEntry, name: string): Promise<void> {
    if (name === DISK) {
      this.sizeBytes = Math.max(Number(entry.about['sizeBytes']), this.leastBytes);
      fs.closeSync(fs.openSync(this.file, 'wx', 0o600));
      fs.truncateSync(this.file, this.sizeBytes);
      return;
    }
    let at = Number(entry.about['offset']);
    if (!name.startsWith(EXTENT) || this.sizeBytes === undefined || at + entry.sizeBytes > this.sizeBytes) {
      throw new Error(`${JSON.stringify(entry.name)} is no extent of the disk`);
    }
    const file = await fs.promises.open(this.file, 'r+');
    try {
      for await (const piece of entry.bytes()) {
        await writeAll(file, piece, at);
        at += piece.length;
      }
    } finally {
      await file.close();
    }
  }

  finish(props: BlockImageProps): BlockImage {
    if (this.sizeBytes === undefined) {
      throw new Error('the backup has no disk');
    }
    return new BlockImage(this.file, props);
  }
}

/** Begins all while no disk is written. */
async function beginAll(images: readonly BlockImage[], begun: ImageView[] = []): Promise<ImageView[]> {
  const [first, ...others] = images;
  if (first === undefined) {
    return begun;
  }
  return first.next(async () => {
    const later = await beginAll(others);
    return [first.begin(), ...later];
  });
}

/** Source: AWS Backup developer guide, "Restore an Amazon EBS volume": a volume may be made larger, not smaller. */
function grownTo({ metadata }: RestoreOrder): number {
  const asked = valueOf(metadata, 'volumeSize');
  return asked === undefined ? 0 : Number(asked) * GIB;
}

function idOf({ offset, digest }: Extent): string {
  return `${offset} ${digest}`;
}

function extentsOf(offset: number, length: number): number[] {
  const first = Math.floor(offset / EXTENT_BYTES);
  const end = Math.ceil((offset + length) / EXTENT_BYTES);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** Another whenever the file may hold something else. */
function stateOf(file: string): string {
  const { ino, size, ctimeNs, mtimeNs } = fs.statSync(file, { bigint: true });
  return [ino, size, ctimeNs, mtimeNs].join('.');
}
