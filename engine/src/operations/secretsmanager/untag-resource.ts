/**
 * UntagResource.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';
import { withoutTags } from '../tag-list';

export function untagResource(
  state: WorldState,
  caller: Caller,
  { SecretId, TagKeys }: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  secret.tags = withoutTags(secret.tags, TagKeys);
  return {};
}
