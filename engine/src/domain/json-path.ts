/**
 * Paths such as `$.detail.createdBy['backupPlanId']` and `$.resources[0]`.
 *
 * Pure.
 * Source   the user guide of EventBridge, input paths: dots, brackets and indexes. No filters or wildcards (Assumed).
 */

const STEP = /^(?:\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\])/;

const NOWHERE: readonly string[] = [];

/** The steps of a path, undefined when it is none. */
export function stepsOf(path: string): (string | number)[] | undefined {
  if (!path.startsWith('$')) {
    return undefined;
  }
  const steps: (string | number)[] = [];
  for (let rest = path.slice(1); rest !== '';) {
    const found = STEP.exec(rest);
    if (found === null) {
      return undefined;
    }
    const [whole, dotted, single, double, index] = found;
    steps.push(index === undefined ? (dotted ?? single ?? double ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** What a path finds; undefined when it finds nothing. */
export function jsonPathOf(path: string, root: unknown): unknown {
  const steps = stepsOf(path);
  let value = steps === undefined ? undefined : root;
  for (const step of steps ?? NOWHERE) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
