/**
 * Which properties and attributes a type of resource has, and what of a template it therefore does not.
 *
 * Pure.
 * Source   the CloudFormation resource specification (generated/resource-schemas.ts); the texts, as seen in public threads: issue #68 of
 *          dougmoscrop/serverless-plugin-log-subscription (read 2026-11-27) for an attribute that is in no schema.
 * Assumed  Every type answers as those of the CloudFormation registry do.
 */
import { DocumentShape } from '@holdfast/model';
import { own } from '../../kernel/own';
import { isDictionary } from './template';
import { SCHEMAS } from '../generated/resource-schemas';

/** Names are separated by blanks; `Name:Shape|Other` is a property whose value, or list of values, has one of these shapes. */
export interface ResourceSchema {
  readonly attributes: string;
  readonly properties: string;
  /** Properties of each shape, by its name. */
  readonly shapes: Readonly<Record<string, string>>;
  /** Whether Fn::GetAtt gives properties, too. */
  readonly propertiesAreAttributes?: boolean;
}

/** Shapes by the name of a property. */
type Members = ReadonlyMap<string, readonly string[]>;

/**
 * What a resource has that its type does not, in the words of CloudFormation: `#/BackupPlan: extraneous key [X] is not permitted`;
 * nothing for a type that no table has.
 *
 * @param properties with every reference resolved
 */
export function extraneousKeys(type: string, properties: unknown): string[] {
  const schema = own(SCHEMAS, type);
  return schema === undefined ? [] : extraneousIn(properties, membersOf(schema.properties), schema, '#');
}

function extraneousIn(value: unknown, known: Members, schema: ResourceSchema, at: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => extraneousIn(item, known, schema, `${at}/${index}`));
  }
  return Object.entries(isDictionary(value) ? value : {}).flatMap(([key, inside]) => {
    const shapes = known.get(key);
    if (shapes === undefined) {
      return [`${at}: extraneous key [${key}] is not permitted`];
    }
    return shapes.length === 0 ? [] : extraneousIn(inside, membersOfAll(shapes, schema), schema, `${at}/${key}`);
  });
}

/**
 * The name at the end of a path where that is no property of the type; undefined where it is one, or nothing is known of the type.
 *
 * @param path as in a template, e.g. `BackupPlan.BackupPlanRule[0].DeleteAfterDays`
 */
export function strangerOf(type: string, path: string): { readonly name: string; readonly near?: string } | undefined {
  const schema = own(SCHEMAS, type);
  const names = path.replace(/\[\d+\]/g, '').split('.');
  if (schema === undefined || isProperty(schema, names.join('.'))) {
    return undefined;
  }
  const name = names.at(-1) ?? '';
  const near = nearestTo(name, membersAt(schema, names.slice(0, -1)), schema);
  return { name, ...(near !== undefined && { near }) };
}

/** A property of this name in another beside it, or one that is spelt much like it. */
function nearestTo(name: string, beside: Members, schema: ResourceSchema): string | undefined {
  const [holder] = [...beside].filter(([, shapes]) => membersOfAll(shapes, schema).has(name));
  return holder === undefined ? DocumentShape.nearest(name, [...beside.keys()]) : `${holder[0]}.${name}`;
}

/** What stands below a path. */
function membersAt(schema: ResourceSchema, names: readonly string[]): Members {
  return names.reduce((members, name) => membersOfAll(members.get(name) ?? [], schema), membersOf(schema.properties));
}

/** Whether a table says what the type has. */
export function hasSchema(type: string): boolean {
  return own(SCHEMAS, type) !== undefined;
}

/**
 * Why a resource has no attribute of a name; undefined when its type has it, or is in no table.
 */
export function whyNoAttribute(type: string, name: string): string | undefined {
  const schema = own(SCHEMAS, type);
  if (schema === undefined || schema.attributes.split(' ').includes(name)) {
    return undefined;
  }
  if (!isProperty(schema, name)) {
    return `Requested attribute ${name} does not exist in schema for ${type}`;
  }
  return schema.propertiesAreAttributes === true
    ? undefined
    : `Requested attribute ${name} must be a readonly property in schema for ${type}`;
}

/** Whether a path leads to a property, at any depth. */
function isProperty(schema: ResourceSchema, path: string): boolean {
  const names = path.split('.');
  return membersAt(schema, names.slice(0, -1)).has(names.at(-1) ?? '');
}

function membersOfAll(shapes: readonly string[], schema: ResourceSchema): Members {
  return new Map(shapes.flatMap((shape) => [...membersOf(own(schema.shapes, shape) ?? '')]));
}

function membersOf(written: string): Members {
  const names = written.split(' ').filter((name) => name !== '');
  return new Map(
    names.map((one) => {
      const [name = one, shapes] = one.split(':');
      return [name, shapes === undefined ? [] : shapes.split('|')] as const;
    }),
  );
}
