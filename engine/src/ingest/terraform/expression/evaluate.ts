/**
 * What an expression gives in a scope.
 *
 * Pure: references are asked of the `Scope`; a value that is not known runs through to whatever is made of it.
 * Source   Terraform language docs, "Expressions"; HCL native syntax specification, "Expressions".
 */
import { callFunction } from './functions/call';
import { binary, unary } from './operators';
import { parseExpression, parseTemplate } from './parser';
import type { Expression, ForExpression, TemplatePart } from './syntax';
import {
  describe,
  ExpressionFault,
  isList,
  isObject,
  LazyObject,
  objectOf,
  ObjectValue,
  SetValue,
  sortedKeys,
  toNumber,
  toText,
  toTruth,
  Unknown,
  Value,
} from './values';

/** Evaluation that would not end in reasonable time; the caller turns it into a refusal. */
export class BudgetSpent extends Error {}

/** How much one reading may evaluate and write. */
export class Budget {
  private steps = 0;
  private characters = 0;

  /** @throws BudgetSpent */
  step(): void {
    this.steps += 1;
    if (this.steps > 5_000_000) throw new BudgetSpent('evaluates more than 5,000,000 expressions');
  }

  /** @throws BudgetSpent */
  text(length: number): void {
    this.characters += length;
    if (this.characters > 200_000_000) throw new BudgetSpent('makes more than 200,000,000 characters of text');
  }
}

/** Where names come from. */
export interface Scope {
  readonly budget: Budget;
  /** The value of a first name (`var`, `local`, `aws_backup_vault`), undefined when there is none. */
  resolve(name: string): Value | undefined;
}

/** The value of a JSON string: a template, or plain text. @throws ExpressionFault */
export function evaluateTemplate(source: string, scope: Scope): Value {
  return evaluate(parseTemplate(source), scope);
}

/** The value of text that is an expression without `${…}` around it. @throws ExpressionFault */
export function evaluateReference(source: string, scope: Scope): Value {
  return evaluate(parseExpression(source), scope);
}

/** @throws ExpressionFault when Terraform would refuse the expression */
export function evaluate(expression: Expression, scope: Scope): Value {
  return new Evaluation(scope).value(expression);
}

class Evaluation {
  /** Names of the loops around, innermost last. */
  private readonly loops: (readonly [string, Value])[] = [];
  /** What `[*]` stands at, innermost last. */
  private readonly splats: Value[] = [];

  constructor(private readonly scope: Scope) {}

