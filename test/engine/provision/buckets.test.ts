// Buckets that stacks bring about: each setting in the words of S3's API, and the resource that backups see.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { ECRClient, DescribeRepositoriesCommand, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr';
import { CreateFunctionCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import * as s3 from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';

const StackName = 'team';
const Bucket = 'reports';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

const SETTINGS = {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY }, BucketKeyEnabled: true },
    ],
  },
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: 'false' },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
  VersioningConfiguration: { Status: 'Enabled' },
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: '7' } } },
  LifecycleConfiguration: {
    Rules: [
      {
        Id: 'old',
        Status: 'Enabled',
        Prefix: 'logs/',
        TagFilters: [{ Key: 'a', Value: 'b' }],
        ExpirationInDays: 30,
        Transition: { StorageClass: 'GLACIER', TransitionInDays: '7' },
        NoncurrentVersionExpirationInDays: 5,
      },
      { Id: 'parts', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ],
  },
  LoggingConfiguration: { LogFilePrefix: 'access/' },
  NotificationConfiguration: {
    EventBridgeConfiguration: {},
    QueueConfigurations: [
      {
        Event: 's3:ObjectCreated:*',
        Queue: 'arn:aws:sqs:us-east-1:123456789012:q',
        Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
      },
    ],
  },
  CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: 60 }] },
  WebsiteConfiguration: { IndexDocument: 'index.html', ErrorDocument: 'error.html' },
  AccelerateConfiguration: { AccelerationStatus: 'Enabled' },
  ReplicationConfiguration: {
    Role: 'arn:aws:iam::123456789012:role/r',
    Rules: [
      {
        Id: 'all',
        Status: 'Enabled',
        Priority: '1',
        Filter: { And: { Prefix: 'a/', TagFilters: [{ Key: 'a', Value: 'b' }] } },
        DeleteMarkerReplication: { Status: 'Disabled' },
        Destination: { Bucket: 'arn:aws:s3:::elsewhere' },
      },
    ],
  },
};

function templateOf(properties: object): string {
  const Thing = { Type: 'AWS::S3::Bucket', Properties: { BucketName: Bucket, ...properties } };
  return JSON.stringify({ Resources: { Thing } });
}

function reading(client: s3.S3Client) {
  return {
    encryption: () => client.send(new s3.GetBucketEncryptionCommand({ Bucket })),
    access: () => client.send(new s3.GetPublicAccessBlockCommand({ Bucket })),
    ownership: () => client.send(new s3.GetBucketOwnershipControlsCommand({ Bucket })),
    versioning: () => client.send(new s3.GetBucketVersioningCommand({ Bucket })),
    lock: () => client.send(new s3.GetObjectLockConfigurationCommand({ Bucket })),
    lifecycle: () => client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
    logging: () => client.send(new s3.GetBucketLoggingCommand({ Bucket })),
    notification: () => client.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket })),
    cors: () => client.send(new s3.GetBucketCorsCommand({ Bucket })),
    website: () => client.send(new s3.GetBucketWebsiteCommand({ Bucket })),
    accelerate: () => client.send(new s3.GetBucketAccelerateConfigurationCommand({ Bucket })),
    replication: () => client.send(new s3.GetBucketReplicationCommand({ Bucket })),
  };
}

/** What each setting answers: its value, or the code of a fault. */
async function settings(client: s3.S3Client): Promise<Record<string, unknown>> {
  const told: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(reading(client))) {
    told[name] = await read().then(
      ({ $metadata: _metadata, ...value }: { $metadata: unknown }) => value,
      (fault: Error) => fault.name,
    );
  }
  return told;
}

test('every setting of a bucket is put in the words of S3, and taken away with its property', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudFormationClient);
  const tags = [{ Key: 'backup', Value: 'daily' }];
  await client.send(new CreateStackCommand({ StackName, Tags: tags, TemplateBody: templateOf(SETTINGS) }));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const why = StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason);
  expect([Stacks?.[0]?.StackStatus, why]).toEqual(['CREATE_COMPLETE', expect.anything()]);
  const bucket = world.client(s3.S3Client);
  expect(await settings(bucket)).toMatchObject({
    encryption: {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
            BucketKeyEnabled: true,
          },
        ],
      },
    },
    access: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
    ownership: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
    versioning: { Status: 'Enabled' },
    lock: { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } } },
    lifecycle: {
      Rules: [
        {
          ID: 'old',
          Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }] } },
          Expiration: { Days: 30 },
          Transitions: [{ StorageClass: 'GLACIER', Days: 7 }],
          NoncurrentVersionExpiration: { NoncurrentDays: 5 },
        },
        { ID: 'parts', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    },
    logging: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'access/' } },
    notification: {
      EventBridgeConfiguration: {},
      QueueConfigurations: [
        {
          Events: ['s3:ObjectCreated:*'],
          QueueArn: 'arn:aws:sqs:us-east-1:123456789012:q',
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
        },
      ],
    },
    cors: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 60 }] },
    website: { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'error.html' } },
    accelerate: { Status: 'Enabled' },
    replication: {
      ReplicationConfiguration: {
        Rules: [{ ID: 'all', Priority: 1, Filter: { And: { Prefix: 'a/', Tags: [{ Key: 'a', Value: 'b' }] } } }],
      },
    },
  });
  const tagging = world.client(ResourceGroupsTaggingAPIClient);
  const { ResourceTagMappingList } = await tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['s3'] }));
  expect(ResourceTagMappingList).toEqual([{ ResourceARN: `arn:aws:s3:::${Bucket}`, Tags: tags }]);

  // Versions stay while the bucket can lock.
  const { VersioningConfiguration, ObjectLockEnabled } = SETTINGS;
  const bare = templateOf({ VersioningConfiguration, ObjectLockEnabled });
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: bare }));
  expect(await settings(bucket)).toEqual({
    encryption: {
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      },
    },
    access: 'NoSuchPublicAccessBlockConfiguration',
    ownership: 'OwnershipControlsNotFoundError',
    versioning: { Status: 'Enabled' },
    lock: { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    lifecycle: 'NoSuchLifecycleConfiguration',
    logging: {},
    notification: {},
    cors: 'NoSuchCORSConfiguration',
    website: 'NoSuchWebsiteConfiguration',
    accelerate: { Status: 'Suspended' },
    replication: 'ReplicationConfigurationNotFoundError',
  });
});

