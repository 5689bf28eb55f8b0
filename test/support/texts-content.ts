import type { CapturedEntry, Content, ContentEntry } from '../../engine/src/host/content/content';

/** A content for tests: texts by name, in memory. */
export class Texts implements Content {
  readonly kind = 'texts';
  private writes = 0;

  constructor(readonly texts = new Map<string, string>()) {}

  static of(texts: Readonly<Record<string, string>>): Texts {
    return new Texts(new Map(Object.entries(texts)));
  }

  set(name: string, text: string): void {
    this.texts.set(name, text);
    this.writes++;
  }

  delete(name: string): void {
    this.texts.delete(name);
    this.writes++;
  }

  get all(): Record<string, string> {
    return Object.fromEntries([...this.texts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async sizeBytes(): Promise<number> {
    return [...this.texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }

  async version(): Promise<string> {
    return `${this.writes}`;
  }

  async *capture(): AsyncIterable<ContentEntry> {
    for (const [name, text] of Object.entries(this.all)) {
      const bytes = Buffer.from(text);
      yield { name, about: { name }, sizeBytes: bytes.length, bytes: () => piecesOf(bytes) };
    }
  }

  async restore(entries: AsyncIterable<CapturedEntry>): Promise<Texts> {
    const restored = new Texts();
    for await (const entry of entries) {
      const pieces: Uint8Array[] = [];
      for await (const piece of entry.bytes()) {
        pieces.push(piece);
      }
      restored.texts.set(entry.name, Buffer.concat(pieces).toString());
    }
    return restored;
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
