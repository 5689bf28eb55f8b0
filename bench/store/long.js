// Content of many GiB, backed up daily, each backup kept for so many days; made as it is read, so that it takes no room.
'use strict';

const { line, mib, peakMemory, processorSeconds, seconds } = require('./figures.js');
const { MIB, Tree } = require('./tree.js');

const [build, folder, size, length] = process.argv.slice(2);
const { ChunkStore } = require(build);
const KEPT_DAYS = 35;
const SHARE = 0.03;
const SCOPE = { key: 'key', place: 'vault' };

async function* entriesOf(tree, counted) {
  for (const file of tree.files) {
    yield {
      name: file.name,
      about: { mode: 420 },
      version: String(file.changed),
      sizeBytes: file.size,
      bytes: async function* () {
        for (let piece = 0; piece < file.pieces.length; piece++) {
          const began = process.hrtime.bigint();
          const bytes = tree.piece(file, piece);
          counted.nanoseconds += process.hrtime.bigint() - began;
          counted.bytes += bytes.length;
          yield bytes;
        }
      },
    };
  }
}

async function main() {
  const [bytes, days] = [Number(size || 10 * 1024) * MIB, Number(length || 60)];
  const tree = new Tree(bytes);
  const store = await ChunkStore.open(folder);
  const counted = { bytes: 0, nanoseconds: 0n };
  const kept = [];
  let [changed, first, largest] = [0, 0, 0];
  const took = await seconds(async () => {
    for (let day = 0; day < days; day++) {
      if (day > 0) {
        tree.change(SHARE);
      }
      const order = { scope: SCOPE, label: `job-${day}`, base: kept.at(-1) };
      const day1 = await seconds(async () => {
        const stored = await store.write(entriesOf(tree, counted), order);
        kept.push(stored.id);
        changed += day === 0 ? 0 : stored.changedBytes;
      });
      first = day === 0 ? day1 : first;
      if (kept.length > KEPT_DAYS) {
        await store.release(kept.splice(0, 1));
      }
      largest = Math.max(largest, (await store.figures()).storedBytes);
    }
  });
  const worked = processorSeconds();
  const figures = await store.figures();
  let restored = 0;
  const restoring = await seconds(async () => {
    for await (const entry of store.read(kept.at(-1))) {
      const file = tree.files.find(({ name }) => name === entry.name);
      const [from, all] = [restored, []];
      for await (const bytes of entry.bytes()) {
        restored += bytes.length;
        all.push(bytes);
      }
      // A look at each hundredth whether it is what it was.
      if (restored - from !== file.size || (file.size % 100 === 0 && !same(tree, file, Buffer.concat(all)))) {
        throw new Error(`${entry.name} is not what was stored`);
      }
    }
  });
  const releasing = await seconds(() => store.release(kept));
  const left = await store.figures();
  await store.close();
  line('content', `${mib(tree.bytes)} in ${tree.files.length.toLocaleString('en-US')} files`);
  line('days, kept, changed a day', `${days}, ${KEPT_DAYS}, ${SHARE * 100} %`);
  line('seconds', took.toFixed(0));
  line('seconds of processors', worked.toFixed(0));
  line('seconds of the first backup', first.toFixed(0));
  line('seconds of making the content', (Number(counted.nanoseconds) / 1e9).toFixed(0));
  line('read', mib(counted.bytes));
  line('changed, by what the store said', mib(changed));
  line('stored at the end, at most', `${mib(figures.storedBytes)}, ${mib(largest)}`);
  line('of chunks', `${figures.chunks.toLocaleString('en-US')} with ${mib(figures.uniqueBytes)}`);
  line('seconds to read the last capture', restoring.toFixed(0));
  line('seconds to release all', releasing.toFixed(1));
  line('stored after that', `${left.storedBytes.toLocaleString('en-US')} bytes`);
  line('peak memory (max RSS)', peakMemory());
}

function same(tree, file, bytes) {
  return Array.from(file.pieces).every((_, piece) => {
    const expected = tree.piece(file, piece);
    return expected.equals(bytes.subarray(piece * 65536, piece * 65536 + expected.length));
  });
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
