/**
 * Transactions: many writes or reads, of which all happen or none.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Amazon DynamoDB Transactions: How it works" (read 2026-11-26); API reference,
 *          TransactWriteItems, CancellationReason.
 */
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { Item } from '../domain/attribute-values';
import type { RowKey } from '../domain/keyed-rows';
import { invalid } from './attribute-input';
import { given } from './backup/shapes';
import { AwsFault } from './fault';
import type { FoundTable } from './item-input';
import { shownItem } from './item-writes';

export const MOST_ACTIONS = 100;
const MOST_BYTES = 4 * 1024 * 1024;

/** Why one of the actions of a transaction cannot happen. */
export interface Reason {
  readonly Code: string;
  readonly Message?: string | undefined;
  readonly Item?: Item | undefined;
}

const NONE: Reason = { Code: 'None' };

/** What each action makes, or why it cannot; what is wrong with the call as a whole is thrown. */
export function eachOf<A, T>(asked: readonly A[], make: (one: A) => T): { made: T[]; reasons: Reason[] } {
  const made: T[] = [];
  const reasons = asked.map((one) => {
    try {
      made.push(make(one));
      return NONE;
    } catch (error) {
      // Source: CancellationReason: ValidationError is one of its codes. A table that is not there ends the call.
      if (error instanceof AwsFault && error.name === 'ValidationException') {
        return { Code: 'ValidationError', Message: error.message };
      }
      throw error;
    }
  });
  return { made, reasons };
}

/** @throws AwsFault TransactionCanceledException, where there is a reason */
export function refuseCanceled(reasons: readonly Reason[]): void {
  if (reasons.every(({ Code }) => Code === 'None')) {
    return;
  }
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const text = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  const CancellationReasons: CancellationReason[] = reasons.map(({ Code, Message, Item: item }) =>
    given({ Code, Message, Item: shownItem(item) }),
  );
  throw new AwsFault('TransactionCanceledException', text, { members: { CancellationReasons } });
}

export function refuseCount(actions: readonly unknown[] | undefined): void {
  const count = actions?.length ?? 0;
  if (count === 0 || count > MOST_ACTIONS) {
    const bound = count === 0 ? 'greater than or equal to 1' : `less than or equal to ${MOST_ACTIONS}`;
    const shown = actions === undefined ? 'null' : `'[${count} actions]'`;
    const must = actions === undefined ? 'not be null' : `have length ${bound}`;
    const text = `Value ${shown} at 'transactItems' failed to satisfy constraint: Member must ${must}`;
    throw invalid(`1 validation error detected: ${text}`);
  }
}

/** No two actions are about one item. */
export function refuseTwice(actions: readonly { readonly table: FoundTable; readonly key: RowKey }[]): void {
  const keys = actions.map(({ table, key }) => JSON.stringify([table.resource.number, key]));
  if (new Set(keys).size !== keys.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
}

/** Text: Assumed. */
export function refuseBytes(sizes: readonly number[]): void {
  if (sizes.reduce((sum, size) => sum + size, 0) > MOST_BYTES) {
    throw invalid('Transaction request size exceeds the maximum allowed size of 4 MB');
  }
}
