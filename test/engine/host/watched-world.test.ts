// A served World is followed from when somebody first looks at its course, and what is told then begins at its beginning.
import { BackupClient, CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import { MemoryKeeper } from '../../../engine/src/host/keeper';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { InProcessHandler } from '../../../engine/src/testing/client';
import { DEFAULT_WORLD } from '../../../engine/src/wire/world-path';

const ACCOUNT = '111111111111';
const ENV = { partition: 'aws', account: ACCOUNT, region: 'eu-central-1' };

function serve(keeper = new MemoryKeeper(), wall = () => 0): ServedWorld {
  const props = { env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' };
  return new ServedWorld(props, DEFAULT_WORLD, keeper, wall);
}

async function asked(world: ServedWorld, method: string, name: string, body?: unknown): Promise<[number, string]> {
  const sent = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const request = { method, path: `/_holdfast/${name}`, query: {}, headers: {}, body: sent };
  const answer = await world.answer(request);
  return [answer.status, Buffer.from(answer.body).toString('utf8')];
}

const isFollowed = (world: ServedWorld) => world.state.ledger.meter !== undefined;

const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 7 } };

/** A plan that runs for some days, and two calls at one instant. */
async function lived(world: ServedWorld, between: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const requestHandler = new InProcessHandler(world);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' };
  const client = new BackupClient({ region: ENV.region, credentials, requestHandler, maxAttempts: 1 });
  await asked(world, 'POST', 'resources', [
    { type: 'EFS', name: 'fs-1', account: ACCOUNT, region: ENV.region, sizeGiB: 3 },
  ]);
  const vault = (BackupVaultName: string) =>
    client.send(new CreateBackupVaultCommand({ BackupVaultName, CreatorRequestId: BackupVaultName }));
  await vault('main');
  await between();
  await vault('early');
  const call = (path: string, body: object) =>
    world.answer({
      ...{ method: 'PUT', path, query: {}, body: new TextEncoder().encode(JSON.stringify(body)) },
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20270101/${ENV.region}/backup/aws4_request` },
    });
  const made = await call('/backup/plans/', { BackupPlan: { BackupPlanName: 'p', Rules: [rule] } });
  const { BackupPlanId } = JSON.parse(Buffer.from(made.body).toString('utf8')) as { BackupPlanId: string };
  const IamRoleArn = `arn:aws:iam::${ACCOUNT}:role/backup`;
  const BackupSelection = { SelectionName: 's', IamRoleArn, Resources: ['*'] };
  await call(`/backup/plans/${BackupPlanId}/selections/`, { BackupSelection });
  await asked(world, 'POST', 'clock', { advance: 'P20D' });
}

test('what is told to who looks late is what is told to who looked from the beginning', async () => {
  const [late, early] = [serve(), serve()];
  expect((await asked(early, 'GET', 'report'))[0]).toBe(200);
  expect([isFollowed(late), isFollowed(early)]).toEqual([false, true]);
  await lived(late);
  await lived(early);
  await asked(late, 'GET', 'state');
  await asked(early, 'GET', 'state');
  expect(isFollowed(late)).toBe(false);
  const report = await asked(late, 'GET', 'report');
  expect(isFollowed(late)).toBe(true);
  expect(report).toEqual(await asked(early, 'GET', 'report'));
  expect(report[1]).toContain('"made":[20]');
  for (const name of ['events', 'report/0', 'state']) {
    expect([name, await asked(late, 'GET', name)]).toEqual([name, await asked(early, 'GET', name)]);
  }
  await asked(late, 'POST', 'reset');
  expect(isFollowed(late)).toBe(true);
});

test('that somebody looked between two calls of an instant changes nothing of what comes', async () => {
  const [looked, alone] = [serve(), serve()];
  await lived(looked, () => asked(looked, 'GET', 'events'));
  await lived(alone);
  expect(looked.state.digest()).toBe(alone.state.digest());
  // A World of the same commands comes to the same.
  const again = serve();
  await again.load(JSON.parse(JSON.stringify(await looked.snapshot())));
  expect(again.state.digest()).toBe(looked.state.digest());
});

test('the clock runs on as fast as it did', async () => {
  let wall = 0;
  const world = serve(new MemoryKeeper(), () => wall);
  await asked(world, 'POST', 'clock', { speed: 60 });
  wall = 60_000;
  await asked(world, 'GET', 'events');
  expect(world.speed).toBe(60);
  wall = 120_000;
  expect(JSON.parse((await asked(world, 'GET', 'clock'))[1])).toMatchObject({ now: '2027-01-01T02:00:00Z', speed: 60 });
});

test('where there are more commands than are kept, it is followed before they go', async () => {
  const world = serve(new MemoryKeeper(2000));
  await lived(world);
  expect(isFollowed(world)).toBe(true);
  expect((await asked(world, 'GET', 'report'))[1]).toBe(
    await (async () => {
      const other = serve();
      await lived(other);
      return (await asked(other, 'GET', 'report'))[1];
    })(),
  );
  expect(await asked(world, 'GET', 'snapshot')).toEqual([400, expect.stringContaining('keeps with --data-dir alone')]);
});
