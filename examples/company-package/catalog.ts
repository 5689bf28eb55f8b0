import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const NETWORK = {
  vpcId: 'vpc-0123456789abcdef0',
  isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
};

/** The data of a catalog: a table of products, and a share with their pictures. */
export class Catalog extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: true });
    new TableV2(this, 'Products', {
      tableName: 'products',
      partitionKey: { name: 'id', type: AttributeType.STRING },
      encryption: TableEncryptionV2.customerManagedKey(key),
    });
    // The account has its network already; the context of the app may name another one.
    const network = this.node.tryGetContext('network') as typeof NETWORK | undefined;
    const vpc = Vpc.fromVpcAttributes(this, 'Network', {
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      ...(network ?? NETWORK),
    });
    new FileSystem(this, 'Pictures', { fileSystemName: 'pictures', vpc, kmsKey: key });
  }
}
