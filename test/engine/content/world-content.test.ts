import {
  BackupClient,
  CreateBackupVaultCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { World } from '../../../engine/src/testing/world';
import type { RecoveryPointView } from '../../../engine/src/domain/views';
import { backupTemplate, ROLE_ARN } from '../../support/backup-template';
import { Texts } from '../../support/texts-content';

const ACCOUNT = '123456789012';
const OTHER = '210987654321';
const SHARE = 'fs-0123456789abcdef0';
const SHARE_ARN = `arn:aws:elasticfilesystem:us-east-1:${ACCOUNT}:file-system/${SHARE}`;

interface Asked {
  readonly continuous?: boolean;
  readonly keyArn?: string;
  readonly copyTo?: string;
  readonly days?: number;
}

function templateOf({ continuous = false, keyArn, copyTo, days = 7 }: Asked = {}): Record<string, unknown> {
  const copies =
    copyTo === undefined ? [] : [{ DestinationBackupVaultArn: copyTo, Lifecycle: { DeleteAfterDays: 30 } }];
  return backupTemplate({
    vault: keyArn === undefined ? {} : { EncryptionKeyArn: keyArn },
    rule: {
      Lifecycle: { DeleteAfterDays: days },
      ...(continuous && { EnableContinuousBackup: true }),
      CopyActions: copies,
    },
    others: { Far: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'far' } } },
  });
}

const FAR = `arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:far`;
const RESTORE_EFS = {
  'file-system-id': SHARE,
  newFileSystem: 'true',
  CreationToken: 'token',
  Encrypted: 'false',
  PerformanceMode: 'generalPurpose',
};

async function restored(
  world: World,
  point: RecoveryPointView | undefined,
  metadata: Record<string, string>,
): Promise<Record<string, string> | string> {
  const { RestoreJobId } = await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point?.recoveryPointArn,
      IamRoleArn: ROLE_ARN,
      Metadata: metadata,
    }),
  );
  await world.advance({ hours: 1 });
  const job = world.restoreJobs().find(({ restoreJobId }) => restoreJobId === RestoreJobId);
  return job?.createdResourceArn === undefined
    ? (job?.why ?? '')
    : (world.content(job.createdResourceArn) as Texts).all;
}

function inVault(world: World, resource: string, vault: string): RecoveryPointView[] {
  return world.pointsOf(resource).filter(({ backupVaultName }) => backupVaultName === vault);
}

const worlds: World[] = [];

async function begun(asked: Asked = {}): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  worlds.push(world);
  await world.deploy(templateOf(asked));
  return world;
}

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

test('a point and its copy restore to what the resource held when the backup began', async () => {
  const texts = Texts.of({ a: 'first' });
  const world = await begun({ copyTo: FAR });
  world.add({ type: 'EFS', name: SHARE, content: texts });
  await world.advance({ days: 1 });
  texts.set('a', 'second');
  await world.advance({ days: 1 });
  texts.set('a', 'overwritten');
  for (const vault of ['vault', 'far']) {
    const points = inVault(world, SHARE, vault);
    expect(points.map(({ sizeBytes }) => sizeBytes)).toEqual([5, 6]);
    expect(await restored(world, points[0], { ...RESTORE_EFS, CreationToken: `${vault}0` })).toEqual({ a: 'first' });
    expect(await restored(world, points[1], { ...RESTORE_EFS, CreationToken: `${vault}1` })).toEqual({ a: 'second' });
  }
  expect(world.contentFaults()).toEqual([]);
});

test('what was lost with its resource is restored from its points', async () => {
  const texts = Texts.of({ a: 'kept', b: '' });
  const world = await begun();
  world.add({ type: 'EFS', name: SHARE, content: texts });
  await world.advance({ days: 1 });
  world.remove(SHARE);
  const [point] = inVault(world, SHARE_ARN, 'vault');
  expect(await restored(world, point, RESTORE_EFS)).toEqual({ a: 'kept', b: '' });
});

test('a point of which no other needs anything leaves nothing in the store', async () => {
  const texts = Texts.of({ a: 'first' });
  const world = await begun({ copyTo: FAR });
  world.add({ type: 'EFS', name: SHARE, content: texts });
  for (let day = 0; day < 40; day++) {
    texts.set('a', `day ${day}`);
    await world.advance({ days: 1 });
  }
  const live = world.pointsOf(SHARE).length;
  expect(live).toBeGreaterThan(30);
  expect((await world.contentFigures()).captures).toBe(live);
  world.remove(SHARE);
  await world.advance({ days: 60 });
  expect(await world.contentFigures()).toMatchObject({ captures: 0, chunks: 0, uniqueBytes: 0 });
});

