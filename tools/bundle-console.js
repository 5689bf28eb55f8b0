// Bundles the page of reports and of the console (console/src) into engine/build/console, from where the engine takes it.
// Usage: node tools/bundle-console.js
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const ROOT = path.join(__dirname, '..');
const CONSOLE = path.join(ROOT, 'console', 'src');
const options = {
  entryPoints: [path.join(CONSOLE, 'main.tsx'), path.join(CONSOLE, 'style.css')],
  outdir: path.join(ROOT, 'engine', 'build', 'console'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Ids are made by the engine's own code, which wants SHA-256 of Node.
  alias: { 'node:crypto': path.join(CONSOLE, 'sha256.ts') },
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
  write: false,
};

/** The licences of what comes inside. */
function notices({ inputs }) {
  const folders = Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const licence = fs.readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const text = licence === undefined ? '' : fs.readFileSync(path.join(folder, licence), 'utf8').trim();
    return `Contains ${path.basename(folder)}:\n${text}\n`;
  });
}

/** A page that is read meanwhile is whole: as it was, or as it is. */
function write(file, content) {
  fs.writeFileSync(`${file}.${process.pid}`, content);
  fs.renameSync(`${file}.${process.pid}`, file);
}

const { metafile, outputFiles } = esbuild.buildSync(options);
fs.mkdirSync(options.outdir, { recursive: true });
outputFiles.forEach(({ path: file, contents }) => write(file, contents));
write(path.join(options.outdir, 'LICENSES.txt'), notices(metafile).join('\n'));
