// Several Worlds behind one server: by header, by the path of a client's endpoint, and none of them knows of the others.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { StoreFault } from '../../../engine/src/host/store-fault';
import { InProcessHandler } from '../../../engine/src/testing/client';
import type { WireAnswer } from '../../../engine/src/wire/message';
import { CONTROL_PATHS } from '../../../engine/src/wire/world-path';
import { zipOf } from '../../support/zip';
import { schemaOf } from '../cli/run-cli';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/backup/aws4_request, Signature=x';

function serve(): ServedWorlds {
  return new ServedWorlds({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '1.2.3' });
}

function send(worlds: ServedWorlds, method: string, path: string, body?: unknown, world?: string): Promise<WireAnswer> {
  const headers = { authorization: AUTHORIZATION, ...(world !== undefined && { 'x-holdfast-world': world }) };
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
  return worlds.answer({ method, path, query: {}, headers, body: bytes });
}

async function ask(worlds: ServedWorlds, method: string, path: string, body?: unknown, world?: string) {
  const { status, body: text } = await send(worlds, method, path, body, world);
  return { status, said: JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown> };
}

async function namesOf(worlds: ServedWorlds): Promise<string[]> {
  const { said } = await ask(worlds, 'GET', '/_holdfast/worlds');
  const validate = schemaOf('holdfast.worlds/1');
  validate(said);
  expect(validate.errors ?? []).toEqual([]);
  return (said as { worlds: { name: string }[] }).worlds.map(({ name }) => name);
}

const vaults = async (worlds: ServedWorlds, world: string) =>
  (
    (await ask(worlds, 'GET', `/_world/${world}/backup-vaults`)).said as {
      BackupVaultList: { BackupVaultName: string }[];
    }
  ).BackupVaultList.map(({ BackupVaultName }) => BackupVaultName).sort();

