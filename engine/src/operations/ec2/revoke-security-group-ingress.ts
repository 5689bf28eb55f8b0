/**
 * RevokeSecurityGroupIngress.
 *
 * Source   EC2 API reference: by id, or by what they say. What is not there: InvalidPermission.NotFound.
 */
import type {
  RevokeSecurityGroupIngressCommandInput,
  RevokeSecurityGroupIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findGroup, revokeRules } from '../security-groups';

export function revokeSecurityGroupIngress(
  state: WorldState,
  caller: Caller,
  input: RevokeSecurityGroupIngressCommandInput,
): Omit<RevokeSecurityGroupIngressCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input);
  revokeRules(group, { egress: false, input });
  return { Return: true };
}
