// Content of many GiB, backed up daily, each backup kept for so many days; made as it is read, so that it takes no room.
'use strict';

const { line, mib, peakMemory, processorSeconds, seconds } = require('./figures.js');
const { entriesOf, MIB, refuseOther, Tree } = require('./tree.js');

const [build, folder, size, length] = process.argv.slice(2);
const { ChunkStore } = require(`${build}/host/content/store/chunk-store.js`);
const KEPT_DAYS = 35;
const SHARE = 0.03;
const SCOPE = { key: 'key', place: 'vault' };

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
  let restored;
  const restoring = await seconds(async () => {
    restored = await refuseOther(tree, store.read(kept.at(-1)));
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
  line('the last capture read', `${mib(restored)} in ${restoring.toFixed(0)} seconds`);
  line('seconds to release all', releasing.toFixed(1));
  line('stored after that', `${left.storedBytes.toLocaleString('en-US')} bytes`);
  line('peak memory (max RSS)', peakMemory());
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
