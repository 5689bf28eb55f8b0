// What must hold after every step, whatever a World and its operators do.
import { shortInstant } from '../../../engine/src/kernel/instant';
import type { Book } from './book';
import { keyOf } from './snapshot';
import type { Opening, PointEntry, Step } from './steps';

/** Sentences about what a step broke; none when all is well. The book has taken the step in already. */
export type Watch = (step: Step, book: Book) => readonly string[];

export interface Invariant {
  /** Kebab-case, never used again for another. */
  readonly name: string;
  /** What holds, as a sentence. */
  readonly says: string;
  readonly watch: (opening: Opening) => Watch;
}

/** An invariant that remembers nothing but the book. */
export function invariant(name: string, says: string, watch: Watch): Invariant {
  return { name, says, watch: () => watch };
}

export function pointEntries({ entries }: Step, status: PointEntry['status']): PointEntry[] {
  return entries.filter((entry): entry is PointEntry => entry.kind === 'point' && entry.status === status);
}

/** Points that come. A parent may be PARTIAL when it comes, or later, when a member goes. */
export function newPoints({ entries, before }: Step): PointEntry[] {
  const known = new Set(before.points.map(keyOf));
  const points = entries.filter((entry): entry is PointEntry => entry.kind === 'point');
  return points.filter(({ status, key }, i) => {
    const isFirst = !known.has(key) && points.findIndex((one) => one.key === key) === i;
    return status === 'COMPLETED' || (status === 'PARTIAL' && isFirst);
  });
}

export function when(at: number | undefined): string {
  return at === undefined ? 'never' : shortInstant(at);
}

/** Vault and short name of a point. */
export function named(key: string): string {
  const [vault = '', arn = ''] = key.split(' ');
  return `${arn.split(/[:/]/).slice(-2).join('/')} in ${vault.split(':').slice(3).join(':')}`;
}
