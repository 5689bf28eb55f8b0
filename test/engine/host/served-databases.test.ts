// PostgreSQL behind RDS: made, reached, backed up, restored, found again by the next server, and deleted.
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  CreateRestoreTestingPlanCommand,
  CreateRestoreTestingSelectionCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupJobCommand,
  DescribeRestoreJobCommand,
  ListRestoreJobsCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DBInstance,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { DatabasePorts, PortRange } from '../../../engine/src/host/content/database-ports';
import { freeRange } from '../../support/free-ports';
import { query } from '../../support/postgres-query';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

const IamRoleArn = 'arn:aws:iam::111111111111:role/backup';

async function serve(folder: string, range: PortRange) {
  const ports = await DatabasePorts.open(range);
  const served = await ServedFolder.open(folder, ports);
  const [rds, backup] = [new RDSClient(served.config), new BackupClient(served.config)];
  return {
    rds,
    backup,
    url: served.config.endpoint,
    advance: (span: string) => served.advance(span),
    reset: () => served.control('reset'),
    instance: async (name: string): Promise<DBInstance> => {
      const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }));
      return DBInstances![0]!;
    },
    close: async () => {
      rds.destroy();
      backup.destroy();
      ports.close();
      await served.close();
    },
  };
}

async function create(rds: RDSClient, DBInstanceIdentifier: string): Promise<DBInstance> {
  const { DBInstance } = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: 'db.t3.medium',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'master',
      MasterUserPassword: 'secret-1',
      DBName: 'shop',
    }),
  );
  return DBInstance!;
}

test('an instance is a database that clients fill, backups capture, restores bring back, and restarts find', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const range = await freeRange();
  let served = await serve(folder, range);
  const made = await create(served.rds, 'shop');
  const shop = made.Endpoint!;
  expect(shop.Address).toBe('127.0.0.1');
  expect(shop.Port).toBeGreaterThanOrEqual(range.first);
  expect((await served.instance('shop')).Endpoint).toMatchObject({ Address: shop.Address, Port: shop.Port });
  expect(JSON.stringify(made)).not.toContain('secret-1');
  // Of other engines there is no database.
  const mysql = await served.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'other',
      DBInstanceClass: 'db.t3.medium',
      Engine: 'mysql',
      AllocatedStorage: 20,
    }),
  );
  expect(mysql.DBInstance!.Endpoint).toMatchObject({ Port: 3306 });
  await expect(query(shop, 'select 1', 'wrong')).rejects.toThrow('password authentication failed');
  await query(shop, "create table orders(id int primary key, what text); insert into orders values(1, 'tea')");

  // Until a backup has bytes of it, a document says all that there is.
  expect((await fetch(`${served.url}/_holdfast/snapshot`)).status).toBe(200);
  await served.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const { BackupJobId } = await served.backup.send(
    new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn: made.DBInstanceArn, IamRoleArn }),
  );
  await served.advance('P1D');
  const refused = await fetch(`${served.url}/_holdfast/snapshot`);
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining(`it has backups of ${made.DBInstanceArn}, whose bytes no command has`),
  ]);
  const job = await served.backup.send(new DescribeBackupJobCommand({ BackupJobId }));
  expect(job.State).toBe('COMPLETED');
  await query(shop, "update orders set what = 'lost'; insert into orders values(2, 'lost')");
  const { RestoreJobId } = await served.backup.send(
    new StartRestoreJobCommand({
      RecoveryPointArn: job.RecoveryPointArn,
      IamRoleArn,
      Metadata: { DBInstanceIdentifier: 'shop-again', DBInstanceClass: 'db.t3.medium', Engine: 'postgres' },
    }),
  );
  await served.advance('P1D');
  const restored = await served.backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  expect([restored.Status, restored.CreatedResourceArn]).toEqual([
    'COMPLETED',
    'arn:aws:rds:eu-central-1:111111111111:db:shop-again',
  ]);
  const again = (await served.instance('shop-again')).Endpoint!;
  expect(again.Port).not.toBe(shop.Port);
  expect(await query(again, 'select * from orders')).toEqual([{ id: 1, what: 'tea' }]);
  await query(again, "insert into orders values(3, 'after')");
  await served.rds.send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: 'shop',
      MasterUserPassword: 'secret-2',
      ApplyImmediately: true,
    }),
  );
  await expect(query(shop, 'select 1')).rejects.toThrow('password authentication failed');

  // The next server finds both, each as it was left.
  await served.close();
  served = await serve(folder, range);
  const [one, two] = [(await served.instance('shop')).Endpoint!, (await served.instance('shop-again')).Endpoint!];
  expect(await query(one, 'select what from orders order by id', 'secret-2')).toEqual([
    { what: 'lost' },
    { what: 'lost' },
  ]);
  expect(await query(two, 'select id from orders order by id')).toEqual([{ id: 1 }, { id: 3 }]);

  const databases = path.join(folder, 'databases', 'default');
  const folders = () => fs.readdirSync(path.join(databases, fs.readdirSync(databases)[0]!)).length;
  expect(folders()).toBe(2);
  await served.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'shop', SkipFinalSnapshot: true }));
  await expect(query(one, 'select 1', 'secret-2')).rejects.toThrow();
  expect(folders()).toBe(1);

  // A cluster has one, which its members lead to.
  await served.rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'aurora',
      Engine: 'aurora-postgresql',
      MasterUsername: 'master',
      MasterUserPassword: 'secret-1',
      DatabaseName: 'shop',
    }),
  );
  const member = await served.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'aurora-1',
      DBClusterIdentifier: 'aurora',
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-postgresql',
    }),
  );
  const [cluster] = (await served.rds.send(new DescribeDBClustersCommand({}))).DBClusters!;
  expect([cluster!.Endpoint, cluster!.ReaderEndpoint]).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(member.DBInstance!.Endpoint!.Port).toBe(cluster!.Port);
  expect(await query(member.DBInstance!.Endpoint!, 'select current_user, current_database()')).toEqual([
    { current_user: 'master', current_database: 'shop' },
  ]);
  await served.close();
});

