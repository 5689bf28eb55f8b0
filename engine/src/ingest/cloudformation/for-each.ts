/**
 * `Fn::ForEach`: a part of a template written once for each item of a list, written out.
 *
 * Pure: document in, document out.
 * Source   AWS CloudFormation User Guide, "Fn::ForEach": the transform AWS::LanguageExtensions; `${Identifier}`, `&{Identifier}`
 *          (without what is no letter or digit) and `Ref` stand for the item, in keys and values.
 */
import { IngestRefusal } from '../artifact';
import { intrinsicIn, isDictionary, LANGUAGE_EXTENSIONS, transformsOf } from './template';

const LOOP = 'Fn::ForEach::';

/** Loops that go round more often are refused: a template holds 500 resources. */
const MAX_ROUNDS = 10_000;

/** Items that loops stand at, by identifier. */
type Bindings = Readonly<Record<string, string>>;

/**
 * A document without loops.
 *
 * @param parameter gives the value of a parameter, undefined where it is not known at once
 * @throws IngestRefusal when a loop runs over a list that is not known
 */
export function writeOutLoops(
  file: string,
  document: unknown,
  parameter: (name: string) => string | undefined,
): unknown {
  if (!isDictionary(document) || !transformsOf(file, document['Transform']).includes(LANGUAGE_EXTENSIONS)) {
    return document;
  }
  let rounds = 0;

  const expand = (value: unknown, place: string, bindings: Bindings): unknown => {
    if (typeof value === 'string') {
      return substitute(value, bindings);
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => expand(item, `${place}[${index}]`, bindings));
    }
    if (!isDictionary(value)) {
      return value;
    }
    const call = intrinsicIn(value);
    if (call?.name === 'Ref' && typeof call.argument === 'string' && Object.hasOwn(bindings, call.argument)) {
      return bindings[call.argument];
    }
    const entries: [string, unknown][] = [];
    for (const [key, inner] of Object.entries(value)) {
      const at = place === '' ? key : `${place}.${key}`;
      entries.push(...(key.startsWith(LOOP) ? repeat(inner, at, bindings) : [once(key, inner, at, bindings)]));
    }
    return Object.fromEntries(entries);
  };

  const once = (key: string, inner: unknown, at: string, bindings: Bindings): [string, unknown] => {
    return [substitute(key, bindings), expand(inner, at, bindings)];
  };

  const repeat = (loop: unknown, at: string, bindings: Bindings): [string, unknown][] => {
    const [identifier, collection, body] = Array.isArray(loop) ? (loop as unknown[]) : [];
    if (typeof identifier !== 'string' || !isDictionary(body)) {
      throw new IngestRefusal(file, at, 'must have an identifier, a list and what to write for each of its items');
    }
    return itemsOf(expand(collection, at, bindings), file, at, parameter).flatMap((item) => {
      rounds += 1;
      if (rounds > MAX_ROUNDS) {
        throw new IngestRefusal(file, at, `repeats itself more than ${MAX_ROUNDS} times`);
      }
      return Object.entries(expand(body, at, { ...bindings, [identifier]: item }) as object);
    });
  };

  return expand(document, '', {});
}

/** The items of a list that is written out, or is a parameter; parameters may stand in it too. */
function itemsOf(
  collection: unknown,
  file: string,
  at: string,
  parameter: (name: string) => string | undefined,
): string[] {
  const split = (value: unknown): string[] => {
    const call = intrinsicIn(value);
    const text = call?.name === 'Ref' && typeof call.argument === 'string' ? parameter(call.argument) : undefined;
    if (text !== undefined) {
      return text.split(',').map((item) => item.trim());
    }
    if (typeof value === 'string' || typeof value === 'number') {
      return [String(value)];
    }
    throw new IngestRefusal(
      file,
      at,
      'runs over a list that is not known; give the processed template (aws cloudformation get-template --template-stage Processed)',
    );
  };
  return Array.isArray(collection) ? collection.flatMap(split) : split(collection);
}

function substitute(text: string, bindings: Bindings): string {
  let filled = text;
  for (const [identifier, item] of Object.entries(bindings)) {
    filled = filled.replaceAll(`\${${identifier}}`, () => item);
    filled = filled.replaceAll(`&{${identifier}}`, () => item.replace(/[^A-Za-z0-9]/g, ''));
  }
  return filled;
}
