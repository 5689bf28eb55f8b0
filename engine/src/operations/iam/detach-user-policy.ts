/**
 * DetachUserPolicy.
 *
 * Source   IAM API reference, DetachUserPolicy.
 */
import type { DetachUserPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { detach } from '../change-identity';
import { findUser } from '../find-identity';

export function detachUserPolicy(state: WorldState, caller: Caller, input: DetachUserPolicyCommandInput): void {
  detach(state, findUser(state, caller, input.UserName), input.PolicyArn);
}
