// An app whose database is backed up each day, and restored for a test each noon; its function looks at the rows.
import { Plan, RestoreTestingPlan, RestoreTestingResources, SelectionResource, Vault } from '@holdfast/cdk';
import { RestoreTestingResourceType, Schedule } from '@holdfast/model';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import * as path from 'node:path';
import { temporaryFolder } from './synth';

/** Finds the restored instance as any application does, and says whether every order can be billed. */
const VALIDATOR = `
const { BackupClient, PutRestoreValidationResultCommand } = require('@aws-sdk/client-backup');
const { RDSClient, DescribeDBInstancesCommand } = require('@aws-sdk/client-rds');
const { Client } = require('pg');
exports.handler = async ({ detail }) => {
  const DBInstanceIdentifier = detail.createdResourceArn.split(':').at(-1);
  const { DBInstances: [instance] } = await new RDSClient({}).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  const { Address: host, Port: port } = instance.Endpoint;
  const client = new Client({ host, port, user: 'master', password: process.env.PASSWORD, database: 'shop' });
  await client.connect();
  try {
    const { rows: [{ all, paid }] } = await client.query(
      'select count(*)::int as all, count(*) filter (where cents > 0)::int as paid from orders',
    );
    await new BackupClient({}).send(new PutRestoreValidationResultCommand({
      RestoreJobId: detail.restoreJobId,
      ValidationStatus: all > 0 && paid === all ? 'SUCCESSFUL' : 'FAILED',
      ValidationStatusMessage: paid + ' of ' + all + ' orders can be billed',
    }));
  } finally {
    await client.end();
  }
};
`;

/** The function with all that it needs but the SDK, which Lambda's runtime brings: a folder, as an asset is. */
function asset(): string {
  const folder = temporaryFolder('validator');
  buildSync({
    stdin: { contents: VALIDATOR, resolveDir: __dirname },
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['@aws-sdk/*', 'pg-native'],
  });
  return folder;
}

export const PASSWORD = 'secret-1';

export class DatabaseApp extends Stack {
  /** Said here, so that nothing is looked up in an account. */
  get availabilityZones(): string[] {
    return ['us-east-1a', 'us-east-1b'];
  }

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const database = new rds.DatabaseInstance(this, 'Ledger', {
      instanceIdentifier: 'ledger',
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_6 }),
      databaseName: 'shop',
      credentials: rds.Credentials.fromPassword('master', SecretValue.unsafePlainText(PASSWORD)),
      allocatedStorage: 20,
      removalPolicy: RemovalPolicy.DESTROY,
      deletionProtection: false,
      vpc: new ec2.Vpc(this, 'Network', { natGateways: 0, restrictDefaultSecurityGroup: false }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    const { backupVault: vault } = new Vault(this, 'Vault', { backupVaultName: 'main' });
    const schedule = Schedule.daily({ hour: 1 });
    const plan = new Plan(this, 'Plan', {
      backupPlanName: 'daily',
      rules: [{ ruleName: 'daily', vault, schedule, deleteAfter: Duration.days(35) }],
    });
    plan.addSelection('Data', { selectionName: 'data', resources: [SelectionResource.fromConstruct(database)] });
    const tests = new RestoreTestingPlan(this, 'Tests', {
      restoreTestingPlanName: 'tests',
      schedule: Schedule.daily({ hour: 12 }),
      startWindow: Duration.hours(1),
    });
    tests.addSelection('Databases', {
      restoreTestingSelectionName: 'databases',
      resources: RestoreTestingResources.all(RestoreTestingResourceType.RDS),
      validationWindow: Duration.hours(4),
    });
    const validator = new lambda.Function(this, 'Validator', {
      runtime: lambda.Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(asset()),
      timeout: Duration.seconds(30),
      environment: { PASSWORD },
    });
    const actions = ['rds:DescribeDBInstances', 'backup:PutRestoreValidationResult'];
    validator.addToRolePolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
    new events.Rule(this, 'Restored', {
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: { status: ['COMPLETED'], restoreTestingPlanArn: [tests.restoreTestingPlanArn] },
      },
      targets: [new targets.LambdaFunction(validator)],
    });
    new CfnOutput(this, 'Host', { value: database.dbInstanceEndpointAddress });
    new CfnOutput(this, 'Port', { value: database.dbInstanceEndpointPort });
  }
}
