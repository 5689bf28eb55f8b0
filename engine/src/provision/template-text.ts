/**
 * Texts of templates as CloudFormation reads them, and the parameters that a call gives them.
 *
 * Pure.
 * Source   AWS CloudFormation User Guide, "Parameters syntax reference"; the texts of errors are those seen in public threads.
 */
import type { Environment } from '@holdfast/model';
import type { StackParameter } from '../domain/stacks';
import { IngestRefusal } from '../ingest/artifact';
import { unresolvedIn } from '../ingest/cloudformation/named-references';
import { templateWithoutLoops } from '../ingest/cloudformation/stack';
import { own } from '../kernel/own';
import { isDictionary, LANGUAGE_EXTENSIONS, type Template } from '../ingest/cloudformation/template';
import { readDocument } from '../ingest/document';
import { AwsFault } from '../operations/fault';

/** A template with what is of the text alone. */
export interface ReadTemplate {
  readonly text: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly template: Template;
}

/** What a call says of a parameter. */
export interface GivenParameter {
  readonly ParameterKey?: string | undefined;
  readonly ParameterValue?: string | undefined;
  readonly UsePreviousValue?: boolean | undefined;
}

/** Looks a parameter of SSM up; undefined where there is none. */
export type LookUp = (env: Environment, name: string) => string | undefined;

const SSM = /^AWS::SSM::Parameter::Value</;

/** @throws AwsFault ValidationError when it is no template, or needs a macro that is not emulated */
export function readTemplate(text: string, given: readonly GivenParameter[] = []): ReadTemplate {
  const files = {
    kindOf: () => 'file' as const,
    list: () => [],
    sizeBytes: () => Buffer.byteLength(text),
    read: () => text,
  };
  try {
    const document = readDocument('template', files);
    const values = new Map(given.map((one) => [one.ParameterKey, one.ParameterValue]));
    const template = templateWithoutLoops('template', document, (name) => values.get(name));
    const macro = template.transforms.find((name) => name !== LANGUAGE_EXTENSIONS);
    if (macro !== undefined) {
      throw new AwsFault('ValidationError', `NotEmulated: the transform ${macro} is not emulated`);
    }
    if (template.resources.size === 0) {
      throw new AwsFault('ValidationError', 'Template format error: At least one Resources member must be defined.');
    }
    return { text, template, document: isDictionary(document) ? document : {} };
  } catch (error) {
    if (error instanceof IngestRefusal) {
      throw new AwsFault('ValidationError', `Template format error: ${error.place} ${error.why}`.replace('  ', ' '));
    }
    throw error;
  }
}

/**
 * A template that a call gives: everything that it names is in it.
 *
 * @throws AwsFault ValidationError
 */
export function readGivenTemplate(text: string, given: readonly GivenParameter[] = []): ReadTemplate {
  const read = readTemplate(text, given);
  const unresolved = unresolvedIn(read.template);
  if (unresolved !== undefined) {
    throw new AwsFault('ValidationError', unresolved);
  }
  return read;
}

/** What the text says about a parameter, as it is written. */
export function declaredParameter({ document }: ReadTemplate, name: string): Readonly<Record<string, unknown>> {
  const parameters = document['Parameters'];
  const entry = isDictionary(parameters) ? own(parameters, name) : undefined;
  return isDictionary(entry) ? entry : {};
}

/**
 * Parameters of a template with what a call gives, what they were before, and their defaults.
 *
 * @throws AwsFault ValidationError
 */
export function parametersOf(
  read: ReadTemplate,
  given: readonly GivenParameter[],
  before: readonly StackParameter[],
  lookUp: (name: string) => string | undefined,
): StackParameter[] {
  const { parameters } = read.template;
  const unknown = given.map(({ ParameterKey = '' }) => ParameterKey).filter((key) => !parameters.has(key));
  if (unknown.length > 0) {
    throw new AwsFault('ValidationError', `Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const missing: string[] = [];
  const found: StackParameter[] = [];
  for (const [key, declared] of parameters) {
    const one = given.find(({ ParameterKey }) => ParameterKey === key);
    const previous = before.find((parameter) => parameter.key === key)?.value;
    const standard = declared.default === undefined ? undefined : textOf(declared.default);
    const value = (one?.UsePreviousValue === true ? previous : one?.ParameterValue) ?? standard;
    if (value === undefined) {
      missing.push(key);
      continue;
    }
    const written = declaredParameter(read, key);
    refuseValue(key, written, value);
    found.push({
      key,
      value,
      resolved: SSM.test(declared.type) ? lookUp(value) : undefined,
      noEcho: written['NoEcho'] === true || written['NoEcho'] === 'true',
    });
  }
  if (missing.length > 0) {
    throw new AwsFault('ValidationError', `Parameters: [${missing.join(', ')}] must have values`);
  }
  return found;
}

function refuseValue(key: string, written: Readonly<Record<string, unknown>>, value: string): void {
  const refuse = (why: string): never => {
    throw new AwsFault('ValidationError', `Parameter '${key}' must ${why}`);
  };
  const allowed = written['AllowedValues'];
  if (Array.isArray(allowed) && !allowed.map(textOf).includes(value)) {
    throw new AwsFault('ValidationError', `Parameter '${key}' must be one of AllowedValues`);
  }
  const pattern = written['AllowedPattern'];
  if (typeof pattern === 'string' && !matches(pattern, value)) {
    throw new AwsFault('ValidationError', `Parameter '${key}' must match pattern ${pattern}`);
  }
  if (value.length < bound(written['MinLength'], 0)) {
    refuse(`contain at least ${textOf(written['MinLength'])} characters`);
  }
  if (value.length > bound(written['MaxLength'], Infinity)) {
    refuse(`contain at most ${textOf(written['MaxLength'])} characters`);
  }
  if (written['Type'] !== 'Number') {
    return;
  }
  if (value.trim() === '' || !Number.isFinite(Number(value))) {
    refuse('be a number');
  }
  if (Number(value) < bound(written['MinValue'], -Infinity)) {
    refuse(`be a number not less than ${textOf(written['MinValue'])}`);
  }
  if (Number(value) > bound(written['MaxValue'], Infinity)) {
    refuse(`be a number not greater than ${textOf(written['MaxValue'])}`);
  }
}

/** Whether a pattern of Java matches the whole; one that no engine of ours reads matches. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return true;
  }
}

function bound(written: unknown, otherwise: number): number {
  return written === undefined ? otherwise : Number(written);
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
