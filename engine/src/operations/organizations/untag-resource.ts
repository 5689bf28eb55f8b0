/**
 * UntagResource.
 *
 * Source   API reference of AWS Organizations, UntagResource.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManaged, organizationTags } from '../find-organization';
import { required } from '../find-vault';
import { organizationChanged } from '../organization-change';
import { untagAll } from '../tag-map';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const organization = findManaged(state, caller);
  untagAll(organizationTags(organization, input.ResourceId), input.TagKeys);
  organizationChanged(state, organization, required(input.ResourceId, 'ResourceId'), 'tags');
}
