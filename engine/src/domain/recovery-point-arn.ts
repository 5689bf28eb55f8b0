/**
 * What the recovery points of each service are called.
 *
 * Pure: names and the seed in, an ARN out.
 * Source   B1.1: recovery point ARNs by type; continuous ones of RDS and Aurora: crossplane-contrib/provider-aws#1356,
 *          terraform-aws-modules/terraform-aws-rds-aurora#411. Assumed: the id of the database in them.
 */
import type { Environment } from '@holdfast/model';
import { formatInstant, Instant } from '../kernel/instant';
import { hex128, IdKey, uuid } from '../kernel/ids';

/** What a point is called after: of a World, or of what a report says about one. */
export interface PointName {
  readonly resource: {
    readonly arn: string;
    readonly service: { readonly id: string };
  };
  readonly vault: { readonly name: string; readonly made: { readonly env: Environment; readonly airGapped: boolean } };
  readonly origin: { readonly given: { readonly text: string; readonly within?: unknown; readonly source?: unknown } };
  readonly createdAt: Instant;
  readonly continuous: boolean;
}

type Format = (name: PointName, seed: number) => string;

const backupService: Format = (p, seed) => `${prefix(p, 'backup')}:recovery-point:${idOf(p, seed)}`;
const clusterSnapshot: Format = (p, seed) => `${prefix(p, 'rds')}:cluster-snapshot:awsbackup:job-${idOf(p, seed)}`;
const ebsSnapshot: Format = (p, seed) => `${prefix(p, 'ec2', '')}:snapshot/snap-${hex(p, seed, 17)}`;
const fsxBackup: Format = (p, seed) => `${prefix(p, 'fsx')}:backup/backup-${hex(p, seed, 17)}`;

const FORMATS: Readonly<Record<string, Format>> = {
  ebs: ebsSnapshot,
  'storage-gateway': ebsSnapshot,
  ec2: (p, seed) => `${prefix(p, 'ec2', '')}:image/ami-${hex(p, seed, 17)}`,
  rds: (p, seed) =>
    p.continuous ? continuousOf('db', p, seed) : `${prefix(p, 'rds')}:snapshot:awsbackup:job-${idOf(p, seed)}`,
  'rds-multi-az-cluster': clusterSnapshot,
  aurora: (p, seed) => (p.continuous ? continuousOf('cluster', p, seed) : clusterSnapshot(p, seed)),
  documentdb: clusterSnapshot,
  neptune: clusterSnapshot,
  dynamodb: (p, seed) =>
    `${prefix(p, 'dynamodb')}:table/${lastOf(p)}/backup/${String(p.createdAt).padStart(14, '0')}-${hex(p, seed, 8)}`,
  s3: (p, seed) =>
    `${prefix(p, 'backup')}:recovery-point:${lastOf(p)}-${p.continuous ? '' : `${stamp(p)}-`}${hex(p, seed, 8)}`,
  'fsx-lustre': fsxBackup,
  'fsx-windows': fsxBackup,
  'fsx-ontap': fsxBackup,
  'fsx-openzfs': fsxBackup,
  redshift: (p, seed) => `${prefix(p, 'redshift')}:snapshot:${lastOf(p)}/awsbackup:job-${idOf(p, seed)}`,
  'redshift-serverless': (p, seed) =>
    `${prefix(p, 'redshift-serverless')}:snapshot:${lastOf(p)}/awsbackup:job-${idOf(p, seed)}`,
  timestream: (p, seed) => `${backupService(p, seed)}_beta`,
  eks: (p, seed) => {
    const kind = isWhole(p) ? 'composite:eks' : 'eks';
    return `${prefix(p, 'backup')}:recovery-point:${kind}/${lastOf(p)}-${stamp(p)}${ofCopy(p, seed)}`;
  },
};

/** The ARN of a recovery point. Everything in a logically air-gapped vault is named by AWS Backup itself. */
export function recoveryPointArn(seed: number, name: PointName): string {
  const format = name.vault.made.airGapped ? backupService : (FORMATS[name.resource.service.id] ?? backupService);
  return format(name, seed);
}

/** Automated backups of a database have no ARN of a snapshot; AWS Backup names them after the id of the database. */
function continuousOf(kind: string, name: PointName, seed: number): string {
  const digits = hex(name, seed, 32);
  return `${prefix(name, 'backup')}:recovery-point:continuous:${kind}-${digits.slice(0, 24)}-${digits.slice(24)}`;
}

function keyOf({ vault, resource, origin, createdAt }: PointName): IdKey {
  const { env } = vault.made;
  const names = [env.account, env.region, vault.name, resource.arn, origin.given.text];
  return { kind: 'recovery-point', names, at: createdAt };
}

function idOf(name: PointName, seed: number): string {
  return uuid(seed, keyOf(name));
}

function hex(name: PointName, seed: number, digits: number): string {
  return hex128(seed, keyOf(name)).slice(0, digits);
}

/** `arn:aws:<service>:<region>:<account>` of the vault's place. */
function prefix({ vault }: PointName, service: string, account = vault.made.env.account): string {
  const { partition, region } = vault.made.env;
  return `arn:${partition}:${service}:${region}:${account}`;
}

/** The last part of the resource's ARN: a table, a bucket, a cluster. */
function lastOf({ resource }: PointName): string {
  const { arn } = resource;
  return arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
}

/** The composite point rather than that of the cluster's state, which is a child of it. */
function isWhole({ origin }: PointName): boolean {
  return origin.given.within === undefined;
}

/** Assumed: copies, which are of the second of their source, have digits of their own: one vault may take several. */
function ofCopy(name: PointName, seed: number): string {
  return name.origin.given.source === undefined ? '' : `-${hex(name, seed, 8)}`;
}

function stamp({ createdAt }: PointName): string {
  return formatInstant(createdAt).replace(/\D/g, '').slice(0, 14);
}
