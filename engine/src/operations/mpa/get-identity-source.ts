/**
 * GetIdentitySource.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findSource, showSource } from '../approval-teams';

export function getIdentitySource(
  state: WorldState,
  caller: Caller,
  input: api.GetIdentitySourceRequest,
): api.GetIdentitySourceResponse {
  return showSource(state, findSource(state, caller, input.IdentitySourceArn));
}
