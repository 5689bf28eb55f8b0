// A World as a fixture: saved to a file, and the same World when it is loaded.
import {
  AssociateBackupVaultMpaApprovalTeamCommand,
  BackupClient,
  CreateBackupVaultCommand,
  CreateLogicallyAirGappedBackupVaultCommand,
  DescribeBackupVaultCommand,
  DisassociateBackupVaultMpaApprovalTeamCommand,
  ListBackupVaultsCommand,
  StartBackupJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PutObjectCommand, CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { StoreFault } from '../../../engine/src/host/store-fault';
import { versionOfPackage } from '../../../engine/src/host/versions';
import { writeDocument, type WorldDocument } from '../../../engine/src/host/world-document';
import { World } from '../../../engine/src/testing/world';
import type { WorldProps } from '../../../engine/src/testing/world-props';
import { temporaryFolder } from '../../support/synth';
import { zipOf } from '../../support/zip';
import { TEMPLATE } from '../cli/run-cli';

const PROPS: WorldProps = { start: '2027-01-01T00:00:00Z', seed: 7, savable: true };
const IamRoleArn = 'arn:aws:iam::123456789012:role/backup';
const TEAM = 'arn:aws:mpa:us-east-1:123456789012:approval-team/backup';
const KIND = { schema: 'holdfast.world/1', noun: 'saved World' };

let file: string;

beforeEach(() => {
  file = path.join(temporaryFolder('saved-world'), 'world.json');
});

type Saved = WorldDocument<WorldProps, { readonly do: string; readonly status?: number; readonly failed?: boolean }>;
const saved = () => JSON.parse(fs.readFileSync(file, 'utf8')) as Saved;

/** A World to which everything was done that can be. */
async function lived(): Promise<World> {
  const world = new World(PROPS);
  const backup = world.client(BackupClient);
  const template = path.join(temporaryFolder('declared'), 'template.yaml');
  fs.writeFileSync(template, TEMPLATE);
  await world.deploy(template);
  await expect(world.deploy(template)).rejects.toThrow('AlreadyExists');
  // What was deployed is kept, not where it stood.
  fs.rmSync(template);
  const orders = world.add({ type: 'DynamoDB', name: 'carts', sizeGiB: 4, tags: { backup: 'daily' } });
  world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  const vault = (BackupVaultName: string) => backup.send(new CreateBackupVaultCommand({ BackupVaultName }));
  // At once: each has its place all the same.
  await Promise.all(['cc', 'aa', 'bb'].map(vault));
  await expect(vault('aa')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  const before = world.summary().digest;
  await backup.send(new StartBackupJobCommand({ BackupVaultName: 'aa', ResourceArn: orders.arn, IamRoleArn }));
  expect(world.summary().digest).not.toBe(before);
  await world.advance({ days: 3, hours: 1 });

  const s3 = world.client(S3Client, { account: '111111111111', region: 'eu-west-1' });
  await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'k', Body: Uint8Array.of(0, 255, 128, 10) }));

  await world.client(OrganizationsClient).send(new CreateOrganizationCommand({}));
  await backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings: { isMpaEnabled: 'true' } }));
  const gap = { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60 };
  await backup.send(new CreateLogicallyAirGappedBackupVaultCommand(gap));
  await world.advance({ minutes: 5 });
  const team = { BackupVaultName: 'gap', MpaApprovalTeamArn: TEAM };
  await backup.send(new AssociateBackupVaultMpaApprovalTeamCommand(team));
  for (const decide of ['deny', 'approve'] as const) {
    await backup.send(new DisassociateBackupVaultMpaApprovalTeamCommand({ BackupVaultName: 'gap' }));
    const session = world.approvals.list().find(({ status }) => status === 'PENDING');
    world.approvals[decide](session?.sessionArn ?? '');
  }

  world.trail();
  const { id } = world.faults.add({ kind: 'region-out', region: 'us-east-1' });
  await expect(vault('dd')).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  await world.advance({ hours: 3 });
  world.faults.clear(id);
  world.faults.add({ kind: 'job-fails', probability: 0.5 });
  await world.advance({ days: 2 });
  world.faults.clear();
  world.infect('carts');
  world.remove('fs-1');
  await world.advance({ minutes: 1 });
  return world;
}

function seen(world: World): unknown {
  return [
    world.now,
    world.summary(),
    world.pointsOf('carts'),
    world.faults.list(),
    world.approvals.list(),
    world.trail(),
  ];
}

