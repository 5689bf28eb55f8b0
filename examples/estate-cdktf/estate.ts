import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Plan, SelectionResource, Vault } from '@holdfast/cdktf';
import { Schedule, WeekDay } from '@holdfast/model';
import { App, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

const ACCOUNT = '111122223333';
const ZONE = 'Europe/Berlin';

/** A provider for one Region that works offline: nothing is looked up before it deploys. */
export function offlineProvider(scope: Construct, region: string): AwsProvider {
  return new AwsProvider(scope, 'Aws', {
    region,
    allowedAccountIds: [ACCOUNT],
  });
}

/** Everything that holds data in the ledger application. */
class Ledger extends Construct {
  public readonly everything: SelectionResource[];
  public readonly withPointInTime: SelectionResource[];
  public readonly withColdStorage: SelectionResource[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const orders = new DynamodbTable(this, 'Orders', {
      name: 'ledger-orders',
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
    });
    const documents = new S3Bucket(this, 'Documents', { bucket: 'ledger-documents-111122223333' });
    // AWS Backup backs up no bucket without it.
    new S3BucketVersioningA(this, 'Versions', {
      bucket: documents.bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    const reports = new DbInstance(this, 'Reports', {
      identifier: 'ledger-reports',
      engine: 'postgres',
      engineVersion: '17.6',
      instanceClass: 'db.m5.large',
      allocatedStorage: 100,
      username: 'postgres',
      manageMasterUserPassword: true,
      finalSnapshotIdentifier: 'ledger-reports-final',
    });
    const accounts = new RdsCluster(this, 'Accounts', {
      clusterIdentifier: 'ledger-accounts',
      engine: 'aurora-postgresql',
      engineVersion: '16.8',
      masterUsername: 'postgres',
      manageMasterUserPassword: true,
      finalSnapshotIdentifier: 'ledger-accounts-final',
      serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 2 },
    });
    new RdsClusterInstance(this, 'Writer', {
      clusterIdentifier: accounts.id,
      engine: accounts.engine,
      instanceClass: 'db.serverless',
    });
    // Anything that carries this tag is backed up, wherever it was declared.
    const shared = new EfsFileSystem(this, 'Shared', {
      encrypted: true,
      tags: { Name: 'ledger-shared', backup: 'daily' },
    });
    const web = new Instance(this, 'Web', {
      ami: 'ami-0123456789abcdef0',
      instanceType: 't3.large',
      tags: { Name: 'ledger-web' },
    });
    const archive = new EbsVolume(this, 'Archive', {
      availabilityZone: 'us-east-1a',
      size: 200,
      encrypted: true,
      tags: { Name: 'ledger-archive' },
    });

    const resources = (...them: TerraformResource[]) => them.map((it) => SelectionResource.fromResource(it));
    this.everything = resources(orders, documents, reports, accounts, web, archive);
    this.withPointInTime = resources(documents, reports, accounts);
    this.withColdStorage = resources(orders, shared);
  }
}

/** The vault in the second Region that receives the monthly copies. */
export class CopyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    offlineProvider(this, 'eu-west-1');
    new Vault(this, 'Copy', {
      backupVaultName: 'ledger-copy',
      vaultLock: { minRetentionDays: 30, maxRetentionDays: 2600 },
    });
  }
}

/** The application, its vault and its plans. */
export class LedgerStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    offlineProvider(this, 'us-east-1');
    const ledger = new Ledger(this, 'Ledger');
    const vault = new Vault(this, 'Primary', {
      backupVaultName: 'ledger-primary',
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 2600, changeableForDays: 14 },
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform, ticket OPS-4711' },
    });

    const plan = new Plan(this, 'Plan', {
      backupPlanName: 'ledger',
      rules: [
        { ruleName: 'daily', vault, schedule: Schedule.daily({ hour: 5, timeZone: ZONE }), deleteAfterDays: 35 },
        {
          ruleName: 'weekly',
          vault,
          schedule: Schedule.weekly({ weekDays: [WeekDay.SUNDAY], hour: 5, timeZone: ZONE }),
          deleteAfterDays: 90,
        },
        {
          ruleName: 'monthly',
          vault,
          schedule: Schedule.monthly({ day: 1, hour: 5, timeZone: ZONE }),
          deleteAfterDays: 365,
          copyActions: [
            {
              destination: Vault.fromBackupVaultArn(`arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:ledger-copy`),
              deleteAfterDays: 730,
            },
          ],
        },
      ],
    });
    plan.addSelection('Constructs', { selectionName: 'constructs', resources: ledger.everything });
    plan.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });

    const pointInTime = new Plan(this, 'PointInTime', {
      backupPlanName: 'ledger-point-in-time',
      rules: [
        {
          ruleName: 'continuous',
          vault,
          schedule: Schedule.daily({ hour: 1, timeZone: ZONE }),
          enableContinuousBackup: true,
          deleteAfterDays: 14,
        },
      ],
    });
    pointInTime.addSelection('Constructs', { selectionName: 'constructs', resources: ledger.withPointInTime });

    const archive = new Plan(this, 'LongTerm', {
      backupPlanName: 'ledger-archive',
      rules: [
        {
          ruleName: 'quarterly',
          vault,
          schedule: Schedule.cron({ minute: '0', hour: '3', day: 'L', month: '3/3', timeZone: ZONE }),
          moveToColdStorageAfterDays: 30,
          deleteAfterDays: 2555,
        },
      ],
    });
    archive.addSelection('Constructs', { selectionName: 'constructs', resources: ledger.withColdStorage });
  }
}

/** The whole estate: the copy's Region first, as the plan needs its vault. */
export function buildEstate(app: App): void {
  const copy = new CopyStack(app, 'LedgerCopy');
  const ledger = new LedgerStack(app, 'Ledger');
  ledger.addDependency(copy);
}
