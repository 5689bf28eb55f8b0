// All invariants, and what checks them step by step.
import type { JobView } from '../../../engine/src/domain/views';
import { Book } from './book';
import type { Invariant, Watch } from './invariant';
import { accessInvariants } from './invariants-access';
import { compositeInvariants } from './invariants-composites';
import { eventInvariants } from './invariants-events';
import { jobInvariants } from './invariants-jobs';
import { pointInvariants } from './invariants-points';
import { sumInvariants } from './invariants-sums';
import type { Opening, Step } from './steps';

export const INVARIANTS: readonly Invariant[] = [
  ...pointInvariants,
  ...jobInvariants,
  ...compositeInvariants,
  ...sumInvariants,
  ...accessInvariants,
  ...eventInvariants,
];

export interface Violation {
  readonly invariant: string;
  readonly step: number;
  readonly at: number;
  readonly text: string;
}

export class Checker {
  private readonly book: Book;
  private readonly watches: readonly (readonly [string, Watch])[];

  constructor(opening: Opening) {
    this.book = new Book(opening);
    this.watches = INVARIANTS.map(({ name, watch }) => [name, watch(opening)]);
  }

  /** Jobs as they were told last. */
  jobs(): JobView[] {
    return [...this.book.jobs.values()].map(({ last }) => last);
  }

  check(step: Step): Violation[] {
    this.book.take(step);
    return this.watches.flatMap(([invariant, watch]) =>
      watch(step, this.book).map((text) => ({ invariant, step: step.number, at: step.to, text })),
    );
  }
}

/** Everything that a whole history broke. */
export function violationsOf(opening: Opening, steps: readonly Step[]): Violation[] {
  const checker = new Checker(opening);
  return steps.flatMap((step) => checker.check(step));
}