test('databases that nobody asked for go with what a restore test restored, folders included', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const served = await serve(folder, await freeRange());
  const made = await create(served.rds, 'shop');
  await query(made.Endpoint!, 'create table orders(id int)');
  await served.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await served.backup.send(
    new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn: made.DBInstanceArn, IamRoleArn }),
  );
  const RecoveryPointSelection = {
    Algorithm: 'LATEST_WITHIN_WINDOW' as const,
    IncludeVaults: ['*'],
    RecoveryPointTypes: ['SNAPSHOT' as const],
  };
  const ScheduleExpression = 'cron(0 12 * * ? *)';
  const RestoreTestingPlanName = 'tests';
  await served.backup.send(
    new CreateRestoreTestingPlanCommand({
      RestoreTestingPlan: { RestoreTestingPlanName, ScheduleExpression, StartWindowHours: 1, RecoveryPointSelection },
    }),
  );
  await served.backup.send(
    new CreateRestoreTestingSelectionCommand({
      RestoreTestingPlanName,
      RestoreTestingSelection: {
        RestoreTestingSelectionName: 'all',
        ProtectedResourceType: 'RDS',
        ProtectedResourceArns: ['*'],
        IamRoleArn,
      },
    }),
  );
  await served.advance('P3D');
  const { RestoreJobs = [] } = await served.backup.send(new ListRestoreJobsCommand({}));
  expect(RestoreJobs.map(({ Status, DeletionStatus }) => [Status, DeletionStatus])).toEqual([
    ['COMPLETED', 'SUCCESSFUL'],
    ['COMPLETED', 'SUCCESSFUL'],
    ['COMPLETED', 'SUCCESSFUL'],
  ]);
  const databases = path.join(folder, 'databases', 'default');
  expect(fs.readdirSync(path.join(databases, fs.readdirSync(databases)[0]!))).toHaveLength(1);
  await served.close();
});

