/**
 * ReplicateKey: a multi-Region key in one more Region, with a policy, aliases and a state of its own.
 *
 * Source   KMS API reference, ReplicateKey. Assumed: the replica is usable at once.
 */
import type { ReplicateKeyCommandInput, ReplicateKeyCommandOutput } from '@aws-sdk/client-kms';
import { keyArn } from '../../domain/keys';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { defaultPolicy, findCustomerKey, refusePending } from '../find-key';
import { required } from '../find-vault';
import { policyText } from '../policy-document';
import { KEY_POLICY_CHARACTERS } from './create-key';
import { keyMetadata } from '../key-metadata';

export function replicateKey(
  state: WorldState,
  caller: Caller,
  input: ReplicateKeyCommandInput,
): Omit<ReplicateKeyCommandOutput, '$metadata'> {
  const primary = findCustomerKey(state, caller, input.KeyId);
  const region = required(input.ReplicaRegion, 'ReplicaRegion');
  refusePending(primary);
  if (!primary.made.multiRegion || primary.made.primary !== undefined) {
    // Assumed: the text.
    throw new AwsFault('UnsupportedOperationException', `${primary.arn} is not a multi-Region primary key.`);
  }
  const env = { ...primary.made.env, region };
  const standing = state.ledger.keys.tryFindByArn(keyArn(env, primary.made.id));
  if (standing !== undefined) {
    throw new AwsFault('AlreadyExistsException', `${standing.arn} already exists`, { arn: standing.arn });
  }
  const policy =
    input.Policy === undefined ? defaultPolicy({ env }) : policyText(input.Policy, 'Policy', KEY_POLICY_CHARACTERS);
  const tags = new Map((input.Tags ?? []).map((tag) => [tag.TagKey ?? '', tag.TagValue ?? '']));
  const made = { ...primary.made, env, primary, createdAt: state.now };
  const replica = state.keys.create(made, policy, input.Description ?? '', tags);
  return { ReplicaKeyMetadata: keyMetadata(replica), ReplicaPolicy: replica.policy };
}
