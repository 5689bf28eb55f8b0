/**
 * DescribePolicy.
 *
 * Source   API reference of AWS Organizations, DescribePolicy.
 */
import type { DescribePolicyCommandInput, DescribePolicyCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findOrganizationPolicy } from '../find-organization';
import { showSummary } from '../show-organization';

export function describePolicy(
  state: WorldState,
  caller: Caller,
  input: DescribePolicyCommandInput,
): Omit<DescribePolicyCommandOutput, '$metadata'> {
  const policy = findOrganizationPolicy(findAdministered(state, caller), input.PolicyId);
  return { Policy: { PolicySummary: showSummary(policy), Content: policy.content } };
}
