/**
 * Names, ids and ARNs of resources that hold data, the same from every artifact form.
 *
 * Pure: the CloudFormation and the Terraform reader both come here, so that one estate declared in
 * either gives the same ARNs.
 * Source   B1.1 and service-support.json: ARN formats. RDS User Guide: identifiers are stored in lower case.
 * Assumed  Decision 0003: an id that a service would make follows from kind, environment and name.
 */
import type { Environment, StatefulResource } from '@holdfast/model';
import { generatedHex, generatedUuid } from './artifact';

/** How a service identifies its resources, and which ARN they carry. */
interface Identity {
  /** AWS Backup's word for the type. */
  readonly resourceType: string;
  /** `{name}`, `{parent}`, `{p}`, `{r}`, `{a}`. */
  readonly arn: string;
  /** What the service makes; absent where the author names the resource. */
  readonly id?: { readonly prefix: string; readonly digits: number } | 'uuid';
  /** The service stores names in lower case. */
  readonly lowerCase?: true;
}

const CLUSTER = 'arn:{p}:rds:{r}:{a}:cluster:{name}';
const FILE_SYSTEM = 'arn:{p}:fsx:{r}:{a}:file-system/{name}';
const FS_ID = { prefix: 'fs-', digits: 17 };

const IDENTITIES: Readonly<Record<string, Identity>> = {
  ec2: { resourceType: 'EC2', arn: 'arn:{p}:ec2:{r}:{a}:instance/{name}', id: { prefix: 'i-', digits: 17 } },
  ebs: { resourceType: 'EBS', arn: 'arn:{p}:ec2:{r}:{a}:volume/{name}', id: { prefix: 'vol-', digits: 17 } },
  s3: { resourceType: 'S3', arn: 'arn:{p}:s3:::{name}', lowerCase: true },
  rds: { resourceType: 'RDS', arn: 'arn:{p}:rds:{r}:{a}:db:{name}', lowerCase: true },
  'rds-multi-az-cluster': { resourceType: 'RDS', arn: CLUSTER, lowerCase: true },
  aurora: { resourceType: 'Aurora', arn: CLUSTER, lowerCase: true },
  'aurora-dsql': {
    resourceType: 'Aurora DSQL',
    arn: 'arn:{p}:dsql:{r}:{a}:cluster/{name}',
    id: { prefix: '', digits: 26 },
  },
  efs: { resourceType: 'EFS', arn: 'arn:{p}:elasticfilesystem:{r}:{a}:file-system/{name}', id: FS_ID },
  'fsx-lustre': { resourceType: 'FSx', arn: FILE_SYSTEM, id: FS_ID },
  'fsx-windows': { resourceType: 'FSx', arn: FILE_SYSTEM, id: FS_ID },
  'fsx-openzfs': { resourceType: 'FSx', arn: FILE_SYSTEM, id: FS_ID },
  'fsx-ontap': {
    resourceType: 'FSx',
    arn: 'arn:{p}:fsx:{r}:{a}:volume/{parent}/{name}',
    id: { prefix: 'fsvol-', digits: 17 },
  },
  'storage-gateway': {
    resourceType: 'Storage Gateway',
    arn: 'arn:{p}:storagegateway:{r}:{a}:gateway/{parent}/volume/{name}',
    id: { prefix: 'vol-', digits: 17 },
  },
  documentdb: { resourceType: 'DocumentDB', arn: CLUSTER, lowerCase: true },
  neptune: { resourceType: 'Neptune', arn: CLUSTER, lowerCase: true },
  dynamodb: { resourceType: 'DynamoDB', arn: 'arn:{p}:dynamodb:{r}:{a}:table/{name}' },
  'dynamodb-advanced': { resourceType: 'DynamoDB', arn: 'arn:{p}:dynamodb:{r}:{a}:table/{name}' },
  redshift: { resourceType: 'Redshift', arn: 'arn:{p}:redshift:{r}:{a}:cluster:{name}', lowerCase: true },
  'redshift-serverless': {
    resourceType: 'Redshift Serverless',
    arn: 'arn:{p}:redshift-serverless:{r}:{a}:namespace/{name}',
    id: 'uuid',
  },
  timestream: { resourceType: 'Timestream', arn: 'arn:{p}:timestream:{r}:{a}:database/{parent}/table/{name}' },
  'virtual-machine': {
    resourceType: 'VirtualMachine',
    arn: 'arn:{p}:backup-gateway:{r}:{a}:vm/{name}',
    id: { prefix: 'vm-', digits: 17 },
  },
  cloudformation: {
    resourceType: 'CloudFormation',
    arn: 'arn:{p}:cloudformation:{r}:{a}:stack/{name}/{uuid}',
  },
  'sap-hana': { resourceType: 'SAP HANA on Amazon EC2', arn: 'arn:{p}:ssm-sap:{r}:{a}:HANA/{parent}/DB/{name}' },
  eks: { resourceType: 'EKS', arn: 'arn:{p}:eks:{r}:{a}:cluster/{name}' },
};

/** What a reader knows of a resource that tells it from its like. */
export interface Seed {
  /** Name that the author gave: table name, bucket, DB identifier. */
  readonly name?: string | undefined;
  /** Value of the tag `Name`. */
  readonly nameTag?: string | undefined;
  /** Logical id or Terraform address. */
  readonly address: string;
}

/** What generated ids are keyed by: the `Name` tag, else the explicit name, else the address. */
export function seedText(seed: Seed): string {
  return seed.nameTag ?? seed.name ?? seed.address;
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
  return find(service).id !== undefined;
}

/**
 * Name of a resource as its ARN spells it: the author's, or the one that the service makes from `seed`.
 *
 * @param seed distinct text, `seedText` after `distinctSeeds`
 */
export function physicalName(service: string, env: Environment, name: string | undefined, seed: string): string {
  const { id, lowerCase } = find(service);
  if (id === 'uuid') {
    return generatedUuid(service, env, seed);
  }
  if (id !== undefined) {
    return `${id.prefix}${generatedHex(idKind(service), env, seed, id.digits)}`;
  }
  const given = name ?? generatedName(service, env, seed);
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
  return find(service)
    .arn.replace('{p}', () => env.partition)
    .replace('{r}', () => env.region)
    .replace('{a}', () => env.account)
    .replace('{parent}', () => parent ?? '')
    .replace('{name}', () => name)
    .replace('{uuid}', () => generatedUuid(service, env, name));
}

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
  readonly declaredAt: string;
}

/** The declaration of a resource, with its ARN; what is not known is left out. */
export function statefulResource(facts: ResourceFacts): StatefulResource {
  const { service, env, name, parent, tags, sizeGiB, dailyChangePercent, encryptionKey, state, declaredAt } = facts;
  return {
    arn: arnOf(service, env, name, parent),
    service,
    resourceType: find(service).resourceType,
    name,
    env,
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags: { ...tags } }),
    ...(sizeGiB !== undefined && { sizeGiB }),
    ...(dailyChangePercent !== undefined && { dailyChangePercent }),
    ...(encryptionKey !== undefined && { encryptedWith: keyArnOf(encryptionKey, env) }),
    ...(state !== undefined && { state }),
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

/** The file systems of FSx share one kind of id. */
function idKind(service: string): string {
  return service.startsWith('fsx-') && service !== 'fsx-ontap' ? 'fsx' : service;
}

function find(service: string): Identity {
  const identity = IDENTITIES[service];
  if (identity === undefined) {
    throw new Error(`no ARN format for service '${service}'`);
  }
  return identity;
}
