/**
 * DeletePublicAccessBlock.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeletePublicAccessBlockCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { removeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function deletePublicAccessBlock(
  state: WorldState,
  caller: Caller,
  input: DeletePublicAccessBlockCommandInput,
): void {
  removeSetting(state, caller, input, 'public-access-block');
}
