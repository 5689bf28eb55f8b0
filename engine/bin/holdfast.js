#!/usr/bin/env node
'use strict';

// Committed, so that npm links the command before anything is built.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { bundleOf } = require('./entry');

const build = join(__dirname, '..', 'build');
const bundle = bundleOf('holdfast.js');
if (bundle !== undefined) {
  require(bundle);
} else if (existsSync(join(build, 'cli', 'main.js'))) {
  void require(join(build, 'host', 'process.js')).run(require(join(build, 'cli', 'main.js')).main);
} else {
  process.stderr.write('holdfast is not built yet: run npm run build\n');
  process.exitCode = 2;
}
