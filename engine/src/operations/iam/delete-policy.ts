/**
 * DeletePolicy: one that nothing has.
 *
 * Source   IAM API reference, DeletePolicy.
 */
import type { DeletePolicyCommandInput } from '@aws-sdk/client-iam';
import { POLICY_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { AwsFault } from '../fault';
import { findManagedPolicy } from '../find-identity';

export function deletePolicy(state: WorldState, caller: Caller, input: DeletePolicyCommandInput): void {
  const policy = findManagedPolicy(state, caller, input.PolicyArn);
  if (state.ledger.roles.usersOfPolicy(policy.arn).length > 0) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete a policy attached to entities.');
  }
  state.ledger.roles.removePolicy(policy);
  logIdentity(state, POLICY_DELETED, policy, '');
}
