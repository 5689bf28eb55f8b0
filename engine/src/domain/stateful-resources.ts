/**
 * Names, ids and ARNs of resources that hold data, the same from every artifact form and from calls.
 *
 * Pure: the CloudFormation and the Terraform reader and the operations come here, so that one estate
 * declared or made in any way gives the same ARNs.
 * Source   `ServiceSupport` for ARN formats. RDS User Guide: identifiers are stored in lower case.
 * Assumed  Decision 0003: an id that a service would make follows from kind, environment and name.
 */
import type { Environment, StatefulResource } from '@holdfast/model';
import { ServiceSupport } from '@holdfast/model';
import { generatedHex, generatedUuid } from './generated-ids';

/** How a service tells its resources apart, where not by the author's name as written. */
interface Naming {
  /** What the service makes; absent where the author names the resource. */
  readonly id?: { readonly prefix: string; readonly digits: number } | 'uuid';
  /** The service stores names in lower case. */
  readonly lowerCase?: true;
}

const FILE_SYSTEM: Naming = { id: { prefix: 'fs-', digits: 17 } };
const LOWER_CASE: Naming = { lowerCase: true };

const NAMINGS: Readonly<Record<string, Naming>> = {
  ec2: { id: { prefix: 'i-', digits: 17 } },
  ebs: { id: { prefix: 'vol-', digits: 17 } },
  s3: LOWER_CASE,
  rds: LOWER_CASE,
  'rds-multi-az-cluster': LOWER_CASE,
  aurora: LOWER_CASE,
  'aurora-dsql': { id: { prefix: '', digits: 26 } },
  efs: FILE_SYSTEM,
  'fsx-lustre': FILE_SYSTEM,
  'fsx-windows': FILE_SYSTEM,
  'fsx-openzfs': FILE_SYSTEM,
  'fsx-ontap': { id: { prefix: 'fsvol-', digits: 17 } },
  'storage-gateway': { id: { prefix: 'vol-', digits: 17 } },
  documentdb: LOWER_CASE,
  neptune: LOWER_CASE,
  redshift: LOWER_CASE,
  'redshift-serverless': { id: 'uuid' },
  'virtual-machine': { id: { prefix: 'vm-', digits: 17 } },
};

/** What a reader knows of a resource that tells it from its like. */
export interface Seed {
  /** Name that the author gave: table name, bucket, DB identifier; of a KMS key, the alias that targets it. */
  readonly name?: string | undefined;
  /** Value of the tag `Name`. */
  readonly nameTag?: string | undefined;
  /** Logical id or Terraform address. */
  readonly address: string;
}

/** What generated ids are keyed by: the explicit name, else the `Name` tag, else the address. */
export function seedText(seed: Seed): string {
  return seed.name ?? seed.nameTag ?? seed.address;
}

/**
 * Seeds made distinct: of those that read alike, the second gets `#2`, the third `#3`.
 *
 * Two instances may carry the same `Name` tag; each still needs an id of its own.
 */
export function distinctSeeds(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text}#${count}`;
  });
}

/** Whether the service makes the id (`i-…`, `fs-…`) rather than the author naming the resource. */
export function isIdGenerated(service: string): boolean {
  return NAMINGS[service]?.id !== undefined;
}

/**
 * Name of a resource as its ARN spells it: the author's, or the one that the service makes from `seed`.
 *
 * @param seed distinct text, `seedText` after `distinctSeeds`
 */
export function physicalName(service: string, env: Environment, name: string | undefined, seed: string): string {
  const { id, lowerCase } = NAMINGS[service] ?? {};
  if (id === 'uuid') {
    return generatedUuid(idKind(service), env, seed);
  }
  if (id !== undefined) {
    return `${id.prefix}${generatedHex(idKind(service), env, seed, id.digits)}`;
  }
  const given = name ?? generatedName(idKind(service), env, seed);
  return lowerCase ? given.toLowerCase() : given;
}

/** A name that a service or CloudFormation would make: legible, and legal for every service that we read. */
export function generatedName(kind: string, env: Environment, seed: string): string {
  const legible = seed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return `${legible === '' ? 'r' : legible}-${generatedHex(kind, env, seed, 12)}`;
}

/**
 * ARN of a resource.
 *
 * @param name as `physicalName` gives it
 * @param parent file system of an ONTAP volume, database of a Timestream table, gateway of a gateway's volume
 */
export function arnOf(service: string, env: Environment, name: string, parent?: string): string {
  if (service === 'cloudformation') {
    return ServiceSupport.arn(service, env, `${name}/${generatedUuid('stack', env, name)}`);
  }
  return ServiceSupport.arn(service, env, parent === undefined ? name : `${parent}/${name}`);
}

/** When a service works on a resource itself. */
export type Windows = Pick<
  StatefulResource,
  'preferredMaintenanceWindow' | 'preferredBackupWindow' | 'automatedBackupDays'
>;

/** What a reader found out about a resource that holds data. */
export interface ResourceFacts {
  readonly service: string;
  readonly env: Environment;
  /** As `physicalName` gives it. */
  readonly name: string;
  /** See `arnOf`. */
  readonly parent?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sizeGiB?: number | undefined;
  readonly dailyChangePercent?: number | undefined;
  /** Key id, alias or ARN, as declared. */
  readonly encryptionKey?: string | undefined;
  readonly state?: string | undefined;
  readonly windows?: Windows | undefined;
  /** Whether a bucket keeps versions. */
  readonly versioning?: boolean | undefined;
  readonly declaredAt: string;
}

/** The declaration of a resource, with its ARN; what is not known is left out. */
export function statefulResource(facts: ResourceFacts): StatefulResource {
  const { service, env, name, parent, tags, sizeGiB, dailyChangePercent, encryptionKey, state } = facts;
  const { windows, versioning, declaredAt } = facts;
  return {
    arn: arnOf(service, env, name, parent),
    service,
    resourceType: ServiceSupport.find(service).resourceType,
    name,
    env,
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags: { ...tags } }),
    ...(sizeGiB !== undefined && { sizeGiB }),
    ...(dailyChangePercent !== undefined && { dailyChangePercent }),
    ...(encryptionKey !== undefined && { encryptedWith: keyArnOf(encryptionKey, env) }),
    ...(state !== undefined && { state }),
    ...(versioning !== undefined && { versioning }),
    ...windows,
    declaredAt,
  };
}

/** ARN of a KMS key that is given as key id, alias or ARN. */
export function keyArnOf(key: string, env: Environment): string {
  if (key.startsWith('arn:')) {
    return key;
  }
  const resource = key.startsWith('alias/') ? key : `key/${key}`;
  return `arn:${env.partition}:kms:${env.region}:${env.account}:${resource}`;
}

/** Id of a KMS key that KMS would make. */
export function generatedKeyId(env: Environment, seed: string, multiRegion: boolean): string {
  return multiRegion ? `mrk-${generatedHex('kms-key', env, seed, 32)}` : generatedUuid('kms-key', env, seed);
}

/** Services that share one space of names or ids. */
const SHARED_KINDS: Readonly<Record<string, string>> = {
  'fsx-lustre': 'fsx',
  'fsx-windows': 'fsx',
  'fsx-openzfs': 'fsx',
  aurora: 'db-cluster',
  'rds-multi-az-cluster': 'db-cluster',
  documentdb: 'db-cluster',
  neptune: 'db-cluster',
  'dynamodb-advanced': 'dynamodb',
};

function idKind(service: string): string {
  return SHARED_KINDS[service] ?? service;
}
