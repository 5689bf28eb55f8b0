/**
 * Module instances of a configuration: their variables, locals, resources, outputs and calls.
 *
 * Owns     what each name of the module came to.
 * Source   Terraform language docs: "Variables", "count", "for_each", "Modules", "Providers Within Modules".
 */
import { IngestRefusal } from '../artifact';
import { evaluateArgument, evaluateJson } from './body';
import type { Configuration, ResourceBlock } from './configuration';
import type { Scope } from './expression/evaluate';
import { ExpressionFault, LazyObject, Unknown, Value } from './expression/values';
import { expand, Expansion } from './expansion';
import { isJsonObject, JsonObject } from './json-file';
import { ModuleScope } from './module-scope';
import { awsProvider, openProvider, Provider } from './providers';
import type { Reading } from './reading';
import { once } from './reading';
import { isReadType } from './read-types';
import { Resource } from './resource';
import { variableValue } from './variables';

/** What a module is called with. */
export interface ModuleCall {
  /** `module.m["a"].`, empty for a root module. */
  readonly path: string;
  /** An input as the caller gives it, undefined when it does not. */
  readonly input: (name: string) => Value | undefined;
  /** A provider of the caller. */
  readonly provider: (reference: string) => Provider | undefined;
}

/** The configuration behind a module's source; undefined when it is not at hand. */
export type FindModule = (source: string, from: Configuration) => Configuration | undefined;

export class ConfigurationModule {
  readonly scope: ModuleScope;
  private readonly memo = new Map<string, Value | undefined>();
  private readonly expansions = new Map<string, () => Expansion<Resource>>();
  private readonly calls = new Map<string, () => Expansion<ConfigurationModule>>();

  constructor(
    private readonly configuration: Configuration,
    private readonly call: ModuleCall,
    private readonly reading: Reading,
    private readonly findModule: FindModule,
  ) {
    this.scope = new ModuleScope({
      file: configuration.file,
      directory: configuration.directory,
      budget: reading.budget,
      variable: (name) => this.remember(`var.${name}`, () => this.variable(name)),
      local: (name) => this.remember(`local.${name}`, () => this.local(name)),
      module: (name) =>
        this.calls
          .get(name)?.()
          .value((module) => module.outputs()),
      resource: (mode, type, name) =>
        this.expansions
          .get(`${mode} ${type} ${name}`)?.()
          .value((resource) => resource.value),
      hasType: (mode, type) => configuration.resources.some((block) => block.mode === mode && block.type === type),
    });
    for (const block of configuration.resources) {
      const key = `${block.mode} ${block.type} ${block.name}`;
      this.expansions.set(
        key,
        once(() => this.instances(block)),
      );
    }
    for (const [name, body] of configuration.modules)
      this.calls.set(
        name,
        once(() => this.called(name, body)),
      );
  }

  /** Resources of this module and of those that it calls, in the order of the file. */
  resources(): Resource[] {
    const { refusals } = this.reading;
    const own = [...this.expansions.values()].flatMap((one) => refusals.attempt(() => one().items) ?? []);
    const called = [...this.calls.values()].flatMap((one) => refusals.attempt(() => one().items) ?? []);
    return [...own, ...called.flatMap((module) => module.resources())];
  }

  outputNames(): string[] {
    return [...this.configuration.outputs.keys()];
  }

  output(name: string): Value {
    const body = this.configuration.outputs.get(name);
    if (body === undefined) throw new ExpressionFault(`there is no output "${name}"`);
    return this.remember(`output.${name}`, () => evaluateJson(body['value'], this.scope)) ?? null;
  }

  private outputs(): Value {
    return new LazyObject(
      this.call.path.replace(/\.$/, ''),
      (name) => this.output(name),
      () => this.outputNames(),
    );
  }

  private remember(name: string, work: () => Value | undefined): Value | undefined {
    if (!this.memo.has(name)) {
      this.memo.set(name, this.reading.follow(this.configuration.file, `${this.call.path}${name}`, work));
    }
    return this.memo.get(name);
  }

  private local(name: string): Value | undefined {
    const { locals } = this.configuration;
    return locals.has(name) ? evaluateJson(locals.get(name), this.scope) : undefined;
  }

  private variable(name: string): Value | undefined {
    const body = this.configuration.variables.get(name);
    if (body === undefined) return undefined;
    const override = this.reading.override(this.configuration.file, `${this.call.path}var.${name}`);
    return (
      override ??
      this.call.input(name) ??
      variableValue(name, body, this.call.path === '' ? this.reading.options.parameters : {})
    );
  }

