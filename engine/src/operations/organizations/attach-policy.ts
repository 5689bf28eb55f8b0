/**
 * AttachPolicy to a root, a unit or an account.
 *
 * Source   API reference of AWS Organizations, AttachPolicy; B11.3/4; B11.7/2.
 */
import type { AttachPolicyCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findOrganizationPolicy, findTarget, findToManage } from '../find-organization';
import { ATTACHED, organizationChanged } from '../organization-change';

export function attachPolicy(state: WorldState, caller: Caller, input: AttachPolicyCommandInput): void {
  const organization = findToManage(state, caller, 'AttachPolicy', (one) => {
    const { kind, arn } = findOrganizationPolicy(one, input.PolicyId);
    return { kind, arns: [arn, findTarget(one, input.TargetId).arn] };
  });
  const policy = findOrganizationPolicy(organization, input.PolicyId);
  const target = findTarget(organization, input.TargetId);
  if (!organization.enabledKinds.has(policy.kind)) {
    throw new AwsFault('PolicyTypeNotEnabledException', `${policy.kind} is not enabled.`);
  }
  if (target.policies.includes(policy)) {
    throw new AwsFault('DuplicatePolicyAttachmentException', `${policy.id} is attached to ${target.id} already.`);
  }
  if (target.policies.filter((one) => one.kind === policy.kind).length >= ATTACHED[policy.kind]) {
    throw new AwsFault('ConstraintViolationException', 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
  }
  target.policies.push(policy);
  organizationChanged(state, organization, policy.id, `attached to ${target.id}`);
}
