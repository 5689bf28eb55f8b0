/**
 * ListClusters.
 *
 * Source   API of Aurora DSQL 2018-05-10: 100 to a page.
 */
import type { ListClustersCommandInput, ListClustersCommandOutput } from '@aws-sdk/client-dsql';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { lastOf, resourcesOf } from '../stateful';
import { DISTRIBUTED } from './get-cluster';

const PAGE = 100;

export function listClusters(
  state: WorldState,
  caller: Caller,
  { maxResults = PAGE, nextToken }: ListClustersCommandInput,
): Omit<ListClustersCommandOutput, '$metadata'> {
  const page = pageOf(resourcesOf(state, caller, DISTRIBUTED), maxResults, nextToken, {
    service: 'dsql',
    operation: 'ListClusters',
    keyOf: ({ arn }) => arn,
  });
  const clusters = page.items.map(({ arn }) => ({ identifier: lastOf(arn), arn }));
  return given({ clusters, nextToken: page.nextToken });
}