test('what a crash cut off is restored anew; what is restored and deleted needs no backup at the next start', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const journal = path.join(folder, 'journal');
  const { first } = await freeRange();
  const range = { first, last: first + 1 };
  let served = await serve(folder, range);
  const made = await create(served.rds, 'shop');
  const ResourceArn = made.DBInstanceArn;
  const sell = (what: string) => query(made.Endpoint!, `truncate orders; insert into orders values ('${what}')`);
  await query(made.Endpoint!, 'create table orders(what text)');
  await served.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const points: string[] = [];
  for (const what of ['tea', 'coffee']) {
    await sell(what);
    const { BackupJobId } = await served.backup.send(
      new StartBackupJobCommand({ BackupVaultName: 'main', ResourceArn, IamRoleArn }),
    );
    await served.advance('P1D');
    points.push((await served.backup.send(new DescribeBackupJobCommand({ BackupJobId }))).RecoveryPointArn!);
  }
  const restore = async (RecoveryPointArn: string | undefined) => {
    const Metadata = { DBInstanceIdentifier: 'again', DBInstanceClass: 'db.t3.medium', Engine: 'postgres' };
    await served.backup.send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
    await served.advance('P1D');
    return query((await served.instance('again')).Endpoint!, 'select * from orders');
  };
  const acknowledged = fs.readFileSync(journal);
  expect(await restore(points[0])).toEqual([{ what: 'tea' }]);
  await served.close();
  // The machine has stopped before anybody was told of the restore. The next one has its id.
  fs.writeFileSync(journal, acknowledged);
  served = await serve(folder, range);
  expect(await restore(points[1])).toEqual([{ what: 'coffee' }]);

  await served.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'again', SkipFinalSnapshot: true }));
  for (const RecoveryPointArn of points) {
    await served.backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: 'main', RecoveryPointArn }));
  }
  // What comes next has the port of what went.
  expect((await create(served.rds, 'late')).Endpoint!.Port).toBe(range.last);
  await served.close();
  served = await serve(folder, range);
  const content = await fetch(`${served.url}/_holdfast/content`);
  expect(await content.json()).toMatchObject({ faults: [] });
  expect(await query((await served.instance('shop')).Endpoint!, 'select * from orders')).toEqual([{ what: 'coffee' }]);
  expect((await served.instance('late')).Endpoint!.Port).toBe(range.last);
  await served.close();
});

test('a database that has not changed since its continuous backup is no fault at the next start', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const range = await freeRange();
  let served = await serve(folder, range);
  const made = await create(served.rds, 'shop');
  await query(made.Endpoint!, 'create table orders(what text)');
  await served.backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'all', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' };
  const { BackupPlanId } = await served.backup.send(
    new CreateBackupPlanCommand({
      BackupPlan: {
        BackupPlanName: 'all',
        Rules: [{ ...rule, EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 10 } }],
      },
    }),
  );
  await served.backup.send(
    new CreateBackupSelectionCommand({
      BackupPlanId,
      BackupSelection: { SelectionName: 'all', IamRoleArn, Resources: ['*'] },
    }),
  );
  await served.advance('P1D');
  await query(made.Endpoint!, "insert into orders values ('tea')");
  await served.advance('P1D');
  await served.advance('P1D');
  for (let start = 0; start < 2; start++) {
    const content = await fetch(`${served.url}/_holdfast/content`);
    expect(await content.json()).toMatchObject({ faults: [] });
    await served.close();
    served = await serve(folder, range);
  }
  await served.close();
});

test('an instance that is stopped lets nobody in, and is what it was once it is started', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const range = await freeRange();
  let served = await serve(folder, range);
  const { Endpoint: shop } = await create(served.rds, 'shop');
  await query(shop!, "create table orders(what text); insert into orders values ('tea')");
  await served.rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'shop' }));
  await expect(query(shop!, 'select * from orders')).rejects.toThrow();
  // So it is for the next server.
  await served.close();
  served = await serve(folder, range);
  expect((await served.instance('shop')).DBInstanceStatus).toBe('stopped');
  await expect(query(shop!, 'select * from orders')).rejects.toThrow();
  await served.rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: 'shop' }));
  expect(await query(shop!, 'select * from orders')).toEqual([{ what: 'tea' }]);
  await served.close();
});

test('a reset leaves no database: the next of its name is a new one at the same port, whoever opens the folder', async () => {
  const folder = path.join(temporaryFolder('databases'), 'd');
  const range = await freeRange();
  let served = await serve(folder, range);
  const before = (await create(served.rds, 'shop')).Endpoint!;
  await query(before, 'create table orders(what text)');
  await served.reset();
  await expect(query(before, 'select 1')).rejects.toThrow();
  const after = (await create(served.rds, 'shop')).Endpoint!;
  expect(after.Port).toBe(before.Port);
  await expect(query(after, 'select * from orders')).rejects.toThrow('does not exist');
  await query(after, 'create table drinks(what text)');
  const databases = path.join(folder, 'databases', 'default');
  const folders = () => fs.readdirSync(databases).flatMap((one) => fs.readdirSync(path.join(databases, one)));
  expect(folders()).toHaveLength(1);
  await served.close();
  served = await serve(folder, range);
  expect(await query((await served.instance('shop')).Endpoint!, 'select * from drinks')).toEqual([]);
  expect(folders()).toHaveLength(1);
  await served.close();
});
