/**
 * The ARNs by which backup policies name types of resources, from the service on.
 *
 * Source B11.1/3: the syntax page's list; where AWS's samples leave Region and account to a star or to nothing, any partition.
 */
const TYPES: readonly string[] = [
  'backup-gateway:*:*:vm/*',
  'cloudformation:*:*:stack/*',
  'dsql:*:*:cluster/*',
  'dynamodb:*:*:table/*',
  'ec2:*:*:instance/*',
  'ec2:*:*:volume/*',
  'eks:*:*:cluster/*',
  'elasticfilesystem:*:*:file-system/*',
  'fsx:*:*:file-system/*',
  'fsx:*:*:volume/*',
  'rds:*:*:cluster:*',
  'rds:*:*:db:*',
  'redshift:*:*:cluster:*',
  'redshift-serverless:*:*:namespace/*',
  's3:::*',
  'ssm-sap:*:*:HANA/*',
  'storagegateway:*:*:gateway/*',
  'timestream:*:*:database/*',
];

const KNOWN: ReadonlySet<string> = new Set(TYPES);

/** Whether an ARN is `*` or names a type as backup policies do. */
export function isResourceType(arn: unknown): boolean {
  const parts = /^arn:aws[a-z-]*:(.+)$/.exec(String(arn));
  return arn === '*' || (parts !== null && KNOWN.has(parts[1] as string));
}

/** The ARNs that name types of resources, in a partition. */
export function resourceTypesOf(partition: string): string[] {
  return TYPES.map((type) => `arn:${partition}:${type}`);
}
