/**
 * What calls on items have in common: members that must be there, the table, expressions.
 *
 * Pure: reads the World.
 * Source   API of DynamoDB 2012-08-10; texts: as dynalite 4.0.0 has them, whose tests run against AWS.
 */
import type { Attribute } from '../domain/attribute-values';
import type { ItemIndex, ItemTable } from '../domain/item-table';
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import { invalid, partsOf } from './attribute-input';
import type { Caller } from './caller';
import type { Path, Placeholders } from './expression-parser';
import { AwsFault } from './fault';
import { tryFindTable } from './tables';

/** Attributes as the SDK's types have them. */
export type Given = Readonly<Record<string, Attribute>>;

/** What a member must be. */
export interface MemberRule {
  readonly required?: true;
  readonly oneOf?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

export const CAPACITY: MemberRule = { oneOf: ['INDEXES', 'TOTAL', 'NONE'] };
export const METRICS: MemberRule = { oneOf: ['SIZE', 'NONE'] };
export const RETURN_VALUES: MemberRule = { oneOf: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] };
export const ON_FAILURE: MemberRule = { oneOf: ['ALL_OLD', 'NONE'] };
export const REQUIRED: MemberRule = { required: true };

/** @throws AwsFault naming each member that is not as it must be */
export function refuseMembers(input: object, rules: Readonly<Record<string, MemberRule>>): void {
  const found = Object.entries(rules).flatMap(([name, rule]) => {
    const value = (input as Readonly<Record<string, unknown>>)[name] ?? undefined;
    return broken(rule, value).map((text) => {
      const shown =
        value === undefined ? 'null' : `'${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`;
      const member = name.charAt(0).toLowerCase() + name.slice(1);
      return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${text}`;
    });
  });
  if (found.length > 0) {
    const errors = `${found.length} validation error${found.length === 1 ? '' : 's'}`;
    throw invalid(`${errors} detected: ${found.join('; ')}`);
  }
}

function broken({ required, oneOf, least, most }: MemberRule, value: unknown): string[] {
  if (value === undefined) {
    return required === true ? ['not be null'] : [];
  }
  if (oneOf !== undefined) {
    return oneOf.includes(String(value)) ? [] : [`satisfy enum value set: [${oneOf.join(', ')}]`];
  }
  const size = sizeOf(value);
  const what = typeof value === 'number' ? 'value' : 'length';
  return [
    ...(least !== undefined && size < least ? [`have ${what} greater than or equal to ${least}`] : []),
    ...(most !== undefined && size > most ? [`have ${what} less than or equal to ${most}`] : []),
  ];
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  return Array.isArray(value) || typeof value === 'string' ? value.length : Object.keys(value as object).length;
}

/** A table that a call names, and what it holds. */
export interface FoundTable {
  readonly resource: Resource;
  readonly items: ItemTable;
}

export function findItems(state: WorldState, caller: Caller, named = ''): FoundTable {
  const resource = tryFindTable(state, caller, named);
  if (resource === undefined) {
    throw new AwsFault('ResourceNotFoundException', 'Requested resource not found');
  }
  return { resource, items: state.tableItems.of(resource) };
}

export function findIndex(items: ItemTable, name: string): ItemIndex {
  const index = items.tryFindIndex(name);
  if (index === undefined) {
    throw invalid(`The table does not have the specified index: ${name}`);
  }
  return index;
}

/** Expressions and what was before them do not go together. */
export function refuseMixed(input: Placeholders, expressions: readonly string[], legacy: readonly string[]): void {
  const members = input as Readonly<Record<string, unknown>>;
  const has = (name: string) => members[name] !== undefined && members[name] !== null;
  const [asked, old] = [expressions.filter(has), legacy.filter(has)];
  if (asked.length > 0 && old.length > 0) {
    const said = `Non-expression parameters: {${old.join(', ')}} Expression parameters: {${asked.join(', ')}}`;
    throw invalid(`Can not use both expression and non-expression parameters in the same request: ${said}`);
  }
  if (has('ExpressionAttributeNames') && asked.length === 0) {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  }
  const valued = expressions.filter((name) => name !== 'ProjectionExpression');
  if (has('ExpressionAttributeValues') && valued.length > 0 && !valued.some(has)) {
    const said = `${valued.join(' and ')} ${valued.length > 1 ? 'are' : 'is'} null`;
    throw invalid(`ExpressionAttributeValues can only be specified when using expressions: ${said}`);
  }
}

/** Nothing lies within an attribute of a key. */
export function refuseNestedKeys(items: ItemTable, paths: readonly Path[]): void {
  const nested = new Set(paths.filter((path) => path.length > 1).map(([head]) => head));
  const refuse = (keyed: ItemTable | ItemIndex, what: string) => {
    const part = partsOf(keyed).find(({ name }) => nested.has(name));
    if (part !== undefined) {
      const text = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:";
      throw invalid(`${text} ${what}: ${part.name}`);
    }
  };
  if (nested.size > 0) {
    refuse(items, 'Key');
    for (const index of items.indexes) {
      refuse(index, 'IndexKey');
    }
  }
}

/** Attributes that are asked for by name, as calls did before there were expressions. */
export function pathsOf(names: readonly string[] | undefined): Path[] | undefined {
  const twice = names?.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid(`One or more parameter values were invalid: Duplicate value in attribute name: ${twice}`);
  }
  return names?.map((name) => [name]);
}
