import { SEPARATOR } from './render';
import {
  allowedBy,
  CHILD_CONTROL,
  Element,
  elementBelow,
  isObject,
  keyOf,
  PLANS,
  VALUE_OPERATORS,
  ValueOperator,
} from './schema';

/** A policy at its place, e.g. `base at Root`. */
export interface Placed {
  readonly label: string;
  readonly policyName: string;
  readonly content: Record<string, unknown>;
}

/** The values of an element so far, and the policies that they come from. */
export interface Setting {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly setBy: readonly string[];
}

/** What the policies further down may do to an element, and the policies that say so. */
interface Control {
  readonly path: readonly string[];
  readonly allowed: readonly ValueOperator[];
  readonly saidBy: readonly string[];
}

/** What has been merged from the root down to a node. */
export interface Merged {
  readonly settings: ReadonlyMap<string, Setting>;
  readonly controls: ReadonlyMap<string, Control>;
}

export const NOTHING: Merged = { settings: new Map(), controls: new Map() };

/** An operator of a policy that the effective policy does not heed. */
export interface Ignored {
  readonly path: readonly string[];
  readonly valueOperator: string;
  readonly label: string;
  readonly because: string;
}

/** Different values that policies of one node assign to one element. */
export interface Conflict {
  readonly path: readonly string[];
  readonly labels: readonly string[];
  readonly winner: string;
}

/** What comes of the policies of one node. */
export interface Step {
  readonly merged: Merged;
  readonly ignored: readonly Ignored[];
  readonly conflicts: readonly Conflict[];
}

/** One operator of a policy, with the element's path as the effective policy has it. */
interface Operation {
  readonly path: readonly string[];
  readonly operator: ValueOperator;
  readonly values: readonly string[];
  readonly label: string;
}

/**
 * The policies of one node laid over what comes from above.
 *
 * Policies of one node do not control each other: controls hold for the nodes below. They are taken in the order of their
 * names, so that the order in which they are given does not matter.
 */
