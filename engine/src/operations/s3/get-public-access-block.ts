/**
 * GetPublicAccessBlock.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetPublicAccessBlockCommandInput, GetPublicAccessBlockCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getPublicAccessBlock(
  state: WorldState,
  caller: Caller,
  input: GetPublicAccessBlockCommandInput,
): Omit<GetPublicAccessBlockCommandOutput, '$metadata'> {
  return { PublicAccessBlockConfiguration: readSetting(state, caller, input, 'public-access-block') };
}
