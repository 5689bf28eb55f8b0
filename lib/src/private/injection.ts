import { Finding, RuleCatalog, Waiver, Waivers } from '@holdfast/model';
import { InjectionContext, IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotate, today, ValidationError } from './refuse';
import { isSame, isStruct, shownValue, Values } from './same-value';

/** Under this symbol an injector of ours keeps what it gives; two copies of this library see each other's. */
const LAYER = Symbol.for('@holdfast/cdk.defaults');

/** Ids of our constructs begin so. */
const OURS = '@holdfast/cdk.';

const MANDATE = 'mandate-value';
const PLATFORM_TEAM = 'the platform team';

/** What each of our injectors is made of. */
interface DefaultsAndMandates {
  readonly demandedBy?: string;
  readonly waivable?: boolean;
  readonly defaults?: object;
  readonly mandates?: object;
}

/** What the properties of a construct are like. */
export interface PropertyShape {
  /** Properties of which one alone may be given. */
  readonly rivals?: readonly (readonly [string, string])[];
  /** Lists of structs, and the property that says what holds for each of their members. */
  readonly members?: Readonly<Record<string, string>>;
  /** Whether what is said holds a mandate although it is written otherwise. */
  readonly isHeld?: (name: string, demanded: unknown, given: Values) => boolean;
}

/** What an injector gives and asks for. */
interface Layer {
  readonly defaults: Values;
  readonly mandates: Values;
  readonly demandedBy: string;
  readonly waivable: boolean;
  readonly shape: PropertyShape;
}

/** Keeps what an injector gives, for itself and for those that are nearer to a construct. */
export function keepLayer(injector: IPropertyInjector, props: DefaultsAndMandates, shape: PropertyShape = {}): void {
  const { demandedBy = PLATFORM_TEAM, waivable = false, defaults = {}, mandates = {} } = props;
  const layer: Layer = { defaults: { ...defaults }, mandates: { ...mandates }, demandedBy, waivable, shape };
  Object.defineProperty(injector, LAYER, { value: layer });
}

/**
 * The properties that a construct is made of.
 *
 * The CDK asks the nearest injector alone. It asks ours that are farther out, so that a mandate holds below whoever has
 * defaults of its own: all mandates come first, and then the defaults, the nearest first, fill what is open.
 *
 * @throws ValidationError when what is declared differs from what a mandate demands
 */
export function injected(injector: IPropertyInjector, given: unknown, context: InjectionContext): Values {
  const declared = (given ?? {}) as Values;
  if (isInside(injector, context.scope)) {
    return declared;
  }
  const layers = layersFor(injector, context.scope);
  const held = layers.reduce(withMandates, { values: declared, found: [] });
  refuseFound(held, declared.waivers as Waiver[] | undefined, context);
  return layers.reduce(withDefaults, held.values);
}

/** A resource of `aws-cdk-lib` that a construct of ours renders is not what an author declares. */
function isInside({ constructUniqueId }: IPropertyInjector, scope: Construct): boolean {
  const within: unknown = Reflect.get(scope.constructor, 'PROPERTY_INJECTION_ID');
  return !constructUniqueId.startsWith(OURS) && typeof within === 'string' && within.startsWith(OURS);
}

/** The layers at and above a construct, the nearest first. */
function layersFor(injector: IPropertyInjector, scope: Construct): Layer[] {
  const registered = [...scope.node.scopes].reverse().flatMap((place) => {
    const there = PropertyInjectors.hasPropertyInjectors(place) ? PropertyInjectors.of(place) : undefined;
    return there?.for(injector.constructUniqueId) ?? [];
  });
  return [...new Set([injector, ...registered])].flatMap(
    (each) => (Reflect.get(each, LAYER) as Layer | undefined) ?? [],
  );
}

/** What is declared under the mandates so far, and what differs from one of them. */
interface Held {
  readonly values: Values;
  readonly found: readonly Differing[];
}
interface Differing {
  readonly finding: Finding;
  readonly layer: Layer;
}

