/**
 * A tree of files as a walk finds it.
 *
 * Units    sizes are bytes; `…Ns` are nanoseconds since epoch, `…Ms` milliseconds.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';
import { partName, ROOT_NAME } from './file-names';

export type NodeKind = 'folder' | 'file' | 'symlink' | 'pipe' | 'socket' | 'device';

export interface TreeNode {
  readonly name: string;
  readonly path: Buffer;
  readonly kind: NodeKind;
  /** Permissions, with the bits for another user, another group and deletion by owners alone. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** It takes less of the disk than its size: it has holes. */
  readonly sparse: boolean;
  /** Where a symbolic link leads. */
  readonly target: Buffer | undefined;
  readonly mtimeNs: bigint;
  readonly ctimeMs: number;
  /** Says which file it is where it has more than one name. */
  readonly inode: string | undefined;
  /** Another whenever its bytes may have changed; but see `SETTLED_MS`. */
  readonly state: string;
}

/**
 * Kernels count the time of changes in steps of up to 10 ms: a file that changes twice within one shows it once. Only what
 * changed longer ago than this has a state that says what it holds.
 */
export const SETTLED_MS = 20;

/** Everything below a folder, and itself, in ascending order of the names. */
export async function walk(root: Buffer): Promise<TreeNode[]> {
  const top = nodeOf(ROOT_NAME, root, fs.lstatSync(root, { bigint: true }));
  if (top.kind !== 'folder') {
    throw new Error(`${root.toString()} is no folder`);
  }
  const found = [top];
  await walkInto(top, found);
  return found;
}

/** The state that an open file has. */
export async function stateOf(file: fs.promises.FileHandle): Promise<string> {
  return stateOfStats(await file.stat({ bigint: true }));
}

/** Whether two walks found the same: then it stood so at every instant between them. */
export function sameTree(one: readonly TreeNode[], other: readonly TreeNode[]): boolean {
  return one.length === other.length && one.every((node, index) => fingerprint(node) === fingerprint(other[index]));
}

/** All that a restore brings back of it. */
export function fingerprint(node: TreeNode | undefined): string | undefined {
  return node && [node.name, node.state, node.mode, node.uid, node.gid].join('\n');
}

async function walkInto(folder: TreeNode, found: TreeNode[]): Promise<void> {
  // Between folders others get their turn: a tree may be large.
  await new Promise(setImmediate);
  const prefix = Buffer.concat([folder.path, Buffer.from('/')]);
  const listed = attempt(() => fs.readdirSync(folder.path, { encoding: 'buffer' })) ?? [];
  const nodes = listed.flatMap((part) => {
    const path = Buffer.concat([prefix, part]);
    const stats = attempt(() => fs.lstatSync(path, { bigint: true }));
    return stats === undefined ? [] : nodeOf(folder.name + partName(part), path, stats);
  });
  const keyed = nodes.map((node) => ({ node, key: Buffer.from(node.name) }));
  for (const { node } of keyed.sort((a, b) => Buffer.compare(a.key, b.key))) {
    found.push(node);
    if (node.kind === 'folder') {
      await walkInto(node, found);
    }
  }
}

/** What vanishes between two questions is not there; the next walk says so too. */
function attempt<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (fault) {
    if (['ENOENT', 'ENOTDIR'].includes((fault as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw fault;
  }
}

function nodeOf(name: string, path: Buffer, stats: fs.BigIntStats): TreeNode {
  const kind = kindOf(stats);
  const isFolder = kind === 'folder';
  const target = kind === 'symlink' ? attempt(() => fs.readlinkSync(path, { encoding: 'buffer' })) : undefined;
  return {
    name: isFolder && !name.endsWith('/') ? `${name}/` : name,
    path,
    kind,
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    sizeBytes: kind === 'file' ? Number(stats.size) : (target?.length ?? 0),
    sparse: kind === 'file' && stats.blocks * 512n < stats.size,
    target,
    mtimeNs: stats.mtimeNs,
    ctimeMs: Number(stats.ctimeMs),
    inode: stats.nlink > 1n && kind === 'file' ? `${stats.dev}:${stats.ino}` : undefined,
    state: stateOfStats(stats),
  };
}

function stateOfStats({ ino, size, ctimeNs, mtimeNs }: fs.BigIntStats): string {
  return [ino, size, ctimeNs, mtimeNs].map((one) => one.toString(36)).join('.');
}

function kindOf(stats: fs.BigIntStats): NodeKind {
  if (stats.isDirectory()) {
    return 'folder';
  }
  if (stats.isFile()) {
    return 'file';
  }
  if (stats.isSymbolicLink()) {
    return 'symlink';
  }
  if (stats.isFIFO()) {
    return 'pipe';
  }
  return stats.isSocket() ? 'socket' : 'device';
}
