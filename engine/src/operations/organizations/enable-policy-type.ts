/**
 * EnablePolicyType on the root.
 *
 * Source   API reference of AWS Organizations, EnablePolicyType.
 */
import type { EnablePolicyTypeCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManaged, policyKind } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function enablePolicyType(state: WorldState, caller: Caller, input: EnablePolicyTypeCommandInput): void {
  const organization = findManaged(state, caller);
  const kind = policyKind(input.PolicyType);
  if (input.RootId !== organization.root.id) {
    throw new AwsFault('RootNotFoundException', `There is no root ${input.RootId}.`);
  }
  // Assumed: what an organization begins with may be asked for once; Terraform and AWS's own examples do.
  if (organization.enabledKinds.has(kind) && !organization.impliedKinds.has(kind)) {
    throw new AwsFault('PolicyTypeAlreadyEnabledException', `${kind} is enabled already.`);
  }
  organization.impliedKinds.delete(kind);
  organization.enable(kind);
  organizationChanged(state, organization, organization.root.id, `enabled ${kind}`);
}
