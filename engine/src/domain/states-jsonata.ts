/**
 * What states that query by JSONata hold: templates whose texts in `{% … %}` are expressions.
 *
 * Pure, but for chance that is drawn. The library is the reference implementation; time and chance are the World's.
 * Source   the developer guide of Step Functions, "Transforming data with JSONata": `$states`, functions of Step Functions' own.
 * Assumed  How many steps an expression may take.
 * Spec     state-machines.md; decision 0046 on the library.
 */
import jsonata from 'jsonata';
import { dateOf, type Instant } from '../kernel/instant';
import { hash, jsonOf, partition, range } from './intrinsic-functions';
import { StateFailure } from './states-definition';
import type { Chance, Scope } from './states-scope';

/** `$states`, but for the context object. */
export interface Seen {
  readonly input: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

const EXPRESSION = /^\{%(.*)%\}$/s;
const MOST_STEPS = 200_000;

export const QUERY_FAILED = 'States.QueryEvaluationError';

/**
 * A template with its expressions evaluated; `field` is where it stands, e.g. `Output/a[0]`.
 *
 * @throws StateFailure `States.QueryEvaluationError`, also for an expression that makes nothing
 */
export function evaluated(template: unknown, seen: Seen, scope: Scope, field: string): unknown {
  if (Array.isArray(template)) {
    return template.map((one, i) => evaluated(one, seen, scope, `${field}[${i}]`));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template).map(([name, one]) => [name, evaluated(one, seen, scope, `${field}/${name}`)]),
    );
  }
  const [, expression] = typeof template === 'string' ? (EXPRESSION.exec(template) ?? []) : [];
  return expression === undefined ? template : value(expression.trim(), seen, scope, field);
}

/**
 * The same, where a kind of value is asked for.
 *
 * @throws StateFailure when it is another
 */
export function evaluatedTo<K extends 'boolean' | 'number' | 'string'>(
  kind: K,
  template: unknown,
  seen: Seen,
  scope: Scope,
  field: string,
): K extends 'boolean' ? boolean : K extends 'number' ? number : string {
  const found = evaluated(template, seen, scope, field);
  if (typeof found !== kind) {
    const what = found === null ? 'null' : Array.isArray(found) ? 'array' : typeof found;
    throw new StateFailure(
      QUERY_FAILED,
      `The JSONata expression '${bare(template)}' specified for the field '${field}' returned an unexpected result type. ` +
        `Expected '${kind}', but was '${what}' for value: ${JSON.stringify(found)}`,
    );
  }
  return found as never;
}

function value(expression: string, seen: Seen, scope: Scope, field: string): unknown {
  const where = `The JSONata expression '${expression}' specified for the field '${field}'`;
  let found: unknown;
  try {
    found = jsonata(expression).evaluate(undefined, bindings(seen, scope)) as unknown;
  } catch (reason) {
    const { code, message } = reason as { readonly code?: string; readonly message: string };
    const what = code === undefined ? message : `${code}: ${message}`;
    throw new StateFailure(QUERY_FAILED, `${where} threw an error during evaluation. ${what}`);
  }
  // As JSON: arrays of the library carry marks of its own, and functions are no values.
  const text = JSON.stringify(found) as string | undefined;
  if (text === undefined) {
    throw new StateFailure(QUERY_FAILED, `${where} returned nothing (undefined).`);
  }
  return JSON.parse(text) as unknown;
}

function bare(template: unknown): string {
  const text = typeof template === 'string' ? template : JSON.stringify(template);
  return EXPRESSION.exec(text)?.[1]?.trim() ?? text;
}

/** A function as the library has it. */
interface Native {
  readonly implementation: (this: jsonata.Focus, ...given: never[]) => unknown;
}

/** One of the library that asks this machine for the time, and what does so in its place; how it is called stays. */
function instead(name: string, implementation: (this: jsonata.Focus, ...given: never[]) => unknown): Native {
  const native = jsonata(`$${name}`).evaluate(undefined) as Native;
  return { ...native, implementation };
}

/** Without a zone it would be of the zone of this machine; on AWS that is UTC. */
const WITHOUT_ZONE = /T[\d:.]+$/;
const TO_MILLIS = (jsonata('$toMillis').evaluate(undefined) as Native).implementation as (
  this: jsonata.Focus,
  text: string,
  picture?: string,
) => unknown;

/** What expressions may name beside the functions of the language: variables, `$states`, time, chance, functions of AWS. */
function bindings(
  { input, result, errorOutput }: Seen,
  { variables, context, chance, now }: Scope,
): Record<string, unknown> {
  return {
    now: instead('now', function (picture?: string, zone?: string) {
      const from = this.environment.lookup('fromMillis') as { implementation: (...given: unknown[]) => string };
      return from.implementation.call(this, now, picture, zone);
    }),
    millis: instead('millis', () => now),
    toMillis: instead('toMillis', function (text: string, picture?: string) {
      const zoned = picture === undefined && WITHOUT_ZONE.test(text) ? `${text}Z` : text;
      return TO_MILLIS.call(this, zoned, picture);
    }),
    random: (seed?: unknown) => chance.number(seed === undefined ? undefined : JSON.stringify(seed)),
    shuffle: instead('shuffle', (list: readonly unknown[]) => shuffled(list, chance)),
    partition: (list: unknown, size: number) => partition(Array.isArray(list) ? list : [list], size),
    range,
    hash,
    uuid: () => chance.uuid(),
    parse: jsonOf,
    eval: () => {
      throw new Error('$eval is not supported: use $parse');
    },
    ...variables,
    states: { input, context, result, errorOutput },
    __evaluate_entry: stepOf(now),
  };
}

/** Called at each step: what takes too many ends, and what asks a frame for the time finds the World's there. */
function stepOf(now: Instant): (expression: unknown, input: unknown, frame: { timestamp: Date }) => void {
  const timestamp = dateOf(now);
  let steps = 0;
  return (_expression, _input, frame) => {
    frame.timestamp = timestamp;
    if (++steps > MOST_STEPS) {
      throw new Error(`The expression takes more than ${MOST_STEPS} steps`);
    }
  };
}

/** In another order: what stands at each place is drawn from what is left. */
function shuffled(list: readonly unknown[], chance: Chance): unknown[] {
  const left = [...list];
  return Array.from({ length: left.length }, () => left.splice(Math.floor(chance.number() * left.length), 1)[0]);
}
