/**
 * What names mean in one module instance.
 *
 * Source   Terraform language docs, "References to Named Values".
 */
import type { Budget, Scope } from './expression/evaluate';
import { ExpressionFault, LazyObject, Unknown, Value } from './expression/values';

/** What a module declares, whatever form it came in; undefined means that it declares no such thing. */
export interface ModuleParts {
  readonly file: string;
  readonly directory: string;
  readonly budget: Budget;
  readonly variable: (name: string) => Value | undefined;
  readonly local: (name: string) => Value | undefined;
  readonly module: (name: string) => Value | undefined;
  /** One instance, or all instances where it has `count` or `for_each`. */
  readonly resource: (mode: 'managed' | 'data', type: string, name: string) => Value | undefined;
  readonly hasType: (mode: 'managed' | 'data', type: string) => boolean;
}

export class ModuleScope implements Scope {
  readonly budget: Budget;

  constructor(readonly parts: ModuleParts) {
    this.budget = parts.budget;
  }

  resolve(name: string): Value | undefined {
    const { parts } = this;
    switch (name) {
      case 'var':
        return this.space('var', parts.variable);
      case 'local':
        return this.space('local', parts.local);
      case 'module':
        return this.space('module', parts.module);
      case 'data':
        return this.space('data', (type) => (parts.hasType('data', type) ? this.resources('data', type) : undefined));
      case 'path':
        return new LazyObject('path', (part) =>
          part === 'module' || part === 'root'
            ? part === 'root'
              ? '.'
              : parts.directory
            : new Unknown('', 'path.cwd differs from machine to machine'),
        );
      case 'terraform':
        return new LazyObject('terraform', (part) =>
          part === 'workspace' ? 'default' : new Unknown('', `terraform.${part} is not known`),
        );
      default:
        return parts.hasType('managed', name) ? this.resources('managed', name) : undefined;
    }
  }

  /** This scope with more names, e.g. `each`. */
  with(names: Readonly<Record<string, Value>>): Scope {
    return {
      budget: this.budget,
      resolve: (name) => (Object.hasOwn(names, name) ? names[name] : this.resolve(name)),
    };
  }

  private resources(mode: 'managed' | 'data', type: string): Value {
    return this.space(mode === 'data' ? `data.${type}` : type, (name) => this.parts.resource(mode, type, name));
  }

  private space(label: string, find: (name: string) => Value | undefined): Value {
    return new LazyObject(label, (name) => {
      const value = find(name);
      if (value === undefined) throw new ExpressionFault(`there is no ${label}.${name}`);
      return value;
    });
  }
}