test('a backup by hand is of the instant of its call', async () => {
  const texts = Texts.of({ a: 'then' });
  const world = await begun();
  world.add({ type: 'EFS', name: SHARE, content: texts });
  await world
    .client(BackupClient)
    .send(new StartBackupJobCommand({ BackupVaultName: 'vault', ResourceArn: SHARE_ARN, IamRoleArn: ROLE_ARN }));
  texts.set('a', 'later, at the same instant');
  await world.advance({ hours: 1 });
  const [point] = world.pointsOf(SHARE);
  expect(point?.sizeBytes).toBe(4);
  expect(await restored(world, point, RESTORE_EFS)).toEqual({ a: 'then' });
});

test('a job whose content cannot be captured fails, and the next one makes its point', async () => {
  const texts = Texts.of({ a: 'there' });
  const world = await begun();
  world.add({ type: 'EFS', name: SHARE, content: texts });
  const { capture } = texts;
  texts.capture = () => {
    throw new Error('the disk is gone');
  };
  await world.advance({ days: 1 });
  expect(world.summary().backupJobs).toEqual({ FAILED: 1 });
  expect(world.contentFaults()).toEqual([
    { at: '2027-01-01T05:00:00Z', what: 'capture', resourceArn: SHARE_ARN, message: 'the disk is gone' },
  ]);
  texts.capture = capture;
  await world.advance({ days: 1 });
  expect(world.summary().backupJobs).toEqual({ COMPLETED: 1, FAILED: 1 });
});

describe('continuous backups', () => {
  const BUCKET = 'orders-of-the-shop';

  /** Each hour its own text, for three days. */
  async function recorded(): Promise<World> {
    const texts = Texts.of({ hour: '0' });
    const world = await begun({ continuous: true });
    world.add({ type: 'RDS', name: BUCKET, content: texts });
    for (let hour = 1; hour <= 72; hour++) {
      await world.advance({ hours: 1 });
      texts.set('hour', `${hour}`);
    }
    await world.advance({ hours: 1 });
    return world;
  }

  test.each([
    ['2027-01-01T06:00:00Z', '6'],
    ['2027-01-02T11:59:59Z', '35'],
    ['2027-01-02T12:00:00Z', '36'],
    ['2027-01-04T00:30:00Z', '72'],
  ])('restore to %s: what stood at that second (B5.3/1)', async (RestoreTime, hour) => {
    const world = await recorded();
    const [point] = world.pointsOf(BUCKET);
    expect(point?.continuous).toBe(true);
    const metadata = { DBInstanceIdentifier: 'restored', DBInstanceClass: 'db.t3.micro', RestoreTime };
    expect(await restored(world, point, metadata)).toEqual({ hour });
  });

  test('keep nothing that is older than what can be restored', async () => {
    const texts = Texts.of({ hour: '0' });
    const world = await begun({ continuous: true });
    world.add({ type: 'RDS', name: BUCKET, content: texts });
    for (let day = 0; day < 90; day++) {
      await world.advance({ days: 1 });
      texts.set('hour', `${day}`);
    }
    await world.advance({ hours: 8 });
    const { captures } = await world.contentFigures();
    // One of each day of the 7 that the point keeps, the one before them, and those of the runs.
    expect(captures).toBeGreaterThanOrEqual(7);
    expect(captures).toBeLessThanOrEqual(2 * 8 + 1);
    const [point] = world.pointsOf(BUCKET);
    const metadata = { DBInstanceIdentifier: 'restored', DBInstanceClass: 'db.t3.micro' };
    const RestoreTime = '2027-03-25T08:00:01Z';
    expect(await restored(world, point, { ...metadata, RestoreTime })).toEqual({ hour: '82' });
  });
});

describe('the key of a vault', () => {
  async function withKey(): Promise<{ world: World; keyArn: string; kms: KMSClient }> {
    const world = new World({ start: '2027-01-01T00:00:00Z' });
    worlds.push(world);
    const kms = world.client(KMSClient);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const keyArn = KeyMetadata?.Arn ?? '';
    await world.deploy(templateOf({ keyArn, copyTo: FAR, days: 30 }));
    world.add({ type: 'EFS', name: SHARE, content: Texts.of({ a: 'secret' }) });
    await world.advance({ days: 1 });
    return { world, keyArn, kms };
  }

  test('that is disabled makes backups, copies and restores fail until it is enabled (B4.3/7)', async () => {
    const { world, keyArn, kms } = await withKey();
    const [point] = inVault(world, SHARE, 'vault');
    await kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    await world.advance({ days: 1 });
    expect(world.summary().backupJobs).toEqual({ COMPLETED: 1, FAILED: 1 });
    expect(await restored(world, point, RESTORE_EFS)).toContain('key');
    await kms.send(new EnableKeyCommand({ KeyId: keyArn }));
    expect(await restored(world, point, { ...RESTORE_EFS, CreationToken: 'again' })).toEqual({ a: 'secret' });
  });

  test('takes what it encrypted with it when it is deleted; copies under another key stay', async () => {
    const { world, keyArn, kms } = await withKey();
    const [point, copy] = [inVault(world, SHARE, 'vault')[0], inVault(world, SHARE, 'far')[0]];
    world.remove(SHARE);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 }));
    await world.advance({ days: 6, hours: 20 });
    expect(await restored(world, point, RESTORE_EFS)).toContain('key');
    await world.advance({ hours: 8 });
    const damage = await world.verifyContent();
    expect(damage.flatMap(({ recoveryPointArns }) => recoveryPointArns)).not.toContain(copy?.recoveryPointArn);
    expect(await restored(world, copy, { ...RESTORE_EFS, CreationToken: 'copy' })).toEqual({ a: 'secret' });
  });
});

