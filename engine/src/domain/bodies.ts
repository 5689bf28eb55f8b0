/**
 * Bodies of objects: bytes that never change, in memory or kept by the host, and how many need them.
 *
 * Owns     how often what the host keeps is needed, so that it goes with the last that does. Bytes are the host's.
 * Units    sizes and offsets are bytes; digests are base64.
 * Spec     buckets.md
 */
import { digestFor, digestOf, joinedCrc } from '../kernel/digests';

/** Bytes that came as one. */
export interface HeldBytes {
  /** What their keeper calls them; undefined in memory. */
  readonly id: string | undefined;
  readonly sizeBytes: number;
  /** What is known of all of them, by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
  /** Pieces that whoever asks may keep. @throws Error when they are gone */
  read(from: number, to: number): Iterable<Uint8Array>;
}

/** Keeps bytes outside memory. */
export interface BodyKeeper {
  /** Small ones stay in memory. */
  take(bytes: AsyncIterable<Uint8Array>): Promise<HeldBytes>;
}

/** A body that somebody reads piece by piece. */
export interface Lent {
  readonly sizeBytes: number;
  read(): Iterable<Uint8Array>;
  /** Nobody reads on. */
  close?(): void;
}

/** From one byte of what came on to before another. */
interface Span {
  readonly held: HeldBytes;
  readonly from: number;
  readonly to: number;
}

const PIECE_BYTES = 1024 * 1024;

export class Body {
  static readonly EMPTY = new Body([]);
  readonly sizeBytes: number;

  private constructor(private readonly spans: readonly Span[]) {
    this.sizeBytes = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  static of(held: HeldBytes): Body {
    return new Body([{ held, from: 0, to: held.sizeBytes }]);
  }

  /** Bytes that nobody changes any more. */
  static inMemory(bytes: Uint8Array): Body {
    return Body.of(new MemoryBytes(bytes));
  }

  /** One behind the other. */
  static join(bodies: readonly Body[]): Body {
    return new Body(bodies.flatMap(({ spans }) => spans));
  }

  slice(from: number, to: number): Body {
    let at = 0;
    const spans = this.spans.flatMap((span) => {
      const begin = at;
      at += span.to - span.from;
      const cut = { ...span, from: span.from + Math.max(0, from - begin), to: span.to - Math.max(0, at - to) };
      return cut.from < cut.to ? [cut] : [];
    });
    return new Body(spans);
  }

  *read(): Generator<Uint8Array> {
    for (const { held, from, to } of this.spans) {
      yield* held.read(from, to);
    }
  }

  /** All of it in memory: for what is small. */
  bytes(): Uint8Array {
    return Buffer.concat([...this.read()]);
  }

  /** Without a look at the bytes, as far as that goes. */
  knownDigest(algorithm: string): string | undefined {
    const [first] = this.spans;
    const values = this.spans.map(({ held, from, to }) => {
      const whole = from === 0 && to === held.sizeBytes;
      return whole ? held.digests[algorithm] : undefined;
    });
    if (this.spans.length === 1 || first === undefined) {
      return values[0];
    }
    const parts = values.flatMap((value, index) => {
      const { from, to } = this.spans[index] as Span;
      return value === undefined ? [] : [{ value, sizeBytes: to - from }];
    });
    return parts.length === this.spans.length ? joinedCrc(algorithm, parts) : undefined;
  }

  /** What the host keeps of it, by id. */
  kept(): ReadonlyMap<string, HeldBytes> {
    return new Map(this.spans.flatMap(({ held }) => (held.id === undefined ? [] : [[held.id, held]])));
  }
}

class MemoryBytes implements HeldBytes {
  readonly id = undefined;
  readonly digests = {};

  constructor(private readonly all: Uint8Array) {}

  get sizeBytes(): number {
    return this.all.length;
  }

  *read(from: number, to: number): Generator<Uint8Array> {
    for (let at = from; at < to; at += PIECE_BYTES) {
      yield this.all.subarray(at, Math.min(to, at + PIECE_BYTES));
    }
  }
}

export class Bodies {
  /** Undefined where everything stays in memory. */
  keeper: BodyKeeper | undefined;
  /** Digests that were found when a call was made first, for when it is made again: the bytes may be gone. */
  known: string[] = [];
  /** Those that the call under way had to read bytes for. */
  found: string[] = [];
  private readonly uses = new Map<string, { readonly held: HeldBytes; count: number }>();
  private readonly freed = new Map<string, HeldBytes>();

  /** Somebody more needs it. */
  hold(body: Body): void {
    for (const [id, held] of body.kept()) {
      const use = this.uses.get(id) ?? { held, count: 0 };
      use.count++;
      this.uses.set(id, use);
      this.freed.delete(id);
    }
  }

  /** Somebody does not need it any more. */
  drop(body: Body): void {
    for (const [id, held] of body.kept()) {
      const use = this.uses.get(id);
      if (use !== undefined && --use.count === 0) {
        this.uses.delete(id);
        this.freed.set(id, held);
      }
    }
  }

  /** What nobody needs any more since this was asked last; to be removed once that is durable. */
  takeFreed(): readonly string[] {
    const freed = [...this.freed.keys()];
    this.freed.clear();
    return freed;
  }

  /** What somebody needs. */
  needed(): HeldBytes[] {
    return [...this.uses.values()].map(({ held }) => held);
  }

  /** It stands until whoever reads it is through. */
  lend(body: Body): Lent {
    this.hold(body);
    let open = true;
    return {
      sizeBytes: body.sizeBytes,
      read: () => body.read(),
      close: () => {
        if (open) {
          open = false;
          this.drop(body);
        }
      },
    };
  }

  /** All of it in memory, and kept as long as the World is: what was made of it is made again of the same. */
  bytes(body: Body): Uint8Array {
    this.hold(body);
    return body.bytes();
  }

  /** Base64; undefined for an algorithm that we do not have. */
  digest(body: Body, algorithm: string): string | undefined {
    const known = body.knownDigest(algorithm);
    // What we do not have was not found the first time either: the next that is known is of something else.
    if (known !== undefined || digestFor(algorithm) === undefined || body.kept().size === 0) {
      return known ?? digestOf(algorithm, body.read());
    }
    const value = this.known.shift() ?? (digestOf(algorithm, body.read()) as string);
    this.found.push(value);
    return value;
  }
}
