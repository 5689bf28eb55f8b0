// Builds the site of the documentation into `.site/dist`: the repository's own pages, and the API of the packages
// from their docstrings. `npm run site`; `npm run site -- --serve` shows it afterwards.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { build, serve } from 'vitepress';
import { assemble } from './assemble.mjs';
import { PACKAGES } from './journey.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SITE = path.join(ROOT, '.site');

/** The pages of one package; a warning of its docstrings fails the build. */
async function describe({ folder, name, entries }) {
  const app = await Application.bootstrapWithPlugins({
    name,
    entryPoints: entries.map((entry) => path.join(ROOT, folder, entry)),
    tsconfig: path.join(ROOT, folder, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: path.join(SITE, 'api', folder) }],
    readme: 'none',
    entryFileName: 'index.md',
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    disableSources: true,
    skipErrorChecking: true,
    logLevel: 'Error',
  });
  const project = await app.convert();
  if (project === undefined) {
    throw new Error(`${name}: its sources could not be read`);
  }
  await app.generateOutputs(project);
  return { text: name, link: `/api/${folder}/` };
}

const sidebar = assemble(ROOT, SITE);
const api = [];
for (const one of PACKAGES) {
  api.push(await describe(one));
}
fs.mkdirSync(path.join(SITE, '.vitepress'), { recursive: true });
fs.writeFileSync(
  path.join(SITE, '.vitepress', 'config.json'),
  JSON.stringify([...sidebar, { text: 'API', items: api }], undefined, 2),
);
fs.cpSync(path.join(ROOT, 'tools/site/vitepress'), path.join(SITE, '.vitepress'), { recursive: true });
await build(SITE, { outDir: path.join(SITE, 'dist') });
if (process.argv.includes('--serve')) {
  await serve({ root: SITE, base: '/' });
}
