// The driver of docs/content.md is one that passes the suite, and what the page begins with does what it says.
import { BlockImage, FileTree, World } from '@holdfast/engine';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compileFunction } from 'node:vm';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';

const page = fs.readFileSync(path.join(ROOT, 'docs/content.md'), 'utf8');
const snippets = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);

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
  const [imported = '', ...lines] = (snippets[0] ?? '').split('\n');
  const names = imported.replace(/^import \{ | \} from '@holdfast\/engine';$/g, '').split(', ');
  expect(names).toEqual(['BlockImage', 'FileTree', 'World']);
  const text = lines
    .join('\n')
    .replaceAll(/'(share|disk\.img|cdk\.out)'/g, (_, name: string) => JSON.stringify(at(name)));
  const run = compileFunction(`return (async () => { ${text} return world; })();`, names) as (
    ...given: unknown[]
  ) => Promise<World>;
  const world = await run(BlockImage, FileTree, World);
  expect(world.now).toBe('2027-01-31T00:00:00Z');
  const kinds = ['fs-0123456789abcdef0', 'vol-0123456789abcdef0'].map((name) => world.content(name).kind);
  expect(kinds).toEqual(['files', 'block-image']);
  await world.close();
});
