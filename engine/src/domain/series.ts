/**
 * The recovery points of one resource in one vault, as a chain in order of their completion.
 *
 * Owns     the index from resource and vault to points: both lists are made of series.
 * Units    rows of recovery points; -1 is none.
 */
import { grownInt32, intAt, wordAt } from '../kernel/columns';
import type { Names } from '../kernel/names';
import { mix } from '../kernel/prng';
import type { Resource } from './protected-resources';
import type { Vault } from './vaults';

const VAULTS = 2 ** 20;

export class Series {
  resources: Int32Array = new Int32Array(1024);
  vaults: Int32Array = new Int32Array(1024);
  heads: Int32Array = new Int32Array(1024);
  tails: Int32Array = new Int32Array(1024);
  /** Live points. */
  lives: Int32Array = new Int32Array(1024);
  /** Start of every draw about a point of the series: seed, resource and vault are in it. */
  draws: Int32Array = new Int32Array(1024);
  /** Numbers of the ARNs of the resources among the names. */
  subjects: Int32Array = new Int32Array(1024);
  count = 0;
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly names: Names,
    private readonly seedState: number,
  ) {}

  /** The series of a resource in a vault, made when there is none. */
  of(resource: Resource, vault: Vault): number {
    const key = resource.number * VAULTS + vault.number;
    const known = this.numbers.get(key);
    if (known !== undefined) {
      return known;
    }
    const number = this.count++;
    if (number === this.resources.length) {
      this.grow(number * 2);
    }
    this.resources[number] = resource.number;
    this.vaults[number] = vault.number;
    this.subjects[number] = resource.arnName;
    this.heads[number] = -1;
    this.tails[number] = -1;
    this.draws[number] = mix(
      mix(this.seedState, wordAt(this.names.low, resource.arnName)),
      wordAt(this.names.low, vault.arnName),
    );
    this.numbers.set(key, number);
    resource.series.push(number);
    return number;
  }

  /** Series of a vault. */
  inVault(vault: Vault): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.count; number++) {
      if (intAt(this.vaults, number) === vault.number) {
        found.push(number);
      }
    }
    return found;
  }

  private grow(capacity: number): void {
    this.resources = grownInt32(this.resources, capacity);
    this.vaults = grownInt32(this.vaults, capacity);
    this.subjects = grownInt32(this.subjects, capacity);
    this.heads = grownInt32(this.heads, capacity);
    this.tails = grownInt32(this.tails, capacity);
    this.lives = grownInt32(this.lives, capacity);
    this.draws = grownInt32(this.draws, capacity);
  }
}
