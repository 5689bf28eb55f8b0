/**
 * Bodies of blocks as JSON gives them: every string is a template, `dynamic` makes blocks.
 *
 * Source   Terraform language docs, "JSON Configuration Syntax"; "dynamic Blocks".
 */
import { entriesOf, evaluateTemplate, Scope } from './expression/evaluate';
import { ExpressionFault, isList, LazyObject, objectOf, Unknown, Value } from './expression/values';
import { isJsonObject, JsonObject } from './json-file';

/** Blocks that one `dynamic` may make. */
const MOST_BLOCKS = 10_000;

/** A JSON value with its templates evaluated; what can't be is a leaf that is not known. */
export function evaluateJson(json: unknown, scope: Scope): Value {
  if (typeof json === 'string') return evaluateText(json, scope);
  if (Array.isArray(json)) return json.map((item) => evaluateJson(item, scope));
  if (isJsonObject(json)) return evaluateObject(json, scope);
  return json as Value;
}

function evaluateText(text: string, scope: Scope): Value {
  try {
    const value = evaluateTemplate(text, scope);
    return value instanceof Unknown ? new Unknown(text, value.because, value.hint) : value;
  } catch (error) {
    if (error instanceof ExpressionFault) return new Unknown(text, error.message);
    throw error;
  }
}

function evaluateObject(json: JsonObject, scope: Scope): Value {
  const entries: [string, Value][] = [];
  for (const [key, value] of Object.entries(json)) {
    if (key === 'dynamic' && isDynamic(value)) continue;
    const name = key.includes('${') ? evaluateText(key, scope) : key;
    if (name instanceof Unknown) return name;
    entries.push([typeof name === 'string' ? name : key, evaluateJson(value, scope)]);
  }
  const made = new Map(entries);
  for (const label of dynamicLabels(json)) {
    made.set(label, withDynamic(json, label, made.get(label), scope));
  }
  return objectOf(made);
}

/** Argument or blocks `name` of a body; undefined when there is none. */
export function evaluateArgument(body: JsonObject, name: string, scope: Scope): Value | undefined {
  const plain = Object.hasOwn(body, name) ? evaluateJson(body[name], scope) : undefined;
  return dynamicLabels(body).includes(name) ? withDynamic(body, name, plain, scope) : plain;
}

function dynamics(json: JsonObject): readonly (readonly [string, JsonObject])[] {
  const given = json['dynamic'];
  const groups = Array.isArray(given) ? given : [given];
  return groups
    .filter(isJsonObject)
    .flatMap((group) =>
      Object.entries(group).flatMap(([label, blocks]) =>
        (Array.isArray(blocks) ? blocks : [blocks])
          .filter((block): block is JsonObject => isJsonObject(block) && 'for_each' in block && 'content' in block)
          .map((block) => [label, block] as const),
      ),
    );
}

function dynamicLabels(json: JsonObject): string[] {
  return 'dynamic' in json ? [...new Set(dynamics(json).map(([label]) => label))] : [];
}

function isDynamic(value: unknown): boolean {
  return dynamics({ dynamic: value }).length > 0;
}

function withDynamic(json: JsonObject, name: string, plain: Value | undefined, scope: Scope): Value {
  const before = plain === undefined || plain === null ? [] : isList(plain) ? plain : [plain];
  const made: Value[] = [];
  for (const [label, block] of dynamics(json)) {
    if (label !== name) continue;
    const over = evaluateJson(block['for_each'], scope);
    if (over instanceof Unknown) return over;
    const iterator = typeof block['iterator'] === 'string' ? block['iterator'].replace(/^\$\{(.*)\}$/, '$1') : label;
    for (const [key, value] of entries(over)) {
      made.push(evaluateJson(block['content'], withIterator(scope, iterator, key, value)));
      if (made.length > MOST_BLOCKS) return new Unknown('', `dynamic "${name}" makes more than ${MOST_BLOCKS} blocks`);
    }
  }
  return [...before, ...made];
}

function entries(over: Value): (readonly [Value, Value])[] {
  return over === null ? [] : entriesOf(over);
}

function withIterator(scope: Scope, iterator: string, key: Value, value: Value): Scope {
  const current = new LazyObject(iterator, (name) => {
    if (name === 'key') return key;
    if (name === 'value') return value;
    throw new ExpressionFault(`there is no ${iterator}.${name}`);
  });
  return { budget: scope.budget, resolve: (name) => (name === iterator ? current : scope.resolve(name)) };
}
