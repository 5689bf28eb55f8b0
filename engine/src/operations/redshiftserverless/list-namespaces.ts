/**
 * ListNamespaces.
 *
 * Source   API of Redshift Serverless 2021-04-21: 100 to a page.
 */
import type { ListNamespacesCommandInput, ListNamespacesCommandOutput } from '@aws-sdk/client-redshift-serverless';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { lastOf, resourcesOf } from '../stateful';

export const NAMESPACES = ['redshift-serverless'];
const PAGE = 100;

export function listNamespaces(
  state: WorldState,
  caller: Caller,
  { maxResults = PAGE, nextToken }: ListNamespacesCommandInput,
): Omit<ListNamespacesCommandOutput, '$metadata'> {
  const page = pageOf(resourcesOf(state, caller, NAMESPACES), maxResults, nextToken, {
    service: 'redshift-serverless',
    operation: 'ListNamespaces',
    keyOf: ({ arn }) => arn,
  });
  const namespaces = page.items.map(({ arn, declaration, madeAt }) =>
    given({
      namespaceArn: arn,
      namespaceId: lastOf(arn),
      namespaceName: declaration.name,
      kmsKeyId: declaration.encryptedWith,
      status: (declaration.state ?? 'AVAILABLE') as 'AVAILABLE',
      creationDate: dateOf(madeAt),
    }),
  );
  return given({ namespaces, nextToken: page.nextToken });
}
