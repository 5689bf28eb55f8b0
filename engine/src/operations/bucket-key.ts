/**
 * The key that a bucket encrypts with unless told otherwise, as backups know it.
 *
 * Pure: reads the World.
 * Source   S3 user guide, "Using server-side encryption with AWS KMS keys": without a key, the one that AWS manages for S3.
 */
import type { ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3';
import type { Environment } from '@holdfast/model';
import { aliasArn, keyArn } from '../domain/keys';
import type { WorldState } from '../domain/world-state';

/** ARN of the key; undefined where it is S3's own. */
export function keyArnIn(
  state: WorldState,
  env: Environment,
  { Rules }: ServerSideEncryptionConfiguration,
): string | undefined {
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: key } = Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? {};
  if (algorithm === undefined || algorithm === 'AES256') {
    return undefined;
  }
  if (key === undefined) {
    return aliasArn(env, 'alias/aws/s3');
  }
  const standing = state.ledger.keys.tryFind(env, key)?.arn;
  return standing ?? (key.startsWith('arn:') ? key : key.startsWith('alias/') ? aliasArn(env, key) : keyArn(env, key));
}
