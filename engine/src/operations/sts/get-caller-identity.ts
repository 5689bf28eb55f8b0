/**
 * GetCallerIdentity.
 *
 * Source   API of STS 2011-06-15.
 */
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { callingArn, principalId } from '../principal-id';

export function getCallerIdentity(state: WorldState, caller: Caller): GetCallerIdentityResponse {
  const arn = callingArn(caller);
  return { Account: caller.account, Arn: arn, UserId: principalId(state, caller, arn) };
}
