/**
 * DescribeResourcePolicy.
 *
 * Source   API reference of AWS Organizations, DescribeResourcePolicy.
 */
import type {
  DescribeResourcePolicyCommandInput,
  DescribeResourcePolicyCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered } from '../find-organization';
import { showResourcePolicy } from '../show-organization';

export function describeResourcePolicy(
  state: WorldState,
  caller: Caller,
  _input: DescribeResourcePolicyCommandInput,
): Omit<DescribeResourcePolicyCommandOutput, '$metadata'> {
  return { ResourcePolicy: showResourcePolicy(findAdministered(state, caller)) };
}
