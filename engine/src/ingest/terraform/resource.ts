/**
 * One instance of a resource or data source, whatever form it came in.
 *
 * Owns     the attributes that were worked out.
 */
import type { Environment } from '@holdfast/model';
import { computedAttribute } from './computed';
import { dataAttribute } from './data-sources';
import { ExpressionFault, isObject, LazyObject, Unknown, Value } from './expression/values';
import type { Reading } from './reading';

/** What an artifact says of an instance. */
export interface ResourceSource {
  readonly file: string;
  /** With module path and key: `module.m["a"].aws_backup_vault.v[0]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  /** What the artifact says of an argument or attribute, undefined when nothing. */
  readonly declared: (name: string) => Value | undefined;
  /** Environment of its provider. */
  readonly env: () => Environment;
  /** `default_tags` of its provider. */
  readonly defaultTags: () => Value;
  /** Text of an argument before it is evaluated, or what a plan says that it refers to. */
  readonly written: (name: string) => string | undefined;
  /** What stands beside the arguments as a comment. */
  readonly comment?: unknown;
}

/** Blocks that JSON may give as one object where the schema has a list. */
const BLOCKS = new Set(
  (
    'rule lifecycle copy_action advanced_backup_setting selection_tag condition replica root_block_device ' +
    'ebs_block_device server_side_encryption point_in_time_recovery encryption_config'
  ).split(' '),
);

export class Resource {
  readonly file: string;
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  /** The instance as expressions see it. */
  readonly value: LazyObject;
  private readonly known = new Map<string, Value>();

  constructor(
    private readonly source: ResourceSource,
    readonly reading: Reading,
  ) {
    this.file = source.file;
    this.address = source.address;
    this.mode = source.mode;
    this.type = source.type;
    this.value = new LazyObject(this.address, (name) => this.attribute(name));
  }

  /** File and address, as declarations name it. */
  get declaredAt(): string {
    return `${this.file}: ${this.address}`;
  }

  env(): Environment {
    return this.reading.follow(this.file, `provider of ${this.address}`, () => this.source.env());
  }

  defaultTags(): Value {
    return this.source.defaultTags();
  }

  /** What a construct wrote into the comment. */
  get comment(): unknown {
    return this.source.comment;
  }

  /** Text of an argument before it is evaluated. */
  written(name: string): string | undefined {
    return this.source.written(name);
  }

  /** What the author or the state says, or the user in the author's place; undefined when nothing. */
  declared(name: string): Value | undefined {
    const given = this.reading.override(this.file, `${this.address}.${name}`) ?? this.source.declared(name);
    return given !== undefined && isObject(given) && BLOCKS.has(name) ? [given] : given;
  }

  /** An argument or computed attribute; not known when only AWS could say. */
  attribute(name: string): Value {
    const before = this.known.get(name);
    if (before !== undefined) return before;
    const label = `${this.address}.${name}`;
    const value = this.reading.follow(this.file, label, () => {
      const declared = this.declared(name);
      if (declared !== undefined && declared !== null) return declared;
      const computed = this.mode === 'data' ? dataAttribute(this, name) : computedAttribute(this, name);
      return computed ?? declared ?? new Unknown('', `${label} is known only after apply`);
    });
    this.known.set(name, value);
    return value;
  }

  /** Text of an attribute, for other attributes to be made of. @throws ExpressionFault when it is no text */
  text(name: string): string | Unknown {
    const value = this.attribute(name);
    if (value instanceof Unknown || typeof value === 'string') return value;
    throw new ExpressionFault(`${this.address}.${name} is no text`);
  }
}

/** Reads a resource; what refuses it is kept, and others are read. Undefined where it is refused. */
export function attempted<T>(resource: Resource, read: () => T): T | undefined {
  return resource.reading.refusals.attemptResource(resource, read);
}
