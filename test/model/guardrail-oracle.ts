// A small evaluator of denials, independent of the packer: what a request would be told by policies of an organization.

export type Context = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  readonly context: Context;
}

interface Json {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** Whether one of the statements denies the request. */
export function denied(statements: readonly Json[], request: Request): boolean {
  return statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      list(statement.Action).some((action) => like(String(action).toLowerCase(), request.action.toLowerCase())) &&
      list(statement.Resource).some((pattern) => pattern === '*' || arnLike(String(pattern), request.resource)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, values]) => met(operator, list(values), valueOf(key, request))),
      ),
  );
}

function valueOf(key: string, request: Request): readonly (string | number)[] | undefined {
  const context: Context = { ...request.context, 'aws:principalarn': request.principal };
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return entry?.[1] === undefined ? undefined : (list(entry[1]) as (string | number)[]);
}

function met(operator: string, wanted: readonly unknown[], given: readonly (string | number)[] | undefined): boolean {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') {
    return wanted.some((value) => String(value) === String(given === undefined));
  }
  if (set === 'ForAllValues') {
    return (given ?? []).every((value) => one(name, wanted, value));
  }
  if (given === undefined) {
    // A negative operator is met by a key that is not there; a positive one is not.
    return ifExists !== undefined || (set === undefined && /Not/.test(name));
  }
  return set === 'ForAnyValue' ? given.some((value) => one(name, wanted, value)) : one(name, wanted, given[0]!);
}

/** Positive operators ask for one of the values, negative ones for none. */
function one(name: string, wanted: readonly unknown[], value: string | number): boolean {
  const positive = name.replace('Not', '');
  const any = wanted.some((pattern) => compare(positive, pattern, value));
  return name.includes('Not') ? !any : any;
}

function compare(name: string, pattern: unknown, value: string | number): boolean {
  switch (name) {
    case 'StringEquals':
    case 'Bool':
      return String(pattern) === String(value);
    case 'StringEqualsIgnoreCase':
      return String(pattern).toLowerCase() === String(value).toLowerCase();
    case 'StringLike':
      return like(String(pattern), String(value));
    case 'ArnLike':
      return arnLike(String(pattern), String(value));
    case 'NumericLessThan':
      return Number(value) < Number(pattern);
    case 'NumericGreaterThan':
      return Number(value) > Number(pattern);
    default:
      throw new Error(`operator must be one that the guardrails use, got ${name}`);
  }
}

function arnLike(pattern: string, value: string): boolean {
  const [a, b] = [parts(pattern), parts(value)];
  return a.length === b.length && a.every((part, index) => like(part, b[index]!));
}

function parts(arn: string): string[] {
  const all = arn.split(':');
  return [...all.slice(0, 5), all.slice(5).join(':')];
}

function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
