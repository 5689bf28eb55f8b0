/**
 * A CloudFormation template, its sections checked for shape and nothing evaluated.
 *
 * Pure.
 * Source   AWS CloudFormation User Guide, "Template anatomy".
 */
import { IngestRefusal } from '../artifact';

/** Plain data with text keys. */
export type Dictionary = Readonly<Record<string, unknown>>;

export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: unknown;
  readonly allowedValues?: readonly unknown[];
}

export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Dictionary;
  /** Name of the condition that must hold. */
  readonly condition?: string;
  readonly dependsOn: readonly string[];
  readonly metadata: Dictionary;
  /** What becomes of it when the stack is deleted, or another takes its place; deleted unless written. */
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  /** As written; a stack alone acts on it. */
  readonly creationPolicy?: unknown;
}

export interface OutputDeclaration {
  readonly value: unknown;
  readonly description?: string;
  readonly condition?: string;
  /** Name of the export, not evaluated; absent when the output is not exported. */
  readonly exportName?: unknown;
}

export interface Template {
  readonly file: string;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: Dictionary;
  readonly conditions: Dictionary;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  /** Names of macros that change the template at deploy time. */
  readonly transforms: readonly string[];
}

export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** Plain data with text keys, neither a list nor nothing. */
export function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The intrinsic function that a value calls: an object of one key that is its name. */
export function intrinsicIn(raw: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isDictionary(raw)) {
    return undefined;
  }
  const keys = Object.keys(raw);
  const name = keys[0];
  if (keys.length !== 1 || name === undefined) {
    return undefined;
  }
  const isCall = name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof raw[name] === 'string');
  return isCall ? { name, argument: raw[name] } : undefined;
}

/**
 * The template in a document.
 *
 * @throws IngestRefusal naming the section or resource whose shape is not CloudFormation's
 */
export function templateOf(file: string, document: unknown): Template {
  if (!isDictionary(document)) {
    throw new IngestRefusal(file, '', 'is no CloudFormation template: expected an object with a Resources section');
  }
  return {
    file,
    parameters: entries(file, document, 'Parameters', parameterOf),
    mappings: section(file, document, 'Mappings'),
    conditions: section(file, document, 'Conditions'),
    resources: entries(file, document, 'Resources', resourceOf),
    outputs: entries(file, document, 'Outputs', outputOf),
    transforms: transformsOf(file, document['Transform']),
  };
}

function section(file: string, document: Dictionary, name: string): Dictionary {
  const value = document[name] ?? {};
  if (!isDictionary(value)) {
    throw new IngestRefusal(file, name, 'must be an object');
  }
  const loop = Object.keys(value).find((key) => key.startsWith('Fn::'));
  if (loop !== undefined) {
    throw new IngestRefusal(
      file,
      `${name}.${loop}`,
      `needs the transform ${LANGUAGE_EXTENSIONS}, which the template does not name`,
    );
  }
  return value;
}

function entries<T>(
  file: string,
  document: Dictionary,
  name: string,
  read: (file: string, place: string, entry: Dictionary, key: string) => T,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const [key, entry] of Object.entries(section(file, document, name))) {
    if (!isDictionary(entry)) {
      throw new IngestRefusal(file, `${name}.${key}`, 'must be an object');
    }
    found.set(key, read(file, `${name}.${key}`, entry, key));
  }
  return found;
}

function parameterOf(file: string, place: string, entry: Dictionary): ParameterDeclaration {
  const type = text(file, place, entry, 'Type');
  const allowed = entry['AllowedValues'];
  return {
    type,
    ...(entry['Default'] !== undefined && { default: entry['Default'] }),
    ...(Array.isArray(allowed) && { allowedValues: allowed }),
  };
}

function resourceOf(file: string, place: string, entry: Dictionary, logicalId: string): ResourceDeclaration {
  const type = text(file, place, entry, 'Type');
  const condition = entry['Condition'];
  if (condition !== undefined && typeof condition !== 'string') {
    throw new IngestRefusal(file, `${place}.Condition`, 'must be the name of a condition');
  }
  const dependsOn = entry['DependsOn'] ?? [];
  return {
    logicalId,
    type,
    dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).filter((id) => typeof id === 'string'),
    properties: member(file, place, entry, 'Properties'),
    metadata: member(file, place, entry, 'Metadata'),
    ...(condition !== undefined && { condition }),
    ...policyIn(entry, 'DeletionPolicy', 'deletionPolicy'),
    ...policyIn(entry, 'UpdateReplacePolicy', 'updateReplacePolicy'),
    ...(entry['CreationPolicy'] !== undefined && { creationPolicy: entry['CreationPolicy'] }),
  };
}

function policyIn<K extends string>(entry: Dictionary, name: string, key: K): { [key in K]?: string } {
  const value = entry[name];
  return (typeof value === 'string' ? { [key]: value } : {}) as { [key in K]?: string };
}

function outputOf(file: string, place: string, entry: Dictionary): OutputDeclaration {
  const condition = entry['Condition'];
  if (condition !== undefined && typeof condition !== 'string') {
    throw new IngestRefusal(file, `${place}.Condition`, 'must be the name of a condition');
  }
  const exported = member(file, place, entry, 'Export')['Name'];
  return {
    value: entry['Value'],
    ...(typeof entry['Description'] === 'string' && { description: entry['Description'] }),
    ...(condition !== undefined && { condition }),
    ...(exported !== undefined && { exportName: exported }),
  };
}

function text(file: string, place: string, entry: Dictionary, key: string): string {
  const value = entry[key];
  if (typeof value !== 'string' || value === '') {
    throw new IngestRefusal(file, place, `has no ${key}`);
  }
  return value;
}

function member(file: string, place: string, entry: Dictionary, key: string): Dictionary {
  const value = entry[key] ?? {};
  if (!isDictionary(value)) {
    throw new IngestRefusal(file, `${place}.${key}`, 'must be an object');
  }
  return value;
}

/** Names of the macros that a template asks for. */
export function transformsOf(file: string, transform: unknown): string[] {
  const list = transform === undefined || transform === null ? [] : Array.isArray(transform) ? transform : [transform];
  return list.map((entry) => {
    const name = isDictionary(entry) ? entry['Name'] : entry;
    if (typeof name !== 'string') {
      throw new IngestRefusal(file, 'Transform', 'must be the name of a macro, or a list of names');
    }
    return name;
  });
}
