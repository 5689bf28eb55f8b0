/**
 * Evaluates CloudFormation's values: intrinsic functions, parameters, conditions, references.
 *
 * Owns     what was evaluated already (values are asked for lazily and kept), and the chain of what is being
 *          evaluated, which tells a circle.
 * Source   AWS CloudFormation User Guide, "Intrinsic function reference", "Pseudo parameters reference".
 */
import type { ReadOptions } from '../artifact';
import { IngestRefusal } from '../artifact';
import { urlSuffixOf } from '../environments';
import { INTRINSICS } from './intrinsics';
import { References } from './references';
import type { Stack } from './stack';
import { stackId } from './stack';
import { own } from '../../kernel/own';
import { intrinsicIn, isDictionary } from './template';
import { excerpt, NO_VALUE, Unresolved } from './unresolved';

/** Longest chain of values that lead to values; templates that people write stay far below. */
const MAX_CHAIN = 400;

/** A value evaluated as far as its outside: `plain` when its inside is evaluated too. */
export interface Head {
  readonly value: unknown;
  readonly plain: boolean;
}

export class Evaluator {
  readonly references: References;
  private readonly known = new Map<Stack, Map<string, unknown>>();
  private readonly active: string[] = [];
  private depth = 0;

  constructor(
    readonly stacks: readonly Stack[],
    readonly options: ReadOptions,
    /** What references lead to; to what follows from the artifacts alone unless given. */
    referencesOf: (evaluator: Evaluator) => References = (evaluator) => new References(evaluator),
  ) {
    this.references = referencesOf(this);
  }

  /**
   * The whole value.
   *
   * @throws Unresolved when it is not known before deployment
   */
  deep(raw: unknown, stack: Stack): unknown {
    const { value, plain } = this.head(raw, stack);
    if (plain || typeof value !== 'object' || value === null) {
      return value;
    }
    return this.below(stack, () => {
      if (Array.isArray(value)) {
        return value.map((item) => this.deep(item, stack)).filter((item) => item !== NO_VALUE);
      }
      const found: Record<string, unknown> = Object.create(null);
      for (const [key, item] of Object.entries(value)) {
        const evaluated = this.deep(item, stack);
        if (evaluated !== NO_VALUE) {
          found[key] = evaluated;
        }
      }
      return { ...found };
    });
  }

  /** The value's outside: no intrinsic function, but perhaps a list or object that holds some. */
  head(raw: unknown, stack: Stack): Head {
    const call = intrinsicIn(raw);
    if (call === undefined) {
      if (typeof raw === 'string' && raw.includes('{{resolve:')) {
        return { value: this.references.resolved(raw, stack), plain: true };
      }
      return { value: raw, plain: typeof raw !== 'object' || raw === null };
    }
    return this.below(stack, () => {
      if (call.name === 'Fn::If') {
        return this.head(this.branch(call.argument, stack), stack);
      }
      return { value: this.call(call.name, call.argument, stack), plain: true };
    });
  }

  private call(name: string, argument: unknown, stack: Stack): unknown {
    if (name === 'Ref') {
      return this.references.ref(argument, stack);
    }
    if (name === 'Condition') {
      return this.condition(argument, stack);
    }
    const intrinsic = INTRINSICS[name];
    if (intrinsic === undefined) {
      throw new Unresolved('which is not a function that is known here');
    }
    return intrinsic(argument, { evaluator: this, stack, evaluate: (raw) => this.deep(raw, stack) });
  }

  /** The branch of `Fn::If` that holds. */
  branch(argument: unknown, stack: Stack): unknown {
    if (!Array.isArray(argument) || argument.length !== 3) {
      throw new Unresolved('where Fn::If must have a condition and two values');
    }
    return this.condition(argument[0], stack) ? argument[1] : argument[2];
  }

  /** Whether a condition of the template holds. */
  condition(name: unknown, stack: Stack): boolean {
    if (typeof name !== 'string' || !Object.hasOwn(stack.template.conditions, name)) {
      throw new Unresolved(`where ${excerpt(name)} is no condition of the template`);
    }
    return this.once(stack, `condition ${name}`, () => {
      const value = this.deep(stack.template.conditions[name], stack);
      if (value !== true && value !== false && value !== 'true' && value !== 'false') {
        throw new Unresolved(`where condition ${name} is neither true nor false`);
      }
      return value === true || value === 'true';
    });
  }

  /** Parameters of a stack of its own that have neither a default nor a value. */
  parametersWithoutValue(stack: Stack): string[] {
    return [...stack.template.parameters]
      .filter(([name, declared]) => declared.default === undefined && this.given(name, stack) === undefined)
      .map(([name]) => name);
  }

