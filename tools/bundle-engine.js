// Puts what a program needs of the engine into one file for each way in: a thousand modules take a thousand look-ups before
// the first answer (figures: bench/wire/README.md). Clients of AWS and programs of the machine stay packages of their own.
// Usage: node tools/bundle-engine.js   (after the engine was compiled; engine/bin/entry.js says when a bundle counts)
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { noticesOf } = require('./bundle-notices');

const ROOT = path.join(__dirname, '..');
const ENGINE = path.join(ROOT, 'engine');
const { dependencies } = require(path.join(ENGINE, 'package.json'));
/** What is small, and what the engine alone uses of it, comes inside. */
const INSIDE = ['@holdfast/model', 'cli-progress', 'cli-table3', 'commander', 'yaml'];

const options = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  tsconfig: path.join(ENGINE, 'tsconfig.json'),
  // From its sources, so that what nobody uses of it stays away.
  alias: { '@holdfast/model': path.join(ROOT, 'model', 'src', 'index.ts') },
  external: Object.keys(dependencies)
    .filter((name) => !INSIDE.includes(name))
    .flatMap((name) => [name, `${name}/*`]),
  // Names stay: stacks have them.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'error',
};

/** The command: what the bin would load one by one. */
const COMMAND = "import { run } from './host/process'; import { main } from './cli/main'; void run(main);";

const ways = [
  { outfile: 'holdfast.js', stdin: { contents: COMMAND, loader: 'ts', resolveDir: path.join(ENGINE, 'src') } },
  { outfile: 'index.js', entryPoints: [path.join(ENGINE, 'src', 'index.ts')] },
];
/** Here everything is in one file already: tables that are loaded when they are asked for would only cost. */
const atOnce = {
  name: 'operations at once',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]generated[\\/]operations\.ts$/ }, ({ path: file }) => {
      const imports = [];
      const text = fs
        .readFileSync(file, 'utf8')
        .replace(/\(require\((.+?)\) as typeof import\(\1\)\)\./g, (_, module) => {
          const name = `table${imports.length}`;
          imports.push(`import * as ${name} from ${module};`);
          return `${name}.`;
        });
      if (imports.length === 0 || text.includes('require(')) {
        throw new Error(`${file}: tables must be required as tools/generate-operations.ts writes it`);
      }
      return { contents: [...imports, text].join('\n'), loader: 'ts' };
    });
  },
};

async function main() {
  for (const { outfile, ...way } of ways) {
    const made = { ...options, ...way, outfile: path.join(ENGINE, 'build', 'bundle', outfile) };
    const banner = ['// Bundled by tools/bundle-engine.js.', ...noticesOf(made)].join('\n');
    await esbuild.build({ ...made, banner: { js: banner }, plugins: [atOnce] });
  }
}

void main();
