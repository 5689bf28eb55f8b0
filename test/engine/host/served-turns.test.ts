// Calls over the wire while a served World captures: each is answered before or after, and what it wrote is kept.
import { BackupClient, DeleteRecoveryPointCommand } from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { SlowTexts } from '../../support/slow-content';
import { Texts } from '../../support/texts-content';
import { resource } from '../scenarios/stage';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const SHARE = resource('efs', 'fs-0123456789abcdef0', { env: ENV });

function backUpDaily({ state }: ServedWorld): void {
  createBackupVault(state, ENV, { BackupVaultName: 'main' });
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' };
  const { BackupPlanId } = createBackupPlan(state, ENV, { BackupPlan: { BackupPlanName: 'plan', Rules: [rule] } });
  const IamRoleArn = `arn:aws:iam::${ENV.account}:role/backup`;
  createBackupSelection(state, ENV, {
    BackupPlanId,
    BackupSelection: { SelectionName: 'all', IamRoleArn, Resources: ['*'] },
  });
}

test('writes, deletions and other clocks that come while bytes are captured have their turn afterwards', async () => {
  const served = new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
  const front = await HttpFront.open(served);
  const config = {
    endpoint: front.url,
    region: ENV.region,
    credentials: { accessKeyId: ENV.account, secretAccessKey: 'any' },
  };
  const [backup, dynamo] = [new BackupClient(config), new DynamoDBClient(config)];
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const put = (id: string) => dynamo.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id } } }));
  const advance = (span: string) =>
    fetch(`${front.url}/_holdfast/clock`, { method: 'POST', body: JSON.stringify({ advance: span }) });
  await put('before');
  backUpDaily(served);
  const slow = new SlowTexts(Texts.of({ a: 'kept' }));
  served.state.addResource(SHARE);
  served['live'].contents.give(SHARE.arn, slow);
  await advance('P1D');
  const [first] = served.state.pointsOf(SHARE.arn);

  const { begun, release } = slow.hold();
  const order: string[] = [];
  const noted = async (what: string, asked: Promise<unknown>) => {
    await asked;
    order.push(what);
  };
  const day = noted('day', advance('P1D'));
  await begun;
  const RecoveryPointArn = first?.recoveryPointArn;
  const others = Promise.all([
    noted('write', put('meanwhile')),
    noted('deletion', backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: 'main', RecoveryPointArn }))),
    noted('hour', advance('PT1H')),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(order).toEqual([]);
  release();
  await Promise.all([day, others]);
  expect(order[0]).toBe('day');
  const table = `arn:aws:dynamodb:${ENV.region}:${ENV.account}:table/orders`;
  const sizes = served.state.pointsOf(table).map(({ sizeBytes }) => sizeBytes);
  // What was written meanwhile is in neither.
  expect(sizes).toEqual([sizes[0], sizes[0]]);
  expect(served.state.pointsOf(SHARE.arn)).toHaveLength(1);
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: 'orders' }));
  expect(Items.map(({ id }) => id?.S).sort()).toEqual(['before', 'meanwhile']);
  [backup, dynamo].forEach((client) => client.destroy());
  await front.close();
  await served.close();
});
