// A World whose resources hold content, with a host in memory that does at once what it is asked for.
import type { ContentHost, ContentOrder } from '../../../engine/src/domain/content-orders';
import { ContentRuns } from '../../../engine/src/domain/content-runs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';

export const GIB = 2 ** 30;
export const STORED = { sizeBytes: 7 * GIB, changedBytes: 2 * GIB };

export interface Hosted {
  readonly content: ContentRuns;
  /** What host was asked for, oldest first. */
  readonly orders: ContentOrder[];
  until(instant: string): void;
}

/** Captures and copies are called 1, 2, … by their order, and are of the size of STORED. */
export function done(order: ContentOrder, id: string): void {
  switch (order.kind) {
    case 'restore':
      return order.settle({ arrive: () => undefined, leave: () => undefined });
    case 'index':
      return order.settle({ items: 1 });
    case 'list':
      return order.settle([]);
    default:
      return order.settle({ ...STORED, id });
  }
}

/**
 * @param host what the host answers otherwise than that everything holds content
 * @param carryOut what it does with an order, of which it is told the number
 */
export function hosted(state: WorldState, host: Partial<ContentHost> = {}, carryOut = done): Hosted {
  const orders: ContentOrder[] = [];
  const content = new ContentRuns(state.ledger, {
    holds: () => true,
    measures: () => true,
    gone: () => undefined,
    destroyKey: () => undefined,
    moving: false,
    carryOut: () => Promise.resolve(),
    blocks: () => Promise.resolve(undefined),
    ...host,
  });
  state.ledger.content = content;
  const until = (instant: string) => {
    while (!state.runUntil(parseInstant(instant))) {
      for (let order = content.next(); order !== undefined; order = content.next()) {
        const next = order;
        orders.push(next);
        content.settle(() => carryOut(next, `${orders.length}`));
      }
    }
  };
  return { content, orders, until };
}
