/**
 * GetPolicyVersion.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { versionOf } from '../approval-policies';
import { refuseElsewhere } from '../approval-teams';

export function getPolicyVersion(
  _state: WorldState,
  caller: Caller,
  input: api.GetPolicyVersionRequest,
): api.GetPolicyVersionResponse {
  refuseElsewhere(caller);
  return { PolicyVersion: versionOf(caller.partition, input.PolicyVersionArn) };
}
