import {
  CopyDestination,
  Guardrails,
  Plan,
  SelectionResource,
  SourceKeyGrants,
  Vault,
  VaultEncryption,
} from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CfnOrganization } from 'aws-cdk-lib/aws-organizations';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack, StackProps, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export const MANAGEMENT = '000000000001';
export const SHOP = '111122223333';
export const RECOVERY = '444455556666';
export const REGION = 'eu-central-1';
export const RECEIPTS = `receipts-${SHOP}`;
/** What the application runs as, and what recovers it. */
export const APP_ROLE = 'shop-app';
export const RECOVERY_ROLE = 'recovery';

const BREAK_GLASS = 'arn:aws:iam::*:role/break-glass';

/** A table of orders, a ledger in PostgreSQL, receipts in a bucket, all under one key, and the role that may change them all. */
class Shop extends Construct {
  readonly data: Construct[];
  readonly key: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    const { key: encryptionKey } = this;
    const orders = new dynamodb.TableV2(this, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(encryptionKey),
    });
    const ledger = new rds.DatabaseInstance(this, 'Ledger', {
      instanceIdentifier: 'ledger',
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_6 }),
      allocatedStorage: 20,
      storageEncryptionKey: encryptionKey,
      vpc: new ec2.Vpc(this, 'Network', { natGateways: 0 }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    const receipts = new s3.Bucket(this, 'Receipts', {
      bucketName: RECEIPTS,
      versioned: true,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    });
    const app = new iam.Role(this, 'App', {
      roleName: APP_ROLE,
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    orders.grantReadWriteData(app);
    receipts.grantReadWrite(app);
    encryptionKey.grantEncryptDecrypt(app);
    this.data = [orders, ledger, receipts];
  }
}

class ShopStack extends Stack {
  /** Said here, so that nothing is looked up in an account. */
  get availabilityZones(): string[] {
    return [`${REGION}a`, `${REGION}b`];
  }

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const shop = new Shop(this, 'Data');
    const { backupVault: vault } = new Vault(this, 'Vault', {
      backupVaultName: 'shop',
      encryption: VaultEncryption.customerManaged(),
      vaultLock: { minRetentionDays: 30, changeableForDays: 3 },
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    });
    const plan = new Plan(this, 'Plan', {
      backupPlanName: 'shop',
      rules: [
        {
          ruleName: 'daily',
          vault,
          schedule: Schedule.daily({ hour: 3 }),
          deleteAfter: Duration.days(35),
          copyActions: [
            {
              destination: CopyDestination.account(RECOVERY, {
                recoveryRoleName: RECOVERY_ROLE,
                createServiceLinkedRole: true,
                vaultLock: { minRetentionDays: 30, changeableForDays: 3 },
                complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
              }),
              deleteAfter: Duration.days(35),
            },
          ],
        },
      ],
    });
    plan.addSelection('Data', {
      selectionName: 'data',
      resources: shop.data.map((it) => SelectionResource.fromConstruct(it)),
    });
    new SourceKeyGrants(this, 'Grants', { key: shop.key, destinationAccounts: [RECOVERY] });
  }
}

/** The shop, the account that recovers it, and what the organization forbids to both. */
export function buildEstate(app: App): void {
  new ShopStack(app, 'Shop', { env: { account: SHOP, region: REGION } });
  const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT, region: 'us-east-1' } });
  const organization = new CfnOrganization(stack, 'Organization');
  new Guardrails(stack, 'Guardrails', {
    guardrails: Guardrails.recommended({ lockMinRetentionDays: 30 }),
    targetIds: [organization.attrRootId],
    breakGlassRoleArns: [BREAK_GLASS],
  });
  // The tag by which guardrails know the keys of backups.
  Tags.of(app).add('backup-key', 'true', { includeResourceTypes: ['AWS::KMS::Key'] });
}