export function mergeNode(above: Merged, policies: readonly Placed[]): Step {
  const orderOf = ({ policyName, content }: Placed) => `${policyName}\n${JSON.stringify(content)}`;
  const inOrder = [...policies].sort((one, other) => compare(orderOf(one), orderOf(other)));
  const all = inOrder.flatMap(operationsOf);
  const ignored: Ignored[] = [];
  const heeded = all.filter((operation) => {
    const because = refusedBy(operation, above);
    if (because !== undefined) {
      const { path, operator: valueOperator, label } = operation;
      ignored.push({ path, valueOperator, label, because });
    }
    return because === undefined;
  });
  const settings = new Map(above.settings);
  const conflicts: Conflict[] = [];
  for (const [key, operations] of grouped(heeded)) {
    const conflict = conflictOf(operations);
    if (conflict !== undefined) {
      conflicts.push(conflict);
    }
    const setting = applied(operations, above.settings.get(key));
    if (setting.values.length === 0) {
      settings.delete(key);
    } else {
      settings.set(key, setting);
    }
  }
  const tightened = tighten(above, inOrder.flatMap(controlsOf));
  return {
    merged: { settings, controls: tightened.controls },
    ignored: [...ignored, ...tightened.ignored],
    conflicts,
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function keyOfPath(path: readonly string[]): string {
  return path.join(SEPARATOR);
}

function operationsOf(policy: Placed): Operation[] {
  return visit(policy.content.plans, PLANS, [], (node, path) =>
    VALUE_OPERATORS.filter((operator) => node[operator] !== undefined).map((operator) => ({
      path,
      operator,
      values: [node[operator]].flat().map(String),
      label: policy.label,
    })),
  );
}

function controlsOf(policy: Placed): Control[] {
  return visit(policy.content.plans, PLANS, [], (node, path) => {
    const allowed = node[CHILD_CONTROL] === undefined ? undefined : allowedBy(node[CHILD_CONTROL]);
    return allowed === undefined ? [] : [{ path, allowed, saidBy: [policy.label] }];
  });
}

/** Whatever `of` finds at the nodes of a policy, in the order of the policy; what is no element of one is left out. */
function visit<T>(
  node: unknown,
  element: Element,
  path: readonly string[],
  of: (node: Record<string, unknown>, path: readonly string[]) => T[],
): T[] {
  if (!isObject(node)) {
    return [];
  }
  const below = Object.entries(node).flatMap(([key, one]) => {
    const next = key.startsWith('@@') ? undefined : elementBelow(element, key);
    return next === undefined ? [] : visit(one, next, [...path, keyOf(element, key)], of);
  });
  return [...of(node, path), ...below];
}

/**
 * Why the policies above keep an operation out; undefined when they allow it.
 *
 * To add a plan, a rule or whatever else has a name counts as `@@append` to what it is added to; what a new one holds is
 * its own. Assumed, after B11.2/3, which says so of plans.
 */
function refusedBy(operation: Operation, above: Merged): string | undefined {
  const { path } = operation;
  const length = firstNew(path, above);
  const operator = length === undefined ? operation.operator : '@@append';
  const deepest = length === undefined ? path.length : length - 1;
  for (let depth = 0; depth <= deepest; depth += 1) {
    const control = above.controls.get(keyOfPath(path.slice(0, depth)));
    if (control !== undefined && !control.allowed.includes(operator)) {
      const place = keyOfPath(control.path) || 'plans';
      const allowed = control.allowed.length === 0 ? 'nothing' : control.allowed.join(' and ');
      return `${control.saidBy.join(', ')} allows ${allowed} for ${place}`;
    }
  }
  return undefined;
}

/** How long the path of the first named thing is that nothing above knows; undefined when all of them are known. */
function firstNew(path: readonly string[], above: Merged): number | undefined {
  let element: Element | undefined = PLANS;
  for (const [index, key] of path.entries()) {
    if (element?.kind === 'named' && !isKnown(path.slice(0, index + 1), above)) {
      return index + 1;
    }
    element = element === undefined ? undefined : elementBelow(element, key);
  }
  return undefined;
}

function isKnown(path: readonly string[], { settings, controls }: Merged): boolean {
  const key = keyOfPath(path);
  const begins = (other: string) => other === key || other.startsWith(`${key}${SEPARATOR}`);
  return [...settings.keys(), ...controls.keys()].some(begins);
}

function grouped(operations: readonly Operation[]): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = keyOfPath(operation.path);
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return groups;
}

/** Assignments of different values; the last in the order of names stands (Source B11.2/4: not said; decision 0016). */
function conflictOf(operations: readonly Operation[]): Conflict | undefined {
  const assigned = operations.filter(({ operator }) => operator === '@@assign');
  const different = new Set(assigned.map(({ values }) => JSON.stringify(values)));
  const last = assigned.at(-1);
  return different.size < 2 || last === undefined
    ? undefined
    : { path: last.path, labels: assigned.map(({ label }) => label), winner: last.label };
}

/** An element after the operations of one node: assigned, then appended to, then removed from. */
function applied(operations: readonly Operation[], before: Setting | undefined): Setting {
  const of = (operator: ValueOperator) => operations.filter((operation) => operation.operator === operator);
  const assigned = of('@@assign').at(-1);
  const values = new Set(assigned?.values ?? before?.values ?? []);
  const sameAssigned = of('@@assign').filter(({ values: same }) => sameValues(same, assigned?.values ?? []));
  const setBy = new Set(assigned === undefined ? (before?.setBy ?? []) : sameAssigned.map(({ label }) => label));
  // In the order of the values, so that lists do not depend on the names of policies.
  const appended = of('@@append').flatMap(({ values: more, label }) => more.map((value) => ({ value, label })));
  for (const { value, label } of appended.sort((one, other) => compare(one.value, other.value))) {
    if (!values.has(value)) {
      values.add(value);
      setBy.add(label);
    }
  }
  for (const { values: gone, label } of of('@@remove')) {
    for (const value of gone) {
      if (values.delete(value)) {
        setBy.add(label);
      }
    }
  }
  return { path: operations[0]!.path, values: [...values], setBy: [...setBy] };
}

function sameValues(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The controls after those of one node: each can only take away from what is allowed already. */
function tighten(
  above: Merged,
  controls: readonly Control[],
): { readonly controls: Map<string, Control>; readonly ignored: Ignored[] } {
  const tightened = new Map(above.controls);
  const ignored: Ignored[] = [];
  for (const control of controls) {
    const key = keyOfPath(control.path);
    const inherited = allowedAbove(control.path, above);
    const loosened = control.allowed.filter((operator) => !inherited.includes(operator));
    // `@@all` is what holds where nothing is said, so that saying it asks for nothing.
    if (loosened.length > 0 && control.allowed.length < VALUE_OPERATORS.length) {
      const because = `${loosened.join(' and ')} stays forbidden by the policies above`;
      ignored.push({ path: control.path, valueOperator: CHILD_CONTROL, label: control.saidBy.join(', '), because });
    }
    const before = tightened.get(key);
    const allowed = (before?.allowed ?? VALUE_OPERATORS).filter((operator) => control.allowed.includes(operator));
    const unchanged = before !== undefined && allowed.length === before.allowed.length;
    tightened.set(key, unchanged ? before : { path: control.path, allowed, saidBy: control.saidBy });
  }
  return { controls: tightened, ignored };
}

function allowedAbove(path: readonly string[], above: Merged): readonly ValueOperator[] {
  let allowed: readonly ValueOperator[] = VALUE_OPERATORS;
  for (let depth = 0; depth <= path.length; depth += 1) {
    const control = above.controls.get(keyOfPath(path.slice(0, depth)));
    allowed = control === undefined ? allowed : allowed.filter((operator) => control.allowed.includes(operator));
  }
  return allowed;
}
