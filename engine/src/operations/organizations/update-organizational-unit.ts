/**
 * UpdateOrganizationalUnit: its name.
 *
 * Source   API reference of AWS Organizations, UpdateOrganizationalUnit.
 */
import type {
  UpdateOrganizationalUnitCommandInput,
  UpdateOrganizationalUnitCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManaged, findUnit } from '../find-organization';
import { organizationChanged } from '../organization-change';
import { showUnit } from '../show-organization';

export function updateOrganizationalUnit(
  state: WorldState,
  caller: Caller,
  input: UpdateOrganizationalUnitCommandInput,
): Omit<UpdateOrganizationalUnitCommandOutput, '$metadata'> {
  const organization = findManaged(state, caller);
  const unit = findUnit(organization, input.OrganizationalUnitId);
  const name = input.Name ?? unit.name;
  if (unit.parent?.children.some((one) => one !== unit && one.kind === unit.kind && one.name === name) === true) {
    throw new AwsFault('DuplicateOrganizationalUnitException', `An OU with the name ${name} exists already.`);
  }
  unit.name = name;
  organizationChanged(state, organization, unit.id, `named ${name}`);
  return { OrganizationalUnit: showUnit(unit) };
}
