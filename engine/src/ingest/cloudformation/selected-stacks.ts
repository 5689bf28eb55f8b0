/**
 * Stacks that a plan selects by their ARN, as resources with members.
 *
 * Pure.
 * Source   B4.5/1, B4.5/3.
 * Assumed  Other stacks are no resources, though `*` selects them in AWS: whoever backs up everything means the data, which
 *          the resources in them hold.
 */
import type { BackupPlan, StatefulResource } from '@holdfast/model';
import { statefulResource } from '../../domain/stateful-resources';
import { type Stack, stackId } from './stack';

/** ARNs of the resources of a stack that hold data, by logical id. */
export type MembersByStack = ReadonlyMap<Stack, ReadonlyMap<string, string>>;

export function selectedStacks(plans: readonly BackupPlan[], members: MembersByStack): StatefulResource[] {
  const selected = new Set(
    plans.flatMap(({ selections = [] }) => selections.flatMap(({ resources = [] }) => resources)),
  );
  return [...members.keys()].filter((stack) => isIn(stack, selected)).map((stack) => resourceOf(stack, members));
}

/** A stack that is selected, or within one that is. */
function isIn(stack: Stack, selected: ReadonlySet<string>): boolean {
  return selected.has(stackId(stack)) || (stack.parent !== undefined && isIn(stack.parent.stack, selected));
}

function resourceOf(stack: Stack, members: MembersByStack): StatefulResource {
  const { name, env, tags, file } = stack;
  const nested = [...stack.nested].filter(([, inner]) => members.has(inner));
  return {
    ...statefulResource({ service: 'cloudformation', env, name, tags, declaredAt: `${file}: stack ${name}` }),
    members: Object.fromEntries([
      ...(members.get(stack) ?? []),
      ...nested.map(([logicalId, inner]): [string, string] => [logicalId, stackId(inner)]),
    ]),
  };
}
