/**
 * What keeps templates from being read: gathered resource by resource, and said at once.
 *
 * Owns     the refusals of one reading.
 * Source   design.md section 2, "What ingest resolves": parameters without a default are given with `--parameter`.
 */
import { IngestRefusal, Stranger } from '../artifact';
import { refusalOfUnset, refuseAll } from '../refusals';
import type { Evaluator } from './evaluator';
import type { Stack } from './stack';
import { intrinsicIn, isDictionary, ResourceDeclaration } from './template';

interface Refused {
  readonly refusal: IngestRefusal;
  readonly stack: Stack;
  readonly resource: ResourceDeclaration;
}

export class Refusals {
  private readonly all: Refused[] = [];

  constructor(private readonly evaluator: Evaluator) {}

  /** Reads a resource; what refuses it is kept, and others are read. */
  attempt(resource: ResourceDeclaration, stack: Stack, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof IngestRefusal)) {
        throw error;
      }
      this.all.push({ refusal: error, stack, resource });
    }
  }

  /**
   * @param strangers what templates write that no type has: of a resource that is refused it may be why
   * @throws IngestRefusal where something was refused; IngestRefusals where that is more than one thing
   */
  settle(strangers: readonly Stranger[]): void {
    refuseAll([...this.refusals(), ...this.named(strangers)]);
  }

  /** Several parameters without a value are one refusal of their stack, in place of those of each property. */
  private refusals(): IngestRefusal[] {
    const stacks = [...new Set(this.all.map(({ stack }) => stack))];
    return stacks.flatMap((stack) => {
      const own = this.all.filter((one) => one.stack === stack);
      const asking = own.filter(({ refusal }) => refusal.parameter !== undefined);
      const unset = this.unsetIn(asking, stack);
      if (unset.length < 2) {
        return own.map(({ refusal }) => refusal);
      }
      const others = own.filter(({ refusal }) => refusal.parameter === undefined);
      return [refusalOfUnset(stack.file, 'Parameters', unset), ...others.map(({ refusal }) => refusal)];
    });
  }

  /** Of the parameters without a value, those that the refused resources say, in the order of the template. */
  private unsetIn(refused: readonly Refused[], stack: Stack): string[] {
    if (refused.length === 0) {
      return [];
    }
    const said = new Set<string>();
    for (const { resource } of refused) {
      const { condition, properties } = resource;
      namesIn([properties, condition === undefined ? [] : { Condition: condition }], stack, said, new Set());
    }
    return this.evaluator.parametersWithoutValue(stack).filter((name) => said.has(name));
  }

  /** What is no property of resources that were refused. */
  private named(strangers: readonly Stranger[]): IngestRefusal[] {
    const places = this.all.map(({ stack, resource }) => `${stack.file}: ${resource.logicalId}.`);
    return strangers
      .filter(({ path }) => places.some((place) => path.startsWith(place)))
      .map(({ path, type, near }) => {
        const at = path.lastIndexOf(': ');
        const meant = near === undefined ? '' : `; did you mean ${near}?`;
        return new IngestRefusal(path.slice(0, at), path.slice(at + 2), `is no property of ${type}${meant}`);
      });
  }
}

/** Adds every name that a value refers to, those of the conditions that it goes by included. */
function namesIn(value: unknown, stack: Stack, names: Set<string>, seen: Set<string>): void {
  const call = intrinsicIn(value);
  if (call?.name === 'Ref') {
    names.add(String(call.argument));
    return;
  }
  if (call?.name === 'Fn::Sub') {
    const [text] = [call.argument].flat();
    for (const [, name = ''] of String(text).matchAll(/\$\{([^!][^}]*)\}/g)) {
      names.add(name);
    }
  }
  const condition =
    call?.name === 'Condition' ? call.argument : call?.name === 'Fn::If' ? [call.argument].flat()[0] : '';
  if (typeof condition === 'string' && !seen.has(condition)) {
    seen.add(condition);
    namesIn(stack.template.conditions[condition], stack, names, seen);
  }
  const inside = Array.isArray(value) ? value : isDictionary(value) ? Object.values(value) : [];
  for (const one of inside) {
    namesIn(one, stack, names, seen);
  }
}
