/**
 * ListClusters.
 *
 * Source   API of EKS 2017-11-01: names, 100 to a page.
 */
import type { ListClustersCommandInput, ListClustersCommandOutput } from '@aws-sdk/client-eks';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { lastOf, resourcesOf } from '../stateful';
import { CLUSTERS } from './describe-cluster';

const PAGE = 100;

export function listClusters(
  state: WorldState,
  caller: Caller,
  { maxResults = PAGE, nextToken }: ListClustersCommandInput,
): Omit<ListClustersCommandOutput, '$metadata'> {
  const page = pageOf(resourcesOf(state, caller, CLUSTERS), maxResults, nextToken, {
    service: 'eks',
    operation: 'ListClusters',
    keyOf: ({ arn }) => arn,
  });
  return given({ clusters: page.items.map(({ arn }) => lastOf(arn)), nextToken: page.nextToken });
}
