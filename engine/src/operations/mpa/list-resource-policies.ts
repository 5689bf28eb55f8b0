/**
 * ListResourcePolicies.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { teamPolicies } from '../approval-policies';
import { findTeam } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';
import { PAGE } from './list-approval-teams';

export function listResourcePolicies(
  state: WorldState,
  caller: Caller,
  input: api.ListResourcePoliciesRequest,
): api.ListResourcePoliciesResponse {
  const policies = teamPolicies(findTeam(state, caller, input.ResourceArn));
  const { items, nextToken } = validPage(
    policies,
    input,
    {
      service: 'mpa',
      operation: 'ListResourcePolicies',
      parent: input.ResourceArn,
      keyOf: ({ PolicyArn = '' }) => PolicyArn,
    },
    PAGE,
  );
  const ResourcePolicies = items.map(({ PolicyArn, PolicyType, Name }) => ({
    PolicyArn,
    PolicyType,
    PolicyName: Name,
  }));
  return given({ ResourcePolicies, NextToken: nextToken });
}
