// The same files on the same disk, backed up on several days by the store and by restic, turn and turn about.
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { bytesBelow, line, mib, peakMemory, seconds } = require('./figures.js');
const { MIB, PIECE, Tree } = require('./tree.js');

const [build, folder, size, length] = process.argv.slice(2);
const { ChunkStore } = require(`${build}/host/content/store/chunk-store.js`);
const SHARE = 0.03;
const READ_BYTES = 1024 * 1024;
const SCOPE = { key: 'key', place: 'vault' };
const [root, ours, theirs, back] = ['tree', 'ours', 'theirs', 'back'].map((name) => path.join(folder, name));

function restic(...args) {
  const env = { ...process.env, RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: path.join(folder, 'cache') };
  execFileSync('restic', ['--quiet', '--repo', theirs, ...args], {
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Puts on the disk what changed today. */
function writeTree(tree) {
  for (const file of tree.files) {
    const at = path.join(root, file.name);
    if (tree.day > 0 && file.changed !== tree.day) {
      continue;
    }
    fs.mkdirSync(path.dirname(at), { recursive: true });
    const opened = fs.openSync(at, tree.day === 0 ? 'w' : 'r+');
    file.pieces.forEach((day, piece) => {
      if (day === tree.day) {
        fs.writeSync(opened, tree.piece(file, piece), 0, undefined, piece * PIECE);
      }
    });
    fs.closeSync(opened);
  }
}

/** As a driver of files does it: what has the times and size of before is not read. */
async function* entriesOf(tree) {
  for (const { name } of tree.files) {
    const at = path.join(root, name);
    const { mode, mtimeMs, ctimeMs, size: sizeBytes } = await fs.promises.stat(at);
    yield {
      name,
      about: { mode, mtimeMs },
      version: `${mtimeMs} ${ctimeMs} ${sizeBytes}`,
      sizeBytes,
      bytes: () => fs.createReadStream(at, { highWaterMark: READ_BYTES }),
    };
  }
}

async function restore(store, id) {
  for await (const { name, bytes } of store.read(id)) {
    const at = path.join(back, name);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    const opened = await fs.promises.open(at, 'w');
    for await (const piece of bytes()) {
      await opened.write(piece);
    }
    await opened.close();
  }
}

function refuseOthers(tree) {
  for (const { name } of tree.files) {
    if (!fs.readFileSync(path.join(root, name)).equals(fs.readFileSync(path.join(back, name)))) {
      throw new Error(`${name} came back as another`);
    }
  }
}

function compare(name, [our, their], unit) {
  line(name, `${unit(our)}, restic ${unit(their)}: ${(our / their).toFixed(2)}`);
}

async function main() {
  const [bytes, days] = [Number(size || 1024) * MIB, Number(length || 7)];
  const tree = new Tree(bytes);
  const store = await ChunkStore.open(ours);
  restic('init');
  const ids = [];
  const first = [];
  const later = [0, 0];
  for (let day = 0; day < days; day++) {
    if (day > 0) {
      tree.change(SHARE);
    }
    writeTree(tree);
    const turns = [
      async () => {
        const order = { scope: SCOPE, label: `job-${day}`, base: ids.at(-1) };
        ids.push((await store.write(entriesOf(tree), order)).id);
      },
      async () => restic('backup', 'tree'),
    ];
    // Whoever comes second finds the files in memory: they take turns.
    for (const turn of day % 2 === 0 ? [1, 0] : [0, 1]) {
      const took = await seconds(turns[turn]);
      day === 0 ? (first[turn] = took) : (later[turn] += took);
    }
  }
  const stored = [bytesBelow(ours), bytesBelow(theirs)];
  const restored = [];
  restored[0] = await seconds(() => restore(store, ids.at(-1)));
  refuseOthers(tree);
  fs.rmSync(back, { recursive: true });
  restored[1] = await seconds(async () => restic('restore', 'latest', '--target', back));
  const checked = [await seconds(() => store.verify()), await seconds(async () => restic('check', '--read-data'))];
  const pruned = [
    await seconds(() => store.release(ids.slice(0, -1))),
    await seconds(async () => restic('forget', '--keep-last', '1', '--prune')),
  ];
  const seconds1 = (value) => `${value.toFixed(1)} s`;
  line('beside', execFileSync('restic', ['version']).toString().trim());
  line('files', `${mib(tree.bytes)} in ${tree.files.length.toLocaleString('en-US')} files`);
  line('days, changed a day', `${days}, ${SHARE * 100} %`);
  compare('stored', stored, mib);
  compare('first backup', first, seconds1);
  compare('the backups after it', later, seconds1);
  compare('all backups', [first[0] + later[0], first[1] + later[1]], seconds1);
  compare('the last restored', restored, seconds1);
  compare('everything read and checked', checked, seconds1);
  compare('all but the last given up', pruned, seconds1);
  compare('stored after that', [bytesBelow(ours), bytesBelow(theirs)], mib);
  line('peak memory of ours (max RSS)', peakMemory());
  await store.close();
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
