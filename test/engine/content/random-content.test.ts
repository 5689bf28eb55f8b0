import {
  BackupClient,
  DeleteRecoveryPointCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import fc from 'fast-check';
import { World } from '../../../engine/src/testing/world';
import { backupTemplate, ROLE_ARN } from '../../support/backup-template';
import { Texts } from '../../support/texts-content';

// Random content, change, schedules, copies, deletions: every point restores to what stood at its instant, and the store
// holds what live points need, and nothing else.

const ACCOUNT = '123456789012';
const FAR = `arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:far`;

/** Services of each kind: managed or not, incremental or always full. */
const SERVICES = [
  { type: 'EFS', name: 'fs-0123456789abcdef0', metadata: (name: string) => efs(name) },
  {
    type: 'EBS',
    name: 'vol-0123456789abcdef0',
    metadata: () => ({ availabilityZone: 'us-east-1a', encrypted: 'false' }),
  },
  { type: 'RDS', name: 'orders', metadata: (_: string, token: string) => ({ DBInstanceIdentifier: token }) },
  { type: 'DynamoDB', name: 'carts', metadata: (_: string, token: string) => ({ targetTableName: token }) },
] as const;

function efs(name: string): Record<string, string> {
  return {
    'file-system-id': name,
    newFileSystem: 'true',
    CreationToken: 'token',
    Encrypted: 'false',
    PerformanceMode: 'generalPurpose',
  };
}

type Step =
  | { readonly does: 'write'; readonly which: number; readonly name: number; readonly text: string }
  | { readonly does: 'erase'; readonly which: number; readonly name: number }
  | { readonly does: 'wait'; readonly hours: number }
  | { readonly does: 'back up'; readonly which: number }
  | { readonly does: 'delete a point'; readonly number: number };

const which = fc.nat(SERVICES.length - 1);
const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('write' as const), which, name: fc.nat(3), text: fc.string() }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('erase' as const), which, name: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('back up' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('delete a point' as const), number: fc.nat(20) }) },
);

const PLAN = fc.record({
  hours: fc.constantFrom('5', '5,17'),
  days: fc.integer({ min: 1, max: 4 }),
  copies: fc.boolean(),
  continuous: fc.boolean(),
});

function templateOf({
  hours,
  days,
  copies,
  continuous,
}: {
  hours: string;
  days: number;
  copies: boolean;
  continuous: boolean;
}): Record<string, unknown> {
  return backupTemplate({
    rule: {
      ScheduleExpression: `cron(0 ${hours} * * ? *)`,
      Lifecycle: { DeleteAfterDays: days },
      ...(continuous && { EnableContinuousBackup: true }),
      ...(copies && { CopyActions: [{ DestinationBackupVaultArn: FAR, Lifecycle: { DeleteAfterDays: days + 1 } }] }),
    },
    others: { Far: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'far' } } },
  });
}

/** A World, and what each of its resources held from which instant on. */
class Story {
  readonly contents = SERVICES.map(() => new Texts());
  readonly arns: string[] = [];
  private readonly stood: { from: string; all: Record<string, string> }[][] = SERVICES.map(() => []);

  constructor(readonly world: World) {}

  begin(): void {
    SERVICES.forEach(({ type, name }, index) => {
      const content = this.contents[index] as Texts;
      content.set('0', name);
      this.arns.push(this.world.add({ type, name, content }).arn);
      this.note(index);
    });
  }

  async step(step: Step): Promise<void> {
    const { world } = this;
    switch (step.does) {
      case 'write':
        this.contents[step.which]?.set(`${step.name}`, step.text);
        this.note(step.which);
        return;
      case 'erase':
        this.contents[step.which]?.delete(`${step.name}`);
        this.note(step.which);
        return;
      case 'wait':
        await world.advance({ hours: step.hours });
        return;
      case 'back up': {
        const ResourceArn = this.arns[step.which];
        const input = {
          BackupVaultName: 'vault',
          ResourceArn,
          IamRoleArn: ROLE_ARN,
          Lifecycle: { DeleteAfterDays: 2 },
        };
        await world.client(BackupClient).send(new StartBackupJobCommand(input));
        await world.advance({ minutes: 1 });
        return;
      }
      case 'delete a point': {
        const points = this.arns.flatMap((arn) => world.pointsOf(arn));
        const point = points[step.number % Math.max(points.length, 1)];
        if (point !== undefined) {
          const { backupVaultName: BackupVaultName, recoveryPointArn: RecoveryPointArn } = point;
          await world
            .client(BackupClient)
            .send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }))
            .catch(() => undefined);
        }
      }
    }
  }

  /** Restores each snapshot there is, and compares. */
  async restoreAll(): Promise<void> {
    const { world } = this;
    const client = world.client(BackupClient);
    const expected = new Map<string, Record<string, string>>();
    for (const [index, arn] of this.arns.entries()) {
      for (const [number, point] of world.pointsOf(arn).entries()) {
        if (point.continuous) {
          continue;
        }
        const token = `r${index}x${number}`;
        const { RestoreJobId = '' } = await client.send(
          new StartRestoreJobCommand({
            RecoveryPointArn: point.recoveryPointArn,
            IamRoleArn: ROLE_ARN,
            Metadata: SERVICES[index]?.metadata(SERVICES[index].name, token) as Record<string, string>,
          }),
        );
        expected.set(RestoreJobId, this.heldAt(index, point.createdAt));
      }
    }
    await world.advance({ hours: 1 });
    for (const [jobId, all] of expected) {
      const job = world.restoreJobs().find(({ restoreJobId }) => restoreJobId === jobId);
      expect([job?.state, job?.why]).toEqual(['COMPLETED', job?.why]);
      expect((world.content(job?.createdResourceArn ?? '') as Texts).all).toEqual(all);
    }
  }

  private heldAt(index: number, instant: number): Record<string, string> {
    return this.stood[index]?.filter(({ from }) => Date.parse(from) <= instant).at(-1)?.all ?? {};
  }

  private note(index: number): void {
    this.stood[index]?.push({ from: this.world.now, all: this.contents[index]?.all ?? {} });
  }
}

test('every point restores to what stood at its instant; after expiry the store holds nothing', async () => {
  await fc.assert(
    fc.asyncProperty(PLAN, fc.array(STEP, { minLength: 4, maxLength: 14 }), async (plan, steps) => {
      // Half past, so that nothing changes at the very instant of a run.
      const world = new World({ start: '2027-01-01T00:30:00Z' });
      try {
        await world.deploy(templateOf(plan));
        const story = new Story(world);
        story.begin();
        for (const step of steps) {
          await story.step(step);
        }
        expect(world.contentFaults()).toEqual([]);
        expect(await world.verifyContent()).toEqual([]);
        await story.restoreAll();
        const restored = world.restoreJobs().map(({ createdResourceArn = '' }) => createdResourceArn);
        [...story.arns, ...restored].forEach((arn) => world.remove(arn));
        await world.advance({ days: 8 });
        expect(world.summary().recoveryPoints.live).toBe(0);
        expect(await world.contentFigures()).toMatchObject({ captures: 0, chunks: 0, uniqueBytes: 0 });
      } finally {
        await world.close();
      }
    }),
    { numRuns: 8 },
  );
});
