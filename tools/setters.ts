/**
 * Which property of which construct sets what in the output of a framework: found out by leaving it out.
 *
 * Every construct with every property is synthesized once; then once for each property without it, or with another
 * value where it must be there. What differs in the output is what the property sets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** A property that sets something, e.g. `Plan` and `rules[].ruleName`. */
export interface Setter {
  readonly construct: string;
  readonly property: string;
  /** What it sets, as `<type> <path>`. */
  readonly sets: ReadonlySet<string>;
}

/** A construct and the paths of its properties. */
export interface DescribedConstruct {
  readonly id: string;
  readonly name: string;
  readonly leaves: readonly string[];
}

/** What is done to a property. */
export interface Change {
  readonly id: string;
  readonly path: string;
  readonly by: (value: unknown) => unknown;
}

/** The constructs that were made, with their properties. */
export type Used = { readonly id: string; readonly props: object }[];

/** Type and path to what stands there in all resources of the type. */
export type Written = ReadonlyMap<string, string>;

/** A framework: how its constructs are synthesized. */
export interface Framework<Declare> {
  readonly constructs: readonly DescribedConstruct[];
  /** Synthesizes, perhaps with one property changed; nothing when that is refused. */
  write(declare: Declare, used: Used, change?: Change): Written | undefined;
  /** Ways to change values of its own. */
  readonly changes: readonly Change['by'][];
}

/** What is read of jsii's description. */
interface JsiiType {
  readonly fqn: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly type: TypeReference }[];
  readonly initializer?: { readonly parameters?: readonly { readonly type: TypeReference }[] };
}
interface TypeReference {
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

/** The constructs of a package, from what jsii says of the package and of the model. */
export function constructsOf(folder: string, packageName: string): DescribedConstruct[] {
  const types = new Map(
    [folder, 'model'].flatMap((each) => {
      const text = readFileSync(join(ROOT, each, '.jsii'), 'utf8');
      return Object.entries((JSON.parse(text) as { types: Record<string, JsiiType> }).types);
    }),
  );
  return [...types.values()].flatMap(({ fqn, initializer }) => {
    const props = types.get(initializer?.parameters?.[2]?.type.fqn ?? '');
    const name = fqn.split('.').pop() as string;
    return fqn.startsWith(`${packageName}.`) && props?.datatype === true
      ? [{ id: fqn, name, leaves: leavesOf(types, props) }]
      : [];
  });
}

/** The leaves of a struct: paths of members that are no structs themselves. */
function leavesOf(types: ReadonlyMap<string, JsiiType>, struct: JsiiType, seen: readonly string[] = []): string[] {
  const inherited = (struct.interfaces ?? []).flatMap((fqn) => types.get(fqn) ?? []);
  return [...inherited.flatMap((base) => leavesOf(types, base, seen)), ...(struct.properties ?? []).flatMap(leaf)];

  function leaf({ name, type }: { name: string; type: TypeReference }): string[] {
    const { collection } = type;
    const element = collection?.kind === 'array' ? collection.elementtype : type;
    const inner = types.get(element.fqn ?? '');
    const path = element === type ? name : `${name}[]`;
    return inner?.datatype === true && !seen.includes(inner.fqn)
      ? leavesOf(types, inner, [...seen, inner.fqn]).map((below) => `${path}.${below}`)
      : [name];
  }
}

/** Properties with one of them changed. */
export function changed(value: unknown, [member = '', ...below]: string[], by: Change['by']): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const name = member.replace('[]', '');
  const given: unknown = Reflect.get(value, name);
  if (given === undefined) {
    return value;
  }
  const inside = (item: unknown) => (below.length === 0 ? by(item) : changed(item, below, by));
  const next = member.endsWith('[]') ? (given as unknown[]).map(inside) : inside(given);
  return { ...value, [name]: next };
}

/** Ways to change a value so that the output shows it. */
const CHANGES: readonly Change['by'][] = [
  () => undefined,
  (value) => (typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : undefined),
  (value) => (typeof value === 'number' ? value - 1 : typeof value === 'boolean' ? !value : undefined),
  (value) => (typeof value === 'string' ? value.replace(/^\d{4}/, (year) => String(Number(year) + 1)) : undefined),
  (value) => (typeof value === 'string' ? value.replace(/^\d{4}/, (year) => String(Number(year) - 1)) : undefined),
];

