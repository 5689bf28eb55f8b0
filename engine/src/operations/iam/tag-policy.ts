/**
 * TagPolicy.
 *
 * Source   IAM API reference, TagPolicy.
 */
import type { TagPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManagedPolicy } from '../find-identity';
import { tagAll } from '../tag-map';

export function tagPolicy(state: WorldState, caller: Caller, input: TagPolicyCommandInput): void {
  tagAll(findManagedPolicy(state, caller, input.PolicyArn).tags, input.Tags);
}
