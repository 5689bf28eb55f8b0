/**
 * PutGroupPolicy: an inline policy.
 *
 * Source   IAM API reference, PutGroupPolicy. 5,120 characters of inline policies: IAM user guide, quotas.
 */
import type { PutGroupPolicyCommandInput } from '@aws-sdk/client-iam';
import { putInline } from '../change-identity';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

const INLINE_CHARACTERS = 5120;

export function putGroupPolicy(state: WorldState, caller: Caller, input: PutGroupPolicyCommandInput): void {
  const group = findGroup(state, caller, input.GroupName);
  putInline(state, group, input.PolicyName, input.PolicyDocument, INLINE_CHARACTERS);
}
