/**
 * PutUserPolicy: an inline policy.
 *
 * Source   IAM API reference, PutUserPolicy; 2,048 characters of inline policies: IAM user guide, quotas.
 */
import type { PutUserPolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { putInline } from '../change-identity';
import { findUser } from '../find-identity';

const INLINE_CHARACTERS = 2048;

export function putUserPolicy(state: WorldState, caller: Caller, input: PutUserPolicyCommandInput): void {
  const user = findUser(state, caller, input.UserName);
  putInline(state, user, input.PolicyName, input.PolicyDocument, INLINE_CHARACTERS);
}
