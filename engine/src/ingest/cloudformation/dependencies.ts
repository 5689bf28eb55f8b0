/**
 * Resources of a template that wait for each other in a circle, which CloudFormation refuses.
 *
 * Pure. Walks with a stack of its own: a chain of resources may be long.
 * Source   AWS CloudFormation troubleshooting, "Circular dependency between resources".
 */
import type { Evaluator } from './evaluator';
import { referencesIn } from './named-references';
import type { Stack } from './stack';
import type { ResourceDeclaration } from './template';
import { Unresolved } from './unresolved';

/** Logical ids of a circle, the first one repeated at the end; undefined when there is none. */
export function findCircle(stack: Stack, evaluator: Evaluator): string[] | undefined {
  const done = new Set<string>();
  for (const start of stack.template.resources.keys()) {
    const circle = done.has(start) ? undefined : circleFrom(start, stack, evaluator, done);
    if (circle !== undefined) {
      return circle;
    }
  }
  return undefined;
}

function circleFrom(start: string, stack: Stack, evaluator: Evaluator, done: Set<string>): string[] | undefined {
  const path: { readonly id: string; readonly rest: string[] }[] = [];
  const onPath = new Set<string>();
  const enter = (id: string): void => {
    const resource = stack.template.resources.get(id);
    path.push({ id, rest: resource === undefined ? [] : dependenciesOf(resource, stack, evaluator) });
    onPath.add(id);
  };
  enter(start);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const next = top.rest.pop();
    if (next === undefined) {
      path.pop();
      onPath.delete(top.id);
      done.add(top.id);
    } else if (onPath.has(next)) {
      const ids = path.map(({ id }) => id);
      return [...ids.slice(ids.indexOf(next)), next];
    } else if (!done.has(next)) {
      enter(next);
    }
  }
  return undefined;
}

/** Logical ids that a resource needs, last one first. */
export function dependenciesOf(resource: ResourceDeclaration, stack: Stack, evaluator: Evaluator): string[] {
  const found = new Set<string>(resource.dependsOn);
  for (const { name } of referencesIn(resource.properties, (argument) => branchesOf(argument, stack, evaluator))) {
    found.add(name);
  }
  return [...found].filter((id) => stack.template.resources.has(id)).reverse();
}

/** The branch that holds; both where the condition is not known. */
export function branchesOf(argument: unknown, stack: Stack, evaluator: Evaluator): unknown[] {
  try {
    return [evaluator.branch(argument, stack)];
  } catch (error) {
    if (error instanceof Unresolved) {
      return Array.isArray(argument) ? argument.slice(1) : [];
    }
    throw error;
  }
}
