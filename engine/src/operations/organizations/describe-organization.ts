/**
 * DescribeOrganization, for every member.
 *
 * Source   API reference of AWS Organizations, DescribeOrganization.
 */
import type {
  DescribeOrganizationCommandInput,
  DescribeOrganizationCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findOrganization } from '../find-organization';
import { showOrganization } from '../show-organization';

export function describeOrganization(
  state: WorldState,
  caller: Caller,
  _input: DescribeOrganizationCommandInput,
): Omit<DescribeOrganizationCommandOutput, '$metadata'> {
  return { Organization: showOrganization(findOrganization(state, caller)) };
}