  private instances(block: ResourceBlock): Expansion<Resource> {
    const { file } = this.configuration;
    const plain = `${this.call.path}${block.mode === 'data' ? 'data.' : ''}${block.type}.${block.name}`;
    const context = {
      reading: this.reading,
      file,
      address: plain,
      scope: this.scope,
      body: block.body,
      isRead: isReadType(block),
    };
    return expand(context, (address, names) => this.instance(block, address, this.scope.with(names)));
  }

  private instance(block: ResourceBlock, address: string, scope: Scope): Resource {
    const { file } = this.configuration;
    const provider = once(() => this.providerOf(block));
    return new Resource(
      {
        file,
        address,
        mode: block.mode,
        type: block.type,
        declared: (name) => evaluateArgument(block.body, name, withoutSelf(scope)),
        env: () => this.withOwnRegion(block, scope, provider().env()),
        defaultTags: () => provider().defaultTags(),
        written: (name) => textOf(block.body[name]),
        comment: block.body['//'],
      },
      this.reading,
    );
  }

  /** Source: AWS provider 6, "Enhanced Region Support": a resource may state its own Region. */
  private withOwnRegion(
    block: ResourceBlock,
    scope: Scope,
    env: ReturnType<Provider['env']>,
  ): ReturnType<Provider['env']> {
    const region = block.mode === 'managed' ? (evaluateArgument(block.body, 'region', scope) ?? null) : null;
    return typeof region === 'string' ? { ...env, region } : env;
  }

  private providerOf(block: ResourceBlock): Provider {
    const stated = block.body['provider'];
    const reference =
      typeof stated === 'string' ? stated.replace(/^\$\{(.*)\}$/, '$1') : (block.type.split('_')[0] ?? 'aws');
    const found = this.provider(reference);
    if (found === undefined && typeof stated === 'string') {
      throw new IngestRefusal(
        this.configuration.file,
        `${block.type}.${block.name}.provider`,
        `is ${stated}, which no provider block declares`,
      );
    }
    return found ?? openProvider(this.reading);
  }

  /** The configuration that `aws` or `aws.dr` names here: this module's own, else the caller's. */
  provider(reference: string): Provider | undefined {
    const [name, alias] = reference.split('.');
    const { file, providers } = this.configuration;
    const body = providers.find(([own, given]) => own === name && (given['alias'] ?? undefined) === alias)?.[1];
    if (body === undefined) return this.call.provider(reference);
    return awsProvider(this.reading, file, `${this.call.path}provider.${reference}`, (argument) =>
      evaluateArgument(body, argument, this.scope),
    );
  }

  private called(name: string, body: JsonObject): Expansion<ConfigurationModule> {
    const { file } = this.configuration;
    const address = `${this.call.path}module.${name}`;
    const source = body['source'];
    const configuration = typeof source === 'string' ? this.findModule(source, this.configuration) : undefined;
    if (configuration === undefined) {
      const because = `${address} comes from ${JSON.stringify(source ?? null)}, whose configuration is not JSON at hand`;
      this.reading.skip(`${file}: ${address}`, 'module', `${because}; give the JSON of a plan instead`);
      return { items: [], value: () => new Unknown('', because) };
    }
    const context = { reading: this.reading, file, address, scope: this.scope, body, isRead: true };
    return expand(context, (path, names) => this.instanceOf(configuration, body, path, this.scope.with(names)));
  }

  private instanceOf(configuration: Configuration, body: JsonObject, path: string, scope: Scope): ConfigurationModule {
    const providers = isJsonObject(body['providers']) ? body['providers'] : {};
    return new ConfigurationModule(
      configuration,
      {
        path: `${path}.`,
        input: (name) => (Object.hasOwn(body, name) ? evaluateArgument(body, name, scope) : undefined),
        provider: (reference) => {
          const passed = providers[reference];
          // An alias is handed over by name only; the plain provider is inherited.
          if (typeof passed === 'string') return this.provider(passed.replace(/^\$\{(.*)\}$/, '$1'));
          return reference.includes('.') ? undefined : this.provider(reference);
        },
      },
      this.reading,
      this.findModule,
    );
  }
}

/** `self` stands only in provisioners, connections and postconditions, none of which is read. */
function withoutSelf(scope: Scope): Scope {
  const self = new Unknown('', 'self stands only in provisioners');
  return { budget: scope.budget, resolve: (name) => (name === 'self' ? self : scope.resolve(name)) };
}

function textOf(json: unknown): string | undefined {
  return typeof json === 'string' ? json : undefined;
}
