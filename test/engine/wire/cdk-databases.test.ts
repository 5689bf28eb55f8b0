// The real command line of the CDK deploys a database into a World served with `--databases`: clients fill it, its plan backs it up, its
// own function validates restore tests of it, and what was lost is restored.
import {
  BackupClient,
  ListRecoveryPointsByResourceCommand,
  ListRestoreJobsCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { App } from 'aws-cdk-lib/core';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DatabaseApp } from '../../support/database-app';
import { freeRange } from '../../support/free-ports';
import { query } from '../../support/postgres-query';
import { ServedCdk } from '../../support/served-cdk';

const ACCOUNT = '111122223333';
const PLACE = `aws://${ACCOUNT}/us-east-1`;

let served: ServedCdk | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

test('a database that cdk deploy makes is filled, backed up, validated, lost, restored, and carries on', async () => {
  served = await ServedCdk.open(await freeRange());
  const { folder, front } = served;
  const outdir = path.join(folder, 'cdk.out');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new DatabaseApp(app, 'App', { env: { account: ACCOUNT, region: 'us-east-1' } });
  app.synth();
  await served.cdk(ACCOUNT, ['bootstrap', '--app', outdir, PLACE]);
  await served.cdk(ACCOUNT, ['deploy', '--app', outdir, '--require-approval', 'never', '-O', 'outputs.json']);
  const outputs = JSON.parse(fs.readFileSync(path.join(folder, 'outputs.json'), 'utf8')) as Record<string, unknown>;
  const { Host, Port } = outputs[stack.stackName] as { Host: string; Port: string };
  const ledger = { Address: Host, Port: Number(Port) };
  await query(ledger, 'create table orders(id int primary key, cents int)');
  await query(ledger, 'insert into orders values (1, 10), (2, 20)');
  await served.advance('P1D');
  await query(ledger, 'drop table orders');

  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
  const config = { endpoint: front.url, region: 'us-east-1', credentials };
  const [backup, rds] = [new BackupClient(config), new RDSClient(config)];
  const ResourceArn = `arn:aws:rds:us-east-1:${ACCOUNT}:db:ledger`;
  const { RestoreJobs = [] } = await backup.send(new ListRestoreJobsCommand({}));
  expect(RestoreJobs.map(({ Status, ValidationStatus }) => [Status, ValidationStatus])).toEqual([
    ['COMPLETED', 'SUCCESSFUL'],
  ]);
  const { RecoveryPoints: [point] = [] } = await backup.send(new ListRecoveryPointsByResourceCommand({ ResourceArn }));
  const { IamRoleArn } = RestoreJobs[0]!;
  const Metadata = { DBInstanceIdentifier: 'again', Engine: 'postgres' };
  const RecoveryPointArn = point?.RecoveryPointArn;
  await backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
  await served.advance('PT6H');
  const { DBInstances: [again] = [] } = await rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'again' }),
  );
  const restored = again?.Endpoint ?? {};
  await query(restored, 'insert into orders values (3, 30)');
  expect(await query(restored, 'select * from orders order by id')).toEqual([
    { id: 1, cents: 10 },
    { id: 2, cents: 20 },
    { id: 3, cents: 30 },
  ]);
  expect(await served.cdk(ACCOUNT, ['diff', '--app', outdir])).toContain('Number of stacks with differences: 0');
  [backup, rds].forEach((client) => client.destroy());
}, 400_000);
