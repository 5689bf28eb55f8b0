/**
 * TagResource.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepositoryByArn, repositoryTags } from '../find-repository';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const found = findRepositoryByArn(state, caller, input.resourceArn);
  state.services.repositories.change(found, { tags: { ...found.tags, ...repositoryTags(input.tags) } });
}