  value(expression: Expression): Value {
    this.scope.budget.step();
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'template':
        return this.template(expression.parts);
      case 'name':
        return this.named(expression.name);
      case 'attribute':
        return attributeOf(this.value(expression.of), expression.name);
      case 'index':
        return indexOf(this.value(expression.of), this.value(expression.key));
      case 'splat':
        return this.splat(this.value(expression.of), expression.each);
      case 'splat-item':
        return this.splats.at(-1) ?? null;
      case 'list':
        return expression.items.map((item) => this.value(item));
      case 'object':
        return this.object(expression.entries);
      case 'unary':
        return unary(expression.operator, this.value(expression.operand));
      case 'binary':
        return binary(expression.operator, this.value(expression.left), () => this.value(expression.right));
      case 'conditional':
        return this.conditional(expression);
      case 'for':
        return this.loop(expression);
      case 'call':
        return this.call(expression);
    }
  }

  private named(name: string): Value {
    for (let i = this.loops.length - 1; i >= 0; i -= 1) {
      const loop = this.loops[i];
      if (loop !== undefined && loop[0] === name) return loop[1];
    }
    const value = this.scope.resolve(name);
    if (value === undefined) throw new ExpressionFault(`there is no "${name}" to refer to`);
    return value;
  }

  private conditional(expression: Extract<Expression, { kind: 'conditional' }>): Value {
    const condition = this.value(expression.condition);
    if (condition instanceof Unknown) return condition;
    const [taken, other] = toTruth(condition, 'a condition')
      ? [expression.yes, expression.no]
      : [expression.no, expression.yes];
    const value = this.value(taken);
    // Both results have one type: text beside a number or truth makes text of it.
    const isText = other.kind === 'template' || (other.kind === 'literal' && typeof other.value === 'string');
    return isText && (typeof value === 'number' || typeof value === 'boolean') ? toText(value, 'a result') : value;
  }

  private object(entries: readonly (readonly [Expression, Expression])[]): Value {
    const made: [string, Value][] = [];
    for (const [keyExpression, valueExpression] of entries) {
      const key = this.value(keyExpression);
      if (key instanceof Unknown) return key;
      made.push([toText(key, 'a key'), this.value(valueExpression)]);
    }
    return objectOf(made);
  }

  private call(expression: Extract<Expression, { kind: 'call' }>): Value {
    const lazy = expression.args.map((arg) => () => this.value(arg));
    if (!expression.spread) return callFunction(expression.name, lazy, this.scope.budget);
    const last = lazy.pop()?.() ?? null;
    if (last instanceof Unknown) return last;
    const spread = isList(last) ? last : last instanceof SetValue ? last.items : undefined;
    if (spread === undefined) throw new ExpressionFault(`what ... spreads must be a list, got ${describe(last)}`);
    return callFunction(expression.name, [...lazy, ...spread.map((value) => () => value)], this.scope.budget);
  }

  private splat(over: Value, each: Expression): Value {
    if (over instanceof Unknown) return over;
    if (over === null) return [];
    const items = isList(over) ? over : over instanceof SetValue ? over.items : [over];
    return items.map((item) => {
      this.splats.push(item);
      const value = this.value(each);
      this.splats.pop();
      return value;
    });
  }

  /** Runs `body` for each entry of what a loop goes over; undefined and the reason when that is not known. */
  private each(
    loop: { readonly keyName?: string | undefined; readonly valueName: string; readonly over: Expression },
    body: () => void,
  ): Unknown | undefined {
    const over = this.value(loop.over);
    if (over instanceof Unknown) return over;
    for (const [key, value] of entriesOf(over)) {
      const before = this.loops.length;
      if (loop.keyName !== undefined) this.loops.push([loop.keyName, key]);
      this.loops.push([loop.valueName, value]);
      body();
      this.loops.length = before;
    }
    return undefined;
  }

  private loop(expression: ForExpression): Value {
    const items: Value[] = [];
    const entries = new Map<string, Value>();
    let unknown: Unknown | undefined;
    const failed = this.each(expression, () => {
      const kept = expression.condition === undefined ? true : this.value(expression.condition);
      if (kept instanceof Unknown) unknown ??= kept;
      else if (toTruth(kept, 'the condition of a for expression')) {
        const key = expression.key === undefined ? null : this.value(expression.key);
        if (key instanceof Unknown) unknown ??= key;
        else if (expression.key === undefined) items.push(this.value(expression.value));
        else gather(entries, toText(key, 'a key'), this.value(expression.value), expression.grouped);
      }
    });
    if (failed !== undefined || unknown !== undefined) return failed ?? unknown ?? null;
    return expression.key === undefined ? items : objectOf(entries);
  }

  private template(parts: readonly TemplatePart[]): Value {
    const pieces: string[] = [];
    const unknown = this.write(parts, pieces);
    if (unknown !== undefined) return unknown;
    const text = pieces.join('');
    this.scope.budget.text(text.length);
    return text;
  }

  private write(parts: readonly TemplatePart[], into: string[]): Unknown | undefined {
    for (const part of parts) {
      const unknown = typeof part === 'string' ? void into.push(part) : this.writePart(part, into);
      if (unknown !== undefined) return unknown;
    }
    return undefined;
  }

  private writePart(part: Exclude<TemplatePart, string>, into: string[]): Unknown | undefined {
    if (part.kind === 'interpolation') {
      const value = this.value(part.expression);
      if (value instanceof Unknown) return value;
      const text = toText(value, 'what a template interpolates');
      this.scope.budget.text(text.length);
      into.push(text);
      return undefined;
    }
    if (part.kind === 'if') {
      const condition = this.value(part.condition);
      if (condition instanceof Unknown) return condition;
      return this.write(toTruth(condition, 'a condition') ? part.yes : part.no, into);
    }
    let unknown: Unknown | undefined;
    const failed = this.each(part, () => {
      unknown ??= this.write(part.body, into);
    });
    return failed ?? unknown;
  }
}

function gather(entries: Map<string, Value>, key: string, value: Value, grouped: boolean): void {
  const before = entries.get(key);
  if (!grouped && before !== undefined)
    throw new ExpressionFault(`two entries of a for expression have the key "${key}"`);
  entries.set(key, grouped ? [...(isList(before ?? null) ? (before as readonly Value[]) : []), value] : value);
}

/** Keys and values that a loop visits, in Terraform's order. @throws ExpressionFault when there are none */
export function entriesOf(over: Value): (readonly [Value, Value])[] {
  if (isList(over)) return over.map((value, i) => [i, value] as const);
  if (over instanceof SetValue) return over.items.map((value) => [value, value] as const);
  if (over instanceof LazyObject && over.names !== undefined) {
    return over.names().map((name) => [name, over.get(name)] as const);
  }
  if (isObject(over)) return sortedKeys(over).map((key) => [key, over[key] ?? null] as const);
  throw new ExpressionFault(`a loop goes over a list, set or object, got ${describe(over)}`);
}

/** `of.name`. @throws ExpressionFault */
export function attributeOf(of: Value, name: string): Value {
  if (of instanceof Unknown) return of;
  if (of instanceof LazyObject) return of.get(name);
  if (isObject(of)) {
    if (Object.hasOwn(of, name)) return (of as ObjectValue)[name] ?? null;
    throw new ExpressionFault(`the object has no attribute "${name}"`);
  }
  throw new ExpressionFault(`there is no attribute "${name}" of ${describe(of)}`);
}

/** `of[key]`. @throws ExpressionFault */
export function indexOf(of: Value, key: Value): Value {
  if (of instanceof Unknown) return of;
  if (key instanceof Unknown) return key;
  if (isList(of)) {
    const index = toNumber(key, 'an index of a list');
    const item = of[index];
    if (item === undefined) throw new ExpressionFault(`there is no item ${index} in ${describe(of)}`);
    return item;
  }
  if (of instanceof SetValue) throw new ExpressionFault('a set has no index');
  return attributeOf(of, toText(key, 'an index'));
}
