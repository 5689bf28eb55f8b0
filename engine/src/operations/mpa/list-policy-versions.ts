/**
 * ListPolicyVersions.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { versionsOf } from '../approval-policies';
import { refuseElsewhere } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';
import { PAGE } from './list-approval-teams';

export function listPolicyVersions(
  _state: WorldState,
  caller: Caller,
  input: api.ListPolicyVersionsRequest,
): api.ListPolicyVersionsResponse {
  refuseElsewhere(caller);
  const { items, nextToken } = validPage(
    versionsOf(caller.partition, input.PolicyArn),
    input,
    {
      service: 'mpa',
      operation: 'ListPolicyVersions',
      parent: input.PolicyArn,
      keyOf: ({ Arn = '' }) => Arn,
    },
    PAGE,
  );
  return given({ PolicyVersions: items, NextToken: nextToken });
}