/** One element of a list fewer, each in its turn: what is in a list is seen only when it alone is missing. */
const WITHOUT_ONE = Array.from(
  { length: 20 },
  (_, index) => (value: unknown) =>
    Array.isArray(value) && value.length > 1 && index < value.length ? value.filter((__, at) => at !== index) : value,
);

/** The setters of all constructs that some declarations use. */
export function settersOf<Declare>(framework: Framework<Declare>, declarations: readonly Declare[]): Setter[] {
  return declarations.flatMap((declare) => {
    const used: Used = [];
    const before = framework.write(declare, used) as Written;
    return before.size === 0
      ? []
      : framework.constructs.flatMap(({ id, name, leaves }) => {
          const all = used.flatMap((one) => (one.id === id ? one.props : []));
          return leaves
            .filter((path) => all.some((props) => isGiven(props, path.split('.'))))
            .flatMap((path) => setterOf(framework, declare, before, { id, path }, name, all));
        });
  });
}

/** What the first change shows that is not refused, and of a list what each of its elements does. */
function setterOf<Declare>(
  framework: Framework<Declare>,
  declare: Declare,
  before: Written,
  place: Omit<Change, 'by'>,
  construct: string,
  all: readonly object[],
): Setter[] {
  const shown = (by: Change['by']) => difference(before, framework.write(declare, [], { ...place, by }));
  const longest = Math.max(...all.map((props) => lengthOf(props, place.path)));
  const elements = WITHOUT_ONE.slice(0, longest).flatMap(shown);
  const others = all.map(
    (props): Change['by'] =>
      () =>
        Reflect.get(props, place.path),
  );
  const given = all.flatMap((props) => valuesAt(props, place.path.split('.')));
  const changes = distinct([...CHANGES, ...framework.changes, ...others], given);
  const first = elements.length > 0 ? [] : (firstShown(changes, shown) ?? []);
  const sets = new Set([...elements, ...first]);
  return sets.size === 0 ? [] : [{ construct, property: place.path, sets }];
}

/** Changes that come to something, and not to what an earlier one comes to: each costs a synthesis. */
function distinct(changes: readonly Change['by'][], given: readonly unknown[]): Change['by'][] {
  const seen: unknown[][] = [[...given]];
  return changes.filter((by) => {
    const values = outcome(given, by);
    if (values === undefined) {
      return false;
    }
    const known = seen.some((earlier) => earlier.every((value, at) => value === values[at]));
    seen.push(values);
    return !known;
  });
}

/** What a change comes to; nothing where it cannot be made. */
function outcome(given: readonly unknown[], by: Change['by']): unknown[] | undefined {
  try {
    return given.map(by);
  } catch {
    return undefined;
  }
}

/** What stands at a path; in each element of the lists on the way. */
function valuesAt(value: unknown, [member = '', ...below]: string[]): unknown[] {
  const given: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, member.replace('[]', '')) : undefined;
  const each = member.endsWith('[]') && Array.isArray(given) ? (given as unknown[]) : [given];
  return below.length === 0 ? each : each.flatMap((item) => valuesAt(item, below));
}

function firstShown(changes: readonly Change['by'][], shown: (by: Change['by']) => string[]): string[] | undefined {
  for (const by of changes) {
    const sets = shown(by);
    if (sets.length > 0) {
      return sets;
    }
  }
  return undefined;
}

/** How long the list at a path is; 0 for what is none, or one of structs, whose members are leaves. */
function lengthOf(value: unknown, path: string): number {
  const given: unknown = path.includes('.') ? undefined : Reflect.get(value as object, path);
  return Array.isArray(given) ? given.length : 0;
}

function isGiven(value: unknown, path: string[]): boolean {
  return valuesAt(value, path).some((each) => each !== undefined);
}

function difference(before: Written, after: Written | undefined): string[] {
  return after === undefined
    ? []
    : [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}
