/**
 * GetRole.
 *
 * Source   IAM API reference, GetRole.
 */
import type { GetRoleCommandInput, GetRoleCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRole } from '../find-identity';
import { showRole } from '../show-identity';

export function getRole(
  state: WorldState,
  caller: Caller,
  input: GetRoleCommandInput,
): Omit<GetRoleCommandOutput, '$metadata'> {
  return { Role: showRole(findRole(state, caller, input.RoleName)) };
}
