/**
 * HeadObject: as GetObject, without the bytes.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { HeadObjectCommandInput, HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { readObject } from '../read-object';

export function headObject(
  state: WorldState,
  caller: Caller,
  input: HeadObjectCommandInput,
): Omit<HeadObjectCommandOutput, '$metadata'> {
  return readObject(state, caller, input).shown;
}
