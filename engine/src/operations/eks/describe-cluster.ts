/**
 * DescribeCluster.
 *
 * Source   API of EKS 2017-11-01: ResourceNotFoundException.
 * Gaps     What backups do not see of a cluster (version, network, access) is left out.
 */
import type { Cluster, DescribeClusterCommandInput, DescribeClusterCommandOutput } from '@aws-sdk/client-eks';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { lastOf, resourcesOf, tagsOf } from '../stateful';

export const CLUSTERS = ['eks'];

export function describeCluster(
  state: WorldState,
  caller: Caller,
  { name = '' }: DescribeClusterCommandInput,
): Omit<DescribeClusterCommandOutput, '$metadata'> {
  const found = resourcesOf(state, caller, CLUSTERS).find(({ arn }) => lastOf(arn) === name);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `No cluster found for name: ${name}.`);
  }
  const { encryptedWith: keyArn, state: status = 'ACTIVE' } = found.declaration;
  const cluster: Cluster = given({
    name,
    arn: found.arn,
    createdAt: dateOf(found.madeAt),
    status: status as Cluster['status'],
    tags: { ...tagsOf(found) },
    encryptionConfig: keyArn === undefined ? undefined : [{ resources: ['secrets'], provider: { keyArn } }],
  });
  return { cluster };
}
