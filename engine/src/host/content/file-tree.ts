/**
 * A folder of this machine as the content of a file system of EFS or FSx.
 *
 * Owns     the folders that it made: those of restores, until they are closed, and copies while it is captured.
 * Source   AWS Backup developer guide, "Restore an Amazon EFS file system"; EFS user guide, "Backing up EFS file systems"
 *          (read 2026-11-26).
 * Spec     drivers.md
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { valueOf } from '../../domain/restore-job';
import type { CapturedEntry, Content, ContentEntry, Json, RestoreOrder } from './content';
import { isFolderName, partName, ROOT_NAME } from './file-names';
import { CopiedFiles, filesOf, TreeView } from './file-view';
import { fingerprint, TreeNode, walk } from './file-walk';
import { AboutFile, LeftOut, TreeWriter } from './file-writer';

export interface FileTreeProps {
  /** Where restores and copies go; the folder for temporary files of this machine unless given. */
  readonly workFolder?: string;
}

/** What restores of EFS put into the root of a file system. */
const RECOVERY = 'aws-backup-restore_';

export class FileTree implements Content {
  readonly kind = 'files';
  /** What the last capture or the restore could not keep, and why. */
  leftOut: readonly LeftOut[] = [];
  private readonly root: Buffer;
  /** States at the last capture, by name. */
  private last = new Map<string, string>();
  private mine = false;

  constructor(
    readonly folder: string,
    private readonly props: FileTreeProps = {},
  ) {
    this.root = Buffer.from(path.resolve(folder));
  }

