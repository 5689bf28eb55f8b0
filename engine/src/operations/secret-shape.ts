/**
 * A secret as Secrets Manager shows it, its value apart.
 *
 * Pure: domain in, the SDK's shape out.
 * Source   API of Secrets Manager 2017-10-17, DescribeSecret, SecretListEntry.
 */
import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import type { Secret } from '../domain/secrets';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import { tagList } from './tag-list';

/** Stages by the id of their version. */
export function stagesOf({ versions }: Secret): Record<string, string[]> {
  return Object.fromEntries([...versions.values()].map(({ id, stages }) => [id, [...stages]]));
}

export function secretShape(secret: Secret): Omit<SecretListEntry, 'SecretVersionsToStages'> {
  return given({
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.keyId,
    RotationEnabled: false,
    CreatedDate: dateOf(secret.createdAt),
    LastChangedDate: dateOf(secret.changedAt),
    DeletedDate: toDate(secret.deletedAt),
    Tags: tagList(secret.tags),
  });
}
