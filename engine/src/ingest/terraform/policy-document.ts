/**
 * `data.aws_iam_policy_document` as JSON.
 *
 * Pure.
 * Source   AWS provider 5.100.0, run on the documents in test/engine/ingest/terraform/fixtures: order of actions,
 *          one value or a list, `Principal: "*"`, `&{…}`; its documents for merging.
 * Assumed  Principals of one type in several blocks keep the order of the blocks, which is a set's to the provider.
 */
import {
  byCodePoint,
  ExpressionFault,
  firstUnknown,
  isList,
  isObject,
  ObjectValue,
  SetValue,
  toText,
  Unknown,
  Value,
} from './expression/values';
import type { Resource } from './resource';

type Statement = Record<string, unknown> & { Sid?: unknown };

interface Document {
  Version?: unknown;
  Id?: unknown;
  Statement: Statement[];
}

/** The document as text; not known when a part of it is not. @throws ExpressionFault */
export function policyDocument(resource: Resource, indent: number): Value {
  const parts = [
    'version',
    'policy_id',
    'statement',
    'source_json',
    'source_policy_documents',
    'override_json',
    'override_policy_documents',
  ];
  const given = Object.fromEntries(parts.map((part) => [part, resource.declared(part) ?? null])) as Record<
    string,
    Value
  >;
  const unknown = firstUnknown(Object.values(given));
  if (unknown !== undefined) return unknown;
  let document: Document = { Statement: [] };
  for (const text of [...texts(given['source_json']), ...texts(given['source_policy_documents'])]) {
    document = merge(document, parse(text));
  }
  document = merge(document, own(given));
  for (const text of [...texts(given['override_json']), ...texts(given['override_policy_documents'])]) {
    document = merge(document, parse(text));
  }
  return JSON.stringify(laidOut(document), null, indent);
}

function laidOut({ Version, Id, Statement }: Document): unknown {
  return {
    Version,
    ...(Id !== undefined && { Id }),
    ...(Statement.length > 0 && { Statement }),
  };
}

function own(given: Record<string, Value>): Document {
  const version = given['version'] ?? '2012-10-17';
  const id = given['policy_id'] ?? undefined;
  return {
    Version: version,
    ...(id !== undefined && { Id: id }),
    Statement: blocks(given['statement']).map((block) => statement(block, version !== '2008-10-17')),
  };
}

/** Statements of one id replace each other; the others are added. */
function merge(into: Document, from: Document): Document {
  const statements = [...into.Statement];
  for (const added of from.Statement) {
    const at = added.Sid === undefined || added.Sid === '' ? -1 : statements.findIndex((s) => s.Sid === added.Sid);
    if (at < 0) statements.push(added);
    else statements[at] = added;
  }
  const [Version, Id] = [from.Version ?? into.Version, from.Id ?? into.Id];
  return { ...(Version !== undefined && { Version }), ...(Id !== undefined && { Id }), Statement: statements };
}

function parse(text: string): Document {
  if (text.trim() === '') return { Statement: [] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ExpressionFault('a source or override policy document is not JSON');
  }
  const { Version, Id, Statement } = (json ?? {}) as Partial<Document>;
  return {
    ...(Version !== undefined && { Version }),
    ...(Id !== undefined && { Id }),
    Statement: Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement],
  };
}

function statement(block: ObjectValue, variables: boolean): Statement {
  const text = (value: string): string => (variables ? value.replaceAll('&{', '${') : value);
  const listed = (name: string): unknown => oneOrMany(strings(block[name]).map(text).sort(byCodePoint).reverse());
  const made: [string, unknown][] = [
    ['Sid', block['sid'] ?? undefined],
    ['Effect', block['effect'] ?? 'Allow'],
    ['Action', listed('actions')],
    ['NotAction', listed('not_actions')],
    ['Resource', listed('resources')],
    ['NotResource', listed('not_resources')],
    ['Principal', principals(blocks(block['principals']))],
    ['NotPrincipal', principals(blocks(block['not_principals']))],
    ['Condition', conditions(blocks(block['condition']), text)],
  ];
  return Object.fromEntries(made.filter(([, value]) => value !== undefined && value !== ''));
}

function principals(given: readonly ObjectValue[]): unknown {
  if (given.length === 0) return undefined;
  const byType = new Map<string, string[]>();
  for (const block of given) {
    const type = toText(block['type'] ?? null, 'the type of a principal');
    byType.set(type, [...(byType.get(type) ?? []), ...strings(block['identifiers']).sort(byCodePoint).reverse()]);
  }
  const anybody = byType.get('*');
  if (byType.size === 1 && anybody?.length === 1 && anybody[0] === '*') return '*';
  return Object.fromEntries(
    [...byType].sort(([a], [b]) => byCodePoint(a, b)).map(([type, ids]) => [type, oneOrMany(ids)]),
  );
}

function conditions(given: readonly ObjectValue[], text: (value: string) => string): unknown {
  if (given.length === 0) return undefined;
  const made: Record<string, Record<string, unknown>> = {};
  for (const block of given) {
    const test = toText(block['test'] ?? null, 'the test of a condition');
    const variable = toText(block['variable'] ?? null, 'the variable of a condition');
    const operator = (made[test] ??= {});
    operator[variable] = oneOrMany(strings(block['values']).map(text));
  }
  return Object.fromEntries(Object.entries(made).sort(([a], [b]) => byCodePoint(a, b)));
}

function oneOrMany(items: readonly string[]): unknown {
  return items.length === 0 ? undefined : items.length === 1 ? items[0] : items;
}

function blocks(value: Value | undefined): readonly ObjectValue[] {
  if (value === undefined || value === null) return [];
  const items = isList(value) ? value : value instanceof SetValue ? value.items : [value];
  return items.filter(isObject);
}

function strings(value: Value | undefined): string[] {
  if (value === undefined || value === null) return [];
  const items = isList(value) ? value : value instanceof SetValue ? value.items : [value];
  return items.map((item) => toText(item, 'an item of a policy statement'));
}

function texts(value: Value | undefined): string[] {
  return strings(value === undefined || value instanceof Unknown ? null : value);
}
