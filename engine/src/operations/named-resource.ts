/**
 * The ARN of what a call of a service around AWS Backup names.
 *
 * Pure: a table.
 * Source   Service authorization reference, resource types of each service. What the table leaves out is `*`, as for
 *          actions without a resource.
 */
import type { Environment } from '@holdfast/model';

/** A member of inputs, and what stands before and after its value in an ARN. */
interface Naming {
  readonly member: string;
  readonly before?: string;
  readonly after?: string;
}

const NAMINGS: Readonly<Record<string, readonly Naming[]>> = {
  'backup-search': [
    { member: 'SearchJobIdentifier', before: 'search-job/' },
    { member: 'ExportJobIdentifier', before: 'search-export-job/' },
  ],
  cloudformation: [{ member: 'StackName', before: 'stack/', after: '/*' }],
  dynamodb: [{ member: 'TableName', before: 'table/' }],
  ecr: [{ member: 'repositoryName', before: 'repository/' }],
  elasticfilesystem: [{ member: 'FileSystemId', before: 'file-system/' }],
  events: [
    { member: 'Rule', before: 'rule/' },
    { member: 'EventBusName', before: 'event-bus/' },
    { member: 'Name', before: 'rule/' },
  ],
  fsx: [
    { member: 'FileSystemId', before: 'file-system/' },
    { member: 'BackupId', before: 'backup/' },
  ],
  lambda: [{ member: 'FunctionName', before: 'function:' }],
  logs: [{ member: 'logGroupName', before: 'log-group:' }],
  mpa: [
    { member: 'Arn' },
    { member: 'SessionArn' },
    { member: 'IdentitySourceArn' },
    { member: 'Name', before: 'approval-team/', after: '-*' },
  ],
  monitoring: [
    { member: 'AlarmName', before: 'alarm:' },
    { member: 'DashboardName', before: 'dashboard/' },
  ],
  rds: [
    { member: 'DBInstanceIdentifier', before: 'db:' },
    { member: 'DBClusterIdentifier', before: 'cluster:' },
    { member: 'DBSnapshotIdentifier', before: 'snapshot:' },
    { member: 'DBClusterSnapshotIdentifier', before: 'cluster-snapshot:' },
  ],
  redshift: [{ member: 'ClusterIdentifier', before: 'cluster:' }],
  secretsmanager: [
    { member: 'SecretId', before: 'secret:' },
    { member: 'Name', before: 'secret:', after: '-??????' },
  ],
  sns: [{ member: 'TopicArn' }, { member: 'Name' }],
  sqs: [{ member: 'QueueUrl' }, { member: 'QueueName' }],
  ssm: [{ member: 'Name', before: 'parameter/' }],
  states: [{ member: 'stateMachineArn' }, { member: 'executionArn' }, { member: 'name', before: 'stateMachine:' }],
};

/** Members that hold an ARN whatever the service. */
const ARNS = ['ResourceArn', 'resourceArn', 'ResourceARN', 'ResourceName', 'TableArn'];

export function namedResource({ partition, region, account }: Environment, service: string, input: object): string {
  const members = input as Readonly<Record<string, unknown>>;
  const text = (member: string) => (typeof members[member] === 'string' ? members[member] : undefined);
  if (service === 's3') {
    const [bucket, key] = [text('Bucket'), text('Key')];
    return bucket === undefined ? '*' : `arn:${partition}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
  }
  if (service === 'ebs') {
    const snapshot = text('SnapshotId') ?? text('SecondSnapshotId');
    return `arn:${partition}:ec2:${region}::snapshot/${snapshot ?? '*'}`;
  }
  for (const { member, before = '', after = '' } of NAMINGS[service] ?? []) {
    const given = text(member);
    if (given?.startsWith('arn:') === true) {
      return given;
    }
    if (given !== undefined) {
      const queue = /\/(\d{12})\/([^/]+)$/.exec(service === 'sqs' ? given : '');
      const [owner, name] = queue === null ? [account, given.replace(/^\//, '')] : [queue[1], queue[2]];
      return `arn:${partition}:${service === 'monitoring' ? 'cloudwatch' : service}:${region}:${owner}:${before}${name}${after}`;
    }
  }
  return ARNS.map(text).find((arn) => arn?.startsWith('arn:')) ?? '*';
}
