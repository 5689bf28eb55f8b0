// What EventBridge does with an event pattern, so that tests can ask which rules an event sets off.
// Source: the user guide of EventBridge, "Creating event patterns" and "Comparison operators"; cidr alone is left out.

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

const OPERATORS: Readonly<Record<string, (operand: Json, value: Json) => boolean>> = {
  exists: (wanted, value) => (value !== undefined && !isFields(value)) === wanted,
  prefix: (prefix, value) =>
    isFields(prefix)
      ? lower(value)?.startsWith(lower(prefix['equals-ignore-case'])!) === true
      : typeof value === 'string' && value.startsWith(prefix as string),
  suffix: (suffix, value) =>
    isFields(suffix)
      ? lower(value)?.endsWith(lower(suffix['equals-ignore-case'])!) === true
      : typeof value === 'string' && value.endsWith(suffix as string),
  'equals-ignore-case': (text, value) => lower(value) !== undefined && lower(value) === lower(text),
  wildcard: (pattern, value) => typeof value === 'string' && glob(pattern as string).test(value),
  numeric: (comparisons, value) => typeof value === 'number' && compare(comparisons as readonly Json[], value),
  'anything-but': (operand, value) => {
    // A field that is not there matches nothing but exists.
    if (value === undefined || isFields(value)) {
      return false;
    }
    if (isFields(operand)) {
      const [[operator, values] = fail('an operator', operand)] = Object.entries(operand);
      return !listOf(values).some((one) => operation(operator)(one, value));
    }
    return !listOf(operand).includes(value);
  },
};

/** Whether an event matches a pattern. Throws for what EventBridge would refuse in a pattern. */
export function matchesPattern(pattern: Fields, happened: Fields): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') {
      const alternatives = listOf(wanted) as Fields[];
      if (alternatives.length < 2) {
        fail('at least two alternatives', wanted);
      }
      return alternatives.some((one) => matchesPattern(one, happened));
    }
    const value = happened[field];
    if (isFields(wanted)) {
      const inner = Array.isArray(value) ? value : [value];
      return inner.some((one) => matchesPattern(wanted, isFields(one) ? one : {}));
    }
    if (!Array.isArray(wanted) || wanted.length === 0) {
      return fail('a list that is not empty', { [field]: wanted });
    }
    const values: Json[] =
      Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? undefined : value];
    return wanted.some((one) => values.some((given) => matchesLeaf(one, given)));
  });
}

function matchesLeaf(wanted: Json, value: Json): boolean {
  if (!isFields(wanted)) {
    return wanted === value;
  }
  const entries = Object.entries(wanted);
  if (entries.length !== 1) {
    return fail('one operator', wanted);
  }
  const [operator, operand] = entries[0]!;
  return operation(operator)(operand, value);
}

function operation(name: string): (operand: Json, value: Json) => boolean {
  return OPERATORS[name] ?? fail('an operator of EventBridge', name);
}

function compare(comparisons: readonly Json[], value: number): boolean {
  if (comparisons.length === 0 || comparisons.length % 2 !== 0) {
    return fail('pairs of an operator and a number', comparisons);
  }
  const operators: Readonly<Record<string, (bound: number) => boolean>> = {
    '=': (bound) => value === bound,
    '<': (bound) => value < bound,
    '<=': (bound) => value <= bound,
    '>': (bound) => value > bound,
    '>=': (bound) => value >= bound,
  };
  return comparisons.every(
    (operator, index) => index % 2 === 1 || operators[operator as string]!(comparisons[index + 1] as number),
  );
}

function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function lower(value: Json): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(wanted: string, given: Json): never {
  throw new Error(`an event pattern must have ${wanted}, got ${JSON.stringify(given)}`);
}
