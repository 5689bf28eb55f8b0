/**
 * CreatePolicy.
 *
 * Source   API reference of AWS Organizations, CreatePolicy; B11.1, B11.3/4, B11.7/2.
 */
import type { CreatePolicyCommandInput, CreatePolicyCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findToManage, policyKind, organizationTags } from '../find-organization';
import { tagAll } from '../tag-map';
import { organizationChanged, policyContent } from '../organization-change';
import { showSummary } from '../show-organization';

/**
 * @param id the id by which an artifact refers to it already; made up unless given
 */
export function createPolicy(
  state: WorldState,
  caller: Caller,
  input: CreatePolicyCommandInput,
  id?: string,
): Omit<CreatePolicyCommandOutput, '$metadata'> {
  const kind = policyKind(input.Type);
  const organization = findToManage(state, caller, 'CreatePolicy', (one) => ({
    kind,
    arns: [one.policyArn(kind, '*')],
  }));
  const name = required(input.Name, 'Name');
  const content = policyContent(kind, input.Content);
  if ([...organization.policies.values()].some((policy) => policy.name === name && policy.kind === kind)) {
    throw new AwsFault('DuplicatePolicyException', `A policy with the name ${name} exists already.`);
  }
  const policy = organization.addPolicy(kind, name, input.Description ?? '', content, id);
  tagAll(organizationTags(organization, policy.id), input.Tags);
  organizationChanged(state, organization, policy.id, `policy ${name}`);
  return { Policy: { PolicySummary: showSummary(policy), Content: policy.content } };
}
