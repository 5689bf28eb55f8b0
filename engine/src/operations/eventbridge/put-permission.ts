/**
 * PutPermission, with a whole policy or one statement.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { PutPermissionCommandInput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { wholePolicy, withStatement } from '../bus-policy';
import { findBus } from '../find-rule';

export function putPermission(state: WorldState, caller: Caller, input: PutPermissionCommandInput): void {
  const bus = findBus(state, caller, input.EventBusName);
  bus.policy = input.Policy === undefined ? withStatement(bus, input) : wholePolicy(input.Policy);
}
