/**
 * Things of a service that stand side by side in an account and Region, each under a name of its own there.
 *
 * Owns     the things. What they are, and what may become of them, is the noun's own matter.
 */
import type { Environment } from '@holdfast/model';
import { placeOf } from './vaults';

export class Shelf<T> {
  private readonly byPlace = new Map<string, Map<string, T>>();

  tryFind(env: Environment, name: string): T | undefined {
    return this.byPlace.get(placeOf(env))?.get(name);
  }

  /** Puts a thing under a name, in the place of what was there. */
  put(env: Environment, name: string, thing: T): T {
    const place = placeOf(env);
    let here = this.byPlace.get(place);
    if (here === undefined) {
      here = new Map();
      this.byPlace.set(place, here);
    }
    here.set(name, thing);
    return thing;
  }

  /** Whether there was something to remove. */
  remove(env: Environment, name: string): boolean {
    return this.byPlace.get(placeOf(env))?.delete(name) ?? false;
  }

  /** Everything in an account and Region, by name in ascending order. */
  list(env: Environment): T[] {
    const here = this.byPlace.get(placeOf(env)) ?? new Map<string, T>();
    return [...here.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, thing]) => thing);
  }
}