/** Sets what a layer demands where nothing is said, and finds what says otherwise. */
function withMandates(held: Held, layer: Layer): Held {
  const found: Differing[] = [...held.found];
  const differ = (path: string, allowed: string, given: unknown) =>
    found.push({ finding: findingOf(path, allowed, given, layer), layer });

  const values: Record<string, unknown> = { ...held.values };
  const open = said(layer.mandates).filter(([name, demanded]) => layer.shape.isHeld?.(name, demanded, values) !== true);
  for (const [name, demanded] of open) {
    const list = tryFindList(name, layer.shape);
    const rival = tryFindRival(name, layer.shape, values);
    if (list !== undefined) {
      values[list] = eachMember(values[list], (member, index) => demand(member, demanded, `${list}[${index}]`, differ));
    } else if (rival !== undefined) {
      differ(rival, `left out beside the mandated ${name}`, values[rival]);
    } else {
      values[name] = demand(values[name], demanded, name, differ);
    }
  }
  return { values, found };
}

/** The list for whose members the property is. */
function tryFindList(name: string, { members = {} }: PropertyShape): string | undefined {
  return Object.keys(members).find((list) => members[list] === name);
}

/** What is said already that excludes the property. */
function tryFindRival(name: string, { rivals = [] }: PropertyShape, values: Values): string | undefined {
  return rivals
    .filter((pair) => pair.includes(name))
    .flat()
    .find((each) => each !== name && values[each] !== undefined);
}

/** What stands under a mandate: what is demanded where nothing is said, else what is said, field by field. */
function demand(
  given: unknown,
  demanded: unknown,
  path: string,
  differ: (path: string, allowed: string, given: unknown) => void,
): unknown {
  if (given === undefined) {
    return demanded;
  }
  if (isStruct(given) && isStruct(demanded)) {
    const fields = said(demanded).map(([name, value]) => [name, demand(given[name], value, `${path}.${name}`, differ)]);
    return { ...given, ...(Object.fromEntries(fields) as Values) };
  }
  if (!isSame(given, demanded)) {
    differ(path, `the mandated ${shownValue(demanded)}`, given);
  }
  return given;
}

/** Fills what is still open. */
function withDefaults(given: Values, { defaults, shape }: Layer): Values {
  const values: Record<string, unknown> = { ...given };
  for (const [name, value] of said(defaults)) {
    const list = tryFindList(name, shape);
    if (list !== undefined) {
      values[list] = eachMember(values[list], (member) => filled(member, value));
    } else if (tryFindRival(name, shape, values) === undefined) {
      values[name] = filled(values[name], value);
    }
  }
  return values;
}

function filled(given: unknown, value: unknown): unknown {
  if (given === undefined) {
    return value;
  }
  if (!isStruct(given) || !isStruct(value)) {
    return given;
  }
  const fields = said(value).map(([name, inner]) => [name, filled(given[name], inner)]);
  return { ...given, ...(Object.fromEntries(fields) as Values) };
}

function eachMember(list: unknown, change: (member: unknown, index: number) => unknown): unknown {
  return Array.isArray(list) ? list.map(change) : list;
}

/** What stands there; undefined is left out. */
function said(values: Values): [name: string, value: unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined);
}

function findingOf(path: string, allowed: string, given: unknown, { demandedBy }: Layer): Finding {
  const { rule, effect, severity } = RuleCatalog.find(MANDATE);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${shownValue(given)}`, source: demandedBy };
}

/** Throws what nobody waived who may, all at once; what is waived is an information, with the reason. */
function refuseFound({ found }: Held, waivers: Waiver[] = [], { scope, id }: InjectionContext): void {
  const judged = found.map(({ finding, layer }): Finding => {
    const [after = finding] = Waivers.apply([finding], layer.waivable ? waivers : [], today(scope));
    return after;
  });
  const errors = judged.filter(({ waived }) => waived === undefined);
  if (errors.length > 0) {
    const who = [...new Set(errors.map(({ source }) => source))].join(' and ');
    throw new ValidationError([scope.node.path, id].filter((part) => part !== '').join('/'), errors, who);
  }
  for (const finding of judged) {
    annotate(scope, { ...finding, path: `${id}.${finding.path}` });
  }
}
