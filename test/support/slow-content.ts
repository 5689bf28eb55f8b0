import type { CapturedEntry, Content, ContentEntry } from '../../engine/src/host/content/content';
import { Texts } from './texts-content';

/** Texts whose captures, and whose restores where they are told to, last until they are let go. */
export class SlowTexts implements Content {
  readonly kind = 'texts';
  /** Whether restores wait, too. */
  slowRestores = false;
  /** What restores made and nobody has closed yet. */
  readonly open = new Set<Content>();
  private begun: () => void = () => undefined;
  private release: () => void = () => undefined;
  private gate: Promise<void> = Promise.resolve();

  constructor(readonly texts: Texts) {}

  /** Has what comes next wait. @returns when it has begun, and what lets it go on */
  hold(): { readonly begun: Promise<void>; readonly release: () => void } {
    this.gate = new Promise((resolve) => {
      this.release = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      this.begun = resolve;
    });
    return { begun, release: () => this.letGo() };
  }

  letGo(): void {
    this.release();
  }

  sizeBytes(): Promise<number> {
    return this.texts.sizeBytes();
  }

  version(): Promise<string> {
    return this.texts.version();
  }

  async *capture(): AsyncIterable<ContentEntry> {
    this.begun();
    await this.gate;
    yield* this.texts.capture();
  }

  async restore(entries: AsyncIterable<CapturedEntry>): Promise<Content> {
    const made = await this.texts.restore(entries);
    if (this.slowRestores) {
      this.begun();
      await this.gate;
    }
    const restored: Content = Object.assign(made, { close: async () => void this.open.delete(restored) });
    this.open.add(restored);
    return restored;
  }
}
