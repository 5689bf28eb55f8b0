/**
 * GetObject, whole, a range or a part of it.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetObjectCommandInput, GetObjectOutput } from '@aws-sdk/client-s3';
import type { Body } from '../../domain/bodies';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { readObject } from '../read-object';

export function getObject(
  state: WorldState,
  caller: Caller,
  input: GetObjectCommandInput,
): Omit<GetObjectOutput, 'Body'> & { readonly Body: Body } {
  const { shown, body } = readObject(state, caller, input);
  return { ...shown, ...overriddenBy(input), Body: body };
}

/** Headers that the caller asks for, whatever the object has. */
function overriddenBy(input: GetObjectCommandInput): Partial<GetObjectOutput> {
  return given({
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
  });
}
