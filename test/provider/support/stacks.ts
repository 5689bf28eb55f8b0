import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RuleCatalog } from '@holdfast/model';
import {
  App,
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Testing,
  Tokenization,
} from 'cdktf';

/** What Terraform reads: type, then address, then arguments. */
export interface Json {
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly data?: Record<string, Record<string, Record<string, unknown>>>;
}

/** Whichever prebuilt provider is under test. */
const VERSION = { 'holdfast:awsProviderVersion': '5.100.0' };

/** A stack named `S` of a known account and Region, for version 5.100.0 of the AWS provider unless the context says another. */
export function stackOf(context: Record<string, unknown> = {}): TerraformStack {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdktf-'));
  const app = new App({ outdir, stackTraces: false, context: { ...VERSION, ...context } });
  const stack = new TerraformStack(Testing.stubVersion(app), 'S');
  new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
  return stack;
}

/** What a stack renders to, without the comments of cdktf. */
export function synth(stack: TerraformStack): Json {
  return JSON.parse(Testing.synth(stack)) as Json;
}

/** The arguments of the resources of one type. */
export function all(stack: TerraformStack, type: string): Record<string, unknown>[] {
  return Object.values(synth(stack).resource?.[type] ?? {});
}

/** The arguments of the only resource of a type; fails when there are none or several. */
export function only(stack: TerraformStack, type: string): Record<string, unknown> {
  const found = all(stack, type);
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** Every address of a stack, `type.name`, data sources too. */
export function addresses(stack: TerraformStack): string[] {
  const { resource = {}, data = {} } = synth(stack);
  const below = (types: NonNullable<Json['resource']>, prefix: string) =>
    Object.entries(types).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...below(data, 'data.'), ...below(resource, '')].sort();
}

/** The message of what a declaration throws; fails when nothing is thrown. */
export function refusal(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

/** The texts of a stack's annotations of one level, each under the path of its construct. */
export function annotations(stack: TerraformStack, level: 'info' | 'warn'): string[] {
  synth(stack);
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === `@cdktf/${level}`).map(({ data }) => `${node.path}: ${String(data)}`),
    );
}

/** Makes the input variables of a stack, one for each value that a test leaves open. */
export function variables(stack: TerraformStack) {
  const variable = (name: string, type: string) => new TerraformVariable(stack, name, { type });
  return {
    text: (name: string): string => variable(name, 'string').stringValue,
    number: (name: string): number => variable(name, 'number').numberValue as number,
    list: (name: string): string[] => variable(name, 'list(string)').listValue,
  };
}

/** A value with its tokens as Terraform reads them. */
export function resolve(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

/**
 * What is said of a broken rule: as the table of rules has it, unless the declaration narrows what is allowed.
 */
export function sentence(rule: string, at: string, given: string, allowed = RuleCatalog.find(rule).allowed): string {
  return `${at} must be ${allowed}, got ${given} [${rule}] (${RuleCatalog.find(rule).source})`;
}

/** The whole message of a refusal. */
export function message(constructPath: string, sentences: string[]): string {
  return [`${constructPath}: ${sentences.length} value(s) that AWS Backup refuses`, ...sentences].join('\n  ');
}

/** What Holdfast wrote into the comment of the only resource of a type. */
export function comment(stack: TerraformStack, type: string): unknown {
  const { resource } = stack.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
  return (Object.values(resource[type] ?? {})[0]?.['//'] as { Holdfast?: unknown }).Holdfast;
}
