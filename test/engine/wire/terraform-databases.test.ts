// The real Terraform makes a database in a World served with `--databases`: clients fill it, its plan backs it up, and what was lost is
// restored.
import { BackupClient, ListRecoveryPointsByResourceCommand, StartRestoreJobCommand } from '@aws-sdk/client-backup';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { freeRange } from '../../support/free-ports';
import { query } from '../../support/postgres-query';
import { exercised } from '../../support/programs';
import { ACCOUNT, REGION, ServedTerraform, testTerraform } from '../../support/served-terraform';
import { done, files, note } from './terraform/life-cycle';

let served: ServedTerraform | undefined;

afterEach(async () => {
  await served?.close();
  served = undefined;
});

// Of its time the provider sleeps 80 seconds until it asks for a new instance. That of the end would be as much: nothing is destroyed.
testTerraform()(
  'a database that terraform apply makes is filled, backed up, lost, restored, and carries on',
  async () => {
    exercised('terraform', 'a database in a World served with --databases');
    served = await ServedTerraform.open(await freeRange());
    const terraform = served;
    const folder = served.folder('databases', files('provider.tf', 'databases.tf'));
    const run = (...args: string[]) => terraform.run(folder, ...args);
    done(await run('init'));
    note('databases apply', done(await run('apply', '-auto-approve')));
    const { address, port, arn, role } = await served.outputs(folder);
    const ledger = { Address: String(address), Port: Number(port) };
    await query(ledger, 'create table orders(id int primary key, cents int)');
    await query(ledger, 'insert into orders values (1, 10)');
    await served.advance('P1D');
    await query(ledger, 'drop table orders');

    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
    const config = { endpoint: served.url, region: REGION, credentials };
    const [backup, rds] = [new BackupClient(config), new RDSClient(config)];
    const { RecoveryPoints: [point] = [] } = await backup.send(
      new ListRecoveryPointsByResourceCommand({ ResourceArn: String(arn) }),
    );
    await backup.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: point?.RecoveryPointArn,
        IamRoleArn: String(role),
        Metadata: { DBInstanceIdentifier: 'again', Engine: 'postgres' },
      }),
    );
    await served.advance('PT6H');
    const asked = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'again' });
    const restored = (await rds.send(asked)).DBInstances?.[0]?.Endpoint ?? {};
    await query(restored, 'insert into orders values (2, 20)');
    expect(await query(restored, 'select * from orders order by id')).toEqual([
      { id: 1, cents: 10 },
      { id: 2, cents: 20 },
    ]);
    expect(done(await run('plan', '-detailed-exitcode')).output).toContain('No changes.');
    [backup, rds].forEach((client) => client.destroy());
  },
  400_000,
);
