/**
 * Tags of a stack, which CloudFormation puts on the resources of the stack and of those nested in it.
 *
 * Owns     the tags of each stack once they are known.
 * Source   AWS CloudFormation User Guide, "Resource tags": stack-level tags propagate to resources that take tags.
 */
import { DeclaredValue } from './declared-value';
import type { Evaluator } from './evaluator';
import type { Stack } from './stack';

export class StackTags {
  private readonly known = new Map<Stack, Readonly<Record<string, string>>>();

  constructor(private readonly evaluator: Evaluator) {}

  /** A resource's own tags over those of its stack; undefined when there is none. */
  over(stack: Stack, tags: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
    const all = { ...this.of(stack), ...tags };
    return Object.keys(all).length === 0 ? undefined : all;
  }

  private of(stack: Stack): Readonly<Record<string, string>> {
    const known = this.known.get(stack) ?? this.find(stack);
    this.known.set(stack, known);
    return known;
  }

  private find(stack: Stack): Readonly<Record<string, string>> {
    if (stack.parent === undefined) {
      return stack.tags;
    }
    const { stack: parent, resource } = stack.parent;
    const tags = new DeclaredValue(this.evaluator, parent, resource.logicalId, resource.properties).member('Tags');
    const own = tags
      .items()
      .map((tag): [string, string] => [tag.member('Key').requiredText(), tag.member('Value').text() ?? '']);
    return { ...this.of(parent), ...Object.fromEntries(own) };
  }
}
