/**
 * CreateAccessKey: the one answer that has the secret.
 *
 * Source   IAM API reference, CreateAccessKey; IAM user guide, "IAM and AWS STS quotas" (two for each user).
 * Spec     ../../domain/credentials.md
 */
import type { CreateAccessKeyCommandInput, CreateAccessKeyCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { userMeant } from '../access-key';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { AwsFault } from '../fault';

const MOST = 2;

export function createAccessKey(
  state: WorldState,
  caller: Caller,
  input: CreateAccessKeyCommandInput,
): Omit<CreateAccessKeyCommandOutput, '$metadata'> {
  const { credentials } = state.services;
  const user = userMeant(state, caller, input.UserName);
  if (credentials.keysOf(user).length >= MOST) {
    throw new AwsFault('LimitExceededException', `Cannot exceed quota for AccessKeysPerUser: ${MOST}`);
  }
  const key = credentials.createKey(user);
  identityChanged(state, user, `access key ${key.id}`);
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: key.id,
      Status: 'Active',
      SecretAccessKey: key.secret,
      CreateDate: dateOf(key.createdAt),
    },
  };
}
