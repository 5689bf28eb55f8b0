/**
 * What an author should know besides the verdict: actions that AWS does not have, keys that an action never carries.
 *
 * Pure.
 * Source   action-tables.ts.
 * Spec     evaluation.md beside this file.
 */
import { actionsWith, hasResourceControl, isAction, mayCarry, serviceOf } from './action-tables';
import { documentOf } from './document';
import type { NamedPolicy, PolicyType } from './policies';
import type { AuthorizationRequest, ContextValue } from './request';
import { hasAction } from './statements';

/** What a request gives itself, without the keys that its action never carries. */
export function ownKeys({ action, context = {} }: AuthorizationRequest): Readonly<Record<string, ContextValue>> {
  return Object.fromEntries(Object.entries(context).filter(([key]) => mayCarry(action, key)));
}

/** Notes on a request and on the statements that mean its action. */
export function notesOf(
  { action, context = {} }: AuthorizationRequest,
  policies: readonly (readonly [NamedPolicy, PolicyType])[],
): string[] {
  if (!isAction(action)) {
    return [`${action} is no action that AWS publishes`];
  }
  const given = Object.keys(context)
    .filter((key) => !mayCarry(action, key))
    .map((key) => `the request does not carry ${key}: ${belongs(action, key)}`);
  const read = policies.flatMap(([policy, type]) => {
    if (type === 'resource-control' && !hasResourceControl(serviceOf(action))) {
      return [`resource control policies do not bind ${serviceOf(action)}`];
    }
    return documentOf(policy, type)
      .statements.filter((statement) => hasAction(statement.action, action))
      .flatMap(({ label, conditions }) =>
        conditions
          .filter(({ key }) => !mayCarry(action, key))
          .map(({ key }) => `${label} of ${policy.name} asks for ${key}: ${belongs(action, key)}`),
      );
  });
  return [...new Set([...given, ...read])];
}

function belongs(action: string, key: string): string {
  const actions = actionsWith(key);
  return actions.length === 0
    ? `${action} never has it, nor has any other action`
    : `${action} never has it, as it belongs to ${actions.join(', ')}`;
}
