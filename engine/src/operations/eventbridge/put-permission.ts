/**
 * PutPermission, with a whole policy.
 *
 * Source   API of EventBridge 2015-10-07.
 */
import type { PutPermissionCommandInput } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findBus } from '../find-rule';

export function putPermission(state: WorldState, caller: Caller, input: PutPermissionCommandInput): void {
  findBus(state, caller, input.EventBusName).policy = required(input.Policy, 'Policy');
}
