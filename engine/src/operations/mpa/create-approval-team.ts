/**
 * CreateApprovalTeam.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Create an approval team": three approvers and two approvals at least.
 *          Assumed: names of teams are taken once, and a token stands for what it began as long as that is there.
 * Gaps     Nobody is invited: each approver accepts a minute later.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import type { ApprovalTeam } from '../../domain/approval-team';
import { isPolicy } from '../approval-policies';
import { conflict, minApprovals, namedApprovers, refuseMembers, refuseThreshold } from '../approval-teams';
import { invalid, needed, refuseReservedKeys } from '../validation';

export function createApprovalTeam(
  state: WorldState,
  caller: Caller,
  input: api.CreateApprovalTeamRequest,
): api.CreateApprovalTeamResponse {
  refuseMembers(state, caller);
  const { partition, account, region } = caller;
  const name = needed(input.Name, 'Name');
  const terms = {
    description: needed(input.Description, 'Description'),
    minApprovals: minApprovals(input.ApprovalStrategy),
    approvers: namedApprovers(needed(input.Approvers, 'Approvers')),
  };
  refuseThreshold(terms.minApprovals, terms.approvers.length);
  const policies = needed(input.Policies, 'Policies').map(({ PolicyArn }) => needed(PolicyArn, 'PolicyArn'));
  const unknown = policies.find((arn) => !isPolicy(partition, arn));
  if (unknown !== undefined) {
    throw invalid(`There is no policy ${unknown}.`);
  }
  refuseReservedKeys(Object.keys(input.Tags ?? {}));
  const standing = state.approvalTeams.list(caller).find(({ made }) => made.name === name);
  if (standing !== undefined) {
    if (standing.made.clientToken === undefined || standing.made.clientToken !== input.ClientToken) {
      throw conflict(`There is an approval team ${name} already.`);
    }
    return shown(standing);
  }
  const env = { partition, account, region };
  const made = { env, name, policies, tags: input.Tags ?? {}, clientToken: input.ClientToken };
  return shown(state.approvalTeams.create(made, terms));
}

function shown({ arn, made, versionId, createdAt }: ApprovalTeam): api.CreateApprovalTeamResponse {
  return { CreationTime: dateOf(createdAt), Arn: arn, Name: made.name, VersionId: versionId };
}
