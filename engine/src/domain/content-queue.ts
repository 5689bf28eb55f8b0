/**
 * Orders that host has not carried out, in turn.
 *
 * Owns     the orders. The clock stands still, and whoever calls waits, until the last of them is over.
 * Spec     ../host/content/content.md
 */
import type { ContentOrder } from './content-orders';
import type { Ledger } from './ledger';

export class ContentQueue {
  private readonly due: ContentOrder[] = [];
  /** Whether host has taken an order that is not over. */
  private underWay = false;
  /** Keys under which something was asked to be stored. */
  private readonly keys = new Set<string>();

  constructor(private readonly ledger: Pick<Ledger, 'waitsForContent'>) {}

  get isBusy(): boolean {
    return this.underWay || this.due.length > 0;
  }

  push(order: ContentOrder): void {
    this.due.push(order);
    if ('to' in order) {
      this.keys.add(order.to.scope.key);
    }
    this.note();
  }

  everUsed(key: string): boolean {
    return this.keys.has(key);
  }

  /** The one before is over, and host takes the next. */
  next(): ContentOrder | undefined {
    const next = this.due.shift();
    this.underWay = next !== undefined;
    this.note();
    return next;
  }

  private note(): void {
    this.ledger.waitsForContent = this.isBusy;
  }
}
