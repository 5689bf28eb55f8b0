/**
 * RevokeSecurityGroupEgress.
 *
 * Source   EC2 API reference: by id, or by what they say. What is not there: InvalidPermission.NotFound.
 */
import type {
  RevokeSecurityGroupEgressCommandInput,
  RevokeSecurityGroupEgressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findGroup, revokeRules } from '../security-groups';

export function revokeSecurityGroupEgress(
  state: WorldState,
  caller: Caller,
  input: RevokeSecurityGroupEgressCommandInput,
): Omit<RevokeSecurityGroupEgressCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  revokeRules(group, { egress: true, input });
  return { Return: true };
}
