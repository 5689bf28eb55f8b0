/**
 * ListSecretVersionIds.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type {
  ListSecretVersionIdsCommandInput,
  ListSecretVersionIdsCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';
import { pageOf } from '../page';

export function listSecretVersionIds(
  state: WorldState,
  caller: Caller,
  { SecretId, MaxResults, NextToken }: ListSecretVersionIdsCommandInput,
): Omit<ListSecretVersionIdsCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  const page = pageOf([...secret.versions.values()], MaxResults, NextToken, {
    service: 'secretsmanager',
    operation: 'ListSecretVersionIds',
    parent: secret.arn,
    keyOf: ({ id }) => id,
  });
  const Versions = page.items.map(({ id, stages, createdAt }) => ({
    VersionId: id,
    VersionStages: [...stages],
    CreatedDate: dateOf(createdAt),
  }));
  return given({ ARN: secret.arn, Name: secret.name, Versions, NextToken: page.nextToken });
}
