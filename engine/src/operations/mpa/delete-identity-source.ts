/**
 * DeleteIdentitySource.
 *
 * Source   API model 2022-07-26 of mpa, which has no exception for one that is not there. Assumed: no team may be left.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { conflict, refuseMembers, refuseOthers } from '../approval-teams';
import { needed } from '../validation';

export function deleteIdentitySource(state: WorldState, caller: Caller, input: api.DeleteIdentitySourceRequest): void {
  refuseMembers(state, caller);
  const arn = needed(input.IdentitySourceArn, 'IdentitySourceArn');
  refuseOthers(caller, arn);
  const source = state.approvalTeams.source(caller);
  if (source?.arn !== arn) {
    return;
  }
  const teams = state.approvalTeams.list(caller);
  if (teams.length > 0) {
    throw conflict(`The identity source has approval teams: ${teams.map((team) => team.made.name).join(', ')}.`);
  }
  state.approvalTeams.deleteSource(source);
}
