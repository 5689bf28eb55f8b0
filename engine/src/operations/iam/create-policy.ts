/**
 * CreatePolicy: a managed policy of the customer.
 *
 * Source   IAM API reference, CreatePolicy; 6,144 characters: IAM user guide, quotas.
 */
import type { CreatePolicyCommandInput, CreatePolicyCommandOutput } from '@aws-sdk/client-iam';
import { POLICY_CREATED } from '../../domain/event-codes';
import { ManagedPolicy } from '../../domain/roles';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { newIdentity, refuseTaken } from '../find-identity';
import { policyText } from '../policy-document';
import { tagAll } from '../tag-map';
import { showPolicy } from '../show-identity';

export const MANAGED_CHARACTERS = 6144;

export function createPolicy(
  state: WorldState,
  caller: Caller,
  input: CreatePolicyCommandInput,
): Omit<CreatePolicyCommandOutput, '$metadata'> {
  const { roles } = state.ledger;
  const { name, path, arn, id } = newIdentity(state, caller, 'policy', { name: input.PolicyName, path: input.Path });
  const document = policyText(input.PolicyDocument, 'PolicyDocument', MANAGED_CHARACTERS);
  refuseTaken(
    'A policy',
    name,
    roles.policiesOf(caller).find((policy) => policy.name === name),
  );
  const env = { partition: caller.partition, account: caller.account };
  const policy = new ManagedPolicy(arn, name, path, env, id, state.now);
  policy.versions.set('v1', { document, createdAt: state.now });
  policy.made = 1;
  policy.description = input.Description ?? '';
  tagAll(policy.tags, input.Tags);
  roles.putPolicy(policy);
  logIdentity(state, POLICY_CREATED, policy, document);
  return { Policy: showPolicy(policy, roles.usersOfPolicy(arn)) };
}
