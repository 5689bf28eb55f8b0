/**
 * AttachGroupPolicy: a managed policy.
 *
 * Source   IAM API reference, AttachGroupPolicy.
 */
import type { AttachGroupPolicyCommandInput } from '@aws-sdk/client-iam';
import { attach } from '../change-identity';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function attachGroupPolicy(state: WorldState, caller: Caller, input: AttachGroupPolicyCommandInput): void {
  attach(state, findGroup(state, caller, input.GroupName), input.PolicyArn);
}
