/**
 * Module instances of a plan: values from the plan, the rest by reference through its configuration.
 *
 * Owns     the resources and child modules that were made.
 * Source   Terraform docs, "JSON Output Format: Configuration Representation".
 */
import { ExpressionFault, LazyObject, objectOf, Unknown, Value, fromJson } from './expression/values';
import type { Scope } from './expression/evaluate';
import { isJsonObject, JsonObject } from './json-file';
import { ModuleScope } from './module-scope';
import { Plan, PlanEntry, keyText } from './plan-root';
import { expressed, longest, PlanContext, plannedValue } from './plan-values';
import { awsProvider, openProvider, Provider } from './providers';
import { Resource } from './resource';
import { placeOf } from './state-root';
import { variableValue } from './variables';
import { once } from './reading';

interface Caller {
  readonly module: PlanModule;
  readonly call: JsonObject;
  readonly scope: Scope;
}

export class PlanModule {
  readonly scope: ModuleScope;
  private readonly children = new Map<string, PlanModule>();
  private readonly own = once(() => this.makeResources());
  /** Instances by mode, type and name; and whether there is any of a type. */
  private readonly byName = once(() => gathered(this.own(), ([{ mode, type, name }]) => `${mode} ${type} ${name}`));
  private readonly byType = once(() => gathered(this.own(), ([{ mode, type }]) => `${mode} ${type}`));
  private readonly blocks = once(() => {
    const { resources } = this.configuration;
    const list: unknown[] = Array.isArray(resources) ? resources : [];
    return gathered(list.filter(isJsonObject), (r) => `${String(r['mode'])} ${String(r['type'])} ${String(r['name'])}`);
  });

  constructor(
    private readonly plan: Plan,
    private readonly address: string,
    private readonly configuration: JsonObject,
    private readonly caller: Caller | undefined,
  ) {
    const memo = new Map<string, Value | undefined>();
    const remember = (name: string, work: () => Value | undefined): Value | undefined => {
      const label = address === '' ? name : `${address}.${name}`;
      if (!memo.has(name)) memo.set(name, plan.reading.follow(plan.file, label, work));
      return memo.get(name);
    };
    this.scope = new ModuleScope({
      file: plan.file,
      directory: '.',
      budget: plan.reading.budget,
      variable: (name) => remember(`var.${name}`, () => this.variable(name)),
      local: (name) =>
        this.override(`local.${name}`) ?? new Unknown(`\${local.${name}}`, 'a plan does not carry locals'),
      module: (name) => this.called(name),
      resource: (mode, type, name) => this.group(mode, type, name),
      hasType: (mode, type) => this.byType().has(`${mode} ${type}`),
    });
  }

  /** Resources of this module and of those that it calls. */
  resources(): Resource[] {
    const own = this.own().map(([, resource]) => resource);
    return [...own, ...this.childModules().flatMap((child) => child.resources())];
  }

  outputNames(): string[] {
    return Object.keys(this.section('outputs'));
  }

  output(name: string): Value {
    const output = this.section('outputs')[name];
    const place = this.address === '' ? `output.${name}` : `${this.address}.${name}`;
    if (!isJsonObject(output)) throw new ExpressionFault(`there is no output "${name}"`);
    return this.plan.reading.follow(this.plan.file, place, () => {
      const value = expressed('value', output['expression'], this.context(this.scope, place));
      return this.override(`output.${name}`) ?? value ?? null;
    });
  }

  private override(path: string): Value | undefined {
    const full = this.address === '' ? path : `${this.address}.${path}`;
    return this.plan.reading.override(this.plan.file, full);
  }

  private section(name: string): JsonObject {
    const section = this.configuration[name];
    return isJsonObject(section) ? section : {};
  }

  private variable(name: string): Value | undefined {
    const declared = this.section('variables')[name];
    const given = this.override(`var.${name}`);
    if (given !== undefined) return given;
    if (this.caller === undefined) {
      const planned = this.plan.variables[name];
      if (isJsonObject(planned) && 'value' in planned) return fromJson(planned['value']);
    } else {
      const call = this.caller.call['expressions'];
      const expression = isJsonObject(call) ? call[name] : undefined;
      const value = expressed(
        name,
        expression,
        this.caller.module.context(this.caller.scope, `${this.address}.var.${name}`),
      );
      if (value !== undefined) return value;
    }
    return isJsonObject(declared) ? variableValue(name, declared, {}) : undefined;
  }

  private context(scope: Scope, place: string): PlanContext {
    return {
      scope,
      assumed: (name) => {
        const path = `${this.plan.file}: ${place}.${name}`;
        if (this.plan.reading.notRead.some((entry) => entry.path === path)) return;
        this.plan.reading.skip(
          path,
          'expression',
          'a plan carries only the references of it; taken as their values alone',
        );
      },
    };
  }

  private makeResources(): [PlanEntry, Resource][] {
    return this.plan.entries
      .filter((entry) => entry.module === this.address)
      .map((entry) => [entry, this.resource(entry)]);
  }

