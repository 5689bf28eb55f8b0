/**
 * PutRolePolicy: an inline policy.
 *
 * Source   IAM API reference, PutRolePolicy; 10,240 characters of inline policies: IAM user guide, quotas.
 */
import type { PutRolePolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { putInline } from '../change-identity';
import { findRole } from '../find-identity';

const INLINE_CHARACTERS = 10240;

export function putRolePolicy(state: WorldState, caller: Caller, input: PutRolePolicyCommandInput): void {
  const role = findRole(state, caller, input.RoleName);
  putInline(state, role, input.PolicyName, input.PolicyDocument, INLINE_CHARACTERS);
}
