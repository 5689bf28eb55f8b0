/**
 * GetObject, whole, a range or a part of it.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetObjectCommandInput, GetObjectOutput } from '@aws-sdk/client-s3';
import type { Body } from '../../domain/bodies';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { readObject } from '../read-object';

export function getObject(
  state: WorldState,
  caller: Caller,
  input: GetObjectCommandInput,
): Omit<GetObjectOutput, 'Body'> & { readonly Body: Body } {
  const { shown, body } = readObject(state, caller, input);
  return { ...shown, Body: body };
}
