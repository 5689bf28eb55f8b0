/**
 * A property of a template, read as the type that AWS gives it, with its path for messages.
 *
 * Pure: evaluates on demand, so that only what is read must be known.
 * Source   design.md section 4 for the refusal; AWS CloudFormation takes numbers and booleans as text too.
 */
import { IngestRefusal } from '../artifact';
import type { Evaluator } from './evaluator';
import type { Stack } from './stack';
import { isDictionary } from './template';
import { excerpt, NO_VALUE, Unresolved } from './unresolved';

export class DeclaredValue {
  private known: { readonly value: unknown; readonly plain: boolean } | undefined;

  constructor(
    private readonly evaluator: Evaluator,
    readonly stack: Stack,
    /** Logical id and property, e.g. `Plan.BackupPlan.BackupPlanRule[0].RuleName`. */
    readonly path: string,
    private readonly raw: unknown,
    private readonly plain = false,
  ) {}

  /** Whether the property is written, and is not `AWS::NoValue`. */
  get isPresent(): boolean {
    return this.head() !== undefined;
  }

  get isList(): boolean {
    return Array.isArray(this.head());
  }

  /** The property of this one. */
  member(key: string): DeclaredValue {
    const path = `${this.path}.${key}`;
    const inside = this.head();
    if (inside !== undefined && !isDictionary(inside)) {
      throw this.wrong('an object');
    }
    const raw = inside !== undefined && Object.hasOwn(inside, key) ? inside[key] : undefined;
    return this.child(path, raw);
  }

  /** Names of the properties that are written. */
  keys(): string[] {
    const inside = this.head();
    if (inside !== undefined && !isDictionary(inside)) {
      throw this.wrong('an object');
    }
    return Object.keys(inside ?? {});
  }

  /** The items of a list that are not `AWS::NoValue`; none when the property is not written. */
  items(): DeclaredValue[] {
    const inside = this.head();
    if (inside === undefined) {
      return [];
    }
    if (!Array.isArray(inside)) {
      throw this.wrong('a list');
    }
    return inside.map((raw, index) => this.child(`${this.path}[${index}]`, raw)).filter((item) => item.isPresent);
  }

  text(): string | undefined {
    const value = this.head();
    if (value === undefined) {
      return undefined;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    throw this.wrong('text');
  }

  /** @throws IngestRefusal when the property is not written */
  requiredText(): string {
    return this.text() ?? this.missing();
  }

  number(): number | undefined {
    const value = this.head();
    if (value === undefined) {
      return undefined;
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      throw this.wrong('a number');
    }
    return number;
  }

  requiredNumber(): number {
    return this.number() ?? this.missing();
  }

  boolean(): boolean | undefined {
    const value = this.head();
    if (value === undefined || typeof value === 'boolean') {
      return value;
    }
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    // CloudFormation's YAML is 1.1, where `yes` and `on` are true.
    if (!/^(true|false|yes|no|on|off)$/.test(text)) {
      throw this.wrong('true or false');
    }
    return /^(true|yes|on)$/.test(text);
  }

  texts(): string[] | undefined {
    return this.isPresent ? this.items().map((item) => item.requiredText()) : undefined;
  }

  /** A map of texts. */
  textMap(): Record<string, string> | undefined {
    if (!this.isPresent) {
      return undefined;
    }
    const found: [string, string][] = [];
    for (const key of this.keys()) {
      const value = this.member(key).text();
      if (value !== undefined) {
        found.push([key, value]);
      }
    }
    return Object.fromEntries(found);
  }

  /** Names with true or false; undefined when it is not written. */
  truthMap(): Record<string, boolean> | undefined {
    return this.isPresent
      ? Object.fromEntries(this.keys().map((key) => [key, this.member(key).boolean() ?? false]))
      : undefined;
  }

  /** The whole value as plain data. */
  json(): unknown {
    if (!this.isPresent) {
      return undefined;
    }
    const { value, plain } = this.outside();
    return plain ? value : this.attempt(() => this.evaluator.deep(value, this.stack));
  }

  /** @throws IngestRefusal that the property must be written */
  missing(): never {
    throw new IngestRefusal(this.stack.file, this.path, `is not set; give ${this.option()}`);
  }

  /** A refusal that the property is not as AWS has it. */
  wrong(wanted: string): IngestRefusal {
    return new IngestRefusal(this.stack.file, this.path, `must be ${wanted}, got ${excerpt(this.outside().value)}`);
  }

  private child(path: string, raw: unknown): DeclaredValue {
    return new DeclaredValue(this.evaluator, this.stack, path, raw, this.outside().plain);
  }

  private head(): unknown {
    const { value } = this.outside();
    return value === NO_VALUE || value === null ? undefined : value;
  }

  private outside(): { readonly value: unknown; readonly plain: boolean } {
    this.known ??= this.find();
    return this.known;
  }

  private find(): { readonly value: unknown; readonly plain: boolean } {
    const given = this.evaluator.override(this.stack, this.path);
    if (given !== undefined) {
      return { value: given.value, plain: true };
    }
    return this.plain
      ? { value: this.raw, plain: true }
      : this.attempt(() => this.evaluator.head(this.raw, this.stack));
  }

  private attempt<T>(evaluate: () => T): T {
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof Unresolved) {
        throw refusalOf(error, this.stack.file, this.path, this.raw);
      }
      throw error;
    }
  }

  private option(): string {
    return `--value ${this.path}=<json>`;
  }
}

/** What nothing hangs on need not be known; of what is needed, its reader refuses. */
export function unlessUnknown<T>(find: () => T, otherwise: T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof IngestRefusal) {
      return otherwise;
    }
    throw error;
  }
}

/** `S.template.json: Plan.X is {"Ref":"Y"}, where …; give --value Plan.X=<json>`. */
export function refusalOf(error: Unresolved, file: string, path: string, raw: unknown): IngestRefusal {
  const remedy = error.remedy === undefined ? '' : `${error.remedy} or `;
  const why = `is ${excerpt(raw)}, ${error.why}; give ${remedy}--value ${path}=<json>`;
  return new IngestRefusal(file, path, why, error.parameter);
}
