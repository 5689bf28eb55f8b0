/**
 * What other services read out of buckets: code of functions, templates of stacks.
 *
 * Pure: reads the World.
 * Source   Lambda API reference, FunctionCode: it is copied when the function is made; CloudFormation API reference,
 *          TemplateURL (read 2026-11-26). Assumed: the text of Lambda's exception.
 */
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findBucket, findObject } from './find-bucket';

/** The members that say where code lies. */
interface CodeMembers {
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ZipFile?: Uint8Array | undefined;
}

/** An input whose code lies in a bucket, with the code itself in that place. */
export function withBucketCode<T extends { readonly Code?: CodeMembers | undefined }>(
  state: WorldState,
  caller: Caller,
  input: T,
): T {
  const { S3Bucket: bucket, S3Key: key, S3ObjectVersion: version, ...others } = input.Code ?? {};
  if (bucket === undefined) {
    return input;
  }
  try {
    const object = findObject(findBucket(state, caller, { Bucket: bucket }), { Key: key, VersionId: version });
    return { ...input, Code: { ...others, ZipFile: state.buckets.bodies.bytes(object.body) } };
  } catch (fault) {
    if (!(fault instanceof AwsFault)) {
      throw fault;
    }
    const text = `Error occurred while GetObject. S3 Error Code: ${fault.name}. S3 Error Message: ${fault.message}`;
    throw new AwsFault('InvalidParameterValueException', text);
  }
}

/**
 * The text of an object by its address: with the bucket in the path, or in the host.
 *
 * @throws AwsFault of S3 where there is none
 */
export function textAtUrl(state: WorldState, caller: Caller, url: string): string {
  if (!URL.canParse(url)) {
    throw new AwsFault('InvalidURI', "Couldn't parse the specified URI.");
  }
  const { hostname, pathname, searchParams } = new URL(url);
  const inHost = /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|localhost(?:\.localstack\.cloud)?)$/.exec(
    hostname,
  )?.[1];
  const parts = pathname.slice(1).split('/').map(decodeURIComponent);
  const [Bucket, Key] = inHost === undefined ? [parts[0], parts.slice(1).join('/')] : [inHost, parts.join('/')];
  const VersionId = searchParams.get('versionId') ?? undefined;
  const object = findObject(findBucket(state, caller, { Bucket }), { Key, VersionId });
  return Buffer.from(state.buckets.bodies.bytes(object.body)).toString();
}
