/**
 * Drift: where resources of a stack differ from what its template says.
 *
 * Owns     nothing: keeps what it found with the stack.
 * Source   AWS CloudFormation User Guide, "Detect unmanaged configuration changes to stacks and resources with drift detection":
 *          properties that the template sets alone are compared; a resource that is gone is DELETED.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DriftDetection, MadeResource, PropertyDrift, Properties, ResourceDrift, Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { isDictionary } from '../ingest/cloudformation/template';
import { uuid } from '../kernel/ids';
import { actualOf, hasReader } from './actual';

/** Finds the drift of every resource that has it, and keeps it. */
export function detectDrift(state: WorldState, stack: Stack, logicalIds: readonly string[]): DriftDetection {
  let drifted = 0;
  for (const [id, line] of stack.resources) {
    const asked = logicalIds.length === 0 || logicalIds.includes(id);
    if (line.made !== undefined && asked && hasReader(line.type)) {
      line.drift = driftOf(state, stack, line.made);
      drifted += line.drift.status === 'IN_SYNC' ? 0 : 1;
    }
  }
  const key = { kind: 'drift-detection', names: [stack.id, `${stack.detections.length}`], at: state.now };
  const detection = { id: uuid(state.seed, key), at: state.now, drifted };
  stack.detections.push(detection);
  return detection;
}

export function driftOf(state: WorldState, stack: Stack, made: MadeResource): ResourceDrift {
  const actual = actualOf(state, stack.env, made);
  const common = { at: state.now, expected: made.properties };
  if (actual === undefined) {
    return { ...common, status: 'DELETED', actual: undefined, differences: [] };
  }
  const shown = withoutStackTags(pick(actual, made.properties), made);
  const differences = Object.keys(made.properties).flatMap((name) =>
    Object.hasOwn(shown, name) || isComparable(actual, name)
      ? differencesAt(`/${name}`, made.properties[name], shown[name])
      : [],
  );
  const status = differences.length === 0 ? 'IN_SYNC' : 'MODIFIED';
  return { ...common, status, actual: { ...made.properties, ...shown }, differences };
}

function pick(actual: Properties, expected: Properties): Properties {
  return Object.fromEntries(Object.entries(actual).filter(([name]) => Object.hasOwn(expected, name)));
}

/** A property that its service can have and no longer has. */
function isComparable(actual: Properties, name: string): boolean {
  return Object.hasOwn(actual, name) || ['AccessPolicy', 'Description', 'LockConfiguration'].includes(name);
}

/** Tags of the stack are no part of what its template says of a resource. */
function withoutStackTags(actual: Properties, { properties, tags }: MadeResource): Properties {
  const own = (name: string, key: string) => JSON.stringify(properties[name] ?? '').includes(JSON.stringify(key));
  const entries = Object.entries(actual).map(([name, value]): [string, unknown] => {
    if (name === 'Tags' && Array.isArray(value)) {
      const left = (value as { readonly Key: string }[]).filter(({ Key }) => !(Key in tags) || own(name, Key));
      return [name, left];
    }
    if ((name === 'Tags' || name.endsWith('VaultTags')) && isDictionary(value)) {
      return [name, Object.fromEntries(Object.entries(value).filter(([key]) => !(key in tags) || own(name, key)))];
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function differencesAt(path: string, expected: unknown, actual: unknown): PropertyDrift[] {
  if (isDictionary(expected) && isDictionary(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return names.flatMap((name) => differencesAt(`${path}/${name}`, expected[name], actual[name]));
  }
  if (isDeepStrictEqual(normal(expected), normal(actual))) {
    return [];
  }
  const kind = expected === undefined ? 'ADD' : actual === undefined ? 'REMOVE' : 'NOT_EQUAL';
  return [{ path, expected, actual, kind }];
}

/** Lists have no order, and numbers and truths may be text. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => JSON.stringify(normal(one))).sort();
  }
  if (isDictionary(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [key, normal(inner)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return value === undefined || value === null ? undefined : String(value);
}