test('a World that is loaded is the one that was saved, and goes on as it does', async () => {
  const world = await lived();
  await world.save(file);
  const loaded = await World.load(file);
  expect(seen(loaded)).toEqual(seen(world));
  const { commands } = saved();
  const kinds = new Set(commands.map((command) => command.do));
  expect([...kinds].sort()).toEqual(
    [
      'add',
      'add-fault',
      'advance',
      'approve',
      'call',
      'clear-fault',
      'deny',
      'deploy',
      'infect',
      'listen',
      'remove',
      'settle',
    ].sort(),
  );
  expect(commands.filter(({ failed }) => failed === true)).toHaveLength(1);
  expect(commands.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 400, 500]));

  const s3 = loaded.client(S3Client, { account: '111111111111', region: 'eu-west-1' });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'k' }));
  expect(await Body?.transformToByteArray()).toEqual(Uint8Array.of(0, 255, 128, 10));
  for (const one of [world, loaded]) {
    await one
      .client(BackupClient)
      .send(new CreateBackupVaultCommand({ BackupVaultName: 'later', CreatorRequestId: '1' }));
    await one.advance({ days: 40 });
  }
  expect(seen(loaded)).toEqual(seen(world));
  expect(world.summary().backupJobs['COMPLETED']).toBeGreaterThan(40);
});

test('a World that was loaded is saved again, and a file that is there is replaced', async () => {
  await (await lived()).save(file);
  const first = fs.readFileSync(file, 'utf8');
  const loaded = await World.load(file);
  await loaded.save(file);
  expect(fs.readFileSync(file, 'utf8')).toBe(first);
  await loaded.advance({ days: 1 });
  await loaded.save(file);
  expect(saved().commands).toHaveLength((JSON.parse(first) as Saved).commands.length + 1);
});

test('what only reads is not kept', async () => {
  const world = new World(PROPS);
  const backup = world.client(BackupClient);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await world.advance({ minutes: 1 });
  await backup.send(new ListBackupVaultsCommand({}));
  await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }));
  await world.save(file);
  expect(saved().commands.map((command) => command.do)).toEqual(['call', 'advance']);
});

// prettier-ignore
test.each<[string, (document: Saved) => object, string]>([
  ['that is damaged', (one) => ({ ...one, commands: one.commands.slice(1) }), 'the saved World is damaged: its checksum is sha256:'],
  ['that lost a part', ({ digest: _, ...rest }) => rest, 'the saved World is not whole: it must have version and digest, which are text, begin, an object, and commands, a list'],
  ['of another form', (one) => ({ ...one, schema: 'holdfast.snapshot/1' }), 'a saved World must have schema holdfast.world/1, got "holdfast.snapshot/1"'],
  ['of a newer Holdfast', (one) => writeDocument(KIND, { ...one, version: '99.0.0' }), `the saved World was written by Holdfast 99.0.0, and this is ${versionOfPackage()}`],
  ['of which another World comes', (one) => writeDocument(KIND, { ...one, digest: 'sha256:0' }), 'the saved World says sha256:0, and its commands come to sha256:'],
  ['whose calls are answered otherwise', (one) => writeDocument(KIND, { ...one, commands: [{ ...one.commands[0], do: 'call', status: 418 }] }), 'command 0 (call) fails: PUT /backup-vaults/main was answered 418 then, and 200 now'],
  ['whose commands failed then', (one) => writeDocument(KIND, { ...one, commands: [{ ...one.commands[0], do: 'call', failed: true }] }), 'command 0 (call) failed then, and does not now'],
])('fails for a file %s', async (_, change, message) => {
  const world = new World(PROPS);
  await world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  await world.save(file);
  fs.writeFileSync(file, JSON.stringify(change(saved())));
  const load = World.load(file);
  await expect(load).rejects.toThrow(StoreFault);
  await expect(load).rejects.toThrow(message);
});

test('fails for a file that is no JSON, or not there', async () => {
  fs.writeFileSync(file, '{"schema":');
  await expect(World.load(file)).rejects.toThrow(`${file} is no JSON: `);
  await expect(World.load(`${file}.none`)).rejects.toThrow('does not exist');
});

test('fails to save what keeps nothing, and where functions ran, and leaves no file', async () => {
  await expect(new World({ start: PROPS.start }).save(file)).rejects.toThrow('savable must be true');
  const world = new World({ ...PROPS, runFunctions: true });
  const lambda = world.client(LambdaClient);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: IamRoleArn,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf({ 'index.js': 'exports.handler = async () => 1;' }) },
    }),
  );
  await world.save(file);
  fs.rmSync(file);
  await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  await expect(world.save(file)).rejects.toThrow('no function must have run');
  expect(fs.existsSync(file)).toBe(false);
});
