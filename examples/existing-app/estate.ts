import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack, StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * An app that uses nothing of Holdfast, and synthesizes without a word.
 *
 * Each rule and selection carries one mistake, named in the comment above it.
 */
export class ShopStack extends Stack {
  /** Said here, so that nothing is looked up in an account. */
  public get availabilityZones(): string[] {
    return ['us-east-1a', 'us-east-1b'];
  }

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const orders = new dynamodb.TableV2(this, 'Orders', {
      tableName: 'shop-orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const images = new s3.Bucket(this, 'Images', { bucketName: 'shop-images-111122223333', versioned: true });
    const vpc = new ec2.Vpc(this, 'Network', { natGateways: 0 });
    const files = new efs.FileSystem(this, 'Files', {
      fileSystemName: 'shop-files',
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });

    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: 'shop',
      lockConfiguration: { minRetention: Duration.days(100), maxRetention: Duration.days(3000) },
    });
    const plan = new backup.BackupPlan(this, 'Plan', { backupPlanName: 'shop', backupVault: vault });

    // Kept 35 days in a vault whose lock demands 100: deploys, and every job fails.
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'daily',
        scheduleExpression: events.Schedule.cron({ hour: '5', minute: '0' }),
        deleteAfter: Duration.days(35),
      }),
    );
    // Cold after 30 days and deleted after 60: AWS demands 90 days between the two.
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'cold',
        scheduleExpression: events.Schedule.cron({ hour: '9', minute: '0' }),
        moveToColdStorageAfter: Duration.days(30),
        deleteAfter: Duration.days(60),
      }),
    );
    // A start window of half an hour: AWS demands an hour.
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'hurried',
        scheduleExpression: events.Schedule.cron({ hour: '13', minute: '0' }),
        startWindow: Duration.minutes(30),
        deleteAfter: Duration.days(120),
      }),
    );
    // Day of the month and day of the week are both given: one of them must be `?`.
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'malformed',
        scheduleExpression: events.Schedule.expression('cron(0 17 * * * *)'),
        deleteAfter: Duration.days(120),
      }),
    );
    // Copies each backup into the vault that it is in already.
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'circular',
        scheduleExpression: events.Schedule.cron({ hour: '21', minute: '0' }),
        deleteAfter: Duration.days(120),
        copyActions: [{ destinationBackupVault: vault, deleteAfter: Duration.days(120) }],
      }),
    );

    // `fromConstruct` knows neither TableV2 nor buckets: this selection selects nothing.
    plan.addSelection('Data', {
      backupSelectionName: 'data',
      resources: [backup.BackupResource.fromConstruct(orders), backup.BackupResource.fromConstruct(images)],
    });
    // Meant as "this file system, if it carries the tag"; means "this file system, and everything with the tag".
    plan.addSelection('Files', {
      backupSelectionName: 'files',
      resources: [backup.BackupResource.fromEfsFileSystem(files), backup.BackupResource.fromTag('backup', 'yes')],
    });
  }
}

/** The whole app. */
export function buildEstate(app: App): void {
  new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'us-east-1' } });
}
