/**
 * DescribeGlobalClusters.
 *
 * Source   API of RDS 2014-10-31: GlobalClusterNotFoundFault. There are none, as CreateGlobalCluster is not emulated.
 */
import type { DescribeGlobalClustersCommandInput, DescribeGlobalClustersCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function describeGlobalClusters(
  _state: WorldState,
  _caller: Caller,
  { GlobalClusterIdentifier: named }: DescribeGlobalClustersCommandInput,
): Omit<DescribeGlobalClustersCommandOutput, '$metadata'> {
  if (named !== undefined) {
    throw new AwsFault('GlobalClusterNotFoundFault', `Global cluster ${named} not found`);
  }
  return { GlobalClusters: [] };
}