test('clients of the SDK keep the prefix of their endpoint, and each sees the World that it names', async () => {
  const front = await HttpFront.open(serve(), { ownPaths: CONTROL_PATHS });
  try {
    const config = (world: string) => ({
      endpoint: `${front.url}/_world/${world}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    });
    await new BackupClient(config('a')).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    const of = async (world: string) =>
      (await new BackupClient(config(world)).send(new ListBackupVaultsCommand({}))).BackupVaultList?.length;
    expect([await of('a'), await of('b')]).toEqual([1, 0]);
    const { Account } = await new STSClient(config('b')).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('111111111111');
    const moved = await fetch(`${front.url}/_world/a/_holdfast/clock`, { method: 'POST', body: '{"advance":"P1D"}' });
    expect(await moved.json()).toMatchObject({ now: '2027-01-02T00:00:00Z' });
    const header = await fetch(`${front.url}/_holdfast/clock`, { headers: { 'x-holdfast-world': 'a' } });
    expect(await header.json()).toMatchObject({ now: '2027-01-02T00:00:00Z' });
    expect(await (await fetch(`${front.url}/_holdfast/clock`)).json()).toMatchObject({ now: '2027-01-01T00:00:00Z' });
  } finally {
    await front.close();
  }
});

test('control of named Worlds is for this machine alone, as all control is', () => {
  const control = [
    '/_holdfast/clock',
    '/_holdfast',
    '/_world/a/_holdfast/clock',
    '/_world//_holdfast/',
    '/_world/a/_holdfast',
  ];
  const other = ['/', '/backup-vaults', '/_world/a/backup-vaults/_holdfast/', '/x?/_holdfast/', '/_holdfastness'];
  expect(control.filter((path) => !CONTROL_PATHS.test(path))).toEqual([]);
  expect(other.filter((path) => CONTROL_PATHS.test(path))).toEqual([]);
});

test('Worlds are listed, reset and deleted by control', async () => {
  const worlds = serve();
  expect(await namesOf(worlds)).toEqual(['default']);
  await send(worlds, 'PUT', '/backup-vaults/one', {}, 'a');
  await send(worlds, 'PUT', '/_world/b/backup-vaults/two', {});
  expect(await namesOf(worlds)).toEqual(['default', 'a', 'b']);
  await ask(worlds, 'POST', '/_holdfast/reset', undefined, 'a');
  expect([await vaults(worlds, 'a'), await vaults(worlds, 'b'), await vaults(worlds, 'default')]).toEqual([
    [],
    ['two'],
    [],
  ]);
  expect((await ask(worlds, 'DELETE', '/_holdfast/worlds/b')).said).toMatchObject({ worlds: [{}, { name: 'a' }] });
  expect(await namesOf(worlds)).toEqual(['default', 'a']);
  expect(await vaults(worlds, 'b')).toEqual([]);
  expect(await ask(worlds, 'DELETE', '/_holdfast/worlds/c')).toMatchObject({ status: 404 });
  expect(await ask(worlds, 'PUT', '/_holdfast/worlds/c')).toMatchObject({ status: 404 });
  expect(await ask(worlds, 'PUT', '/_holdfast/worlds')).toMatchObject({ status: 405 });
  // The World of requests that name none is emptied, and stays.
  await send(worlds, 'PUT', '/backup-vaults/one', {});
  await ask(worlds, 'DELETE', '/_holdfast/worlds/default');
  expect([await namesOf(worlds), await vaults(worlds, 'default')]).toEqual([['default', 'a', 'b'], []]);
});

test('what is asked while a World is deleted is for a new one', async () => {
  const worlds = serve();
  await send(worlds, 'PUT', '/_world/a/backup-vaults/old', {});
  await Promise.all([
    send(worlds, 'DELETE', '/_holdfast/worlds/a'),
    send(worlds, 'PUT', '/_world/a/backup-vaults/new', {}),
  ]);
  expect([await namesOf(worlds), await vaults(worlds, 'a')]).toEqual([['default', 'a'], ['new']]);
});

test('the number of Worlds is bounded, and so are their names', async () => {
  const worlds = serve();
  for (const name of ['', '.a', 'a b', 'a%2Fb', 'x'.repeat(65)]) {
    expect(await ask(worlds, 'GET', `/_world/${name}/backup-vaults`)).toMatchObject({ status: 400 });
  }
  for (let i = 1; i < 1000; i++) {
    await send(worlds, 'GET', `/_world/w${i}/_holdfast/clock`);
  }
  const more = await ask(worlds, 'GET', '/_world/w1000/_holdfast/clock');
  expect([more.status, more.said['message']]).toEqual([400, expect.stringContaining('there are 1000 Worlds')]);
  await send(worlds, 'DELETE', '/_holdfast/worlds/w1');
  expect((await send(worlds, 'GET', '/_world/w1000/_holdfast/clock')).status).toBe(200);
});

test('whatever is done to Worlds at once, each is as if it were alone', async () => {
  const names = fc.constantFrom('a', 'b', 'c', 'default');
  const call = fc.oneof(
    fc.record({
      method: fc.constant('PUT'),
      path: fc.constantFrom('/backup-vaults/v1', '/backup-vaults/v2', '/backup-vaults/v3'),
    }),
    fc.record({ method: fc.constant('DELETE'), path: fc.constantFrom('/backup-vaults/v1', '/backup-vaults/v2') }),
    fc.record({
      method: fc.constant('POST'),
      path: fc.constant('/_holdfast/clock'),
      body: fc.constant({ advance: 'PT7H' }),
    }),
    fc.record({ method: fc.constant('POST'), path: fc.constant('/_holdfast/reset') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, call), { maxLength: 30 }), async (calls) => {
      const together = serve();
      await Promise.all(
        calls.map(([world, { method, path, ...given }]) =>
          send(together, method, `/_world/${world}${path}`, 'body' in given ? given.body : undefined),
        ),
      );
      for (const name of ['a', 'b', 'c', 'default']) {
        const alone = serve();
        for (const [world, { method, path, ...given }] of calls) {
          if (world === name) {
            await send(alone, method, path, 'body' in given ? given.body : undefined);
          }
        }
        const state = await ask(together, 'GET', `/_world/${name}/_holdfast/state`);
        expect(state).toEqual(await ask(alone, 'GET', '/_holdfast/state'));
        expect(await vaults(together, name)).toEqual(await vaults(alone, 'default'));
      }
    }),
    { numRuns: 40 },
  );
});

test('no file of this machine is read because a caller names it as content', async () => {
  const worlds = serve();
  const { said } = await ask(worlds, 'POST', '/_holdfast/resources', [
    { type: 'EFS', name: 'fs-1', sizeGiB: 3 },
    { type: 'EFS', name: 'fs-2', content: { files: '/etc' } },
  ]);
  expect(said['message']).toBe(
    'resources[1].content cannot be given to a served World: fill it through the API of its service (docs/content.md)',
  );
  const state = (await ask(worlds, 'GET', '/_holdfast/state')).said;
  expect(state).toMatchObject({ resources: { total: 0 } });
});

test('a World is told as a document, and another server makes it again', async () => {
  const worlds = serve();
  await send(worlds, 'POST', '/_holdfast/resources', [{ type: 'EFS', name: 'fs-1', sizeGiB: 3 }]);
  await send(worlds, 'PUT', '/backup-vaults/main', { BackupVaultTags: { é: '☂' } });
  await send(worlds, 'PUT', '/backup-vaults/main', {});
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 7 } };
  const { said } = await ask(worlds, 'PUT', '/backup/plans', { BackupPlan: { BackupPlanName: 'p', Rules: [rule] } });
  const selection = { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::111111111111:role/b', Resources: ['*'] };
  await send(worlds, 'PUT', `/backup/plans/${String(said['BackupPlanId'])}/selections`, { BackupSelection: selection });
  await send(worlds, 'POST', '/_holdfast/clock', { advance: 'P30D' });
  const snapshot = (await ask(worlds, 'GET', '/_holdfast/snapshot')).said;
  const validate = schemaOf('holdfast.snapshot/1');
  validate(snapshot);
  expect(validate.errors ?? []).toEqual([]);
  // Five changes, the call that was refused among them, and the clock.
  expect(snapshot['commands']).toHaveLength(6);
  const other = new ServedWorlds({ env: { ...ENV, region: 'eu-west-1' }, start: 0, seed: 7, version: '1.2.3' });
  await send(other, 'PUT', '/backup-vaults/gone', {});
  expect(await ask(other, 'POST', '/_holdfast/snapshot', snapshot)).toMatchObject({
    status: 200,
    said: { now: '2027-01-31T00:00:00Z' },
  });
  for (const path of ['/_holdfast/state', '/backup-vaults', '/backup-vaults/main/recovery-points', '/backup-jobs']) {
    expect(await ask(other, 'GET', path)).toEqual(await ask(worlds, 'GET', path));
  }
  // It goes on as the first would.
  for (const one of [worlds, other]) {
    await send(one, 'POST', '/_holdfast/clock', { advance: 'P10D' });
  }
  expect(await ask(other, 'GET', '/_holdfast/state')).toEqual(await ask(worlds, 'GET', '/_holdfast/state'));
  // What was loaded is told again, from the document on.
  const again = (await ask(other, 'GET', '/_holdfast/snapshot')).said;
  const [then, now] = [snapshot['commands'], again['commands']] as [object[], object[]];
  expect(now.slice(0, then.length)).toEqual(then);
  expect(await ask(other, 'POST', '/_world/b/_holdfast/snapshot', again)).toMatchObject({ status: 200 });
  expect(await ask(other, 'GET', '/_world/b/_holdfast/state')).toEqual(await ask(worlds, 'GET', '/_holdfast/state'));
});

test('a server begins with the World of a snapshot, or says why it does not', async () => {
  const worlds = serve();
  await send(worlds, 'PUT', '/backup-vaults/main', {});
  await ask(worlds, 'POST', '/_holdfast/clock', { advance: 'P1D' });
  const snapshot = (await ask(worlds, 'GET', '/_holdfast/snapshot')).said;
  const other = serve();
  await other.load(JSON.stringify(snapshot));
  expect((await ask(other, 'GET', '/_holdfast/clock')).said).toMatchObject({ now: '2027-01-02T00:00:00Z' });
  expect((await send(other, 'GET', '/backup-vaults/main')).status).toBe(200);
  expect((await ask(other, 'GET', '/_holdfast/state')).said['digest']).toBe(snapshot['digest']);
  const again = (await ask(other, 'GET', '/_holdfast/snapshot')).said;
  const fresh = serve();
  await fresh.load(JSON.stringify(again));
  await expect(fresh.load('{')).rejects.toThrow(StoreFault);
  await expect(fresh.load(JSON.stringify({ ...snapshot, commands: [] }))).rejects.toThrow('the snapshot is damaged');
  expect((await send(fresh, 'GET', '/backup-vaults/main')).status).toBe(200);
});

test('a snapshot that is damaged, newer or comes to something else leaves the World as it was', async () => {
  const worlds = serve();
  await send(worlds, 'PUT', '/backup-vaults/main', {});
  const snapshot = (await ask(worlds, 'GET', '/_holdfast/snapshot')).said;
  const state = await ask(worlds, 'GET', '/_holdfast/state');
  const sealed = (change: object) => {
    const { checksum: _, ...said } = { ...snapshot, ...change };
    return { ...said, checksum: `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}` };
  };
  const commands = snapshot['commands'] as { request: object; status: number }[];
  const twice = [...commands, ...commands];
  // prettier-ignore
  const refused: [object, string][] = [
    [{},                                                  'a snapshot must have schema holdfast.snapshot/1, got undefined'],
    [{ schema: 'holdfast.snapshot/1' },                   'the snapshot is not whole'],
    [{ ...snapshot, commands: [] },                       'the snapshot is damaged: its checksum is'],
    [sealed({ version: '1.3.0' }),                        'the snapshot was written by Holdfast 1.3.0, and this is 1.2.3'],
    [sealed({ commands: [] }),                            'and its commands come to sha256:'],
    [sealed({ commands: twice }),                         'command 1 of the snapshot: PUT /backup-vaults/main was answered 200 then, and 400 now'],
  ];
  for (const [body, text] of refused) {
    const { status, said } = await ask(worlds, 'POST', '/_holdfast/snapshot', body);
    expect([status, said['message']]).toEqual([400, expect.stringContaining(text)]);
    expect(await ask(worlds, 'GET', '/_holdfast/state')).toEqual(state);
  }
});

test('functions that ran are not run again: their calls and answers are told', async () => {
  const worlds = serve();
  const code = `
    const { BackupClient, CreateBackupVaultCommand } = require('@aws-sdk/client-backup');
    exports.handler = async ({ name }) => {
      const made = await new BackupClient().send(new CreateBackupVaultCommand({ BackupVaultName: name }));
      return { arn: made.BackupVaultArn, real: process.hrtime.bigint().toString() };
    };`;
  const lambda = new LambdaClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    requestHandler: new InProcessHandler(worlds),
  });
  const Code = { ZipFile: zipOf({ 'index.js': code }) };
  const Role = 'arn:aws:iam::111111111111:role/f';
  await lambda.send(
    new CreateFunctionCommand({ FunctionName: 'f', Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code }),
  );
  const Payload = Buffer.from('{"name":"made"}');
  const { Payload: answered } = await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload }));
  expect(Buffer.from(answered ?? []).toString()).toContain('backup-vault:made');
  const snapshot = (await ask(worlds, 'GET', '/_holdfast/snapshot')).said;
  const validate = schemaOf('holdfast.snapshot/1');
  validate(snapshot);
  expect(validate.errors ?? []).toEqual([]);
  expect(snapshot['commands']).toMatchObject([{}, { runs: [{ calls: [{ path: '/backup-vaults/made' }] }] }]);
  expect(await ask(worlds, 'POST', '/_world/b/_holdfast/snapshot', snapshot)).toMatchObject({ status: 200 });
  expect(await vaults(worlds, 'b')).toEqual(['made']);
  expect(await ask(worlds, 'GET', '/_world/b/_holdfast/state')).toEqual(await ask(worlds, 'GET', '/_holdfast/state'));
});
