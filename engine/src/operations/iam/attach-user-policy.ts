/**
 * AttachUserPolicy: a managed policy.
 *
 * Source   IAM API reference, AttachUserPolicy.
 */
import type { AttachUserPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { attach } from '../change-identity';
import { findUser } from '../find-identity';

export function attachUserPolicy(state: WorldState, caller: Caller, input: AttachUserPolicyCommandInput): void {
  attach(state, findUser(state, caller, input.UserName), input.PolicyArn);
}
