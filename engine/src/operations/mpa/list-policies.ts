/**
 * ListPolicies.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { policiesOf } from '../approval-policies';
import { refuseElsewhere } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';
import { PAGE } from './list-approval-teams';

export function listPolicies(
  _state: WorldState,
  caller: Caller,
  input: api.ListPoliciesRequest,
): api.ListPoliciesResponse {
  refuseElsewhere(caller);
  const { items, nextToken } = validPage(
    policiesOf(caller.partition),
    input,
    {
      service: 'mpa',
      operation: 'ListPolicies',
      keyOf: ({ Arn = '' }) => Arn,
    },
    PAGE,
  );
  return given({ Policies: items, NextToken: nextToken });
}