  async sizeBytes(): Promise<number> {
    const nodes = await walk(this.root);
    const links = nodes.filter(({ kind }) => kind === 'symlink');
    return [...filesOf(nodes), ...links].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async version(): Promise<string> {
    const digest = createHash('sha256');
    for (const node of await walk(this.root)) {
      digest.update(`${fingerprint(node)}\n\n`);
    }
    return digest.digest('base64url');
  }

  async *capture(): AsyncIterable<ContentEntry> {
    const copies = this.workFolder('copies');
    try {
      const isKnown = ({ name, state }: TreeNode) => this.last.get(name) === state;
      const view = await TreeView.take(this.root, isKnown, new CopiedFiles(copies));
      const firsts = new Map(filesOf(view.nodes).map(({ inode, name }) => [inode, name]));
      const left: LeftOut[] = [];
      for (const node of view.nodes) {
        const about = aboutOf(node, firsts);
        if (about.leftOut !== undefined) {
          left.push({ name: node.name, reason: about.leftOut });
        }
        yield entryOf(node, about, view);
      }
      this.leftOut = left;
      this.last = new Map(filesOf(view.nodes).map(({ name, state }) => [name, state]));
    } finally {
      fs.rmSync(copies, { recursive: true, force: true });
    }
  }

  async restore(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<FileTree> {
    const folder = this.workFolder('restored');
    try {
      const recovery = valueOf(order.metadata, 'newFileSystem') === undefined ? '' : recoveryFolder(order);
      const restored = new FileTree(path.join(folder, 'files'), this.props);
      restored.mine = true;
      if (recovery !== '') {
        fs.mkdirSync(restored.folder);
      }
      const to = path.join(restored.folder, recovery);
      restored.leftOut = await writeTree(entries, to, path.join(folder, 'aside'), itemsOf(order));
      return restored;
    } catch (fault) {
      removeTree(folder);
      throw fault;
    }
  }

  /** Nothing that is there is touched: what was restored goes into a folder of its own. */
  async merge(restored: Content, order: RestoreOrder): Promise<void> {
    if (!(restored instanceof FileTree)) {
      throw new Error(`a content of kind ${restored.kind} cannot be put into a tree of files`);
    }
    const recovery = recoveryFolder(order);
    const from = path.join(restored.folder, recovery);
    const source = fs.existsSync(from) ? new FileTree(from, this.props) : restored;
    const to = path.join(this.folder, recovery);
    if (fs.existsSync(to)) {
      throw new Error(`${to} is there already: each restore has a folder of its own`);
    }
    try {
      await writeTree(source.capture(), to, to, undefined);
    } catch (fault) {
      removeTree(to);
      throw fault;
    }
  }

  async close(): Promise<void> {
    if (this.mine) {
      removeTree(path.dirname(this.folder));
    }
  }

  private workFolder(what: string): string {
    return fs.mkdtempSync(path.join(this.props.workFolder ?? os.tmpdir(), `holdfast-${what}-`));
  }
}

/** The folder that a restore of EFS makes, e.g. `aws-backup-restore_2027-01-05T05-12-00-000Z`. */
export function recoveryFolder({ at, restoreJobId }: RestoreOrder): string {
  return RECOVERY + (at === undefined ? restoreJobId : new Date(at).toISOString().replace(/[:.]/g, '-'));
}

function entryOf(node: TreeNode, about: AboutFile, view: TreeView): ContentEntry {
  const named = { name: node.name, about: about as unknown as Record<string, Json> };
  const isRead = about.link === undefined && (node.kind === 'file' || node.kind === 'symlink');
  return isRead
    ? { ...named, version: node.state, sizeBytes: node.sizeBytes, bytes: () => view.bytes(node) }
    : { ...named, version: '', sizeBytes: 0, bytes: none };
}

async function* none(): AsyncIterable<Uint8Array> {}

function aboutOf(node: TreeNode, firsts: ReadonlyMap<string | undefined, string>): AboutFile {
  const { name, kind, mode, uid, gid, sparse, inode } = node;
  const first = inode === undefined ? name : firsts.get(inode);
  return {
    ...{ kind, mode, uid, gid, mtimeNs: `${node.mtimeNs}` },
    ...(sparse && { sparse }),
    ...(inode !== undefined && first === name && { linked: true }),
    ...(first !== undefined && first !== name && { link: first }),
    ...(['pipe', 'socket', 'device'].includes(kind) && {
      leftOut: `a ${kind} holds no bytes that a backup could keep`,
    }),
  };
}

/**
 * Answers what was left out.
 *
 * @param aside the folder for files of which another name is an item
 */
async function writeTree(
  entries: AsyncIterable<CapturedEntry>,
  to: string,
  aside: string,
  items: readonly string[] | undefined,
): Promise<LeftOut[]> {
  const found = new Set<string>();
  const wants = (name: string) => items === undefined || items.some((item) => isOf(name, item, found));
  const writer = new TreeWriter(Buffer.from(to), aside, wants);
  for await (const entry of entries) {
    await writer.write(entry);
  }
  writer.finish();
  const missing = items?.filter((item) => !found.has(item)) ?? [];
  if (missing.length > 0) {
    throw new Error(`the backup has no ${missing.join(', ')}`);
  }
  return writer.leftOut;
}

/** What is to be restored, by the names that entries have; undefined for all. */
function itemsOf({ metadata }: RestoreOrder): string[] | undefined {
  const asked = valueOf(metadata, 'itemsToRestore');
  if (asked === undefined) {
    return undefined;
  }
  const items = JSON.parse(asked) as unknown;
  if (!Array.isArray(items) || items.some((item) => typeof item !== 'string')) {
    throw new Error(`ItemsToRestore must be a JSON list of paths, got ${asked}`);
  }
  return (items as string[]).map((item) => {
    const parts = item.split('/').filter((part) => part !== '');
    return ROOT_NAME + parts.map((part) => partName(Buffer.from(part))).join('/');
  });
}

/** Whether an entry is an item, is in it, or is a folder that it is in. */
function isOf(name: string, item: string, found: Set<string>): boolean {
  const isItem = name === item || name === `${item}/` || item === ROOT_NAME;
  if (isItem) {
    found.add(item);
  }
  return isItem || name.startsWith(`${item}/`) || (isFolderName(name) && item.startsWith(name));
}

/** Folders without permissions keep others than root from what is in them. */
function removeTree(folder: string): void {
  const open = (at: Buffer) => {
    fs.chmodSync(at, 0o700);
    for (const child of fs.readdirSync(at, {
      encoding: 'buffer',
      withFileTypes: true,
    }) as unknown as fs.Dirent<Buffer>[]) {
      if (child.isDirectory()) {
        open(Buffer.concat([at, Buffer.from('/'), child.name]));
      }
    }
  };
  if (process.getuid?.() !== 0 && fs.existsSync(folder)) {
    open(Buffer.from(folder));
  }
  fs.rmSync(folder, { recursive: true, force: true });
}
