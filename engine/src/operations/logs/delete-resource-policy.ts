/**
 * DeleteResourcePolicy of an account and Region.
 *
 * Source   API of CloudWatch Logs 2014-03-28. Assumed: the text.
 */
import type { DeleteResourcePolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function deleteResourcePolicy(state: WorldState, caller: Caller, input: DeleteResourcePolicyCommandInput): void {
  const name = required(input.policyName, 'policyName');
  if (!state.services.messaging.logs.policies.remove(caller, name)) {
    throw new AwsFault('ResourceNotFoundException', `Policy with name [${name}] does not exist.`);
  }
}
