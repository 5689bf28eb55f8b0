/**
 * What the argument of a matcher names, or a clear refusal.
 *
 * Pure: reads the World.
 */
import type { StatefulResource } from '@holdfast/model';
import type { Resource } from '../../domain/protected-resources';
import type { WorldState } from '../../domain/world-state';
import { Instant, tryParseInstant } from '../../kernel/instant';

/**
 * A resource by ARN or name; one that is there comes before those that are gone.
 *
 * @throws RangeError when no resource, or more than one, has the name
 */
export function resourceOf(state: WorldState, resource: string): StatefulResource {
  const all = state.resources;
  const isNamed = ({ arn, name }: StatefulResource) => arn === resource || name === resource;
  const there = all.filter(isNamed);
  const found = there.length > 0 ? there : state.ledger.resources.past().filter(isNamed);
  const [first] = found;
  if (first === undefined) {
    throw new RangeError(`resource must be one of the World's ${all.length}, got '${resource}'`);
  }
  if (found.length > 1) {
    const arns = found.map(({ arn }) => arn).join(', ');
    throw new RangeError(`resource must be an ARN, as ${found.length} are named '${resource}': ${arns}`);
  }
  return first;
}

/** @throws RangeError when it is not there, or when more than one has the name. */
export function presentResource(state: WorldState, resource: string): Resource {
  const found = state.ledger.resources.tryFindNamed(resource);
  if (found === undefined) {
    throw new RangeError(`resource must be one that is there, by ARN or by its only name, got '${resource}'`);
  }
  return found;
}

/** The instant that a matcher was given as text. */
export function instantOf(text: string, name: string): Instant {
  const at = tryParseInstant(text);
  if (at === undefined) {
    throw new RangeError(`${name} must be ISO 8601 such as 2027-01-01T00:00:00Z, got '${text}'`);
  }
  return at;
}

/** @throws RangeError when it is not a number above 0. */
export function above0(value: number, name: string): number {
  if (!(value > 0)) {
    throw new RangeError(`${name} must be a number above 0, got ${value}`);
  }
  return value;
}

/** Whether an ARN is that of a vault, named by ARN or by name. */
export function isVault(arn: string, vault: string): boolean {
  return arn === vault || arn.endsWith(`:backup-vault:${vault}`);
}

/** Account and Region of an ARN. */
export function placeOfArn(arn: string): { readonly account: string; readonly region: string } {
  const [, , , region = '', account = ''] = arn.split(':');
  return { account, region };
}