  /** A pseudo parameter or parameter; undefined when the template has none of that name. */
  parameter(name: string, stack: Stack): unknown {
    if (name.startsWith('AWS::')) {
      return this.pseudoParameter(name, stack);
    }
    const declared = stack.template.parameters.get(name);
    if (declared === undefined) {
      return undefined;
    }
    return this.once(stack, `parameter ${name}`, () => {
      const given = this.given(name, stack);
      if (given === undefined && declared.default === undefined) {
        const remedy = `--parameter ${name}=<value>`;
        const parameter = stack.parent === undefined ? name : undefined;
        throw new Unresolved(`where parameter ${name} has no default`, remedy, parameter);
      }
      if (given === undefined && declared.type.startsWith('AWS::SSM::Parameter::Value<')) {
        throw new Unresolved(
          `where parameter ${name} is looked up in SSM at deploy time`,
          `--parameter ${name}=<value>`,
        );
      }
      const value = given ?? declared.default;
      const allowed = declared.allowedValues?.map((item) => (typeof item === 'object' ? excerpt(item) : String(item)));
      if (given !== undefined && allowed !== undefined && typeof given === 'string' && !allowed.includes(given)) {
        throw new IngestRefusal(
          stack.file,
          `Parameters.${name}`,
          `must be one of ${allowed.join(', ')}, got ${excerpt(given)}`,
        );
      }
      return asParameter(declared.type, value);
    });
  }

  /** What a parameter is set to: by the parent of a nested stack, by the user, or by the artifact. */
  private given(name: string, stack: Stack): unknown {
    if (stack.parent !== undefined) {
      const set = this.head(stack.parent.resource.properties['Parameters'] ?? {}, stack.parent.stack).value;
      const raw = isDictionary(set) && Object.hasOwn(set, name) ? set[name] : undefined;
      const value = raw === undefined ? undefined : this.deep(raw, stack.parent.stack);
      return value === NO_VALUE ? undefined : value;
    }
    const { parameters } = this.options;
    return own(parameters, `${stack.name}:${name}`) ?? own(parameters, name) ?? own(stack.parameters, name);
  }

  private pseudoParameter(name: string, stack: Stack): unknown {
    const { partition, account, region } = stack.env;
    switch (name) {
      case 'AWS::AccountId':
        return account;
      case 'AWS::Region':
        return region;
      case 'AWS::Partition':
        return partition;
      case 'AWS::URLSuffix':
        return urlSuffixOf(partition);
      case 'AWS::StackName':
        return stack.name;
      case 'AWS::StackId':
        return stackId(stack);
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::NoValue':
        return NO_VALUE;
      default:
        throw new Unresolved(`where ${name} is no pseudo parameter`);
    }
  }

  /** What the user gives in place of a value of the template, by its path. */
  override(stack: Stack, path: string): { readonly value: unknown } | undefined {
    const { values } = this.options;
    const ofStack = `${stack.name}/${path}`;
    const key = Object.hasOwn(values, ofStack) ? ofStack : path;
    return Object.hasOwn(values, key) ? { value: values[key] } : undefined;
  }

  /** Evaluates what `key` stands for once a stack; a value that needs itself is refused. */
  once<T>(stack: Stack, key: string, evaluate: () => T): T {
    const known = this.known.get(stack) ?? new Map<string, unknown>();
    this.known.set(stack, known);
    if (known.has(key)) {
      return known.get(key) as T;
    }
    const step = `${stack.name}/${key}`;
    const start = this.active.indexOf(step);
    if (start !== -1) {
      const circle = [...this.active.slice(start), step].map((at) => at.slice(at.indexOf('/') + 1));
      throw new IngestRefusal(stack.file, '', `refers to itself in a circle: ${circle.join(' -> ')}`);
    }
    this.active.push(step);
    try {
      const value = this.below(stack, evaluate);
      known.set(key, value);
      return value;
    } finally {
      this.active.pop();
    }
  }

  private below<T>(stack: Stack, evaluate: () => T): T {
    this.depth += 1;
    try {
      if (this.depth > MAX_CHAIN) {
        throw new IngestRefusal(stack.file, '', `leads from value to value over more than ${MAX_CHAIN} steps`);
      }
      return evaluate();
    } finally {
      this.depth -= 1;
    }
  }
}

function asParameter(type: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value;
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /^(List<|CommaDelimitedList|AWS::SSM::Parameter::Value<(List<|CommaDelimitedList))/.test(type)
    ? text.split(',').map((item) => item.trim())
    : text;
}
