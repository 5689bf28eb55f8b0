/**
 * CreateOrganizationalUnit.
 *
 * Source   API reference of AWS Organizations, CreateOrganizationalUnit; depth: B11.3/5.
 */
import type {
  CreateOrganizationalUnitCommandInput,
  CreateOrganizationalUnitCommandOutput,
} from '@aws-sdk/client-organizations';
import { OrganizationsLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findManaged, findParent, organizationTags } from '../find-organization';
import { tagAll } from '../tag-map';
import { organizationChanged } from '../organization-change';
import { showUnit } from '../show-organization';

/**
 * @param id the id by which an artifact refers to it already; made up unless given
 */
export function createOrganizationalUnit(
  state: WorldState,
  caller: Caller,
  input: CreateOrganizationalUnitCommandInput,
  id?: string,
): Omit<CreateOrganizationalUnitCommandOutput, '$metadata'> {
  const organization = findManaged(state, caller);
  const parent = findParent(organization, input.ParentId);
  const name = required(input.Name, 'Name');
  if (parent.children.some((child) => child.kind === 'ORGANIZATIONAL_UNIT' && child.name === name)) {
    throw new AwsFault('DuplicateOrganizationalUnitException', `An OU with the name ${name} exists already.`);
  }
  if (parent.path.length > OrganizationsLimits.UNIT_DEPTH) {
    throw new AwsFault('ConstraintViolationException', 'OU_DEPTH_LIMIT_EXCEEDED: units nest five deep at most.');
  }
  const unit = organization.addUnit(name, parent, state.now, id);
  tagAll(organizationTags(organization, unit.id), input.Tags);
  organizationChanged(state, organization, unit.id, `unit ${name} in ${parent.id}`);
  return { OrganizationalUnit: showUnit(unit) };
}
