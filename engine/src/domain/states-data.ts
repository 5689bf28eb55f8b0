/**
 * What states that query by JSONPath hold: paths into it, templates made of it, results put back.
 *
 * Pure, but for chance that is drawn.
 * Source   the developer guide of Step Functions, "Processing input and output", "Passing data between states with variables".
 * Spec     state-machines.md
 */
import { called, isCall } from './intrinsic-functions';
import { jsonPathOf, stepsOf } from './json-path';
import { RUNTIME, StateFailure } from './states-definition';
import type { Scope } from './states-scope';

// Loaded by the first path that leads to several places.
const manyPaths = () => require('./json-paths') as typeof import('./json-paths');

const ROOT = /^\$(\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;

/** What a path finds in the data, the context object (`$$`) or a variable (`$name`); undefined when it finds nothing. */
export function tryRead(path: string, data: unknown, scope: Scope): unknown {
  const [root, name] = ROOT.exec(path) ?? [];
  const from = name === undefined ? data : name === '$' ? scope.context : scope.variables[name];
  const rest = `$${path.slice(root?.length ?? 0)}`;
  return root === undefined || from === undefined
    ? undefined
    : stepsOf(rest) === undefined
      ? manyPaths().pathsOf(rest, from)
      : jsonPathOf(rest, from);
}

/**
 * What a path of a field finds, or what a function makes. A state without a path is given everything, one whose path is null
 * nothing.
 *
 * @throws StateFailure when it finds nothing
 */
export function read(path: string | null | undefined, data: unknown, scope: Scope, field: string): unknown {
  if (path === null) {
    return {};
  }
  const text = path ?? '$';
  const found = isCall(text)
    ? called(text, (inner) => tryRead(inner, data, scope), scope, data)
    : tryRead(text, data, scope);
  if (found === undefined) {
    const where = text.startsWith('$$') ? 'context object' : 'input';
    const cause = `The JSONPath '${text}' specified for the field '${field}' could not be found in the ${where} '${JSON.stringify(data)}'`;
    throw new StateFailure(RUNTIME, cause);
  }
  return found;
}

/**
 * The input with a result at a path; the result itself where no path is given, the input where it is null.
 *
 * @throws StateFailure where something stands that can hold no names
 */
export function putAt(path: string | null | undefined, input: unknown, result: unknown): unknown {
  const steps = path === null ? undefined : stepsOf(path ?? '$');
  if (steps === undefined) {
    return input;
  }
  return steps.reduceRight<(at: unknown) => unknown>(
    (inner, name) => (at) => {
      const holds = typeof at === 'object' && at !== null && !Array.isArray(at);
      if (!holds && at !== undefined) {
        const cause = `Unable to apply step "${name}" to input ${JSON.stringify(at)}`;
        throw new StateFailure('States.ResultPathMatchFailure', cause);
      }
      const from = (at ?? {}) as Readonly<Record<string, unknown>>;
      return { ...from, [name]: inner(from[name]) };
    },
    () => result,
  )(input);
}

/** A template whose names with `.$` are filled from the data; `field` is where it stands. */
export function filled(template: unknown, data: unknown, scope: Scope): unknown {
  if (Array.isArray(template)) {
    return template.map((one) => filled(one, data, scope));
  }
  if (typeof template !== 'object' || template === null) {
    return template;
  }
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), read(String(value), data, scope, name)]
        : [name, filled(value, data, scope)],
    ),
  );
}
