/**
 * ListIdentitySources.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { refuseElsewhere, showSource } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';
import { PAGE } from './list-approval-teams';

export function listIdentitySources(
  state: WorldState,
  caller: Caller,
  input: api.ListIdentitySourcesRequest,
): api.ListIdentitySourcesResponse {
  refuseElsewhere(caller);
  const source = state.approvalTeams.source(caller);
  const { items, nextToken } = validPage(
    source === undefined ? [] : [source],
    input,
    {
      service: 'mpa',
      operation: 'ListIdentitySources',
      keyOf: ({ arn }) => arn,
    },
    PAGE,
  );
  return given({ IdentitySources: items.map((one) => showSource(state, one)), NextToken: nextToken });
}
