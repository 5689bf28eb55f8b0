/**
 * A key as DescribeKey, CreateKey and ReplicateKey show it.
 *
 * Pure: a key in, the SDK's KeyMetadata out.
 * Source   API model of KMS 2014-11-01: KeyMetadata.
 */
import type { KeyMetadata, MultiRegionConfiguration } from '@aws-sdk/client-kms';
import type { Key } from '../domain/keys';
import { dateOf, NEVER } from '../kernel/instant';
import { given } from './backup/shapes';

export function keyMetadata(key: Key): KeyMetadata {
  const { made } = key;
  return given({
    AWSAccountId: made.env.account,
    KeyId: made.id,
    Arn: key.arn,
    CreationDate: dateOf(made.createdAt),
    Enabled: key.usable,
    Description: key.description,
    KeyUsage: made.usage as NonNullable<KeyMetadata['KeyUsage']>,
    KeyState: key.state as NonNullable<KeyMetadata['KeyState']>,
    DeletionDate: key.deletionAt === NEVER ? undefined : dateOf(key.deletionAt),
    Origin: 'AWS_KMS' as const,
    KeyManager: made.awsManaged ? ('AWS' as const) : ('CUSTOMER' as const),
    KeySpec: made.spec as NonNullable<KeyMetadata['KeySpec']>,
    // The older name, which Terraform still reads.
    CustomerMasterKeySpec: made.spec as NonNullable<KeyMetadata['CustomerMasterKeySpec']>,
    MultiRegion: made.multiRegion,
    MultiRegionConfiguration: made.multiRegion ? multiRegionOf(key) : undefined,
    PendingDeletionWindowInDays: key.state === 'PendingReplicaDeletion' ? key.pendingDays : undefined,
  });
}

function multiRegionOf(key: Key): MultiRegionConfiguration {
  const primary = key.made.primary ?? key;
  return {
    MultiRegionKeyType: key === primary ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: { Arn: primary.arn, Region: primary.made.env.region },
    ReplicaKeys: primary.replicas
      .filter((replica) => replica.state !== 'Deleted')
      .map((replica) => ({ Arn: replica.arn, Region: replica.made.env.region })),
  };
}
