#!/usr/bin/env node
// Measures the store of captures, alone and beside restic; README.md says what the figures mean.
// Needs the compiled engine: npm run build && node bench/store/run.js [--part restic|long|world|bucket] [--mib n] [--days n] [--folder f]
'use strict';

const { fork, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');

const PARTS = { restic: './beside-restic.js', long: './long.js', world: './in-world.js', bucket: './bucket.js' };
const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    mib: { type: 'string' },
    days: { type: 'string' },
    folder: { type: 'string', default: os.tmpdir() },
  },
});

/** Each part in a process of its own, as its memory is measured. */
async function main() {
  const parts = values.part === undefined ? Object.keys(PARTS) : [values.part];
  if (parts.some((part) => PARTS[part] === undefined)) {
    console.error(`--part must be one of ${Object.keys(PARTS).join(', ')}, got ${values.part}`);
    process.exit(2);
  }
  const build = path.join(__dirname, '..', '..', 'engine', 'build');
  if (!fs.existsSync(path.join(build, 'host', 'content'))) {
    console.error('bench/store needs the compiled engine: npm run build');
    process.exit(2);
  }
  for (const part of parts) {
    if (part === 'restic' && spawnSync('restic', ['version']).error !== undefined) {
      console.log('beside restic: left out, as there is no restic on PATH (apt-get install restic)\n');
      continue;
    }
    const folder = fs.mkdtempSync(path.join(values.folder, 'holdfast-bench-store-'));
    const args = [values.mib, values.days].map((value) => value ?? '');
    const load = os.loadavg()[0].toFixed(1);
    const code = await new Promise((resolve) => {
      fork(path.join(__dirname, PARTS[part]), [build, folder, ...args]).on('exit', resolve);
    });
    console.log(`load of the machine before, after  ${load}, ${os.loadavg()[0].toFixed(1)}\n`);
    fs.rmSync(folder, { recursive: true });
    process.exitCode ||= code;
  }
}

void main();
