// Puts what jsii compiled of a package into its one entry file, so that a program that imports the package opens, resolves
// and compiles one file, not seventy (figures: bench/synth/README.md). The single files stay beside it, with their source maps.
// Usage: node ../tools/bundle-package.js   (in the folder of the package, after jsii)
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { noticesOf } = require('./bundle-notices');

const ENTRY = path.resolve('build', 'index.js');
// Node looks in the text for the names that an ES module may import, so they have to stand there.
const names = Object.keys(require(ENTRY)).sort();

// A module runs, and loads what it needs of the peers, when one of its exports is first asked for: an app of a vault and a
// plan does not wait for what budgets and functions are made of.
const modules = [...fs.readFileSync(ENTRY, 'utf8').matchAll(/^__exportStar\(require\("([^"]+)"\), exports\);$/gm)].map(
  ([, module]) => ({ module, owned: Object.keys(require(path.resolve('build', module))) }),
);
const owners = new Map(modules.flatMap(({ module, owned }) => owned.map((name) => [name, module])).reverse());
const orphans = names.filter((name) => !owners.has(name));
if (orphans.length > 0) {
  throw new Error(`build/index.js must export whole modules alone, got ${orphans.join(', ')}`);
}
const entry = [
  "'use strict';",
  "Object.defineProperty(exports, '__esModule', { value: true });",
  'const lazy = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get() {',
  '  const value = load()[name];',
  '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, writable: true, value });',
  '  return value;',
  '} });',
  ...names.map((name) => `lazy(${JSON.stringify(name)}, () => require(${JSON.stringify(owners.get(name))}));`),
].join('\n');

// Peers stay outside; what else a package uses comes inside, with its licence.
const { peerDependencies = {} } = require(path.resolve('package.json'));
const options = {
  stdin: { contents: entry, resolveDir: path.resolve('build'), sourcefile: 'index.js' },
  outfile: ENTRY,
  allowOverwrite: true,
  bundle: true,
  external: Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`]),
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'error',
};

esbuild.buildSync({
  ...options,
  banner: { js: ['// Bundled by tools/bundle-package.js from the files beside it.', ...noticesOf(options)].join('\n') },
  footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
});