test('a bucket that is there, and a setting that nothing keeps, fail the stack', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudFormationClient);
  await world.client(s3.S3Client).send(new s3.CreateBucketCommand({ Bucket }));
  const failed = async (name: string, TemplateBody: string) => {
    await client.send(new CreateStackCommand({ StackName: name, TemplateBody }));
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
    return StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
  };
  expect(await failed('taken', templateOf({}))).toBe(`${Bucket} already exists`);
  const acl = templateOf({ BucketName: 'another', AccessControl: 'PublicRead' });
  expect(await failed('acl', acl)).toContain('NotEmulated: AccessControl PublicRead');
  const metrics = templateOf({ BucketName: 'another', MetricsConfigurations: [{ Id: 'all' }] });
  expect(await failed('metrics', metrics)).toContain('NotEmulated: MetricsConfigurations');
});

test('a repository of a stack has what the template says of it', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const lifecyclePolicyText = '{"rules":[]}';
  const Properties = {
    RepositoryName: 'images',
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    LifecyclePolicy: { LifecyclePolicyText: lifecyclePolicyText },
  };
  const Outputs = { Uri: { Value: { 'Fn::GetAtt': ['Images', 'RepositoryUri'] } } };
  const TemplateBody = JSON.stringify({ Resources: { Images: { Type: 'AWS::ECR::Repository', Properties } }, Outputs });
  const client = world.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  const ecr = world.client(ECRClient);
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['images'] }));
  expect(repositories[0]).toMatchObject({
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
  });
  expect(await ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'images' }))).toMatchObject({
    lifecyclePolicyText,
  });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.Outputs?.[0]?.OutputValue).toBe(repositories[0]?.repositoryUri);
});

test('code is brought out of a bucket when it is updated, too', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const bucket = world.client(s3.S3Client);
  await bucket.send(new s3.CreateBucketCommand({ Bucket }));
  await bucket.send(new s3.PutObjectCommand({ Bucket, Key: 'code.zip', Body: new Uint8Array([1, 2, 3]) }));
  const lambda = world.client(LambdaClient);
  const FunctionName = 'function';
  const Role = 'arn:aws:iam::123456789012:role/r';
  const Code = { ZipFile: new Uint8Array([1]) };
  await lambda.send(
    new CreateFunctionCommand({ FunctionName, Role, Code, Runtime: 'nodejs20.x', Handler: 'index.handler' }),
  );
  const from = (S3Key: string) => new UpdateFunctionCodeCommand({ FunctionName, S3Bucket: Bucket, S3Key });
  expect((await lambda.send(from('code.zip'))).CodeSize).toBe(3);
  await expect(lambda.send(from('none.zip'))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

test('the policy of a bucket lets in whom no policy of their own does', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  const iam = world.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'reader' }));
  const reader = 'arn:aws:iam::123456789012:user/reader';
  const admin = world.client(s3.S3Client);
  await admin.send(new s3.CreateBucketCommand({ Bucket }));
  const client = world.client(s3.S3Client, { principal: reader });
  const read = () => client.send(new s3.GetBucketTaggingCommand({ Bucket }));
  await expect(read()).rejects.toMatchObject({ name: 'AccessDenied' });
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: reader }, Action: 's3:GetBucket*', Resource: `arn:aws:s3:::${Bucket}` },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await admin.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchTagSet' });
});

test('what a bucket needs that would not go stays with it', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const client = world.client(CloudFormationClient);
  const Topic = { Type: 'AWS::SNS::Topic' };
  const Other = { Type: 'AWS::SNS::Topic' };
  const Thing = { Type: 'AWS::S3::Bucket', Properties: { BucketName: Bucket }, DependsOn: 'Topic' };
  const TemplateBody = JSON.stringify({ Resources: { Topic, Other, Thing } });
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  const bucket = world.client(s3.S3Client);
  await bucket.send(new s3.PutObjectCommand({ Bucket, Key: 'held', Body: 'x' }));
  await client.send(new DeleteStackCommand({ StackName }));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
  expect(Stacks?.[0]?.StackStatus).toBe('DELETE_FAILED');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  const told = StackEvents.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`);
  expect(told).toEqual(expect.arrayContaining(['Thing DELETE_FAILED', 'Other DELETE_COMPLETE']));
  expect(told).not.toContain('Topic DELETE_IN_PROGRESS');
  await bucket.send(new s3.DeleteObjectCommand({ Bucket, Key: 'held' }));
  await client.send(new DeleteStackCommand({ StackName }));
  const again = await client.send(new DescribeStacksCommand({ StackName: StackId }));
  expect(again.Stacks?.[0]?.StackStatus).toBe('DELETE_COMPLETE');
});
