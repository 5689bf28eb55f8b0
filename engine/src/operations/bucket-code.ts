/**
 * What other services read out of buckets: code of functions, templates of stacks.
 *
 * Pure: reads the World.
 * Source   Lambda API reference, FunctionCode: it is copied when the function is made; CloudFormation API reference,
 *          TemplateURL (read 2026-11-26); Lambda developer guide, "Lambda quotas"; what Lambda answers to larger code, as issues of
 *          serverless/serverless (#6792) and others quote it (read 2026-11-27). Assumed: the text where there is no object; that
 *          an archive that is itself too large is refused by the same words.
 */
import type { StoredObject } from '../domain/stored-objects';
import type { WorldState } from '../domain/world-state';
import { type ZipEntry, zipEntries } from '../kernel/zip';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findBucket, findObject } from './find-bucket';

/** Of a function's code, unpacked. An archive that is larger than that holds more, too. */
export const MOST_CODE_BYTES = 262_144_000;

/** The members that say where code lies. */
interface CodeMembers {
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ZipFile?: Uint8Array | undefined;
}

/**
 * An input whose code lies in a bucket, with the code itself in that place. Code that is too large is not read.
 *
 * @throws AwsFault InvalidParameterValueException where it is not there, or too large
 */
export function withBucketCode<T extends { readonly Code?: CodeMembers | undefined }>(
  state: WorldState,
  caller: Caller,
  input: T,
): T {
  const { S3Bucket: bucket, S3Key: key, S3ObjectVersion: version, ...others } = input.Code ?? {};
  if (bucket === undefined) {
    refuseUnpacked(others.ZipFile);
    return input;
  }
  const { sizeBytes, body } = codeObject(state, caller, { bucket, key, version });
  refuseLarge(sizeBytes);
  const ZipFile = state.buckets.bodies.bytes(body);
  refuseUnpacked(ZipFile);
  return { ...input, Code: { ...others, ZipFile } };
}

/** What is no archive is found when it is to run. */
function refuseUnpacked(zip: Uint8Array | undefined): void {
  const entries = zip === undefined ? undefined : tryEntries(zip);
  refuseLarge(entries?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) ?? 0);
}

function tryEntries(zip: Uint8Array): ZipEntry[] | undefined {
  try {
    return zipEntries(zip);
  } catch (fault) {
    if (fault instanceof RangeError) {
      return undefined;
    }
    throw fault;
  }
}

function refuseLarge(sizeBytes: number): void {
  if (sizeBytes >= MOST_CODE_BYTES) {
    const text = `Unzipped size must be smaller than ${MOST_CODE_BYTES} bytes`;
    throw new AwsFault('InvalidParameterValueException', text);
  }
}

interface CodePlace {
  readonly bucket: string;
  readonly key: string | undefined;
  readonly version: string | undefined;
}

function codeObject(state: WorldState, caller: Caller, { bucket, key, version }: CodePlace): StoredObject {
  try {
    return findObject(findBucket(state, caller, { Bucket: bucket }), { Key: key, VersionId: version });
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
 * @param refuse throws where the object is too large to be read
 * @throws AwsFault of S3 where there is none
 */
export function textAtUrl(state: WorldState, caller: Caller, url: string, refuse: (sizeBytes: number) => void): string {
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
  refuse(object.sizeBytes);
  return Buffer.from(state.buckets.bodies.bytes(object.body)).toString();
}
