/**
 * Values of a planned resource: what the plan knows, and what its references lead to where it does not.
 *
 * Source   Terraform docs, "JSON Output Format: Plan Representation, Configuration Representation, Change
 *          Representation"; Terraform 1.11.4 run on test/engine/ingest/terraform/fixtures.
 * Assumed  A plan of HCL carries no expressions, only what they refer to. An expression with one reference is that
 *          reference; a list with several is their values. This is said under `notRead`, but for arguments that
 *          take an ARN, an id or a vault's name as another resource gives it.
 */
import { evaluateJson } from './body';
import { entriesOf, evaluateReference, Scope } from './expression/evaluate';
import {
  ExpressionFault,
  fromJson,
  isList,
  isObject,
  LazyObject,
  objectOf,
  SetValue,
  Unknown,
  Value,
} from './expression/values';
import { isJsonObject, JsonObject } from './json-file';
import { matchBlocks } from './plan-blocks';

/** Arguments whose unknown value is a list of references. */
const LISTS = new Set(['resources', 'not_resources', 'backup_vault_events']);

/** Arguments that are JSON text: a reference to anything else than text of JSON is a part of it. */
const DOCUMENTS = new Set(['policy', 'override_policy_documents', 'source_policy_documents']);

/** What a planned value is read with. */
export interface PlanContext {
  readonly scope: Scope;
  /** Called with the argument whose list was taken from its references. */
  readonly assumed: (name: string) => void;
}

/**
 * A value with the parts that the plan does not know.
 *
 * @param unknown what `after_unknown` says of it
 * @param expression what `configuration` says of it
 */
export function plannedValue(
  name: string,
  value: unknown,
  unknown: unknown,
  expression: unknown,
  context: PlanContext,
): Value | undefined {
  if (unknown === true) return expressed(name, expression, context);
  if (Array.isArray(value)) return plannedList(name, value, Array.isArray(unknown) ? unknown : [], expression, context);
  if (isJsonObject(value) || isJsonObject(unknown)) return plannedObject(value, unknown, expression, context);
  return value === undefined ? undefined : fromJson(value);
}

function plannedObject(value: unknown, unknown: unknown, expression: unknown, context: PlanContext): Value {
  const values = isJsonObject(value) ? value : {};
  const masks = isJsonObject(unknown) ? unknown : {};
  const expressions = isJsonObject(expression) ? expression : {};
  const isMap = 'references' in expressions || 'constant_value' in expressions;
  const names = [...new Set([...Object.keys(values), ...Object.keys(masks).filter((key) => masks[key] !== false)])];
  return objectOf(
    names.flatMap((key): [string, Value][] => {
      const part = plannedValue(key, values[key], masks[key], isMap ? expression : expressions[key], context);
      return part === undefined ? [] : [[key, part]];
    }),
  );
}

function plannedList(
  name: string,
  values: unknown[],
  masks: unknown[],
  expression: unknown,
  context: PlanContext,
): Value {
  if (Array.isArray(expression)) return plannedBlocks(name, values, masks, expression, context);
  const missing = masks.filter((mask) => mask === true).length;
  if (missing === 0) {
    const items = values.map((value, i) => plannedValue(name, value, masks[i], undefined, context) ?? null);
    return expression === undefined ? items.map((item, i) => gaps(item, masks[i])) : items;
  }
  const found = LISTS.has(name) || missing === 1 ? expressed(name, expression, context, true) : undefined;
  const items = found !== undefined && isList(found) ? found : [];
  const known = values.filter((_, i) => masks[i] !== true).map(fromJson);
  if (items.length !== missing) return [...known, notCarried(expression)];
  context.assumed(name);
  return [...known, ...items];
}

/** Blocks in the order of the configuration: to the provider they are mostly sets. */
function plannedBlocks(
  name: string,
  values: unknown[],
  masks: unknown[],
  blocks: unknown[],
  context: PlanContext,
): Value {
  const places = matchBlocks(values, masks, blocks, (key, expression) =>
    expressed(key, expression, { ...context, assumed: () => undefined }),
  );
  return values
    .map((value, i) => {
      const place = places[i];
      const block = place === undefined ? undefined : blocks[place];
      const planned = plannedValue(name, value, masks[i], block, context) ?? null;
      return { place: place ?? Infinity, planned: place === undefined ? gaps(planned, masks[i]) : planned };
    })
    .sort((a, b) => (a.place === b.place ? 0 : a.place - b.place))
    .map(({ planned }) => planned);
}

