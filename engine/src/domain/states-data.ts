/**
 * What the states of a state machine hold: paths into it, templates made of it, results put back.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Processing input and output", "Intrinsic functions".
 * Spec     state-machines.md
 */
import { jsonPathOf, stepsOf } from './json-path';

/** Something that is not run here; its message says what. */
export class NotRun extends Error {}

/** What a path finds. A state without one is given everything, one whose path is null nothing. */
export function read(path: string | null | undefined, data: unknown): unknown {
  if (path === null) {
    return {};
  }
  const found = jsonPathOf(path ?? '$', data);
  if (found === undefined) {
    throw new NotRun(`path '${path}' finds nothing, or is of a kind that is not read`);
  }
  return found;
}

/** The input with a result at a path; the result itself where no path is given, the input where it is null. */
export function putAt(path: string | null | undefined, input: unknown, result: unknown): unknown {
  const steps = path === null ? undefined : stepsOf(path ?? '$');
  if (steps === undefined) {
    return input;
  }
  return steps.reduceRight<(at: unknown) => unknown>(
    (inner, name) => (at) => ({ ...(at as object), [name]: inner(jsonPathOf(`$['${name}']`, at) ?? {}) }),
    () => result,
  )(input);
}

/** A template whose names with `.$` are filled from the data. */
export function filled(template: unknown, data: unknown): unknown {
  if (Array.isArray(template)) {
    return template.map((one) => filled(one, data));
  }
  if (typeof template !== 'object' || template === null) {
    return template;
  }
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), valueOf(String(value), data)] : [name, filled(value, data)],
    ),
  );
}

/** A path, or a function of paths and numbers. */
function valueOf(text: string, data: unknown): unknown {
  const [, name, given = ''] = /^States\.(\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === undefined) {
    return read(text, data);
  }
  const [one, other] = given.split(',').map((part) => Number(part.includes('$') ? read(part.trim(), data) : part));
  if (name !== 'MathAdd' || one === undefined || other === undefined) {
    throw new NotRun(`States.${name} is not run`);
  }
  return one + other;
}
