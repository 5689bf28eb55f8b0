/**
 * What the references of a template lead to once its resources are there.
 *
 * Pure: reads what the stack is given.
 * Source   AWS CloudFormation User Guide, "Intrinsic function reference".
 */
import type { StackDesign, Stack } from '../domain/stacks';
import { IngestRefusal } from '../ingest/artifact';
import { branchesOf, dependenciesOf, findCircle } from '../ingest/cloudformation/dependencies';
import { Evaluator } from '../ingest/cloudformation/evaluator';
import { unresolvedIn } from '../ingest/cloudformation/named-references';
import { References } from '../ingest/cloudformation/references';
import type { Stack as TemplateStack } from '../ingest/cloudformation/stack';
import { isDictionary, type ResourceDeclaration, type Template } from '../ingest/cloudformation/template';
import { excerpt, NO_VALUE, Unresolved } from '../ingest/cloudformation/unresolved';
import { AwsFault } from '../operations/fault';

/** Where references look. */
export interface Lookups {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  imported(name: string): unknown;
  resolved(text: string): unknown;
}

/** Why a value cannot be had, in the words of a status. */
export class ValueFault extends Error {}

class StackReferences extends References {
  constructor(
    evaluator: Evaluator,
    private readonly lookups: Lookups,
  ) {
    super(evaluator);
  }

  override ref(argument: unknown, stack: TemplateStack): unknown {
    const parameter = typeof argument === 'string' ? this.evaluator.parameter(argument, stack) : undefined;
    if (parameter !== undefined) {
      return parameter;
    }
    if (typeof argument !== 'string') {
      throw new Unresolved(`where Ref must have a name, got ${excerpt(argument, 60)}`);
    }
    return this.lookups.ref(this.resource(argument, stack).logicalId);
  }

  override attribute(logicalId: string, attribute: string, stack: TemplateStack): unknown {
    return this.lookups.attribute(this.resource(logicalId, stack).logicalId, attribute);
  }

  override imported(name: string): unknown {
    return this.lookups.imported(name);
  }

  override resolved(text: string): unknown {
    return this.lookups.resolved(text);
  }
}

/** The values of one template of a stack. */
export class StackValues {
  private readonly evaluator: Evaluator;
  private readonly source: TemplateStack;

  constructor(
    stack: Pick<Stack, 'id' | 'name' | 'env'>,
    readonly template: Template,
    design: StackDesign,
    private readonly lookups: Lookups,
  ) {
    const parameters = Object.fromEntries(
      design.parameters.map(({ key, value, resolved }) => [key, resolved ?? value]),
    );
    this.source = {
      file: 'template',
      id: stack.id,
      name: stack.name,
      env: stack.env,
      tags: design.tags,
      template,
      parameters,
      assets: new Map(),
      nested: new Map(),
    };
    // Parameters of SSM are looked up already; options are what a user of the command line gives.
    const options = { env: stack.env, parameters, values: {} };
    this.evaluator = new Evaluator([this.source], options, (evaluator) => new StackReferences(evaluator, lookups));
  }

  /** @throws ValueFault */
  value(raw: unknown, place: string): unknown {
    return asFault(place, () => {
      const value = this.evaluator.deep(raw, this.source);
      return value === NO_VALUE ? undefined : this.lookedUp(value);
    });
  }

  /** What functions made of a text may refer to something, too. Source: User Guide, "Fn::Sub" in dynamic references. */
  private lookedUp(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.includes('{{resolve:') ? this.lookups.resolved(value) : value;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.lookedUp(item));
    }
    return isDictionary(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.lookedUp(inner)]))
      : value;
  }

  /** @throws ValueFault */
  properties(resource: ResourceDeclaration): Readonly<Record<string, unknown>> {
    const value = this.value(resource.properties, resource.logicalId);
    return isDictionary(value) ? value : {};
  }

  holds(condition: string | undefined): boolean {
    return condition === undefined || asFault(condition, () => this.evaluator.condition(condition, this.source));
  }

  /** Why the template is refused for a resource that it names and whose condition does not hold. @throws ValueFault */
  unresolved(): string | undefined {
    return unresolvedIn(this.template, {
      holds: (condition) => this.holds(condition),
      branchesOf: (argument) => branchesOf(argument, this.source, this.evaluator),
    });
  }

  /** Logical ids of what a resource needs, and of what that needs. */
  needs(logicalId: string, found = new Set<string>()): ReadonlySet<string> {
    const resource = this.template.resources.get(logicalId);
    for (const id of resource === undefined ? [] : dependenciesOf(resource, this.source, this.evaluator)) {
      if (!found.has(id)) {
        this.needs(id, found.add(id));
      }
    }
    return found;
  }

  /** Resources whose condition holds, each after those that it needs. */
  order(): ResourceDeclaration[] {
    return asFault('', () => {
      const circle = findCircle(this.source, this.evaluator);
      if (circle !== undefined) {
        const ids = [...new Set(circle)].join(', ');
        throw new ValueFault(`Circular dependency between resources: [${ids}]`);
      }
      const placed = new Set<string>();
      const ordered: ResourceDeclaration[] = [];
      const place = (resource: ResourceDeclaration): void => {
        if (placed.has(resource.logicalId)) {
          return;
        }
        placed.add(resource.logicalId);
        for (const id of dependenciesOf(resource, this.source, this.evaluator).reverse()) {
          const needed = this.template.resources.get(id);
          if (needed !== undefined) {
            place(needed);
          }
        }
        if (this.holds(resource.condition)) {
          ordered.push(resource);
        }
      };
      this.template.resources.forEach(place);
      return ordered;
    });
  }
}

function asFault<T>(place: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof Unresolved) {
      throw new ValueFault(`Template error: ${place} has a value ${error.why}`);
    }
    if (error instanceof IngestRefusal) {
      throw new ValueFault(`Template error: ${error.place} ${error.why}`);
    }
    throw error;
  }
}

/** @throws AwsFault ValidationError where a value cannot be had */
export function orRefuse<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw error instanceof ValueFault ? new AwsFault('ValidationError', error.message) : error;
  }
}
