'use strict';

// Which file stands for a way into the engine: its bundle; in a checkout that was compiled after it, the single files.
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGE = join(__dirname, '..');
const BUILD = join(PACKAGE, 'build');
const BUNDLES = join(BUILD, 'bundle');

/** The bundle of that name; undefined where there is none, or something was compiled since. */
exports.bundleOf = (name) => {
  const bundle = join(BUNDLES, name);
  const since = existsSync(bundle) ? statSync(bundle).mtimeMs : 0;
  return since === 0 || (existsSync(join(PACKAGE, 'src')) && isNewer(BUILD, since)) ? undefined : bundle;
};

function isNewer(folder, since) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) {
      return file !== BUNDLES && isNewer(file, since);
    }
    return file.endsWith('.js') && statSync(file).mtimeMs > since;
  });
}
