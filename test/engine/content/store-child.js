// Stores captures and releases old ones until it is killed, and prints what was acknowledged: for store-kill.ts.
'use strict';

const { createHash } = require('node:crypto');
const path = require('node:path');

const SHAPE = {
  chunks: { leastBytes: 1024, middleBytes: 4096, mostBytes: 16_384 },
  manifests: { leastBytes: 256, mostBytes: 4096, middleRows: 4 },
  packBytes: 128 * 1024,
};
const ENTRIES = 8;
/** Captures that are kept. */
const KEPT = 4;

/** Bytes of an entry as of a step: each third step it is another. */
function bytesOf(number, step) {
  const changed = step + 3 - ((step + number) % 3);
  const length = 1 + ((number * 7919 + changed * 104_729) % 20_000);
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 32) {
    createHash('sha256').update(`${number} ${changed} ${at}`).digest().copy(bytes, at);
  }
  return { bytes, version: String(changed) };
}

async function* entriesOf(step) {
  for (let number = 0; number < ENTRIES; number++) {
    const { bytes, version } = bytesOf(number, step);
    const about = { step: number };
    yield {
      ...{ name: `entry ${String(number).padStart(3, '0')}`, about, version, sizeBytes: bytes.length },
      bytes: async function* () {
        yield bytes;
      },
    };
  }
}

function orderOf(step, base) {
  return { scope: { key: `key ${step % 2}`, place: 'vault' }, label: `job ${step}`, base };
}

async function main([folder, first]) {
  const build = path.join(__dirname, '../../../engine/build/host/content/store/chunk-store.js');
  const store = await require(build).ChunkStore.open(folder, SHAPE);
  const ids = new Map();
  const tell = (what) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(what)}\n`, resolve));
  for (let step = Number(first); ; step++) {
    const { id } = await store.write(entriesOf(step), orderOf(step, ids.get(step - 2)));
    ids.set(step, id);
    await tell({ step, id });
    const old = ids.get(step - KEPT);
    if (old !== undefined) {
      await tell({ releasing: old });
      await store.release([old]);
    }
  }
}

if (require.main === module) {
  void main(process.argv.slice(2));
}

module.exports = { ENTRIES, SHAPE, bytesOf, entriesOf, orderOf };
