// What Step Functions calls members, exceptions and services: as the SDK for Java does.
import { javaException, javaMember, pascal } from '../../../engine/src/wire/java-names';

// prettier-ignore
test.each<[name: string, called: string]>([
  ['stateMachineArn',      'StateMachineArn'],
  ['BackupVaultName',      'BackupVaultName'],
  ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
  ['SSEKMSKeyId',          'SsekmsKeyId'],
  ['MD5OfMessageBody',     'Md5OfMessageBody'],
  ['KMSMasterKeyID',       'KmsMasterKeyID'],
  ['ETag',                 'ETag'],
  ['ACL',                  'Acl'],
  ['S',                    'S'],
  ['BOOL',                 'Bool'],
  ['Equals',               'EqualsValue'],
])('a member that the API calls %s is called %s', (name, called) => {
  expect(javaMember(name)).toBe(called);
});

// prettier-ignore
test.each<[shape: string, called: string]>([
  ['NoSuchKey',                 'NoSuchKeyException'],
  ['ResourceNotFoundException', 'ResourceNotFoundException'],
  ['DBInstanceNotFoundFault',   'DbInstanceNotFoundException'],
  ['KMSInvalidStateException',  'KmsInvalidStateException'],
  ['QueueDoesNotExist',         'QueueDoesNotExistException'],
])('an error that the API calls %s is called %s', (shape, called) => {
  expect(javaException(shape)).toBe(called);
});

// prettier-ignore
test.each<[id: string, prefix: string]>([
  ['Backup',                       'Backup'],
  ['EC2',                          'Ec2'],
  ['S3',                           'S3'],
  ['DynamoDB',                     'DynamoDb'],
  ['FSx',                          'FSx'],
  ['CloudWatch Logs',              'CloudWatchLogs'],
  ['SFN',                          'Sfn'],
  ['Resource Groups Tagging API',  'ResourceGroupsTaggingApi'],
])('errors of %s begin with %s', (id, prefix) => {
  expect(pascal(id)).toBe(prefix);
});