/** A block that `dynamic` made: the plan does not carry where its unknown parts come from. */
function gaps(value: Value, mask: unknown): Value {
  if (!isObject(value) || !isJsonObject(mask)) return value;
  const open = Object.entries(mask).filter(([key, part]) => part === true && !COMPUTED_IN_BLOCKS.has(key));
  return objectOf([...Object.entries(value), ...open.map(([key]): [string, Value] => [key, notCarried(undefined)])]);
}

/** Optional arguments of blocks that the provider fills in. */
const COMPUTED_IN_BLOCKS = new Set([
  'opt_in_to_archive_for_supported_resources',
  'kms_key_arn',
  'arn',
  'stream_arn',
  'stream_label',
]);

/** What an expression of the configuration comes to; undefined when there is none. */
export function expressed(
  name: string,
  expression: unknown,
  context: PlanContext,
  isListItem = false,
): Value | undefined {
  if (expression === undefined) return undefined;
  if (Array.isArray(expression)) {
    return expression.map((block) => (isJsonObject(block) ? expressedBlock(block, context) : null));
  }
  if (!isJsonObject(expression)) return undefined;
  // Of a configuration in JSON a plan calls templates constants, and so carries them whole.
  if ('constant_value' in expression) return evaluateJson(expression['constant_value'], context.scope);
  if ('references' in expression) return referred(name, expression, context, isListItem);
  return Object.keys(expression).length === 0 ? notCarried(expression) : expressedBlock(expression, context);
}

function expressedBlock(block: JsonObject, context: PlanContext): Value {
  return objectOf(
    Object.entries(block).flatMap(([key, part]): [string, Value][] => {
      const value = expressed(key, part, context);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function referred(name: string, expression: JsonObject, context: PlanContext, isListItem: boolean): Value {
  const references = longest(expression['references']);
  const isOfList = LISTS.has(name) || isListItem;
  if (references.length === 0 || (references.length > 1 && !isOfList)) return notCarried(expression);
  if (DOCUMENTS.has(name) && !references.every((r) => /\.(json|minified_json)$|^(var|module|local|each)\./.test(r))) {
    return notCarried(expression);
  }
  const values = references.map((reference) => follow(reference, context.scope));
  const [only] = values;
  if (!isOfList) {
    if (only === undefined || only instanceof LazyObject || isGroup(only)) return notCarried(expression);
    if (name === 'region' && !/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(String(only))) return notCarried(expression);
    if (!isPassedOn(name, references[0] ?? '') && !(only instanceof Unknown)) context.assumed(name);
    return only;
  }
  if (!isListItem) context.assumed(name);
  return values.flatMap(arnsOf);
}

/** Whether an argument takes what another resource gives as it is, so that nothing is assumed of it. */
function isPassedOn(name: string, reference: string): boolean {
  if (name === 'region' || /(^|_)(arn|id|json|policy|bucket|vault_name)$/.test(name)) return true;
  return name === 'value' && /\.(arn|id|name|json)$/.test(reference);
}

function follow(reference: string, scope: Scope): Value {
  try {
    const value = evaluateReference(reference, scope);
    return value instanceof Unknown ? new Unknown(`\${${reference}}`, value.because, value.hint) : value;
  } catch (error) {
    if (error instanceof ExpressionFault) return new Unknown(`\${${reference}}`, error.message);
    throw error;
  }
}

/** A resource that is referred to as a whole, as `aws_x.y[*].arn` is, stands for its ARN. */
function arnsOf(value: Value): readonly Value[] {
  if (value instanceof LazyObject) return [value.get('arn')];
  if (isList(value)) return value.flatMap(arnsOf);
  if (value instanceof SetValue) return value.items;
  return isGroup(value) ? entriesOf(value).flatMap(([, item]) => arnsOf(item)) : [value];
}

function isGroup(value: Value): boolean {
  const first = isList(value) ? value[0] : isObject(value) ? Object.values(value)[0] : undefined;
  return first instanceof LazyObject;
}

/** References without those that are the beginning of the one before. */
export function longest(references: unknown): string[] {
  const kept: string[] = [];
  for (const reference of Array.isArray(references) ? references : []) {
    if (typeof reference !== 'string') continue;
    const last = kept.at(-1);
    const isBeginning =
      last !== undefined && last.startsWith(reference) && /^[.[]|^$/.test(last.slice(reference.length));
    if (!isBeginning && !kept.includes(reference)) kept.push(reference);
  }
  return kept;
}

function notCarried(expression: unknown): Unknown {
  const references = isJsonObject(expression) ? longest(expression['references']) : [];
  return new Unknown(
    references.map((reference) => `\${${reference}}`).join(', '),
    'the plan knows it only after apply and does not carry the expression',
  );
}
