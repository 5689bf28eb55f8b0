/**
 * CreateKey.
 *
 * Source   KMS API reference, CreateKey; B13.
 */
import type { CreateKeyCommandInput, CreateKeyCommandOutput } from '@aws-sdk/client-kms';
import { keyArn } from '../../domain/keys';
import type { WorldState } from '../../domain/world-state';
import { hex128, uuid } from '../../kernel/ids';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { defaultPolicy } from '../find-key';
import { policyText } from '../policy-document';
import { keyMetadata } from '../key-metadata';

/** Greatest size of a key policy. Source: KMS developer guide, "Quotas". */
export const KEY_POLICY_CHARACTERS = 32_768;

/**
 * @param keyId the id by which an artifact refers to the key already; made up unless given
 */
export function createKey(
  state: WorldState,
  caller: Caller,
  input: CreateKeyCommandInput,
  keyId?: string,
): Omit<CreateKeyCommandOutput, '$metadata'> {
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const multiRegion = input.MultiRegion ?? false;
  const policy =
    input.Policy === undefined ? defaultPolicy({ env }) : policyText(input.Policy, 'Policy', KEY_POLICY_CHARACTERS);
  const tags = new Map((input.Tags ?? []).map((tag) => [tag.TagKey ?? '', tag.TagValue ?? '']));
  const standing = keyId === undefined ? undefined : state.ledger.keys.tryFindByArn(keyArn(env, keyId));
  if (standing !== undefined) {
    throw new AwsFault('AlreadyExistsException', `${standing.arn} already exists`, { arn: standing.arn });
  }
  const made = {
    env,
    id: keyId ?? newId(state, caller, multiRegion),
    awsManaged: false,
    multiRegion,
    primary: undefined,
    usage: input.KeyUsage ?? 'ENCRYPT_DECRYPT',
    spec: input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT',
    createdAt: state.now,
  };
  return { KeyMetadata: keyMetadata(state.keys.create(made, policy, input.Description ?? '', tags)) };
}

/** Keys have no names of their own, so that their ids follow from how many an account made in a Region. */
function newId(state: WorldState, caller: Caller, multiRegion: boolean): string {
  const count = state.ledger.keys.made(caller);
  const key = { kind: 'kms-key', names: [caller.partition, caller.account, caller.region, `${count}`] };
  // Source: KMS developer guide, ids of multi-Region keys are `mrk-` and 32 hex digits.
  return multiRegion ? `mrk-${hex128(state.seed, key)}` : uuid(state.seed, key);
}
