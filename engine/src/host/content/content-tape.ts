/**
 * What could not be done with bytes while a command ran: noted as it happens, or said again instead of trying anew.
 *
 * A disk that was full then has room when all is done again, and what was damaged may have been mended: the World has to
 * come to the same.
 *
 * Owns     these faults, by what was to be done.
 */
import type { ContentOrder } from '../../domain/content-orders';
import { StoreFault } from '../store-fault';

/** What could not be done, and why. */
export interface NotDone {
  readonly what: string;
  readonly message: string;
}

export class ContentTape {
  readonly faults: NotDone[] = [];

  private constructor(private readonly given: ReadonlyMap<string, string> | undefined) {}

  static record(): ContentTape {
    return new ContentTape(undefined);
  }

  static play(faults: readonly NotDone[]): ContentTape {
    return new ContentTape(new Map(faults.map(({ what, message }) => [what, message])));
  }

  /** Why it could not be done then; undefined where it could, and where faults are recorded. */
  before(order: ContentOrder): string | undefined {
    return this.given?.get(nameOf(order));
  }

  /** @throws StoreFault when it could be done then */
  note(order: ContentOrder, message: string): void {
    const what = nameOf(order);
    if (this.given !== undefined && !this.given.has(what)) {
      throw new StoreFault(`${what} could be done when this was recorded, and cannot be done now: ${message}`);
    }
    this.faults.push({ what, message });
  }
}

function nameOf(order: ContentOrder): string {
  switch (order.kind) {
    case 'capture':
    case 'copy':
      return `${order.kind} ${order.to.label}`;
    case 'restore':
      return `restore ${order.job.id}`;
    case 'list':
    case 'index':
      return `${order.kind} ${order.from}`;
  }
}
