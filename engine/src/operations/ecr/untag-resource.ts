/**
 * UntagResource.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRepositoryByArn } from '../find-repository';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const found = findRepositoryByArn(state, caller, input.resourceArn);
  const left = Object.entries(found.tags).filter(([key]) => !(input.tagKeys ?? []).includes(key));
  state.services.repositories.change(found, { tags: Object.fromEntries(left) });
}
