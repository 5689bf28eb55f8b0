import { CopyDestination, Plan, SelectionResource, Vault } from '@holdfast/cdk';
import { Schedule, WeekDay } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Size, Stack, StackProps, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeLedger } from './acknowledged';

const ACCOUNT = '111122223333';
const ZONE = 'Europe/Berlin';

/** Everything that holds data in the ledger application. */
class Ledger extends Construct {
  public readonly everything: SelectionResource[];
  public readonly withPointInTime: SelectionResource[];
  public readonly withColdStorage: SelectionResource[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Network', { natGateways: 0 });
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

    const orders = new dynamodb.TableV2(this, 'Orders', {
      tableName: 'ledger-orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const documents = new s3.Bucket(this, 'Documents', {
      bucketName: 'ledger-documents-111122223333',
      versioned: true,
    });
    const reports = new rds.DatabaseInstance(this, 'Reports', {
      instanceIdentifier: 'ledger-reports',
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_6 }),
      allocatedStorage: 100,
      vpc,
      vpcSubnets,
    });
    const accounts = new rds.DatabaseCluster(this, 'Accounts', {
      clusterIdentifier: 'ledger-accounts',
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_8 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      vpc,
      vpcSubnets,
    });
    const shared = new efs.FileSystem(this, 'Shared', { fileSystemName: 'ledger-shared', vpc, vpcSubnets });
    const web = new ec2.Instance(this, 'Web', {
      instanceName: 'ledger-web',
      instanceType: new ec2.InstanceType('t3.large'),
      machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
      vpc,
      vpcSubnets,
    });
    const archive = new ec2.Volume(this, 'Archive', {
      availabilityZone: 'us-east-1a',
      size: Size.gibibytes(200),
      encrypted: true,
    });
    Tags.of(archive).add('Name', 'ledger-archive');
    // Anything that carries this tag is backed up, wherever it was declared.
    Tags.of(shared).add('backup', 'daily');

    const resources = (...constructs: Construct[]) => constructs.map((it) => SelectionResource.fromConstruct(it));
    this.everything = resources(orders, documents, reports, accounts, web, archive);
    this.withPointInTime = resources(documents, reports, accounts);
    this.withColdStorage = resources(orders, shared);
    acknowledgeLedger(this);
  }
}

/** The vault in the second Region that receives the monthly copies. */
export class CopyStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new Vault(this, 'Copy', {
      backupVaultName: 'ledger-copy',
      vaultLock: { minRetentionDays: 30, maxRetentionDays: 2600 },
    });
  }
}

/** The application, its vault and its plans. */
export class LedgerStack extends Stack {
  /** Said here, so that nothing is looked up in an account. */
  public get availabilityZones(): string[] {
    return ['us-east-1a', 'us-east-1b'];
  }

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const ledger = new Ledger(this, 'Ledger');
    const primary = new Vault(this, 'Primary', {
      backupVaultName: 'ledger-primary',
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 2600, changeableForDays: 14 },
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform, ticket OPS-4711' },
    });
    const vault = primary.backupVault;
    const copy = backup.BackupVault.fromBackupVaultArn(
      this,
      'Copy',
      `arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:ledger-copy`,
    );

    const plan = new Plan(this, 'Plan', {
      backupPlanName: 'ledger',
      rules: [
        {
          ruleName: 'daily',
          vault,
          schedule: Schedule.daily({ hour: 5, timeZone: ZONE }),
          deleteAfter: Duration.days(35),
        },
        {
          ruleName: 'weekly',
          vault,
          schedule: Schedule.weekly({ weekDays: [WeekDay.SUNDAY], hour: 5, timeZone: ZONE }),
          deleteAfter: Duration.days(90),
        },
        {
          ruleName: 'monthly',
          vault,
          schedule: Schedule.monthly({ day: 1, hour: 5, timeZone: ZONE }),
          deleteAfter: Duration.days(365),
          copyActions: [{ destination: CopyDestination.vault(copy), deleteAfter: Duration.days(730) }],
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
          deleteAfter: Duration.days(14),
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
          moveToColdStorageAfter: Duration.days(30),
          deleteAfter: Duration.days(2555),
        },
      ],
    });
    archive.addSelection('Constructs', { selectionName: 'constructs', resources: ledger.withColdStorage });
  }
}

/** The whole estate: the copy's Region first, as the plan needs its vault. */
export function buildEstate(app: App): void {
  const copy = new CopyStack(app, 'LedgerCopy', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const ledger = new LedgerStack(app, 'Ledger', { env: { account: ACCOUNT, region: 'us-east-1' } });
  ledger.addStackDependency(copy);
}
