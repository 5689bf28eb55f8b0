/**
 * Work that seldom has to wait: it is done at once, and only what a function or the like takes part in comes later.
 *
 * Pure. A stack without such resources is there before the call returns, so that nothing comes in between.
 */

/** Work that hands out what it waits for. */
export type Work<T> = Generator<Promise<unknown>, T, unknown>;

/** Waits where there is something to wait for. */
export function* wait<T>(value: T | Promise<T>): Work<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/** Does the work: at once where it waits for nothing. */
export function done<T>(work: Work<T>): T | Promise<T> {
  return go(work, () => work.next());
}

function go<T>(work: Work<T>, step: () => IteratorResult<Promise<unknown>, T>): T | Promise<T> {
  const result = step();
  return result.done === true
    ? result.value
    : result.value.then(
        (value) => go(work, () => work.next(value)),
        (error: unknown) => go(work, () => work.throw(error)),
      );
}
