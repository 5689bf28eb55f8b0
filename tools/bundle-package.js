// Puts what jsii compiled of a package into its one entry file, so that a program that imports the package opens, resolves
// and compiles one file, not seventy (figures: bench/synth/README.md). The single files stay beside it, with their source maps.
// Usage: node ../tools/bundle-package.js   (in the folder of the package, after jsii)
'use strict';
const path = require('node:path');
const esbuild = require('esbuild');

const ENTRY = path.resolve('build', 'index.js');
// Node looks in the text for the names that an ES module may import, so they have to stand there.
const names = Object.keys(require(ENTRY)).sort();

esbuild.buildSync({
  entryPoints: [ENTRY],
  outfile: ENTRY,
  allowOverwrite: true,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  banner: { js: '// Bundled by tools/bundle-package.js from the files beside it.' },
  footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
});
