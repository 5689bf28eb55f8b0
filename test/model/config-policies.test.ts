import { ConfigPolicies } from '@holdfast/model';

const OPTIONS = { bucketArn: 'arn:aws:s3:::config', account: '111122223333' };
const OBJECTS = 'arn:aws:s3:::config/AWSLogs/111122223333/*';

test('the policy of the bucket lets AWS Config look and deliver for one account, and nobody do anything without TLS', () => {
  const config = { Service: 'config.amazonaws.com' };
  expect(ConfigPolicies.bucket(OPTIONS)).toEqual([
    {
      Sid: 'AllowConfigToLook',
      Effect: 'Allow',
      Principal: config,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: 'arn:aws:s3:::config',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
    {
      Sid: 'AllowConfigToDeliver',
      Effect: 'Allow',
      Principal: config,
      Action: 's3:PutObject',
      Resource: OBJECTS,
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
    {
      Sid: 'DenyWithoutTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: ['arn:aws:s3:::config', 'arn:aws:s3:::config/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('the role may look at the bucket and deliver, and use the key where there is one', () => {
  const deliver = ConfigPolicies.role(OPTIONS);
  expect(deliver.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    ['s3:GetBucketAcl', 'arn:aws:s3:::config'],
    ['s3:PutObject', OBJECTS],
  ]);
  const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
  expect(ConfigPolicies.role({ ...OPTIONS, encryptionKeyArn }).at(-1)).toEqual({
    Sid: 'Encrypt',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: encryptionKeyArn,
  });
});

test('objects are below the prefix that is given', () => {
  expect(ConfigPolicies.deliveredTo({ ...OPTIONS, s3KeyPrefix: 'audit' })).toBe(
    'arn:aws:s3:::config/audit/AWSLogs/111122223333/*',
  );
});
