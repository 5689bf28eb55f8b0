/**
 * RemovePermission: a statement, or all.
 *
 * Source   API of EventBridge 2015-10-07, RemovePermission.
 */
import type { RemovePermissionCommandInput } from '@aws-sdk/client-eventbridge';
import { policyOf, statementsOf } from '../bus-policy';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBus } from '../find-rule';

export function removePermission(state: WorldState, caller: Caller, input: RemovePermissionCommandInput): void {
  const bus = findBus(state, caller, input.EventBusName);
  if (input.RemoveAllPermissions === true) {
    bus.policy = undefined;
    return;
  }
  const statements = statementsOf(bus.policy);
  const others = statements.filter(({ Sid }) => Sid !== input.StatementId);
  if (others.length === statements.length) {
    const text = `Statement with the provided id does not exist: ${input.StatementId}`;
    throw new AwsFault(
      'ResourceNotFoundException',
      bus.policy === undefined ? 'EventBus does not have a policy.' : text,
    );
  }
  bus.policy = others.length === 0 ? undefined : policyOf(others);
}
