/**
 * DetachPolicy.
 *
 * Source   API reference of AWS Organizations, DetachPolicy; B11.3/4; B11.7/2: of service control policies one stays.
 */
import type { DetachPolicyCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findOrganizationPolicy, findTarget, findToManage } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function detachPolicy(state: WorldState, caller: Caller, input: DetachPolicyCommandInput): void {
  const organization = findToManage(state, caller, 'DetachPolicy', (one) => {
    const { kind, arn } = findOrganizationPolicy(one, input.PolicyId);
    return { kind, arns: [arn, findTarget(one, input.TargetId).arn] };
  });
  const policy = findOrganizationPolicy(organization, input.PolicyId);
  const target = findTarget(organization, input.TargetId);
  if (!target.policies.includes(policy)) {
    throw new AwsFault('PolicyNotAttachedException', `${policy.id} is not attached to ${target.id}.`);
  }
  const alike = target.policies.filter((one) => one.kind === policy.kind);
  if (policy.kind === 'SERVICE_CONTROL_POLICY' && alike.length === 1) {
    throw new AwsFault('ConstraintViolationException', 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
  }
  if (policy.id === 'p-RCPFullAWSAccess') {
    throw new AwsFault('ConstraintViolationException', 'RCPFullAWSAccess cannot be detached.');
  }
  target.policies.splice(target.policies.indexOf(policy), 1);
  organizationChanged(state, organization, policy.id, `detached from ${target.id}`);
}
