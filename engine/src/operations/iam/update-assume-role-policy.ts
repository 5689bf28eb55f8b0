/**
 * UpdateAssumeRolePolicy.
 *
 * Source   IAM API reference, UpdateAssumeRolePolicy; B4.3/6.
 */
import type { UpdateAssumeRolePolicyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { policyText } from '../policy-document';
import { TRUST_CHARACTERS } from './create-role';

export function updateAssumeRolePolicy(
  state: WorldState,
  caller: Caller,
  input: UpdateAssumeRolePolicyCommandInput,
): void {
  const role = findRole(state, caller, input.RoleName);
  role.trust = policyText(input.PolicyDocument, 'PolicyDocument', TRUST_CHARACTERS);
  identityChanged(state, role, `trust ${role.trust}`);
}
