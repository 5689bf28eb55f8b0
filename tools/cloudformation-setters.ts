/**
 * Which property of which construct sets which property of which CloudFormation type: found out by leaving it out.
 *
 * Every construct with every property is synthesized once; then once for each property without it, or with another
 * value where it must be there. What differs in the template is what the property sets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, IPropertyInjector, Stack } from 'aws-cdk-lib/core';

const ROOT = join(__dirname, '..');
const PREFIX = 'AWS::Backup::';

/** Declares constructs with every property that they have. */
export type Declare = (stack: Stack) => void;

/** A property that sets something, e.g. `Plan` and `rules[].ruleName`. */
export interface Setter {
  readonly construct: string;
  readonly property: string;
  /** Properties of templates that it sets, as `<type> <path>`. */
  readonly sets: ReadonlySet<string>;
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

const TYPES = new Map(
  ['lib', 'model'].flatMap((folder) => {
    const text = readFileSync(join(ROOT, folder, '.jsii'), 'utf8');
    return Object.entries((JSON.parse(text) as { types: Record<string, JsiiType> }).types);
  }),
);

/** The leaves of a struct: paths of members that are no structs themselves. */
function leavesOf(struct: JsiiType, seen: readonly string[] = []): string[] {
  const inherited = (struct.interfaces ?? []).flatMap((fqn) => TYPES.get(fqn) ?? []);
  return [...inherited.flatMap((base) => leavesOf(base, seen)), ...(struct.properties ?? []).flatMap(leaf)];

  function leaf({ name, type }: { name: string; type: TypeReference }): string[] {
    const { collection } = type;
    const element = collection?.kind === 'array' ? collection.elementtype : type;
    const inner = TYPES.get(element.fqn ?? '');
    const path = element === type ? name : `${name}[]`;
    return inner?.datatype === true && !seen.includes(inner.fqn)
      ? leavesOf(inner, [...seen, inner.fqn]).map((below) => `${path}.${below}`)
      : [name];
  }
}

/** Constructs by the id that property injectors find them by. */
function constructs(): { readonly id: string; readonly name: string; readonly leaves: string[] }[] {
  return [...TYPES.values()].flatMap(({ fqn, initializer }) => {
    const props = TYPES.get(initializer?.parameters?.[2]?.type.fqn ?? '');
    const name = fqn.split('.').pop() as string;
    return fqn.startsWith('@holdfast/cdk.') && props?.datatype === true
      ? [{ id: fqn, name, leaves: leavesOf(props) }]
      : [];
  });
}

/** What is done to a property. */
interface Change {
  readonly id: string;
  readonly path: string;
  readonly by: (value: unknown) => unknown;
}

/** The constructs that were made, with their properties. */
type Used = { readonly id: string; readonly props: object }[];

/** Type and path to what stands there in all resources of the type. */
type Written = ReadonlyMap<string, string>;

const CONSTRUCTS = constructs();

/** Synthesizes, perhaps with one property changed; nothing when that is refused. */
function write(declare: Declare, used: Used, change?: Change): Written | undefined {
  const injectors = CONSTRUCTS.map(({ id }): IPropertyInjector => ({
    constructUniqueId: id,
    inject: (props: object) => {
      used.push({ id, props });
      return change?.id === id ? changed(props, change.path.split('.'), change.by) : props;
    },
  }));
  const app = new App({ propertyInjectors: injectors, analyticsReporting: false });
  try {
    declare(new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } }));
    return read(app);
  } catch (error) {
    if (change === undefined) {
      throw error;
    }
    return undefined;
  }
}

function changed(value: unknown, [member = '', ...below]: string[], by: (value: unknown) => unknown): unknown {
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

function read(app: App): Written {
  const written = new Map<string, string[]>();
  for (const { template } of app.synth().stacksRecursively as { template: { Resources?: object } }[]) {
    for (const { Type, Properties } of Object.values(template.Resources ?? {}) as Resource[]) {
      if (Type.startsWith(PREFIX)) {
        flatten(Properties ?? {}, '', (path, text) =>
          written.set(`${Type} ${path}`, [...(written.get(`${Type} ${path}`) ?? []), text]),
        );
      }
    }
  }
  return new Map([...written].map(([path, texts]) => [path, texts.sort().join('\n')]));
}

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

function flatten(value: unknown, path: string, tell: (path: string, text: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => flatten(item, `${path}[]`, tell));
    return;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isIntrinsic = entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0]![0]);
  if (entries.length === 0 || isIntrinsic) {
    tell(path, JSON.stringify(value));
    return;
  }
  // What has keys of its author's choice is told as a whole, too.
  tell(path, JSON.stringify(value));
  entries.forEach(([key, item]) => flatten(item, path === '' ? key : `${path}.${key}`, tell));
}

/** Ways to change a value so that the template shows it. */
const CHANGES: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  (value) => (typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : undefined),
  (value) => (typeof value === 'number' ? value - 1 : typeof value === 'boolean' ? !value : undefined),
  (value) => (typeof value === 'string' ? value.replace(/^\d{4}/, (year) => String(Number(year) + 1)) : undefined),
  (value) => (typeof value === 'string' ? value.replace(/^\d{4}/, (year) => String(Number(year) - 1)) : undefined),
  (value) => (isDuration(value) ? Duration.seconds(value.toSeconds() + 3600) : undefined),
  (value) => (isDuration(value) ? Duration.days(value.toDays() + 1) : undefined),
];

function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && 'toSeconds' in value;
}

/** One element of a list fewer, each in its turn: what is in a list is seen only when it alone is missing. */
const WITHOUT_ONE = Array.from(
  { length: 20 },
  (_, index) => (value: unknown) =>
    Array.isArray(value) && value.length > 1 && index < value.length ? value.filter((__, at) => at !== index) : value,
);

/** The setters of all constructs that some declarations use. */
export function settersOf(declarations: readonly Declare[]): Setter[] {
  return declarations.flatMap((declare) => {
    const used: Used = [];
    const before = write(declare, used) as Written;
    return before.size === 0
      ? []
      : CONSTRUCTS.flatMap(({ id, name, leaves }) => {
          const all = used.flatMap((one) => (one.id === id ? one.props : []));
          return leaves
            .filter((path) => all.some((props) => isGiven(props, path.split('.'))))
            .flatMap((path) => setterOf(declare, before, { id, path }, name, all));
        });
  });
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

function isGiven(value: unknown, [member = '', ...below]: string[]): boolean {
  const given: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, member.replace('[]', '')) : undefined;
  const each = member.endsWith('[]') && Array.isArray(given) ? (given as unknown[]) : [given];
  return given !== undefined && (below.length === 0 || each.some((item) => isGiven(item, below)));
}

/** What the first change shows that is not refused, and of a list what each of its elements does. */
function setterOf(
  declare: Declare,
  before: Written,
  place: Omit<Change, 'by'>,
  construct: string,
  all: readonly object[],
): Setter[] {
  const shown = (by: Change['by']) => difference(before, write(declare, [], { ...place, by }));
  const longest = Math.max(...all.map((props) => lengthOf(props, place.path)));
  const elements = WITHOUT_ONE.slice(0, longest).flatMap(shown);
  const others = all.map(
    (props): Change['by'] =>
      () =>
        Reflect.get(props, place.path),
  );
  const first = elements.length > 0 ? [] : (firstShown([...CHANGES, ...others], shown) ?? []);
  const sets = new Set([...elements, ...first]);
  return sets.size === 0 ? [] : [{ construct, property: place.path, sets }];
}

function difference(before: Written, after: Written | undefined): string[] {
  return after === undefined
    ? []
    : [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}
