/**
 * PutBucketVersioning.
 *
 * Source   S3 API reference 2006-03-01; S3 user guide, "Locking objects with Object Lock".
 */
import type { PutBucketVersioningCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { settingOf, writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

export function putBucketVersioning(state: WorldState, caller: Caller, input: PutBucketVersioningCommandInput): void {
  const status = input.VersioningConfiguration?.Status;
  if (input.VersioningConfiguration !== undefined && status !== 'Enabled' && status !== 'Suspended') {
    throw new AwsFault('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  }
  const locked = settingOf(findBucket(state, caller, input), 'object-lock') !== undefined;
  if (locked && status === 'Suspended') {
    throw new AwsFault(
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    );
  }
  writeSetting(state, caller, input, 'versioning', input.VersioningConfiguration);
}
