/**
 * Stacks: a template at a place, under a name, with the parameters it gets.
 *
 * Pure: files come through `FileSource`.
 * Source   cloud assembly schema 55 (`aws:asset:path`, or the asset manifest, name the template of a nested stack);
 *          AWS CloudFormation User Guide, "Resource tags" (stack tags go to the resources).
 */
import type { Environment } from '@holdfast/model';
import type { FileSource, ReadOptions } from '../artifact';
import { IngestRefusal } from '../artifact';
import { readDocument } from '../document';
import { askForAll } from '../given-names';
import { arnOf, distinctSeeds } from '../../domain/stateful-resources';
import { writeOutLoops } from './for-each';
import type { ResourceDeclaration, Template } from './template';
import { own } from '../../kernel/own';
import { isDictionary, templateOf } from './template';

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** A stack as an artifact states it. */
export interface StackSource {
  readonly file: string;
  /** The parsed template. */
  readonly document: unknown;
  readonly stackName: string;
  readonly env: Environment;
  /** Tags of the stack, which CloudFormation puts on its resources. */
  readonly tags: Readonly<Record<string, string>>;
  /** Parameters that the artifact itself sets. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Templates of nested stacks, by the name that they are published under. */
  readonly assets: ReadonlyMap<string, string>;
}

/** A stack with the stacks nested in it. */
export interface Stack {
  readonly file: string;
  /** ARN of a stack that stands; it follows from the name otherwise. */
  readonly id?: string;
  readonly template: Template;
  /** Distinct among the stacks of one environment. */
  readonly name: string;
  readonly env: Environment;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly assets: ReadonlyMap<string, string>;
  /** The resource that this stack is nested as. */
  readonly parent?: { readonly stack: Stack; readonly resource: ResourceDeclaration };
  /** Nested stacks whose templates are at hand, by logical id. */
  readonly nested: ReadonlyMap<string, Stack>;
}

/** Nested stacks below this are refused; AWS Backup follows ten (Source B4.5/3). */
const MAX_NESTING = 32;

/** The stacks of all sources, each followed by those nested in it. */
export function stacksOf(sources: readonly StackSource[], options: ReadOptions, files: FileSource): Stack[] {
  const names = distinctSeeds(sources.map(({ env, stackName }) => `${env.account}/${env.region}/${stackName}`));
  const found: Stack[] = [];
  sources.forEach((source, index) => {
    const name = (names[index] ?? source.stackName).split('/').slice(2).join('/');
    const { file, env, tags, parameters, assets } = source;
    const given = (parameter: string): string | undefined =>
      own(options.parameters, `${name}:${parameter}`) ??
      own(options.parameters, parameter) ??
      own(parameters, parameter);
    const template = templateWithoutLoops(file, source.document, given);
    askForAll(
      options.parameters,
      [...template.parameters.keys()].flatMap((one) => [one, `${name}:${one}`]),
    );
    add({ file, template, name, env, tags, parameters, assets }, files, found, 0);
  });
  return found;
}

/** The template of a document, its loops written out over parameters as given or by default. */
export function templateWithoutLoops(
  file: string,
  document: unknown,
  given: (parameter: string) => string | undefined,
): Template {
  const declared = isDictionary(document) && isDictionary(document['Parameters']) ? document['Parameters'] : {};
  const parameter = (name: string): string | undefined => {
    const entry = own(declared, name);
    const standard = isDictionary(entry) ? entry['Default'] : undefined;
    return given(name) ?? (typeof standard === 'string' ? standard : undefined);
  };
  return templateOf(file, writeOutLoops(file, document, parameter));
}

function add(bare: Omit<Stack, 'nested'>, files: FileSource, found: Stack[], depth: number): Stack {
  if (depth > MAX_NESTING) {
    throw new IngestRefusal(bare.file, '', `nests stacks deeper than ${MAX_NESTING} levels`);
  }
  const nested = new Map<string, Stack>();
  const stack: Stack = { ...bare, nested };
  found.push(stack);
  for (const resource of stack.template.resources.values()) {
    const file = resource.type === NESTED_STACK ? nestedTemplate(stack, resource, files) : undefined;
    if (file !== undefined) {
      const template = templateWithoutLoops(file, readDocument(file, files), () => undefined);
      const name = `${stack.name}-${resource.logicalId}`;
      const { env, tags, assets } = stack;
      const child = { file, template, name, env, tags, assets, parameters: {}, parent: { stack, resource } };
      nested.set(resource.logicalId, add(child, files, found, depth + 1));
    }
  }
  return stack;
}

/** File of a nested stack's template, undefined when it is not at hand. */
function nestedTemplate(stack: Stack, resource: ResourceDeclaration, files: FileSource): string | undefined {
  const file = templateFile(stack, resource);
  if (file === undefined || files.kindOf(file) !== 'file') {
    return undefined;
  }
  for (let at: Stack | undefined = stack; at !== undefined; at = at.parent?.stack) {
    if (at.file === file) {
      throw new IngestRefusal(stack.file, resource.logicalId, `nests ${file}, which it is itself a part of`);
    }
  }
  return file;
}

/** What the metadata of the CDK, its list of assets, or a plain `TemplateURL` says where a template lies. */
function templateFile(stack: Stack, resource: ResourceDeclaration): string | undefined {
  const url = resource.properties['TemplateURL'];
  const asset = resource.metadata['aws:asset:path'];
  const published = stack.assets.size === 0 ? [] : (JSON.stringify(url ?? '').match(/[\w.-]+\.(json|ya?ml)/g) ?? []);
  const listed = published.map((name) => stack.assets.get(name)).find((file) => file !== undefined);
  const relative = typeof asset === 'string' ? asset : url;
  if (listed !== undefined || typeof relative !== 'string' || relative === '' || relative.includes('://')) {
    return listed;
  }
  return relative.startsWith('/') ? relative : join(directoryOf(stack.file), relative);
}

/** The file or folder that is published under a key, or that the metadata of the CDK names. */
export function assetOf(stack: Stack, resource: ResourceDeclaration, key: string | undefined): string | undefined {
  const listed = key === undefined ? undefined : stack.assets.get(key.slice(key.lastIndexOf('/') + 1));
  const named = resource.metadata['aws:asset:path'];
  if (listed !== undefined || typeof named !== 'string') {
    return listed;
  }
  return named.startsWith('/') ? named : join(directoryOf(stack.file), named);
}

/** ARN of a stack. */
export function stackId(stack: Stack): string {
  return stack.id ?? arnOf('cloudformation', stack.env, stack.name);
}

/** The folder that a file is in, '' for the current one. */
export function directoryOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) || '/' : '';
}

/** A path below a folder, `.` and `..` resolved as far as the folder's own text allows. */
export function join(directory: string, relative: string): string {
  const parts = directory === '' ? [] : directory.replace(/\/+$/, '').split('/');
  for (const part of relative.split('/')) {
    const last = parts.at(-1);
    if (part === '..' && last !== undefined && last !== '..' && last !== '') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.length === 1 && parts[0] === '' ? '/' : parts.join('/');
}
