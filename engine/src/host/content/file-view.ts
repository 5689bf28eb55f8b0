/**
 * A tree of files as it stood at one instant, though writers go on.
 *
 * Owns     copies of the files that are to be read, until it is closed.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { piecesOf, writeNewFile } from './file-bytes';
import { sameTree, SETTLED_MS, stateOf, TreeNode, walk } from './file-walk';

/** How often a tree is walked until two walks find the same. */
export const ATTEMPTS = 20;

interface Copy {
  readonly path: Buffer;
  readonly state: string;
}

export class TreeView {
  private constructor(
    readonly nodes: readonly TreeNode[],
    private readonly copies: CopiedFiles,
  ) {}

  /**
   * Copies what is to be read, and walks until nothing changed meanwhile.
   *
   * @param known whether a file is as it was at a capture before, and will hardly be read again
   * @throws Error when the tree changes all the time
   */
  static async take(root: Buffer, known: (node: TreeNode) => boolean, copies: CopiedFiles): Promise<TreeView> {
    let nodes = await walk(root);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const wanted = filesOf(nodes).filter((node) => !known(node));
      const settled = await copies.take(wanted);
      const again = await walk(root);
      if (settled && sameTree(nodes, again)) {
        return new TreeView(nodes, copies);
      }
      nodes = again;
      await new Promise((done) => setTimeout(done, SETTLED_MS + attempt));
    }
    throw new Error(`${root.toString()} changed during each of ${ATTEMPTS} walks: there is no instant to capture`);
  }

  /** The bytes of a file or symbolic link at the instant of the view. */
  async *bytes(node: TreeNode): AsyncIterable<Buffer> {
    if (node.target !== undefined) {
      yield node.target;
      return;
    }
    const copy = this.copies.of(node);
    const file = await opened(copy ?? node.path);
    if (file === undefined || (copy === undefined && (await stateOf(file)) !== node.state)) {
      throw changed(node);
    }
    try {
      yield* piecesOf(file);
      if (copy === undefined && (await stateOf(file)) !== node.state) {
        throw changed(node);
      }
    } finally {
      await file.close();
    }
  }
}

/** Files that were copied while they stood still. */
export class CopiedFiles {
  private readonly byName = new Map<string, Copy>();
  private made = 0;

  constructor(private readonly folder: string) {}

  of(node: TreeNode): Buffer | undefined {
    const copy = this.byName.get(node.name);
    return copy?.state === node.state ? copy.path : undefined;
  }

  /** Answers whether each is a copy of what the file is known to have held. */
  async take(files: readonly TreeNode[]): Promise<boolean> {
    let whole = true;
    for (const file of files) {
      whole = (this.of(file) !== undefined || (await this.copy(file))) && whole;
    }
    return whole;
  }

  private keep({ name, state }: TreeNode, to: Buffer): void {
    const before = this.byName.get(name);
    if (before !== undefined) {
      fs.rmSync(before.path);
    }
    this.byName.set(name, { path: to, state });
  }

  private async copy(node: TreeNode): Promise<boolean> {
    const settled = Math.abs(Date.now() - node.ctimeMs) >= SETTLED_MS;
    const to = Buffer.from(path.join(this.folder, `${this.made++}`));
    const file = await opened(node.path);
    if (file === undefined) {
      return false;
    }
    try {
      const before = await stateOf(file);
      await writeNewFile(to, piecesOf(file), node.sparse);
      if (settled && before === node.state && before === (await stateOf(file))) {
        this.keep(node, to);
        return true;
      }
      fs.rmSync(to);
      return false;
    } finally {
      await file.close();
    }
  }
}

/** Files by the first of their names. */
export function filesOf(nodes: readonly TreeNode[]): TreeNode[] {
  const seen = new Set<string>();
  return nodes.filter(({ kind, inode }) => {
    const first = kind === 'file' && (inode === undefined || !seen.has(inode));
    if (inode !== undefined) {
      seen.add(inode);
    }
    return first;
  });
}

async function opened(file: Buffer): Promise<fs.promises.FileHandle | undefined> {
  try {
    // What became a pipe meanwhile would make us wait for its writer; what became a link would lead away.
    return await fs.promises.open(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
  } catch (fault) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes((fault as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw fault;
  }
}

function changed(node: TreeNode): Error {
  return new Error(`${node.path.toString()} changed while it was captured`);
}
