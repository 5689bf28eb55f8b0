/**
 * What a design would change of a stack, found without doing anything.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "Update CloudFormation stacks using change sets": what follows from a resource that is
 *          yet to be made is known after it is applied.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PropertyChange, ResourceChange } from '../domain/change-sets';
import type { MadeResource, Stack, StackDesign } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import type { ResourceDeclaration, Template } from '../ingest/cloudformation/template';
import { lookUp } from './dynamic-references';
import { handlerOf } from './handlers';
import type { ResourceHandler } from './handler';
import { orRefuse, StackValues } from './stack-values';
import { isEmulated } from './stack-calls';
import { differences, isReplaced } from './wishes';

/** What stands for a value that nobody knows yet. Source: DescribeChangeSet, AfterValue. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

export interface Preview {
  readonly changes: readonly ResourceChange[];
  /** Whether anything differs: resources, outputs, tags. */
  readonly differs: boolean;
}

export function preview(state: WorldState, stack: Stack, design: StackDesign, template: Template): Preview {
  const fresh = new Set<string>();
  const standing = (id: string): MadeResource | undefined =>
    fresh.has(id) ? undefined : stack.resources.get(id)?.made;
  const values = new StackValues(stack, template, design, {
    ref: (id) => standing(id)?.physicalId ?? KNOWN_AFTER_APPLY,
    attribute: (id, name) => standing(id)?.attributes[name] ?? KNOWN_AFTER_APPLY,
    imported: (name) => state.services.stacks.exporting(stack.env, name)?.value ?? KNOWN_AFTER_APPLY,
    resolved: (text) => lookUp(state, stack.env, text),
  });
  return orRefuse(() => {
    const order = values.order();
    const changes = order.flatMap((resource) => {
      const change = changeOf(stack, design, resource, values);
      if (change?.action === 'Add' || change?.replaced === true) {
        fresh.add(resource.logicalId);
      }
      return change ?? [];
    });
    const kept = new Set(order.map(({ logicalId }) => logicalId));
    const removed = stack.standing().filter(({ logicalId }) => !kept.has(logicalId));
    const all = [...changes, ...removed.map(removal)];
    return { changes: all, differs: all.length > 0 || otherwiseDiffers(stack, design, values) };
  });
}

function changeOf(
  stack: Stack,
  design: StackDesign,
  resource: ResourceDeclaration,
  values: StackValues,
): ResourceChange | undefined {
  const { logicalId, type, metadata } = resource;
  const after = values.properties(resource);
  const before = stack.resources.get(logicalId)?.made;
  const common = { logicalId, type, physicalId: before?.physicalId, after, policy: undefined };
  if (before === undefined) {
    return { ...common, action: 'Add', replaced: false, properties: [], before: undefined };
  }
  const handler: ResourceHandler | undefined = isEmulated(type) ? handlerOf(type) : undefined;
  const names = differences(before.properties, after);
  const retagged = handler?.update !== undefined && !isDeepStrictEqual(before.tags, design.tags);
  if (names.length === 0 && !retagged) {
    return undefined;
  }
  const wish = { logicalId, type, properties: after, generation: before.generation, tags: design.tags, metadata };
  const properties = names.map((name): PropertyChange => ({
    name,
    before: before.properties[name],
    after: after[name],
    replaces: handler?.update === undefined || handler.replacedBy?.includes(name) === true,
    dynamic: (JSON.stringify(after[name]) ?? '').includes(KNOWN_AFTER_APPLY),
  }));
  const replaced = handler !== undefined && isReplaced(handler, before, wish);
  return { ...common, action: 'Modify', replaced, properties, before: before.properties };
}

function removal({ logicalId, type, physicalId, properties, deletionPolicy }: MadeResource): ResourceChange {
  const policy = deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy;
  const common = { logicalId, type, physicalId, properties: [], before: properties, after: undefined };
  return { ...common, action: 'Remove', replaced: false, policy };
}

/** Outputs and policies of resources, which are no resources, make a change, too. */
function otherwiseDiffers(stack: Stack, design: StackDesign, values: StackValues): boolean {
  if (stack.design === undefined || !isDeepStrictEqual(stack.design.tags, design.tags)) {
    return true;
  }
  const outputs = [...values.template.outputs].filter(([, { condition }]) => values.holds(condition));
  const shown = outputs.map(([key, { value, exportName }]) => [
    key,
    String(values.value(value, key)),
    exportName === undefined ? undefined : values.value(exportName, key),
  ]);
  const standing = stack.outputs.map(({ key, value, exportName }) => [key, value, exportName]);
  const policies = stack.standing().some((made) => {
    const written = values.template.resources.get(made.logicalId);
    return (
      written !== undefined &&
      ((written.deletionPolicy ?? 'Delete') !== made.deletionPolicy ||
        (written.updateReplacePolicy ?? 'Delete') !== made.updateReplacePolicy)
    );
  });
  return policies || !isDeepStrictEqual(shown, standing);
}
