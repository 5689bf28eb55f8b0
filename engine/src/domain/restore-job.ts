/**
 * One restore job: its moves, and what it makes.
 *
 * Pure: a request and facts in, a name, a refusal or the next state out.
 * Source   B8; the keys are model's RestoreMetadata.
 * Spec     restore-job.md
 */
import { RestoreMetadata, RestoreMetadataNeed } from '@holdfast/model';
import { hex128, type IdKey } from '../kernel/ids';
import { fileRestoreFault, destinationBucket, restoresFiles } from './file-restores';
import { DAY, Instant, tryParseInstant } from '../kernel/instant';

export type Metadata = Readonly<Record<string, string>>;

/** What a restore makes. */
export interface Target {
  readonly arn: string;
  readonly name: string;
  /** The restore writes into what may be there already (Source B8/3). */
  readonly inPlace: boolean;
}

/** The value of a key, in whatever case it was written (Source B8/2). */
export function valueOf(metadata: Metadata, key: string): string | undefined {
  const wanted = key.toLowerCase();
  return Object.entries(metadata).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** What is wrong with the keys that are there, in a sentence; undefined when nothing is. Texts: Assumed. */
export function keyFault(resourceType: string, metadata: Metadata): string | undefined {
  const lower = Object.keys(metadata).map((key) => key.toLowerCase());
  const twice = Object.keys(metadata).find((key, index) => lower.indexOf(key.toLowerCase()) !== index);
  if (twice !== undefined) {
    return `Metadata key ${twice} is given twice.`;
  }
  const strange = Object.keys(metadata).find(
    (key) => !key.startsWith('aws:') && RestoreMetadata.tryFind(resourceType, key) === undefined,
  );
  return strange !== undefined && RestoreMetadata.keysOf(resourceType).length > 0
    ? `Metadata key ${strange} is not supported for resource type ${resourceType}.`
    : undefined;
}

/** What is wrong with the metadata for a type, keys that are not there included. Texts: Assumed. */
export function metadataFault(resourceType: string, metadata: Metadata): string | undefined {
  const fault = keyFault(resourceType, metadata);
  if (fault !== undefined) {
    return fault;
  }
  if (restoresFiles(resourceType, metadata)) {
    return fileRestoreFault(metadata);
  }
  const keys = RestoreMetadata.keysOf(resourceType);
  const absent = keys.find(
    ({ key, need }) => need !== RestoreMetadataNeed.OPTIONAL && (valueOf(metadata, key) ?? '') === '',
  );
  return absent === undefined ? undefined : `Metadata key ${absent.key} is required for ${resourceType}.`;
}

/** Source B5.3/1: any second from the first backup on, at most 35 days back, up to the newest that can be restored. */
export function timeFault(
  metadata: Metadata,
  point: {
    readonly continuous: boolean;
    readonly createdAt: Instant;
    readonly retentionDays: number;
    /** Newest instant that can be restored. */
    readonly restorableAt: Instant;
  },
  now: Instant,
): string | undefined {
  const text = valueOf(metadata, 'RestoreTime') ?? valueOf(metadata, 'restoreToTime');
  if (text === undefined) {
    return undefined;
  }
  const at = tryParseInstant(text);
  if (!point.continuous) {
    return 'A restore time needs a continuous recovery point.';
  }
  const from = Math.max(point.createdAt, now - point.retentionDays * DAY);
  return at === undefined || at < from || at > point.restorableAt
    ? `Restore time ${text} is outside the restorable window.`
    : undefined;
}

/** What the backup holds to begin with, as far as a World knows it (Assumed: which keys). */
export function storedMetadata(resourceType: string, name: string, encrypted: boolean): Metadata {
  switch (resourceType) {
    case 'EFS':
      return { 'file-system-id': name, Encrypted: String(encrypted) };
    case 'EBS':
      return { encrypted: String(encrypted) };
    case 'RDS':
      return { DBInstanceIdentifier: name };
    case 'Aurora':
    case 'DocumentDB':
    case 'Neptune':
      return { dbClusterIdentifier: name };
    default:
      return {};
  }
}

/** Keys that name what may be there before the restore. */
const RECEIVERS: Readonly<Record<string, string>> = {
  EKS: 'clusterName',
  'Redshift Serverless': 'NamespaceIdentifier',
};

/**
 * What a restore makes, in the place of the point.
 *
 * Assumed: an ARN like that of the source, with the new name or an id made up at its end.
 */
export function targetOf(
  source: { readonly arn: string; readonly resourceType: string },
  place: { readonly account: string; readonly region: string },
  metadata: Metadata,
  seed: number,
  key: IdKey,
): Target {
  const type = source.resourceType;
  const parts = source.arn.split(':');
  const [region, account] = [parts[3] === '' ? '' : place.region, parts[4] === '' ? '' : place.account];
  const arn = [...parts.slice(0, 3), region, account, ...parts.slice(5)].join(':');
  if (restoresFiles(type, metadata)) {
    const bucket = destinationBucket(metadata);
    return { arn: `arn:${parts[1]}:s3:::${bucket}`, name: bucket, inPlace: true };
  }
  const old = /[^:/]*$/.exec(arn)?.[0] ?? '';
  if (type === 'EFS' && valueOf(metadata, 'newFileSystem')?.toLowerCase() === 'false') {
    return { arn, name: old, inPlace: true };
  }
  const fresh = RestoreMetadata.keysOf(type).find(({ need }) => need === RestoreMetadataNeed.NEW_VALUE)?.key;
  const given = valueOf(metadata, fresh ?? RECEIVERS[type] ?? '');
  const name = given ?? `${old.slice(0, old.indexOf('-') + 1)}${hex128(seed, key).slice(0, 17)}`;
  return {
    arn: arn.slice(0, arn.length - old.length) + name,
    name,
    inPlace: type === 'S3' || RECEIVERS[type] !== undefined,
  };
}
