/**
 * A disk that stays captured for as long as somebody holds it, whatever becomes of its point.
 *
 * Owns     how often its capture is needed beside its points.
 * Spec     ../host/content/content.md
 */
import type { Held } from './content-held';
import type { CapturedBlocks, ContentHost } from './content-orders';

export class LentCapture {
  /** @param release takes one use of the capture back */
  constructor(
    private readonly host: ContentHost,
    private readonly held: Held,
    readonly release: () => void,
  ) {}

  hold(): void {
    this.held.uses++;
  }

  /** What it holds; undefined where the capture is of something else. */
  blocks(): Promise<CapturedBlocks | undefined> {
    return this.host.blocks(this.held.stored.id);
  }
}
