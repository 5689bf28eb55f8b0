/**
 * AttachRolePolicy: a managed policy.
 *
 * Source   IAM API reference, AttachRolePolicy.
 */
import type { AttachRolePolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { attach } from '../change-identity';
import { findRole } from '../find-identity';

export function attachRolePolicy(state: WorldState, caller: Caller, input: AttachRolePolicyCommandInput): void {
  attach(state, findRole(state, caller, input.RoleName), input.PolicyArn);
}
