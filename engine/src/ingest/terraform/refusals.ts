/**
 * What keeps Terraform's artifacts from being read: gathered resource by resource, value by value, and said at once.
 *
 * Owns     the refusals of one reading, and what stands in for values that were refused while others of their resource are read.
 */
import type { IngestRefusal } from '../artifact';
import { GatheredRefusals, refusalOfUnset, refusalsOf, refuseAll } from '../refusals';
import { UnknownValue } from './refusal';
import type { Resource } from './resource';

/** What stands in for a refused value: nothing at first; where there has to be something, a text that is a number, too. */
const STAND_INS = [null, '1'] as const;

/** Values of one resource that are worth naming. */
const MOST = 50;

export class Refusals extends GatheredRefusals {
  private readonly resources = new Map<IngestRefusal, Resource>();
  /** By file and path. */
  private readonly standIns = new Map<string, null | string>();

  /**
   * Reads a resource. What refuses it is kept, and it is read again without the value that was refused, so that others
   * of it are named, too. Undefined where anything of it is refused.
   */
  attemptResource<T>(resource: Resource, read: () => T): T | undefined {
    const times = new Map<string, number>();
    try {
      while (times.size <= MOST) {
        try {
          const found = read();
          return times.size === 0 ? found : undefined;
        } catch (error) {
          if (!this.goesOn(error, resource, times)) {
            return undefined;
          }
        }
      }
      return undefined;
    } finally {
      this.standIns.clear();
    }
  }

  /** What stands in for the value at a path; undefined where nothing does. */
  standIn(file: string, path: string): null | string | undefined {
    return this.standIns.get(`${file}: ${path}`);
  }

  /**
   * @param order all resources, in the order of the artifacts
   * @throws IngestRefusal where something was refused; IngestRefusals where that is more than one thing
   */
  override settle(order: readonly Resource[] = []): void {
    const places = new Map(order.map((resource, index) => [resource, index]));
    const placeOf = (refusal: IngestRefusal): number => {
      const resource = this.resources.get(refusal);
      return (resource && places.get(resource)) ?? -1;
    };
    refuseAll(withVariablesAtOnce([...this.all].sort((a, b) => placeOf(a) - placeOf(b))));
  }

  /**
   * Keeps what refused a resource, and puts something else in the place of the value.
   *
   * @param times how often each value was refused before
   * @returns whether there is something that may stand there
   */
  private goesOn(error: unknown, resource: Resource, times: Map<string, number>): boolean {
    const [refusal] = refusalsOf(error);
    const place = `${refusal.file}: ${refusal.place}`;
    const before = times.get(place) ?? 0;
    const isMadeUp = [...times.values()].some((count) => count === STAND_INS.length);
    // What a value that we made up leads to is no fault of the artifact.
    if (before === 0 && isMadeUp && !(error instanceof UnknownValue)) {
      return false;
    }
    if (before === 0) {
      this.keep(error);
      this.resources.set(refusal, this.resources.get(refusal) ?? resource);
    }
    const standIn = STAND_INS[before];
    if (standIn === undefined) {
      return false;
    }
    times.set(place, before + 1);
    this.standIns.set(place, standIn);
    return true;
  }
}

/** Several variables of a file without a value are one refusal, in place of those of each value that needs them. */
function withVariablesAtOnce(refusals: readonly IngestRefusal[]): IngestRefusal[] {
  const unset = new Map<string, Set<string>>();
  for (const { file, parameter } of refusals) {
    if (parameter !== undefined) {
      unset.set(file, (unset.get(file) ?? new Set()).add(parameter));
    }
  }
  return refusals.map((refusal) => {
    const names = unset.get(refusal.file) ?? new Set();
    const isOne = refusal.parameter !== undefined && names.size > 1;
    return isOne ? refusalOfUnset(refusal.file, 'variables', [...names]) : refusal;
  });
}
