/**
 * PutPublicAccessBlock.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutPublicAccessBlockCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putPublicAccessBlock(state: WorldState, caller: Caller, input: PutPublicAccessBlockCommandInput): void {
  writeSetting(state, caller, input, 'public-access-block', input.PublicAccessBlockConfiguration);
}
