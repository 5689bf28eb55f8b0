import { BackupClient, StartBackupJobCommand, StartRestoreJobCommand } from '@aws-sdk/client-backup';
import type { CapturedEntry, Content, ContentEntry } from '../../../engine/src/host/content/content';
import { World } from '../../../engine/src/testing/world';

/** Texts by name, in memory. */
class Texts implements Content {
  readonly kind = 'texts';
  private writes = 0;

  constructor(readonly texts = new Map<string, string>()) {}

  set(name: string, text: string): void {
    this.texts.set(name, text);
    this.writes++;
  }

  async sizeBytes(): Promise<number> {
    return [...this.texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }

  async version(): Promise<string> {
    return `${this.writes}`;
  }

  async *capture(): AsyncIterable<ContentEntry> {
    const view = [...this.texts].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, text] of view) {
      const bytes = Buffer.from(text);
      yield {
        name,
        about: {},
        sizeBytes: bytes.length,
        bytes: async function* () {
          yield bytes;
        },
      };
    }
  }

  async restore(entries: AsyncIterable<CapturedEntry>): Promise<Content> {
    const restored = new Texts();
    for await (const { name, bytes } of entries) {
      const parts: Uint8Array[] = [];
      for await (const part of bytes()) {
        parts.push(part);
      }
      restored.texts.set(name, Buffer.concat(parts).toString());
    }
    return restored;
  }
}

const PLAN = {
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault' } },
    Far: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'far' } },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: 'plan',
          BackupPlanRule: [
            {
              RuleName: 'daily',
              TargetBackupVault: 'vault',
              ScheduleExpression: 'cron(0 5 * * ? *)',
              Lifecycle: { DeleteAfterDays: 7 },
              CopyActions: [
                {
                  DestinationBackupVaultArn: 'arn:aws:backup:us-east-1:123456789012:backup-vault:far',
                  Lifecycle: { DeleteAfterDays: 30 },
                },
              ],
            },
          ],
        },
      },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] },
        BackupSelection: {
          SelectionName: 'all',
          IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
          Resources: ['*'],
        },
      },
    },
  },
};

const ROLE = 'arn:aws:iam::123456789012:role/backup';

async function worldWith(texts: Texts): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.deploy(PLAN);
  world.add({ type: 'EFS', name: 'fs-0123456789abcdef0', content: texts });
  return world;
}

test('a point restores to what its resource held when the backup began', async () => {
  const texts = new Texts(new Map([['a', 'first']]));
  const world = await worldWith(texts);
  await world.advance({ days: 1 });
  texts.set('a', 'second');
  await world.advance({ days: 1 });
  texts.set('a', 'overwritten');
  const points = world.pointsOf('fs-0123456789abcdef0').filter(({ backupVaultName }) => backupVaultName === 'far');
  expect(points.map(({ sizeBytes }) => sizeBytes)).toEqual([5, 6]);
  const backup = world.client(BackupClient);
  for (const [index, text] of ['first', 'second'].entries()) {
    const { RestoreJobId } = await backup.send(
      new StartRestoreJobCommand({
        RecoveryPointArn: points[index]?.recoveryPointArn,
        IamRoleArn: ROLE,
        Metadata: {
          'file-system-id': 'fs-0123456789abcdef0',
          newFileSystem: 'true',
          CreationToken: `t${index}`,
          Encrypted: 'false',
          PerformanceMode: 'generalPurpose',
        },
      }),
    );
    await world.advance({ hours: 1 });
    const job = world.restoreJobs().find(({ restoreJobId }) => restoreJobId === RestoreJobId);
    expect(job).toMatchObject({ state: 'COMPLETED' });
    expect((world.content(job?.createdResourceArn ?? '') as Texts).texts.get('a')).toBe(text);
  }
  expect(world.contentFaults()).toEqual([]);
});

test('what no point needs any more goes from the store', async () => {
  const texts = new Texts(new Map([['a', 'first']]));
  const world = await worldWith(texts);
  for (let day = 0; day < 60; day++) {
    texts.set('a', `day ${day}`);
    await world.advance({ days: 1 });
  }
  const { captures } = await world.contentFigures();
  const live = world.pointsOf('fs-0123456789abcdef0').length;
  expect(captures).toBe(live);
});

test('a backup by hand is of the instant of its call', async () => {
  const texts = new Texts(new Map([['a', 'then']]));
  const world = await worldWith(texts);
  await world.client(BackupClient).send(
    new StartBackupJobCommand({
      BackupVaultName: 'vault',
      ResourceArn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0',
      IamRoleArn: ROLE,
    }),
  );
  texts.set('a', 'later, at the same instant');
  await world.advance({ hours: 1 });
  expect(world.pointsOf('fs-0123456789abcdef0').map(({ sizeBytes }) => sizeBytes)).toEqual([4]);
});
