/**
 * TagResource: of a root, unit, account, policy or the resource policy.
 *
 * Source   API reference of AWS Organizations, TagResource.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManaged, organizationTags } from '../find-organization';
import { required } from '../find-vault';
import { organizationChanged } from '../organization-change';
import { tagAll } from '../tag-map';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const organization = findManaged(state, caller);
  tagAll(organizationTags(organization, input.ResourceId), input.Tags);
  organizationChanged(state, organization, required(input.ResourceId, 'ResourceId'), 'tags');
}
