// Chance of the simulation: keyed by a seed and by what is drawn for, so that an action draws the same whatever came
// before it.
import { below, finish, mix, seeded } from '../../../engine/src/kernel/prng';

export class Draw {
  private count = 0;
  private readonly state: number;

  constructor(seed: number, purpose: string, number = 0) {
    let state = mix(seeded(seed), number);
    for (const letter of purpose) {
      state = mix(state, letter.charCodeAt(0));
    }
    this.state = state;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return below(finish(mix(this.state, this.count++)), limit);
  }

  /** A whole number in [least, most]. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** @throws Error when there is nothing to pick. */
  pick<T>(from: readonly T[]): T {
    const picked = this.tryPick(from);
    if (picked === undefined) {
      throw new Error('nothing to pick from');
    }
    return picked;
  }

  tryPick<T>(from: readonly T[]): T | undefined {
    return from[this.below(Math.max(from.length, 1))];
  }

  /** Each of them with even odds, in their order. */
  some<T>(from: readonly T[]): T[] {
    return from.filter(() => this.oneIn(2));
  }
}
