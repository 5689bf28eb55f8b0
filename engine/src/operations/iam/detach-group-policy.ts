/**
 * DetachGroupPolicy.
 *
 * Source   IAM API reference, DetachGroupPolicy.
 */
import type { DetachGroupPolicyCommandInput } from '@aws-sdk/client-iam';
import { detach } from '../change-identity';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function detachGroupPolicy(state: WorldState, caller: Caller, input: DetachGroupPolicyCommandInput): void {
  detach(state, findGroup(state, caller, input.GroupName), input.PolicyArn);
}
