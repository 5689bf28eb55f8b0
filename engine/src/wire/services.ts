/**
 * The services whose operations the engine has, by the folder of operations/.
 *
 * Pure: a table.
 */
export interface EmulatedService {
  /** Name in the credential scope of a signed request. */
  readonly signingName: string;
  /** The official client, whose schemas say what its messages look like. */
  readonly client?: string;
  /** Where there is none: the service's name in botocore, of whose API model its schemas are made (decision 0040). */
  readonly model?: string;
}

export const SERVICES: Readonly<Record<string, EmulatedService>> = {
  backup: { signingName: 'backup', client: '@aws-sdk/client-backup' },
  backupsearch: { signingName: 'backup-search', model: 'backupsearch' },
  budgets: { signingName: 'budgets', client: '@aws-sdk/client-budgets' },
  cloudformation: { signingName: 'cloudformation', client: '@aws-sdk/client-cloudformation' },
  cloudwatch: { signingName: 'monitoring', client: '@aws-sdk/client-cloudwatch' },
  config: { signingName: 'config', client: '@aws-sdk/client-config-service' },
  dynamodb: { signingName: 'dynamodb', client: '@aws-sdk/client-dynamodb' },
  dsql: { signingName: 'dsql', client: '@aws-sdk/client-dsql' },
  ebs: { signingName: 'ebs', client: '@aws-sdk/client-ebs' },
  ec2: { signingName: 'ec2', client: '@aws-sdk/client-ec2' },
  ecr: { signingName: 'ecr', client: '@aws-sdk/client-ecr' },
  efs: { signingName: 'elasticfilesystem', client: '@aws-sdk/client-efs' },
  eks: { signingName: 'eks', client: '@aws-sdk/client-eks' },
  eventbridge: { signingName: 'events', client: '@aws-sdk/client-eventbridge' },
  fsx: { signingName: 'fsx', client: '@aws-sdk/client-fsx' },
  guardduty: { signingName: 'guardduty', client: '@aws-sdk/client-guardduty' },
  iam: { signingName: 'iam', client: '@aws-sdk/client-iam' },
  kms: { signingName: 'kms', client: '@aws-sdk/client-kms' },
  lambda: { signingName: 'lambda', client: '@aws-sdk/client-lambda' },
  cloudwatchlogs: { signingName: 'logs', client: '@aws-sdk/client-cloudwatch-logs' },
  mpa: { signingName: 'mpa', model: 'mpa' },
  organizations: { signingName: 'organizations', client: '@aws-sdk/client-organizations' },
  ram: { signingName: 'ram', client: '@aws-sdk/client-ram' },
  rds: { signingName: 'rds', client: '@aws-sdk/client-rds' },
  redshift: { signingName: 'redshift', client: '@aws-sdk/client-redshift' },
  redshiftserverless: { signingName: 'redshift-serverless', client: '@aws-sdk/client-redshift-serverless' },
  s3: { signingName: 's3', client: '@aws-sdk/client-s3' },
  secretsmanager: { signingName: 'secretsmanager', client: '@aws-sdk/client-secrets-manager' },
  servicequotas: { signingName: 'servicequotas', client: '@aws-sdk/client-service-quotas' },
  sfn: { signingName: 'states', client: '@aws-sdk/client-sfn' },
  sns: { signingName: 'sns', client: '@aws-sdk/client-sns' },
  sqs: { signingName: 'sqs', client: '@aws-sdk/client-sqs' },
  ssm: { signingName: 'ssm', client: '@aws-sdk/client-ssm' },
  storagegateway: { signingName: 'storagegateway', client: '@aws-sdk/client-storage-gateway' },
  sts: { signingName: 'sts', client: '@aws-sdk/client-sts' },
  tagging: { signingName: 'tagging', client: '@aws-sdk/client-resource-groups-tagging-api' },
  timestreamwrite: { signingName: 'timestream', client: '@aws-sdk/client-timestream-write' },
};
