// Random lives of a store beside what it must hold: contents that change, captures, copies, releases.
import type { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import { below, finish, mix, seeded } from '../../../engine/src/kernel/prng';
import { digestOf, entriesOf, Held, Kept, randomBytesOf, readWhole, textOf } from './store-content';

/** Numbers below a limit, one after the other, as the seed has them. */
export class Chance {
  private count = 0;

  constructor(private readonly seed: number) {}

  below(limit: number): number {
    return below(finish(mix(seeded(this.seed), this.count++)), limit);
  }
}

/** What is known of a capture that was acknowledged. */
interface Known {
  readonly scope: number;
  readonly digest: string;
  readonly sizeBytes: number;
}

const SCOPES = [
  { key: 'key-1', place: 'vault-1' },
  { key: 'key-1', place: 'vault-2' },
  { key: 'key-2', place: 'vault-1' },
];
const SIZES = [0, 5, 250, 300, 1000, 3000, 9000, 30_000];

export class Life {
  readonly live = new Map<string, Known>();
  private readonly contents = new Map<number, Map<string, Kept>>();
  private readonly newest = new Map<number, string>();
  private readonly chance: Chance;
  private step = 0;

  constructor(
    seed: number,
    /** Told of each entry that a capture reads. */
    private readonly onEntry: () => Promise<void> | void = () => undefined,
  ) {
    this.chance = new Chance(seed);
  }

  /** One thing that happens to the store. */
  async next(store: ChunkStore): Promise<void> {
    const kind = this.chance.below(10);
    const ids = [...this.live.keys()];
    if (kind < 6 || ids.length === 0) {
      await this.capture(store);
    } else if (kind < 8) {
      await this.copy(store, ids[this.chance.below(ids.length)] as string);
    } else {
      const gone = ids.filter(() => this.chance.below(3) === 0);
      gone.forEach((id) => this.live.delete(id));
      await store.release(gone);
    }
  }

  /** Which captures do not read back as they were, and why. */
  async faults(store: ChunkStore): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const [id, { digest }] of this.live) {
      try {
        if (digestOf(await readWhole(store, id)) !== digest) {
          found.set(id, 'it is another');
        }
      } catch (fault) {
        found.set(id, `${(fault as Error).constructor.name}: ${(fault as Error).message}`);
      }
    }
    return found;
  }

  private async capture(store: ChunkStore): Promise<void> {
    const scope = this.chance.below(SCOPES.length);
    const content = this.contents.get(scope) ?? new Map<string, Kept>();
    this.contents.set(scope, content);
    const changes = 1 + this.chance.below(5);
    for (let change = 0; change < changes; change++) {
      this.change(content);
    }
    const stored = await store.write(this.entries(content), {
      scope: SCOPES[scope] as (typeof SCOPES)[0],
      label: `job-${++this.step}`,
      base: this.baseOf(scope),
    });
    this.keep(stored.id, scope, digestOf(content), sizeOf(content));
    if (stored.sizeBytes !== sizeOf(content) || stored.changedBytes > stored.sizeBytes) {
      throw new Error(`job-${this.step} has ${sizeOf(content)} bytes, got ${JSON.stringify(stored)}`);
    }
  }

  private async copy(store: ChunkStore, id: string): Promise<void> {
    const scope = this.chance.below(SCOPES.length);
    const { digest, sizeBytes } = this.live.get(id) as Known;
    const label = `copy-${++this.step}`;
    const base = this.baseOf(scope);
    const stored = await store.copy(id, { scope: SCOPES[scope] as (typeof SCOPES)[0], label, base });
    const known = this.newest.get(scope);
    this.keep(stored.id, scope, digest, sizeBytes);
    // The next capture builds on the last of its own, whose versions its entries have.
    this.newest.set(scope, known ?? '');
  }

  private baseOf(scope: number): string | undefined {
    const newest = this.newest.get(scope);
    return newest !== undefined && this.live.has(newest) && this.chance.below(4) > 0 ? newest : undefined;
  }

  private keep(id: string, scope: number, digest: string, sizeBytes: number): void {
    this.live.set(id, { scope, digest, sizeBytes });
    this.newest.set(scope, id);
  }

  private async *entries(content: Held) {
    for await (const entry of entriesOf(content, undefined, 1 + this.chance.below(5000))) {
      await this.onEntry();
      yield entry;
    }
  }

  private change(content: Map<string, Kept>): void {
    const { chance } = this;
    const name = `${'xyz'[chance.below(3)]}/${chance.below(12)}`;
    const before = content.get(name)?.bytes;
    const version = `v${this.step}-${chance.below(1e6)}`;
    const about = { mode: chance.below(3) };
    const fresh = `${name} ${chance.below(40)}`;
    const size = SIZES[chance.below(SIZES.length)] as number;
    const kind = chance.below(6);
    if (kind === 0) {
      content.delete(name);
    } else if (kind === 1 && before !== undefined) {
      content.set(name, { ...(content.get(name) as Kept), about });
    } else if (kind === 2 && before !== undefined) {
      const at = chance.below(before.length + 1);
      const bytes = Buffer.concat([before.subarray(0, at), randomBytesOf(fresh, 50), before.subarray(at)]);
      content.set(name, { about, bytes, version });
    } else {
      const bytes = kind === 3 ? textOf(fresh, size) : randomBytesOf(fresh, size);
      content.set(name, chance.below(5) === 0 ? { about, bytes } : { about, bytes, version });
    }
  }
}

function sizeOf(content: Held): number {
  return [...content.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
}