  private resource(entry: PlanEntry): Resource {
    const { plan } = this;
    const configured = this.configured(entry);
    const expressions = isJsonObject(configured?.['expressions']) ? configured['expressions'] : {};
    const scope = this.instanceScope(entry.index, configured?.['for_each_expression']);
    const context = this.context(scope, entry.address);
    const key = typeof configured?.['provider_config_key'] === 'string' ? configured['provider_config_key'] : '';
    if (entry.type === 'aws_caller_identity' && typeof entry.values['account_id'] === 'string') {
      plan.accounts.set(key, entry.values['account_id']);
    }
    const provider = once(() => this.provider(key));
    return new Resource(
      {
        file: plan.file,
        address: entry.address,
        mode: entry.mode,
        type: entry.type,
        declared: (name) => plannedValue(name, entry.values[name], entry.unknown[name], expressions[name], context),
        env: () => placeOf(entry.type, entry.values, provider().env()),
        defaultTags: () => provider().defaultTags(),
        written: (name) => (isJsonObject(expressions[name]) ? longest(expressions[name]['references'])[0] : undefined),
      },
      plan.reading,
    );
  }

  private configured(entry: PlanEntry): JsonObject | undefined {
    return this.blocks().get(`${entry.mode} ${entry.type} ${entry.name}`)?.[0];
  }

  /** `count.index`, `each.key`, and `each.value` as far as it can be known. */
  private instanceScope(index: number | string | undefined, forEach: unknown): Scope {
    if (index === undefined) return this.scope;
    if (typeof index === 'number') return this.scope.with({ count: objectOf([['index', index]]) });
    const value = (): Value => {
      const over = expressed('for_each', forEach, this.context(this.scope, this.address));
      if (over instanceof LazyObject) return over.get(index);
      if (over !== undefined && over !== null && typeof over === 'object' && Object.hasOwn(over, index)) {
        return (over as Readonly<Record<string, Value>>)[index] ?? null;
      }
      return new Unknown('${each.value}', 'a plan does not carry the values of for_each');
    };
    return this.scope.with({ each: new LazyObject('each', (name) => (name === 'key' ? index : value())) });
  }

  /** The provider of a configuration key, e.g. `aws.dr` or `module.m:aws`. */
  private provider(key: string): Provider {
    const { plan } = this;
    const configured = plan.providers[key];
    if (!isJsonObject(configured)) return openProvider(plan.reading);
    const expressions = isJsonObject(configured['expressions']) ? configured['expressions'] : {};
    const context = this.context(this.moduleOf(configured).scope, `provider.${key}`);
    const provider = awsProvider(plan.reading, plan.file, `provider.${key}`, (name) =>
      expressed(name, expressions[name], context),
    );
    const account = plan.accounts.get(key);
    return {
      env: () => {
        const env = provider.env();
        return account === undefined || env.account !== plan.reading.options.env.account ? env : { ...env, account };
      },
      defaultTags: () => provider.defaultTags(),
    };
  }

  /** The module that declares a provider: its variables are the ones that count. */
  private moduleOf(provider: JsonObject): PlanModule {
    const isOfRoot = provider['module_address'] === undefined;
    return isOfRoot && this.caller !== undefined ? this.caller.module.moduleOf(provider) : this;
  }

  private group(mode: 'managed' | 'data', type: string, name: string): Value | undefined {
    const found = this.byName().get(`${mode} ${type} ${name}`) ?? [];
    return grouped(found.map(([entry, resource]) => [entry.index, resource.value]));
  }

  private called(name: string): Value | undefined {
    const found = this.childModules().flatMap((child): [number | string | undefined, Value][] => {
      const step = lastStep(child.address);
      return step.name === name ? [[step.index, child.outputs()]] : [];
    });
    return grouped(found);
  }

  private outputs(): Value {
    return new LazyObject(
      this.address,
      (name) => this.output(name),
      () => this.outputNames(),
    );
  }

  /** Instances of called modules that hold anything. */
  private childModules(): PlanModule[] {
    const prefix = this.address === '' ? '' : `${this.address}.`;
    for (const { module } of this.plan.entries) {
      if (!module.startsWith(prefix) || module === this.address) continue;
      const step = /^module\.[\w-]+(\[(\d+|"(?:[^"\\]|\\.)*")\])?/.exec(module.slice(prefix.length))?.[0];
      if (step === undefined || this.children.has(step)) continue;
      this.children.set(step, this.child(`${prefix}${step}`));
    }
    return [...this.children.values()];
  }

  private child(address: string): PlanModule {
    const { name, index } = lastStep(address);
    const call = this.section('module_calls')[name];
    const known = isJsonObject(call) ? call : {};
    const scope = this.instanceScope(index, known['for_each_expression']);
    const configuration = isJsonObject(known['module']) ? known['module'] : {};
    return new PlanModule(this.plan, address, configuration, { module: this, call: known, scope });
  }
}

function lastStep(address: string): { name: string; index: number | string | undefined } {
  const step = /module\.([\w-]+)(?:\[(\d+|"(?:[^"\\]|\\.)*")\])?$/.exec(address);
  const key = step?.[2];
  return {
    name: step?.[1] ?? '',
    index: key === undefined ? undefined : key.startsWith('"') ? keyText(key) : Number(key),
  };
}

/** One value, a list by `count`, or an object by `for_each`; undefined when there is none. */
function grouped(found: readonly (readonly [number | string | undefined, Value])[]): Value | undefined {
  const [first] = found;
  if (first === undefined || first[0] === undefined) return first?.[1];
  if (typeof first[0] === 'string') return objectOf(found.map(([key, value]) => [String(key), value]));
  const byIndex = new Map(found.map(([index, value]) => [Number(index), value]));
  return Array.from({ length: found.length }, (_, index) => byIndex.get(index) ?? null);
}

function gathered<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
