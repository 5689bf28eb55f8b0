/**
 * A value at a path of a resource, read as what a declaration needs.
 *
 * Pure. A value that is not known is refused when it is asked for, with its path; the user may give another by path.
 * Source   design.md section 4, ingest refusal; design.md section 2, `--value`.
 */
import { IngestRefusal } from '../artifact';
import {
  describe,
  ExpressionFault,
  firstUnknown,
  isList,
  isObject,
  LazyObject,
  plain,
  SetValue,
  toNumber,
  toText,
  toTruth,
  Unknown,
  Value,
} from './expression/values';
import { refuseUnknown } from './refusal';
import type { Resource } from './resource';

export class Given {
  private constructor(
    private readonly resource: Resource,
    /** E.g. `aws_backup_plan.p.rule[0].schedule`. */
    readonly path: string,
    private readonly value: Value,
  ) {}

  /** An argument of a resource as declared; nothing when the artifact does not say. */
  static argument(resource: Resource, name: string): Given {
    return Given.at(resource, `${resource.address}.${name}`, resource.declared(name) ?? null);
  }

  /** An argument, or what AWS computes for it. @throws IngestRefusal when it can't be known */
  static attribute(resource: Resource, name: string): Given {
    const path = `${resource.address}.${name}`;
    try {
      return Given.at(resource, path, resource.attribute(name));
    } catch (error) {
      if (error instanceof ExpressionFault)
        throw new IngestRefusal(resource.file, path, `can't be worked out: ${error.message}`);
      throw error;
    }
  }

  /** A value that was made of several arguments. */
  static at(resource: Resource, path: string, value: Value): Given {
    const { reading, file } = resource;
    const standIn = reading.refusals.standIn(file, path);
    return new Given(resource, path, standIn === undefined ? (reading.override(file, path) ?? value) : standIn);
  }

  get isPresent(): boolean {
    return this.value !== null;
  }

  member(name: string): Given {
    const { value } = this;
    const path = `${this.path}.${name}`;
    if (value instanceof Unknown) return Given.at(this.resource, path, value);
    if (value === null) return Given.at(this.resource, path, null);
    if (value instanceof LazyObject) return Given.at(this.resource, path, value.get(name));
    if (!isObject(value)) return this.wrong('an object');
    return Given.at(this.resource, path, Object.hasOwn(value, name) ? (value[name] ?? null) : null);
  }

  /** Items of a list, or the one block that JSON gives as an object. */
  items(): Given[] {
    const value = this.known();
    if (value === null) return [];
    const items = isList(value) ? value : value instanceof SetValue ? value.items : [value];
    return items.map((item, i) => Given.at(this.resource, `${this.path}[${i}]`, item));
  }

  /** The one block that there may be. */
  block(): Given | undefined {
    const [only, ...others] = this.items();
    return others.length > 0 ? this.wrong('one block') : only?.isPresent === true ? only : undefined;
  }

  text(): string | undefined {
    const value = this.known();
    return value === null || value === '' ? undefined : this.converted(() => toText(value, ''), 'text');
  }

  requiredText(): string {
    return this.text() ?? this.missing();
  }

  number(): number | undefined {
    const value = this.known();
    return value === null || value === '' ? undefined : this.converted(() => toNumber(value, ''), 'a number');
  }

  requiredNumber(): number {
    return this.number() ?? this.missing();
  }

  truth(): boolean | undefined {
    const value = this.known();
    return value === null ? undefined : this.converted(() => toTruth(value, ''), 'true or false');
  }

  texts(): string[] | undefined {
    if (this.known() === null) return undefined;
    return this.items().map((item) => item.requiredText());
  }

  textMap(): Record<string, string> | undefined {
    return this.map((item) => item.text() ?? '');
  }

  truthMap(): Record<string, boolean> | undefined {
    return this.map((item) => item.truth());
  }

  /** JSON in text, or as it stands. */
  json(): unknown {
    const value = this.known();
    const unknown = firstUnknown(value);
    if (unknown !== undefined) return refuseUnknown(this.resource.file, this.path, unknown);
    if (typeof value !== 'string') return plain(value);
    try {
      return JSON.parse(value);
    } catch {
      return this.wrong('JSON');
    }
  }

  /** Lists what an object holds beside the members that are read. */
  skipOthers(read: readonly string[]): void {
    const value = this.known();
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      const isEmpty = member === null || (isList(member) && member.length === 0);
      if (isEmpty || name.startsWith('//') || read.includes(name)) continue;
      this.resource.reading.skip(
        `${this.resource.file}: ${this.path}.${name}`,
        this.resource.type,
        'this argument is not modelled',
      );
    }
  }

  missing(): never {
    throw new IngestRefusal(this.resource.file, this.path, 'is not set');
  }

  wrong(wanted: string): never {
    throw new IngestRefusal(this.resource.file, this.path, `must be ${wanted}, got ${describe(this.value)}`);
  }

  private map<T>(read: (item: Given) => T | undefined): Record<string, T> | undefined {
    const value = this.known();
    if (value === null) return undefined;
    if (!isObject(value)) return this.wrong('an object');
    const entries: [string, T][] = [];
    for (const key of Object.keys(value)) {
      const item = read(this.member(key));
      if (item !== undefined) entries.push([key, item]);
    }
    return Object.fromEntries(entries);
  }

  private converted<T>(convert: () => T, wanted: string): T {
    try {
      return convert();
    } catch (error) {
      if (error instanceof ExpressionFault) return this.wrong(wanted);
      throw error;
    }
  }

  private known(): Value {
    return this.value instanceof Unknown ? refuseUnknown(this.resource.file, this.path, this.value) : this.value;
  }
}
