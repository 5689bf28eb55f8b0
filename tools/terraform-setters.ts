/**
 * Which property of which construct sets which argument of which resource of Terraform.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { Change, changed, constructsOf, Setter, settersOf as settersIn, Used, Written } from './setters';

const BUILD = join(__dirname, '..', 'provider', 'build');
const PACKAGE = '@holdfast/cdktf';

/** Makes a provider of a Region. */
type MakeProvider = (scope: TerraformStack, region: string, alias?: string) => AwsProvider;

/** Declares constructs with every property that they have: for the default provider, for another, and for those that it makes. */
export type Declare = (stack: TerraformStack, provider: AwsProvider, make: MakeProvider) => void;

/** Type to the paths of its arguments, and what each of them is. */
export type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Later than whatever a construct needs. */
const CONTEXT = { 'holdfast:awsProviderVersion': '6.67.0' };

const CONSTRUCTS = constructsOf('provider', PACKAGE);

/** What happens to the properties of what is made now. */
let used: Used = [];
let change: Change | undefined;

/**
 * Has whoever makes one of our constructs, we too, make it with changed properties.
 *
 * Terraform CDK has no property injectors. So the classes are replaced in the modules that export them, and those modules
 * take the place of the package, which is one file.
 */
export function interceptConstructs(): void {
  leaveOutStackTraces();
  const ids = new Map(CONSTRUCTS.map(({ id, name }) => [name, id]));
  const all = {};
  for (const file of readdirSync(BUILD).filter((name) => name.endsWith('.js') && name !== 'index.js')) {
    const exported = require(join(BUILD, file)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const id = ids.get(name);
      if (id !== undefined) {
        exported[name] = intercepted(value as new (...args: unknown[]) => object, id);
      }
    }
    Object.assign(all, exported);
  }
  const entry = require.resolve(PACKAGE);
  require.cache[entry] = { ...(module as NodeJS.Module), id: entry, filename: entry, loaded: true, exports: all };
}

/** Terraform CDK keeps the whole stack of the making of each token, which takes two thirds of the time of all this. */
function leaveOutStackTraces(): void {
  const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
  traces.captureStackTrace = () => [];
}

function intercepted(construct: new (...args: unknown[]) => object, id: string): object {
  return new Proxy(construct, {
    construct(target, [scope, name, props = {}, ...more]: unknown[], newTarget) {
      used.push({ id, props: props as object });
      const given = change?.id === id ? changed(props, change.path.split('.'), change.by) : props;
      return Reflect.construct(target, [scope, name, given, ...more], newTarget) as object;
    },
  });
}

/** Where apps would write to; they are told their output. */
let outdir: string | undefined;

/** The setters of all constructs that some declarations use. */
export function settersOf(schema: Schema, declarations: readonly Declare[]): Setter[] {
  const write = (declare: Declare, made: Used, by?: Change): Written | undefined => {
    [used, change] = [made, by];
    try {
      return read(schema, synthesized(declare));
    } catch (error) {
      if (by === undefined) {
        throw error;
      }
      return undefined;
    }
  };
  const changes: readonly Change['by'][] = [
    (value) => (value instanceof Object && !Array.isArray(value) ? { ...value, another: 'one' } : undefined),
  ];
  outdir = mkdtempSync(join(tmpdir(), 'setters-'));
  try {
    return settersIn({ constructs: CONSTRUCTS, write, changes }, declarations);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

function synthesized(declare: Declare): Synthesized {
  const stack = new TerraformStack(Testing.stubVersion(new App({ outdir, stackTraces: false, context: CONTEXT })), 'S');
  const make: MakeProvider = (scope, region, alias) =>
    new AwsProvider(scope, `Aws-${alias ?? 'default'}`, { region, alias, allowedAccountIds: ['111122223333'] });
  make(stack, 'eu-central-1');
  declare(stack, make(stack, 'eu-west-1', 'west'), make);
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

function read(schema: Schema, { resource = {} }: Synthesized): Written {
  const written = new Map<string, string[]>();
  for (const [type, resources] of Object.entries(resource)) {
    for (const one of schema[type] === undefined ? [] : Object.values(resources)) {
      flatten(one, '');
    }
    function flatten(block: object, prefix: string): void {
      for (const [name, value] of Object.entries(block)) {
        const path = `${prefix}${name}`;
        if (schema[type]?.[path] !== undefined) {
          written.set(`${type} ${path}`, [...(written.get(`${type} ${path}`) ?? []), JSON.stringify(value)]);
          const blocks = schema[type]?.[path]?.startsWith('block') ? [value].flat() : [];
          blocks.forEach((each) => flatten(each as object, `${path}.`));
        }
      }
    }
  }
  return new Map([...written].map(([path, texts]) => [path, texts.sort().join('\n')]));
}
