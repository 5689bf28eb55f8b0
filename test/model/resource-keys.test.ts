import { ResourceKeys, ServiceSupport } from '@holdfast/model';

test('knows of every type that is backed up by itself how it is encrypted, but for those without a resource of their own', () => {
  const types = new Set(ServiceSupport.all().flatMap(({ cloudFormationTypes }) => cloudFormationTypes));
  const unknown = [...types].filter((type) => ResourceKeys.tryFind(type) === undefined);
  expect(unknown.sort()).toEqual([
    'AWS::CloudFormation::Stack',
    'AWS::DynamoDB::GlobalTable',
    'AWS::SystemsManagerSAP::Application',
  ]);
});

// prettier-ignore
test.each([
  ['AWS::RDS::DBInstance',  ['KmsKeyId'],                         ['StorageEncrypted']],
  ['AWS::EC2::Volume',      ['KmsKeyId'],                         ['Encrypted']],
  ['AWS::DynamoDB::Table',  ['SSESpecification', 'KMSMasterKeyId'], ['SSESpecification', 'SSEEnabled']],
  ['AWS::FSx::FileSystem',  ['KmsKeyId'],                         undefined],
  ['AWS::Timestream::Table', [],                                  undefined],
])('the key of %s is at %p, and is used when %p', (type, keyPath, encryptedPath) => {
  expect(ResourceKeys.tryFind(type)).toEqual({ keyPath, ...(encryptedPath && { encryptedPath }) });
});

// prettier-ignore
test.each([
  ['ebs',            true,  'alias/aws/ebs'],
  ['ebs',            false, undefined],
  ['aurora',         true,  'alias/aws/rds'],
  ['fsx-windows',    false, 'alias/aws/fsx'],
  ['fsx-ontap',      false, undefined],
  ['s3',             true,  undefined],
])('%s that is encrypted: %p without naming a key is under %p', (service, encrypted, alias) => {
  expect(ServiceSupport.tryFind(service)).toBeDefined();
  expect(ResourceKeys.managedKey(service, encrypted)).toBe(alias);
});

test('knows of every Terraform type that is backed up by itself how it is encrypted, but for a stack of CloudFormation', () => {
  const types = new Set(ServiceSupport.all().flatMap(({ terraformTypes }) => terraformTypes));
  const unknown = [...types].filter((type) => ResourceKeys.tryFindTerraform(type) === undefined);
  expect(unknown).toEqual(['aws_cloudformation_stack']);
});

// prettier-ignore
test.each([
  ['aws_db_instance',     ['kms_key_id'],                            ['storage_encrypted']],
  ['aws_dynamodb_table',  ['server_side_encryption', 'kms_key_arn'], ['server_side_encryption', 'enabled']],
  ['aws_neptune_cluster', ['kms_key_arn'],                           ['storage_encrypted']],
  ['aws_s3_bucket',       [],                                        undefined],
])('the key of %s is at %p, and is used when %p', (type, keyPath, encryptedPath) => {
  expect(ResourceKeys.tryFindTerraform(type)).toEqual({ keyPath, ...(encryptedPath && { encryptedPath }) });
});
