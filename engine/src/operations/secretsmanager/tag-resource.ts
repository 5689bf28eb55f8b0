/**
 * TagResource.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';
import { tagsOf } from '../tag-list';

export function tagResource(
  state: WorldState,
  caller: Caller,
  { SecretId, Tags }: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  secret.tags = { ...secret.tags, ...tagsOf(Tags) };
  return {};
}
