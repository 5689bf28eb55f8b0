/**
 * ListBuckets: those of the caller's account, whatever their Region.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { ListBucketsCommandInput, ListBucketsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { ownerOf } from '../find-bucket';

const MOST = 10_000;

export function listBuckets(
  state: WorldState,
  caller: Caller,
  input: ListBucketsCommandInput,
): Omit<ListBucketsCommandOutput, '$metadata'> {
  const { Prefix = '', BucketRegion: region, ContinuationToken: after = '' } = input;
  const most = input.MaxBuckets ?? MOST;
  const found = state.buckets
    .list(caller)
    .filter(({ name, env }) => name.startsWith(Prefix) && (region === undefined || env.region === region))
    .filter(({ name }) => name > after);
  const page = found.slice(0, most);
  return given({
    Buckets: page.map(({ name, arn, env, createdAt }) => ({
      Name: name,
      BucketArn: arn,
      BucketRegion: env.region,
      CreationDate: dateOf(createdAt),
    })),
    Owner: ownerOf(caller.account),
    Prefix: input.Prefix,
    ContinuationToken: found.length > most ? page.at(-1)?.name : undefined,
  });
}
