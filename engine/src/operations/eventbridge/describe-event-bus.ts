/**
 * DescribeEventBus.
 *
 * Source   API of EventBridge 2015-10-07, DescribeEventBus.
 */
import type { DescribeEventBusCommandInput, DescribeEventBusCommandOutput } from '@aws-sdk/client-eventbridge';
import { showBus } from '../show-rule';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBus } from '../find-rule';

export function describeEventBus(
  state: WorldState,
  caller: Caller,
  input: DescribeEventBusCommandInput,
): Omit<DescribeEventBusCommandOutput, '$metadata'> {
  return showBus(findBus(state, caller, input.Name));
}
