// The driver of docs/content.md is one that passes the suite, and what the page begins with does what it says.
import { BlockImage, FileTree, PostgresDatabase, World } from '@holdfast/engine';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compileFunction } from 'node:vm';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';

const page = fs.readFileSync(path.join(ROOT, 'docs/content.md'), 'utf8');
const snippets = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);

const EXPORTS = { BlockImage, FileTree, PostgresDatabase, World };

/** Runs a snippet, and answers the World that it makes. */
async function worldOf(snippet: string): Promise<World> {
  const [imported = '', ...lines] = snippet.split('\n');
  const names = imported.replace(/^import \{ | \} from '@holdfast\/engine';$/g, '').split(', ');
  const run = compileFunction(`return (async () => { ${lines.join('\n')} return world; })();`, names) as (
    ...given: unknown[]
  ) => Promise<World>;
  return run(...names.map((name) => EXPORTS[name as keyof typeof EXPORTS]));
}

function snippetWith(word: string): string {
  const [found = '', ...more] = snippets.filter((text) => text.includes(word));
  expect(more).toEqual([]);
  return found;
}

test('the driver of docs/content.md is the one that the suite of drivers runs over', () => {
  const driver = fs.readFileSync(path.join(ROOT, 'test/engine/content/own-driver.ts'), 'utf8');
  expect(snippets.filter((text) => text === driver)).toHaveLength(1);
});

test('what docs/content.md begins with runs, and both resources hold something', async () => {
  const folder = temporaryFolder('content-page');
  const at = (name: string) => path.join(folder, name);
  fs.mkdirSync(at('share'));
  fs.writeFileSync(at('disk.img'), 'a disk');
  fs.writeFileSync(at('cdk.out'), JSON.stringify({ Resources: {} }));
  const text = snippets[0] ?? '';
  const world = await worldOf(
    text.replaceAll(/'(share|disk\.img|cdk\.out)'/g, (_, name: string) => JSON.stringify(at(name))),
  );
  expect(world.now).toBe('2027-01-31T00:00:00Z');
  const kinds = ['fs-0123456789abcdef0', 'vol-0123456789abcdef0'].map((name) => world.content(name).kind);
  expect(kinds).toEqual(['files', 'block-image']);
  await world.close();
});

test('the database of docs/content.md is one, and holds what was written', async () => {
  const world = await worldOf(snippetWith('PostgresDatabase.create'));
  const { db } = world.content('shop') as PostgresDatabase;
  expect((await db.query('select id, total from orders')).rows).toEqual([]);
  await world.close();
});

test('the validation of docs/content.md is taken', async () => {
  const world = await worldOf(snippetWith('validateRestores'));
  expect(world.restoreJobs()).toEqual([]);
  await world.close();
});
