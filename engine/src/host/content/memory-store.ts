import type { CapturedEntry, ContentEntry } from './content';
import { ContentStore, Damage, StoredContentFault, StoreFigures, StoreOrder, Stored } from './content-store';

interface Kept {
  entries: { name: string; about: ContentEntry['about']; version: string | undefined; bytes: Buffer }[];
  key: string;
}
export class MemoryStore implements ContentStore {
  private readonly all = new Map<string, Kept>();
  private n = 0;
  private readonly dead = new Set<string>();
  constructor(readonly folder: string) {}
  async write(entries: AsyncIterable<ContentEntry>, order: StoreOrder): Promise<Stored> {
    const base = order.base === undefined ? undefined : this.all.get(order.base);
    const kept: Kept = { entries: [], key: order.scope.key };
    let [size, changed] = [0, 0];
    for await (const e of entries) {
      const parts: Buffer[] = [];
      for await (const p of e.bytes()) parts.push(Buffer.from(p));
      const bytes = Buffer.concat(parts);
      size += bytes.length;
      const b = base?.entries.find((x) => x.name === e.name);
      if (b === undefined || !b.bytes.equals(bytes)) changed += bytes.length;
      kept.entries.push({ name: e.name, about: e.about, version: e.version, bytes });
    }
    const id = `c${this.n++}`;
    this.all.set(id, kept);
    return { id, sizeBytes: size, changedBytes: changed };
  }
  async copy(id: string, order: StoreOrder): Promise<Stored> {
    return this.write(this.read(id), order);
  }
  async *read(id: string): AsyncIterable<CapturedEntry> {
    const kept = this.all.get(id);
    if (kept === undefined || this.dead.has(kept.key)) throw new StoredContentFault(`no ${id}`);
    for (const e of kept.entries)
      yield {
        name: e.name,
        about: e.about,
        sizeBytes: e.bytes.length,
        bytes: async function* () {
          yield e.bytes;
        },
      };
  }
  async release(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.all.delete(id);
  }
  async destroyKey(key: string): Promise<void> {
    this.dead.add(key);
  }
  async verify(): Promise<Damage[]> {
    return [];
  }
  async figures(): Promise<StoreFigures> {
    return { captures: this.all.size, chunks: 0, sizeBytes: 0, uniqueBytes: 0, storedBytes: 0 };
  }
  async close(): Promise<void> {}
}