test('a damaged byte is found with the points that it harms, and harms no other', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-test-'));
  try {
    const texts = Texts.of({ a: 'one' });
    const world = new World({ start: '2027-01-01T00:00:00Z', contentFolder: folder });
    worlds.push(world);
    await world.deploy(templateOf());
    world.add({ type: 'EFS', name: SHARE, content: texts });
    await world.advance({ days: 1 });
    const pack = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.endsWith('packs'))
      .map((entry) => path.join(entry.parentPath, entry.name))[0];
    const length = fs.statSync(pack ?? '').size;
    texts.set('a', 'two');
    await world.advance({ days: 1 });
    const [first, second] = inVault(world, SHARE, 'vault');
    const file = fs.openSync(pack ?? '', 'r+');
    const byte = Buffer.alloc(1);
    fs.readSync(file, byte, 0, 1, length - 8);
    fs.writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, length - 8);
    fs.closeSync(file);
    const damage = await world.verifyContent();
    expect(damage.flatMap(({ recoveryPointArns }) => recoveryPointArns)).toEqual([first?.recoveryPointArn]);
    expect(await restored(world, first, RESTORE_EFS)).toContain('could not be read');
    expect(world.contentFaults()).toHaveLength(1);
    expect(await restored(world, second, { ...RESTORE_EFS, CreationToken: 'second' })).toEqual({ a: 'two' });
  } finally {
    await Promise.all(worlds.splice(0).map((world) => world.close()));
    fs.rmSync(folder, { recursive: true });
  }
});

test('a folder for captures that another World had begins anew', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-test-'));
  try {
    for (const text of ['of the first run', 'of the second']) {
      const world = new World({ start: '2027-01-01T00:00:00Z', contentFolder: folder });
      await world.deploy(templateOf());
      world.add({ type: 'EFS', name: SHARE, content: Texts.of({ a: text }) });
      await world.advance({ days: 1 });
      const [point] = inVault(world, SHARE, 'vault');
      expect(await restored(world, point, RESTORE_EFS)).toEqual({ a: text });
      await world.close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('a copy in another account restores there, when the account of the source has lost everything', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  worlds.push(world);
  const abroad = `arn:aws:backup:us-east-1:${OTHER}:backup-vault:far`;
  const there = { account: OTHER };
  // Source B6.3/5: another account takes no copies into a vault with the key that AWS manages.
  const { KeyMetadata } = await world.client(KMSClient, there).send(new CreateKeyCommand({}));
  const vault = { BackupVaultName: 'far', EncryptionKeyArn: KeyMetadata?.Arn };
  await world.client(BackupClient, there).send(new CreateBackupVaultCommand(vault));
  await world.deploy(templateOf({ copyTo: abroad }));
  world.add({ type: 'EFS', name: SHARE, content: Texts.of({ a: 'kept abroad' }) });
  await world.advance({ days: 1 });
  const copy = world.pointsOf(SHARE).find(({ backupVaultArn }) => backupVaultArn === abroad);
  world.remove(SHARE);
  const { RestoreJobId } = await world.client(BackupClient, there).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: copy?.recoveryPointArn,
      IamRoleArn: `arn:aws:iam::${OTHER}:role/restore`,
      Metadata: RESTORE_EFS,
    }),
  );
  await world.advance({ hours: 1 });
  const job = world.restoreJobs().find(({ restoreJobId }) => restoreJobId === RestoreJobId);
  expect(job?.createdResourceArn).toContain(`:${OTHER}:`);
  expect((world.content(job?.createdResourceArn ?? '') as Texts).all).toEqual({ a: 'kept abroad' });
});

test('a World that ends closes all that it holds, though one of them cannot be closed', async () => {
  const closed: string[] = [];
  const closing = (name: string, fault?: string) =>
    Object.assign(Texts.of({ a: name }), {
      close: async () => {
        closed.push(name);
        if (fault !== undefined) {
          throw new Error(fault);
        }
      },
    });
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.deploy(templateOf());
  world.add({ type: 'EFS', name: SHARE, content: closing('first', 'the disk is gone') });
  world.add({ type: 'EFS', name: 'fs-0123456789abcdef1', content: closing('second') });
  await world.advance({ days: 1 });
  await expect(world.close()).rejects.toThrow('the disk is gone');
  expect(closed).toEqual(['first', 'second']);
});
