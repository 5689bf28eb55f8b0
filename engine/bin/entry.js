'use strict';

// Which file stands for a way into the engine: its bundle; in a checkout that was compiled after it, the single files.
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGE = join(__dirname, '..');
const BUILD = join(PACKAGE, 'build');

/** The bundle of that name; undefined where there is none, or something was compiled since. */
exports.bundleOf = (name) => {
  const bundle = join(BUILD, 'bundle', name);
  const since = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  return since === 0 || (existsSync(join(PACKAGE, 'src')) && wasCompiled(BUILD, since)) ? undefined : bundle;
};

/** Whether a module below a folder was compiled since; what has no types beside it was bundled, not compiled. */
function wasCompiled(folder, since) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  return entries.some((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) {
      return wasCompiled(file, since);
    }
    return (
      names.has(entry.name.replace(/\.js$/, '.d.ts')) && entry.name.endsWith('.js') && statSync(file).mtimeMs > since
    );
  });
}
