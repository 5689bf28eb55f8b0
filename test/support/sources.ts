import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** The workspace root. */
export const ROOT = path.resolve(__dirname, '..', '..');

/** Folders of the packages, in the order in which they depend on each other. */
export const WORKSPACES = (
  JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { workspaces: readonly string[] }
).workspaces;

/** One source file of ours. */
export interface Source {
  /** Path from the root, `/`-joined. */
  readonly file: string;
  readonly text: string;
}

/** Files that git tracks, or would track, below the given folders. */
export function trackedFiles(...folders: string[]): string[] {
  const out = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return out.split('\n').filter((file) => file !== '' && fs.existsSync(path.join(ROOT, file)));
}

/** TypeScript sources below the given folders. */
export function sources(...folders: string[]): Source[] {
  return trackedFiles(...folders)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** Text to what it is without comments: several rules look at the same sources. */
const STRIPPED = new Map<string, string>();

/** The source without comments, line numbers kept. */
export function withoutComments(text: string): string {
  const stripped = STRIPPED.get(text) ?? strip(text);
  STRIPPED.set(text, stripped);
  return stripped;
}

function strip(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  const scanner = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, false);
  let out = text;
  const seen = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ]) {
      if (!seen.has(range.pos)) {
        seen.add(range.pos);
        out = out.slice(0, range.pos) + blank(out.slice(range.pos, range.end)) + out.slice(range.end);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(scanner);
  return out;
}

/** Lines of a text that match, as `file:line`. */
export function matches(source: Source, pattern: RegExp): string[] {
  return withoutComments(source.text)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${source.file}:${index + 1}`] : []));
}

/** A function or method and how many lines it takes. */
export interface Span {
  readonly name: string;
  readonly lines: number;
}

/** Every named function, method, constructor and function-valued constant of a source. */
export function functions(source: Source): Span[] {
  const tree = ts.createSourceFile(source.file, source.text, ts.ScriptTarget.ES2022, true);
  const found: Span[] = [];
  const lineOf = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
      if (named !== undefined || ts.isConstructorDeclaration(node)) {
        const name = named === undefined ? 'constructor' : named.getText(tree);
        found.push({ name, lines: lineOf(node.getEnd()) - lineOf(node.getStart(tree)) + 1 });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
