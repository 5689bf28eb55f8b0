/**
 * GetResourcePolicy.
 *
 * Source   API model 2022-07-26 of mpa.
 * Gaps     Policies of shares of AWS RAM are not there.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { teamPolicies } from '../approval-policies';
import { findTeam, notFound } from '../approval-teams';
import { needed } from '../validation';

export function getResourcePolicy(
  state: WorldState,
  caller: Caller,
  input: api.GetResourcePolicyRequest,
): api.GetResourcePolicyResponse {
  const team = findTeam(state, caller, input.ResourceArn);
  const [name, type] = [needed(input.PolicyName, 'PolicyName'), needed(input.PolicyType, 'PolicyType')];
  const policy = teamPolicies(team).find(({ Name, PolicyType }) => Name === name && PolicyType === type);
  if (policy === undefined) {
    throw notFound(`policy ${name} (${type}) of ${team.arn}`);
  }
  return {
    ResourceArn: team.arn,
    PolicyType: policy.PolicyType,
    PolicyVersionArn: policy.Arn,
    PolicyName: policy.Name,
    PolicyDocument: policy.Document,
  };
}
