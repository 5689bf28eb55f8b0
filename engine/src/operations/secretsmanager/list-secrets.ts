/**
 * ListSecrets.
 *
 * Source   API of Secrets Manager 2017-10-17. Those that are being deleted are left out unless asked for.
 */
import type { ListSecretsCommandInput, ListSecretsCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { pageOf } from '../page';
import { secretShape, stagesOf } from '../secret-shape';

export function listSecrets(
  state: WorldState,
  caller: Caller,
  input: ListSecretsCommandInput,
): Omit<ListSecretsCommandOutput, '$metadata'> {
  const { Filters = [], IncludePlannedDeletion: planned = false, MaxResults, NextToken, SortOrder } = input;
  const known = ['all', 'description', 'name', 'tag-key', 'tag-value'];
  const unknown = Filters.find(({ Key = '' }) => !known.includes(Key));
  if (unknown !== undefined) {
    throw new AwsFault('NotEmulated', `secretsmanager: the filter ${unknown.Key} is not emulated`);
  }
  const all = state.services.secrets
    .list(caller, state.now)
    .filter(({ deletedAt }) => planned || deletedAt === undefined)
    .filter((secret) => {
      const texts: Record<string, readonly string[]> = {
        description: [secret.description ?? ''],
        name: [secret.name],
        'tag-key': Object.keys(secret.tags),
        'tag-value': Object.values(secret.tags),
      };
      const matches = ({ Key: key = 'all', Values = [] }: (typeof Filters)[number]) =>
        Values.some((value) => (texts[key] ?? Object.values(texts).flat()).some((text) => text.startsWith(value)));
      return Filters.every(matches);
    });
  const page = pageOf(SortOrder === 'desc' ? all.reverse() : all, MaxResults, NextToken, {
    service: 'secretsmanager',
    operation: 'ListSecrets',
    keyOf: ({ arn }) => arn,
  });
  const shapes = page.items.map((secret) => {
    return { ...secretShape(secret), SecretVersionsToStages: stagesOf(secret) };
  });
  return given({ SecretList: shapes, NextToken: page.nextToken });
}
