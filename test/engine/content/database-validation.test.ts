// What restore testing restored of a database is validated by the app's own function, which connects to it.
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { PostgresDatabase } from '../../../engine/src/host/content/postgres-database';
import { World } from '../../../engine/src/testing/world';
import { DatabaseApp, PASSWORD } from '../../support/database-app';
import { synthCdk } from '../../support/synth';

jest.setTimeout(300_000);

let world: World;

afterEach(() => world.close());

test('a function of the app connects to the restored database, and its verdict is that of the test (B9.3/5)', async () => {
  world = new World({ start: '2027-01-01T00:00:00Z', runFunctions: true });
  const env = { account: '123456789012', region: 'us-east-1' };
  await world.deploy(synthCdk((app) => void new DatabaseApp(app, 'App', { env })));
  const ledger = await PostgresDatabase.create({ database: 'shop', user: 'master', password: PASSWORD });
  await ledger.listen();
  world.give('ledger', ledger);
  const rds = world.client(RDSClient);
  const { DBInstances: [instance] = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  expect(ledger.connectionString).toContain(`@${instance?.Endpoint?.Address}:${instance?.Endpoint?.Port}/`);

  await ledger.db.exec(
    'create table orders(id int primary key, cents int); insert into orders values (1, 10), (2, 20)',
  );
  await world.advance({ days: 1 });
  // What is wrong at home by then is right in the point.
  await ledger.db.exec('update orders set cents = 0 where id = 2');
  await world.advance({ days: 1 });
  expect(world.contentFaults()).toEqual([]);
  const runs = world.functionRuns().flatMap(({ runs: of }) => of);
  expect(runs.flatMap(({ error }) => error ?? [])).toEqual([]);
  expect(world.restoreJobs()).toMatchObject([
    { state: 'COMPLETED', validationStatus: 'SUCCESSFUL', deletionStatus: 'SUCCESSFUL' },
    { state: 'COMPLETED', validationStatus: 'FAILED', deletionStatus: 'SUCCESSFUL' },
  ]);
});
