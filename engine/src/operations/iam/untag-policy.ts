/**
 * UntagPolicy.
 *
 * Source   IAM API reference, UntagPolicy.
 */
import type { UntagPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManagedPolicy } from '../find-identity';
import { untagAll } from '../tag-map';

export function untagPolicy(state: WorldState, caller: Caller, input: UntagPolicyCommandInput): void {
  untagAll(findManagedPolicy(state, caller, input.PolicyArn).tags, input.TagKeys);
}
