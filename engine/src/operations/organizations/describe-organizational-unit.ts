/**
 * DescribeOrganizationalUnit.
 *
 * Source   API reference of AWS Organizations, DescribeOrganizationalUnit.
 */
import type {
  DescribeOrganizationalUnitCommandInput,
  DescribeOrganizationalUnitCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findUnit } from '../find-organization';
import { showUnit } from '../show-organization';

export function describeOrganizationalUnit(
  state: WorldState,
  caller: Caller,
  input: DescribeOrganizationalUnitCommandInput,
): Omit<DescribeOrganizationalUnitCommandOutput, '$metadata'> {
  return { OrganizationalUnit: showUnit(findUnit(findAdministered(state, caller), input.OrganizationalUnitId)) };
}
