/**
 * Work that seldom has to wait: it is done at once, and only what a function or the like takes part in comes later.
 *
 * Pure. A stack without such resources is there before the call returns, so that nothing comes in between.
 */

/** Something that somebody else has to do, in a call to come or when it is too late for it: the World goes on meanwhile. */
export class Pause {
  /** Goes on with the work. */
  private step: ((value: unknown) => unknown) | undefined;

  /** The work goes on with a value, until it is done or waits again; a promise where it waits for one. */
  end(value: unknown): unknown {
    return this.step?.(value);
  }

  rest(step: (value: unknown) => unknown): void {
    this.step = step;
  }
}

/** Work that hands out what it waits for. */
export type Work<T> = Generator<Pause | Promise<unknown>, T, unknown>;

/** Waits where there is something to wait for. */
export function* wait<T>(value: T | Promise<T> | Work<T>): Work<T> {
  if (value instanceof Promise) {
    return (yield value) as T;
  }
  return isWork(value) ? yield* value : value;
}

function isWork<T>(value: T | Work<T>): value is Work<T> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value;
}

/** Does work that never pauses: at once where it waits for nothing. */
export function done<T>(work: Work<T>): T | Promise<T> {
  return go(
    work,
    () => work.next(),
    () => {
      throw new Error('work that has to give an answer pauses');
    },
  );
}

/** Does work as far as that goes now: where it pauses, the call is over, and the rest follows when the pause ends. */
export function start(work: Work<void>): void | Promise<void> {
  const rest = (pause: Pause): void => pause.rest((value) => go(work, () => work.next(value), rest));
  return go(work, () => work.next(), rest);
}

function go<T>(
  work: Work<T>,
  step: () => IteratorResult<Pause | Promise<unknown>, T>,
  rest: (pause: Pause) => T,
): T | Promise<T> {
  const result = step();
  if (result.done === true) {
    return result.value;
  }
  const { value: awaited } = result;
  return awaited instanceof Pause
    ? rest(awaited)
    : awaited.then(
        (value) => go(work, () => work.next(value), rest),
        (error: unknown) => go(work, () => work.throw(error), rest),
      );
}
