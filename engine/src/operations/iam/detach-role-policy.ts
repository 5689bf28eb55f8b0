/**
 * DetachRolePolicy.
 *
 * Source   IAM API reference, DetachRolePolicy.
 */
import type { DetachRolePolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { detach } from '../change-identity';
import { findRole } from '../find-identity';

export function detachRolePolicy(state: WorldState, caller: Caller, input: DetachRolePolicyCommandInput): void {
  detach(state, findRole(state, caller, input.RoleName), input.PolicyArn);
}
