/**
 * One reading of Terraform artifacts: what all its parts share.
 *
 * Owns     the trail of references being followed, the ids that were given out, the list of what was not read.
 */
import type { Environment } from '@holdfast/model';
import { FileSource, IngestRefusal, NotRead, ReadOptions } from '../artifact';
import { seedText, Seed } from '../../domain/stateful-resources';
import { Budget } from './expression/evaluate';
import type { Value } from './expression/values';
import { Refusals } from './refusals';
import type { Root } from './root';

/** Steps from one reference to the next that no configuration needs. */
const LONGEST_TRAIL = 200;

export class Reading {
  readonly budget = new Budget();
  readonly notRead: NotRead[] = [];
  readonly refusals = new Refusals();
  /** All configurations, so that one can look up another's outputs. */
  readonly roots: Root[] = [];
  private readonly trail: string[] = [];
  /** How many things of a room go by a text. */
  private readonly claims = new Map<string, number>();
  private readonly seeds = new Map<string, string>();
  /** Circles of references, each refused in the same words wherever it is entered. */
  private readonly circles = new Map<string, IngestRefusal>();

  constructor(
    readonly options: ReadOptions,
    readonly files: FileSource,
  ) {}

  /**
   * Follows a reference, and refuses a circle.
   *
   * @param label what is being worked out, e.g. `local.a`
   */
  follow<T>(file: string, label: string, resolve: () => T): T {
    const step = `${file}: ${label}`;
    const start = this.trail.indexOf(step);
    if (start >= 0) {
      throw this.circle(file, label, [...this.trail.slice(start), step]);
    }
    if (this.trail.length >= LONGEST_TRAIL) {
      throw new IngestRefusal(file, label, `is reached by more than ${LONGEST_TRAIL} references`);
    }
    this.trail.push(step);
    try {
      return resolve();
    } finally {
      this.trail.pop();
    }
  }

  private circle(file: string, label: string, steps: readonly string[]): IngestRefusal {
    const key = [...new Set(steps)].sort().join('\u0000');
    const labels = steps.map((step) => step.slice(step.indexOf(': ') + 2));
    const refusal = this.circles.get(key) ?? new IngestRefusal(file, label, `refers to itself: ${labels.join(' -> ')}`);
    this.circles.set(key, refusal);
    return refusal;
  }

  /** What the user said a path holds; undefined when nothing. */
  override(file: string, path: string): Value | undefined {
    const { values } = this.options;
    for (const key of [`${file}: ${path}`, path]) {
      if (Object.hasOwn(values, key)) return values[key] as Value;
    }
    return undefined;
  }

  /**
   * The text that a generated id is keyed by: distinct for each thing.
   *
   * @param kind things of one kind and environment share a room of ids
   * @param place file and address
   */
  seed(kind: string, env: Environment, place: string, seed: Seed): string {
    const room = [kind, env.partition, env.account, env.region].join('\u0000');
    const owner = `${room}\u0000${place}`;
    const before = this.seeds.get(owner);
    if (before !== undefined) return before;
    const text = seedText(seed);
    const name = `${room}\u0000${text}`;
    const count = (this.claims.get(name) ?? 0) + 1;
    this.claims.set(name, count);
    const distinct = count === 1 ? text : `${text}#${count}`;
    this.seeds.set(owner, distinct);
    return distinct;
  }

  skip(path: string, type: string, reason: string): void {
    this.notRead.push({ path, type, reason });
  }
}

/**
 * A value, worked out once.
 *
 * @param whileBusy what it is while it is being worked out; without it, asking then starts over
 */
export function once<T>(work: () => T, whileBusy?: T): () => T {
  let done: { readonly value: T } | undefined;
  let busy = false;
  return () => {
    if (done !== undefined) return done.value;
    if (busy && whileBusy !== undefined) return whileBusy;
    busy = true;
    try {
      done = { value: work() };
    } finally {
      busy = false;
    }
    return done.value;
  };
}
