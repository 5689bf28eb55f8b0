import type { CapturedEntry, Content, ContentEntry, Json } from '@holdfast/engine';

/** What a store of documents holds. */
export class Documents implements Content {
  readonly kind = 'documents';
  private readonly held = new Map<string, Json>();
  private changes = 0;

  get(id: string): Json | undefined {
    return this.held.get(id);
  }

  set(id: string, document: Json | undefined): void {
    this.changes++;
    if (document === undefined) {
      this.held.delete(id);
    } else {
      this.held.set(id, document);
    }
  }

  async sizeBytes(): Promise<number> {
    return this.entries().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async version(): Promise<string> {
    return `${this.changes}`;
  }

  async *capture(): AsyncIterable<ContentEntry> {
    // All of it in one step: what is written from now on is of the next capture.
    yield* this.entries();
  }

  async restore(entries: AsyncIterable<CapturedEntry>): Promise<Documents> {
    const restored = new Documents();
    for await (const { name, bytes } of entries) {
      const pieces: Uint8Array[] = [];
      for await (const piece of bytes()) {
        pieces.push(piece);
      }
      restored.set(name, JSON.parse(Buffer.concat(pieces).toString()) as Json);
    }
    return restored;
  }

  private entries(): ContentEntry[] {
    return [...this.held]
      .map(([name, document]) => ({ name, json: Buffer.from(JSON.stringify(document)) }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
      .map(({ name, json }) => ({ name, about: {}, sizeBytes: json.length, bytes: () => onePiece(json) }));
  }
}

async function* onePiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
