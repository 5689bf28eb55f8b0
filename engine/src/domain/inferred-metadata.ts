/**
 * The metadata with which a restore test restores.
 *
 * Pure: facts in, metadata out.
 * Source   B9.3/8; B9.2/3 (overrides do not tell upper from lower case). What a World does not know of a resource, such
 *          as its engine or instance type, is left out.
 * Spec     restore-testing.md
 */
import { RestoreMetadata } from '@holdfast/model';
import { Instant, SECOND, shortInstant } from '../kernel/instant';
import { below, finish, mix } from '../kernel/prng';
import type { Metadata } from './restore-job';

/** Source B9.3/7: what names of restored resources begin with, and the tag that they carry. */
export const RESTORE_TEST = 'awsbackup-restore-test';

/** Assumed: which Availability Zones there are. */
const ZONES = ['a', 'b', 'c'];

export interface Inferred {
  readonly resourceType: string;
  /** Id of the service of the resource. */
  readonly service: string;
  /** Name of the resource that was backed up. */
  readonly name: string;
  /** Where the test restores. */
  readonly region: string;
  /** What makes the new name unique. */
  readonly suffix: string;
  /** For a continuous point: the latest instant that can be restored. */
  readonly restorableAt: Instant | undefined;
  /** A word from the generator, for what is chosen at random. */
  readonly draw: number;
}

/** What AWS Backup infers. Keys and values: Source B9.3/8; their exact spelling is Assumed. */
export function inferredMetadata(of: Inferred): Metadata {
  const fresh = `${RESTORE_TEST}-${of.suffix}`;
  const zones = ZONES.map((zone) => `${of.region}${zone}`);
  const first = below(of.draw, zones.length);
  switch (of.resourceType) {
    case 'EBS':
      return { availabilityZone: zones[first] ?? '', encrypted: 'true' };
    case 'EC2':
      return { RequireIMDSv2: 'true', DisableApiTermination: 'false' };
    case 'EFS':
      return {
        'file-system-id': of.name,
        newFileSystem: 'true',
        CreationToken: fresh,
        Encrypted: 'true',
        KmsKeyId: 'alias/aws/elasticfilesystem',
        PerformanceMode: 'generalPurpose',
      };
    case 'DynamoDB':
      return { targetTableName: fresh, encryptionType: 'Default' };
    case 'S3':
      return {
        DestinationBucketName: fresh,
        NewBucket: 'true',
        CreationToken: fresh,
        Encrypted: 'true',
        EncryptionType: 'SSE-S3',
        ...(of.restorableAt === undefined ? {} : { RestoreTime: secondOf(of.restorableAt) }),
      };
    case 'RDS':
      return {
        DBInstanceIdentifier: fresh,
        MultiAZ: 'false',
        PubliclyAccessible: 'false',
        DeletionProtection: 'false',
        ...(of.restorableAt === undefined ? {} : { UseLatestRestorableTime: 'true' }),
      };
    case 'FSx':
      return of.service === 'fsx-ontap'
        ? { Name: `awsbackup_restore_test_${of.suffix}` }
        : { [configurationOf(of.service)]: JSON.stringify({ automaticBackupRetentionDays: 0 }) };
    default:
      return {
        dbClusterIdentifier: fresh,
        ...engineOf(of.resourceType),
        availabilityZones: JSON.stringify(shuffled(zones, of.draw)),
        deletionProtection: 'false',
        ...(of.restorableAt === undefined ? {} : { useLatestRestorableTime: 'true' }),
      };
  }
}

/**
 * The inferred metadata with those of a selection over it. Assumed: a key that AWS does not list among those that a test
 * may override stays as inferred; one that it does not know at all stays, for the restore to fail on.
 */
export function withOverrides(resourceType: string, inferred: Metadata, overrides: Metadata): Metadata {
  const counted = Object.entries(overrides).filter(
    ([key]) => RestoreMetadata.tryFind(resourceType, key)?.overridable !== false,
  );
  const replaced = new Set(counted.map(([key]) => key.toLowerCase()));
  const kept = Object.entries(inferred).filter(([key]) => !replaced.has(key.toLowerCase()));
  return Object.fromEntries([...kept, ...counted]);
}

function secondOf(at: Instant): string {
  return shortInstant(Math.floor(at / SECOND) * SECOND);
}

function configurationOf(service: string): string {
  return service === 'fsx-lustre'
    ? 'LustreConfiguration'
    : service === 'fsx-windows'
      ? 'WindowsConfiguration'
      : 'OpenZFSConfiguration';
}

/** A cluster of Aurora may be of either engine, which a World does not know. */
function engineOf(resourceType: string): Metadata {
  return resourceType === 'DocumentDB' ? { engine: 'docdb' } : resourceType === 'Neptune' ? { engine: 'neptune' } : {};
}

/** The zones in one of their orders. */
function shuffled(zones: readonly string[], draw: number): string[] {
  const order = zones.map((zone, index) => ({ zone, weight: finish(mix(draw, index)) }));
  return order.sort((a, b) => a.weight - b.weight).map(({ zone }) => zone);
}
