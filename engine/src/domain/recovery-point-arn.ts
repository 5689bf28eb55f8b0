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

interface Parts extends PointName {
  readonly seed: number;
  readonly key: IdKey;
  /** `arn:aws:<service>:<region>:<account>` of the vault's place. */
  readonly prefix: (service: string, account?: string) => string;
}

type Format = (parts: Parts) => string;

const backupService: Format = (p) => `${p.prefix('backup')}:recovery-point:${uuid(p.seed, p.key)}`;
const clusterSnapshot: Format = (p) => `${p.prefix('rds')}:cluster-snapshot:awsbackup:job-${uuid(p.seed, p.key)}`;
const ebsSnapshot: Format = (p) => `${p.prefix('ec2', '')}:snapshot/snap-${hex(p, 17)}`;
const fsxBackup: Format = (p) => `${p.prefix('fsx')}:backup/backup-${hex(p, 17)}`;

const FORMATS: Readonly<Record<string, Format>> = {
  ebs: ebsSnapshot,
  'storage-gateway': ebsSnapshot,
  ec2: (p) => `${p.prefix('ec2', '')}:image/ami-${hex(p, 17)}`,
  rds: (p) => continuousOf('db', p) ?? `${p.prefix('rds')}:snapshot:awsbackup:job-${uuid(p.seed, p.key)}`,
  'rds-multi-az-cluster': clusterSnapshot,
  aurora: (p) => continuousOf('cluster', p) ?? clusterSnapshot(p),
  documentdb: clusterSnapshot,
  neptune: clusterSnapshot,
  dynamodb: (p) =>
    `${p.prefix('dynamodb')}:table/${lastOf(p)}/backup/${String(p.createdAt).padStart(14, '0')}-${hex(p, 8)}`,
  s3: (p) => `${p.prefix('backup')}:recovery-point:${lastOf(p)}-${p.continuous ? '' : `${stamp(p)}-`}${hex(p, 8)}`,
  'fsx-lustre': fsxBackup,
  'fsx-windows': fsxBackup,
  'fsx-ontap': fsxBackup,
  'fsx-openzfs': fsxBackup,
  redshift: (p) => `${p.prefix('redshift')}:snapshot:${lastOf(p)}/awsbackup:job-${uuid(p.seed, p.key)}`,
  'redshift-serverless': (p) =>
    `${p.prefix('redshift-serverless')}:snapshot:${lastOf(p)}/awsbackup:job-${uuid(p.seed, p.key)}`,
  timestream: (p) => `${backupService(p)}_beta`,
  eks: (p) => {
    const kind = isWhole(p) ? 'composite:eks' : 'eks';
    return `${p.prefix('backup')}:recovery-point:${kind}/${lastOf(p)}-${stamp(p)}${ofCopy(p)}`;
  },
};

/** The ARN of a recovery point. Everything in a logically air-gapped vault is named by AWS Backup itself. */
export function recoveryPointArn(seed: number, name: PointName): string {
  const { env } = name.vault.made;
  const parts: Parts = {
    ...name,
    seed,
    key: {
      kind: 'recovery-point',
      names: [env.account, env.region, name.vault.name, name.resource.arn, name.origin.given.text],
      at: name.createdAt,
    },
    prefix: (service, account = env.account) => `arn:${env.partition}:${service}:${env.region}:${account}`,
  };
  const format = name.vault.made.airGapped ? backupService : (FORMATS[name.resource.service.id] ?? backupService);
  return format(parts);
}

/** Automated backups of a database have no ARN of a snapshot; AWS Backup names them after the id of the database. */
function continuousOf(kind: string, parts: Parts): string | undefined {
  const digits = hex(parts, 32);
  const name = `${parts.prefix('backup')}:recovery-point:continuous:${kind}-${digits.slice(0, 24)}-${digits.slice(24)}`;
  return parts.continuous ? name : undefined;
}

function hex(parts: Parts, digits: number): string {
  return hex128(parts.seed, parts.key).slice(0, digits);
}

/** The last part of the resource's ARN: a table, a bucket, a cluster. */
function lastOf(parts: Parts): string {
  const { arn } = parts.resource;
  return arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
}

/** The composite point rather than that of the cluster's state, which is a child of it. */
function isWhole(parts: Parts): boolean {
  return parts.origin.given.within === undefined;
}

/** Assumed: copies, which are of the second of their source, have digits of their own: one vault may take several. */
function ofCopy(parts: Parts): string {
  return parts.origin.given.source === undefined ? '' : `-${hex(parts, 8)}`;
}

function stamp(parts: Parts): string {
  return formatInstant(parts.createdAt).replace(/\D/g, '').slice(0, 14);
}
