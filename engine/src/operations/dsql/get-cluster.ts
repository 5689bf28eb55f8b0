/**
 * GetCluster.
 *
 * Source   API of Aurora DSQL 2018-05-10: ResourceNotFoundException. A cluster without a key of its customer's is under one that
 *          AWS owns.
 */
import type { GetClusterCommandInput, GetClusterCommandOutput } from '@aws-sdk/client-dsql';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { lastOf, resourcesOf, tagsOf } from '../stateful';

export const DISTRIBUTED = ['aurora-dsql'];

export function getCluster(
  state: WorldState,
  caller: Caller,
  { identifier = '' }: GetClusterCommandInput,
): Omit<GetClusterCommandOutput, '$metadata'> {
  const found = resourcesOf(state, caller, DISTRIBUTED).find(({ arn }) => lastOf(arn) === identifier);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cluster ${identifier} does not exist.`);
  }
  const { encryptedWith: kmsKeyArn, state: status = 'ACTIVE' } = found.declaration;
  return {
    identifier,
    arn: found.arn,
    status: status as 'ACTIVE',
    creationTime: dateOf(found.madeAt),
    deletionProtectionEnabled: false,
    tags: { ...tagsOf(found) },
    encryptionDetails:
      kmsKeyArn === undefined
        ? { encryptionType: 'AWS_OWNED_KMS_KEY', encryptionStatus: 'ENABLED' }
        : { encryptionType: 'CUSTOMER_MANAGED_KMS_KEY', encryptionStatus: 'ENABLED', kmsKeyArn },
  };
}
