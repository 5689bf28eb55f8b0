/**
 * PutResourcePolicy of an account and Region.
 *
 * Source   API of CloudWatch Logs 2014-03-28; its quotas: 10 of them. Assumed: the text.
 * Gaps     The policy is kept and decides nothing.
 */
import type { PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

const POLICIES = 10;

export function putResourcePolicy(
  state: WorldState,
  caller: Caller,
  input: PutResourcePolicyCommandInput,
): Omit<PutResourcePolicyCommandOutput, '$metadata'> {
  const { policies } = state.services.messaging.logs;
  const policyName = required(input.policyName, 'policyName');
  const policyDocument = required(input.policyDocument, 'policyDocument');
  if (policies.tryFind(caller, policyName) === undefined && policies.list(caller).length >= POLICIES) {
    throw new AwsFault('LimitExceededException', 'Resource limit exceeded.');
  }
  policies.put(caller, policyName, { name: policyName, document: policyDocument, updatedAt: state.now });
  return { resourcePolicy: { policyName, policyDocument, lastUpdatedTime: state.now } };
}
