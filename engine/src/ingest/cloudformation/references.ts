/**
 * What `Ref`, `Fn::GetAtt` and `Fn::ImportValue` lead to, within a stack and across the stacks given.
 *
 * Owns     the index of exports, and of values that stacks pass to other Regions.
 * Source   AWS CloudFormation User Guide, "Fn::ImportValue" (exports are per account and Region); aws-cdk-lib
 *          ExportWriter and ExportReader for `crossRegionReferences`.
 */
import type { Environment } from '@holdfast/model';
import { IngestRefusal } from '../artifact';
import type { Evaluator } from './evaluator';
import { Identities } from './identities';
import type { Stack } from './stack';
import { NESTED_STACK, stackId } from './stack';
import type { ResourceDeclaration } from './template';
import { isDictionary } from './template';
import { excerpt, NO_VALUE, Unresolved } from './unresolved';

const EXPORT_WRITER = 'Custom::CrossRegionExportWriter';
const EXPORT_READER = 'Custom::CrossRegionExportReader';

/** Where a shared value is declared. */
interface Shared {
  readonly stack: Stack;
  /** Distinct within the stack. */
  readonly key: string;
  readonly raw: unknown;
}

export class References {
  readonly identities: Identities;
  private exports: Map<string, Shared> | 'being built' | undefined;
  private written: Map<string, Shared> | 'being built' | undefined;

  constructor(protected readonly evaluator: Evaluator) {
    this.identities = new Identities(evaluator);
  }

  ref(argument: unknown, stack: Stack): unknown {
    if (typeof argument !== 'string') {
      throw new Unresolved(`where Ref must have a name, got ${excerpt(argument, 60)}`);
    }
    const parameter = this.evaluator.parameter(argument, stack);
    if (parameter !== undefined) {
      return parameter;
    }
    const resource = this.resource(argument, stack);
    if (resource.type === NESTED_STACK) {
      const child = stack.nested.get(argument);
      return child === undefined ? this.notAtHand(argument) : stackId(child);
    }
    return this.identities.ref(resource, stack);
  }

  attribute(logicalId: string, attribute: string, stack: Stack): unknown {
    const resource = this.resource(logicalId, stack);
    if (resource.type === NESTED_STACK) {
      return this.output(logicalId, attribute, stack);
    }
    if (resource.type === EXPORT_READER) {
      return this.valueFromOtherRegion(attribute, stack);
    }
    return this.identities.attribute(resource, attribute, stack);
  }

  /** A text with `{{resolve:…}}` in it. */
  resolved(_text: string, _stack: Stack): unknown {
    throw new Unresolved('which is looked up at deploy time');
  }

  /** The value of an export of the stacks given, in the same account and Region. */
  imported(name: string, stack: Stack): unknown {
    this.exports = this.index(
      this.exports,
      () => this.findExports(),
      (map) => (this.exports = map),
    );
    return this.shared(this.exports, keyOf(stack.env, name), 'which no stack given exports');
  }

  /** What a stack of another Region passes on through the CDK's `crossRegionReferences`. */
  private valueFromOtherRegion(name: string, stack: Stack): unknown {
    this.written = this.index(
      this.written,
      () => this.findWritten(),
      (map) => (this.written = map),
    );
    return this.shared(this.written, keyOf(stack.env, name), 'which no stack given passes on');
  }

  private index(
    existing: Map<string, Shared> | 'being built' | undefined,
    build: () => Map<string, Shared>,
    keep: (state: Map<string, Shared> | 'being built' | undefined) => void,
  ): Map<string, Shared> {
    if (existing === 'being built') {
      throw new Unresolved('which depends on an export in the name of an export');
    }
    if (existing !== undefined) {
      return existing;
    }
    keep('being built');
    const built = build();
    keep(built);
    return built;
  }

  private shared(index: Map<string, Shared>, key: string, absent: string): unknown {
    const found = index.get(key);
    if (found === undefined) {
      throw new Unresolved(absent);
    }
    return this.evaluator.once(found.stack, found.key, () => this.evaluator.deep(found.raw, found.stack));
  }

  private output(logicalId: string, attribute: string, stack: Stack): unknown {
    const child = stack.nested.get(logicalId);
    if (child === undefined) {
      return this.notAtHand(logicalId);
    }
    const name = attribute.startsWith('Outputs.') ? attribute.slice('Outputs.'.length) : undefined;
    const output = name === undefined ? undefined : child.template.outputs.get(name);
    if (
      output === undefined ||
      (output.condition !== undefined && !this.evaluator.condition(output.condition, child))
    ) {
      throw new Unresolved(`where nested stack ${logicalId} has no ${attribute}`);
    }
    return this.evaluator.once(child, `output ${name}`, () => this.evaluator.deep(output.value, child));
  }

  private notAtHand(logicalId: string): never {
    throw new Unresolved(`where the template of nested stack ${logicalId} is not at hand`);
  }

  protected resource(logicalId: string, stack: Stack): ResourceDeclaration {
    const resource = stack.template.resources.get(logicalId);
    if (resource === undefined) {
      throw new Unresolved(`where ${logicalId} is neither a parameter nor a resource of the template`);
    }
    if (resource.condition !== undefined && !this.evaluator.condition(resource.condition, stack)) {
      throw new Unresolved(`where ${logicalId} is not declared, as condition ${resource.condition} does not hold`);
    }
    return resource;
  }

  private findExports(): Map<string, Shared> {
    const found = new Map<string, Shared>();
    for (const stack of this.evaluator.stacks) {
      for (const [id, output] of stack.template.outputs) {
        const name = output.exportName === undefined ? undefined : this.known(output.exportName, stack);
        const holds = output.condition === undefined || this.known({ Condition: output.condition }, stack) === true;
        if (typeof name === 'string' && holds && !found.has(keyOf(stack.env, name))) {
          found.set(keyOf(stack.env, name), { stack, key: `output ${id}`, raw: output.value });
        }
      }
    }
    return found;
  }

  private findWritten(): Map<string, Shared> {
    const found = new Map<string, Shared>();
    for (const stack of this.evaluator.stacks) {
      for (const resource of stack.template.resources.values()) {
        const written = resource.type === EXPORT_WRITER ? resource.properties['WriterProps'] : undefined;
        const exports = isDictionary(written) ? written['exports'] : undefined;
        const region = isDictionary(written) ? this.known(written['region'], stack) : undefined;
        if (typeof region === 'string' && isDictionary(exports)) {
          for (const [name, raw] of Object.entries(exports)) {
            found.set(keyOf({ ...stack.env, region }, name), { stack, key: `export ${region} ${name}`, raw });
          }
        }
      }
    }
    return found;
  }

  /** The value where it is known, else undefined. */
  private known(raw: unknown, stack: Stack): unknown {
    try {
      const value = this.evaluator.deep(raw, stack);
      return value === NO_VALUE ? undefined : value;
    } catch (error) {
      if (error instanceof Unresolved || error instanceof IngestRefusal) {
        return undefined;
      }
      throw error;
    }
  }
}

function keyOf(env: Environment, name: string): string {
  return `${env.account}/${env.region}/${name}`;
}
