import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** The data of a shop: a table and a bucket, as any app has them. */
export class Shop extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const encryptionKey = new Key(this, 'Key', { enableKeyRotation: true });
    const orders = new TableV2(this, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: AttributeType.STRING },
      encryption: TableEncryptionV2.customerManagedKey(encryptionKey),
    });
    const receipts = new Bucket(this, 'Receipts', {
      bucketName: 'receipts-111122223333',
      versioned: true,
      enforceSSL: true,
      encryption: BucketEncryption.KMS,
      encryptionKey,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    });
    const log = 'the log of access is kept by CloudTrail data events of the organization';
    const copies = 'the plan copies it to another Region and account';
    const plan = 'the plan of CompliantBackup selects it; this rule looks for its logical id';
    for (const [construct, rules] of [
      [receipts, { S3BucketLoggingEnabled: log, S3BucketReplicationEnabled: copies }],
      [orders, { DynamoDBInBackupPlan: plan, DynamoDBAutoScalingEnabled: 'the table is billed by request' }],
    ] as const) {
      for (const [rule, reason] of Object.entries(rules)) {
        for (const pack of ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']) {
          Validations.of(construct).acknowledge({ id: `${pack}-${rule}`, reason });
        }
      }
    }
    Validations.of(receipts).acknowledge({ id: 'AwsSolutions-S1', reason: log });
  }
}
