/**
 * The disks of an instance of EC2, captured at one instant.
 *
 * Source   AWS Backup developer guide, "Amazon EC2 backups" (snapshots of the root volume and of those attached to it) and
 *          "Creating Windows VSS backups"; B2.4/1.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { asksForVss } from '../../domain/windows-vss';
import { BlockImage, BlockImageProps, DiskWriter, entriesOf, viewAll } from './block-image';
import type { CapturedEntry, CaptureOptions, Content, ContentEntry, RestoreOrder } from './content';
import { inOwnFolder } from './own-folder';
import type { ImageView } from './image-view';

/** What an application that writes to the disks is told, as Windows VSS tells its writers. */
export interface VssWriter {
  /** Everything has to be on the disks when it returns, and nothing may be written until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

export interface InstanceImagesProps extends BlockImageProps {
  /** With one, backups with `WindowsVSS` are consistent for applications; all others are what a crash leaves. */
  readonly vss?: VssWriter;
}

const INSTANCE = 'instance';

export class InstanceImages implements Content {
  readonly kind = 'instance-images';
  private folder: string | undefined;
  shadowless = false;

  /**
   * @param volumes by the name of the device, e.g. `/dev/xvda`
   * @param root the device that the instance starts from
   */
  constructor(
    readonly volumes: Readonly<Record<string, BlockImage>>,
    readonly root: string,
    private readonly props: InstanceImagesProps = {},
  ) {
    if (volumes[root] === undefined) {
      throw new Error(`${root} is none of the volumes ${Object.keys(volumes).join(', ')}`);
    }
  }

  async sizeBytes(): Promise<number> {
    const sizes = await Promise.all(Object.values(this.volumes).map((volume) => volume.sizeBytes()));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async version(): Promise<string> {
    const versions = this.inOrder().map(async ({ prefix, volume }) => prefix + (await volume.version()));
    return (await Promise.all(versions)).join('\n');
  }

  async *capture(options: CaptureOptions = {}): AsyncIterable<ContentEntry> {
    const volumes = this.inOrder();
    const { views, frozen } = await this.frozen(asksForVss(options), () =>
      viewAll(volumes.map(({ volume }) => volume)),
    );
    try {
      const about = { root: this.root, consistency: frozen ? 'application' : 'crash' };
      yield { name: INSTANCE, about, version: '', sizeBytes: 0, bytes: async function* () {} };
      for (const [index, view] of views.entries()) {
        const { device, prefix } = volumes[index] as (typeof volumes)[number];
        yield* entriesOf(view, prefix, { device });
      }
    } finally {
      await Promise.all(views.map((view) => view.close()));
    }
  }

  restore(entries: AsyncIterable<CapturedEntry>, _order: RestoreOrder): Promise<InstanceImages> {
    return inOwnFolder(this.props.workFolder ?? os.tmpdir(), 'holdfast-instance-', async (folder) => {
      const restored = await restoreDisks(entries, folder, this.props);
      restored.folder = folder;
      return restored;
    });
  }

  async close(): Promise<void> {
    if (this.folder !== undefined) {
      await Promise.all(Object.values(this.volumes).map((volume) => volume.close()));
      fs.rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** Volumes in the order of the names of their entries. */
  private inOrder() {
    return Object.entries(this.volumes)
      .map(([device, volume]) => ({ device, volume, prefix: `volume-${encodeURIComponent(device)}/` }))
      .sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  }

  /** Source B4.6/1: where freezing fails, a backup without it is made. */
  private async frozen(
    asked: boolean,
    take: () => Promise<ImageView[]>,
  ): Promise<{ views: ImageView[]; frozen: boolean }> {
    const { vss } = this.props;
    const frozen = asked && vss !== undefined && (await succeeds(vss.freeze()));
    this.shadowless = asked && vss !== undefined && !frozen;
    try {
      return { views: await take(), frozen };
    } finally {
      if (frozen) {
        await vss.thaw();
      }
    }
  }
}

function succeeds(done: Promise<void>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  );
}

async function restoreDisks(
  entries: AsyncIterable<CapturedEntry>,
  folder: string,
  props: InstanceImagesProps,
): Promise<InstanceImages> {
  const disks = new Map<string, { readonly device: string; readonly disk: DiskWriter }>();
  let root = '';
  for await (const entry of entries) {
    if (entry.name === INSTANCE) {
      root = String(entry.about['root']);
      continue;
    }
    const end = entry.name.indexOf('/') + 1;
    const prefix = entry.name.slice(0, end);
    let standing = disks.get(prefix);
    if (standing === undefined) {
      const disk = new DiskWriter(path.join(folder, `${disks.size}.img`));
      standing = { device: String(entry.about['device']), disk };
      disks.set(prefix, standing);
    }
    await standing.disk.write(entry, entry.name.slice(end));
  }
  const volumes = [...disks.values()].map(({ device, disk }) => [device, disk.finish(props)] as const);
  return new InstanceImages(Object.fromEntries(volumes), root, {
    ...(props.workFolder && { workFolder: props.workFolder }),
  });
}
