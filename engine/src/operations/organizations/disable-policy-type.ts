/**
 * DisablePolicyType on the root: what is attached of the kind is detached.
 *
 * Source   API reference of AWS Organizations, DisablePolicyType.
 */
import type { DisablePolicyTypeCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManaged, policyKind } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function disablePolicyType(state: WorldState, caller: Caller, input: DisablePolicyTypeCommandInput): void {
  const organization = findManaged(state, caller);
  const kind = policyKind(input.PolicyType);
  if (!organization.enabledKinds.delete(kind)) {
    throw new AwsFault('PolicyTypeNotEnabledException', `${kind} is not enabled.`);
  }
  for (const node of organization.all()) {
    node.policies.splice(0, node.policies.length, ...node.policies.filter((policy) => policy.kind !== kind));
  }
  organizationChanged(state, organization, organization.root.id, `disabled ${kind}`);
}
