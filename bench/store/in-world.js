// The same content through a World: a plan backs it up daily and keeps each backup for so many days.
'use strict';

const { line, mib, peakMemory, processorSeconds, seconds } = require('./figures.js');
const { entriesOf, MIB, refuseOther, Tree } = require('./tree.js');

const [build, folder, size, length] = process.argv.slice(2);
const { World } = require(`${build}/testing/world.js`);
const KEPT_DAYS = 35;
const SHARE = 0.03;
const NAME = 'fs-0123456789abcdef0';

/** A tree as the content of a resource. */
class TreeContent {
  kind = 'files';

  constructor(tree, counted) {
    this.tree = tree;
    this.counted = counted;
  }

  async sizeBytes() {
    return this.tree.bytes;
  }

  async version() {
    return String(this.tree.day);
  }

  capture() {
    return entriesOf(this.tree, this.counted);
  }

  /** What comes back is held against the tree, and kept nowhere. */
  async restore(entries) {
    this.counted.restored = await refuseOther(this.tree, entries);
    return new TreeContent(this.tree, this.counted);
  }
}

const PLAN = {
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault' } },
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
              Lifecycle: { DeleteAfterDays: KEPT_DAYS },
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

async function main() {
  const [bytes, days] = [Number(size || 10 * 1024) * MIB, Number(length || 60)];
  const counted = { bytes: 0, nanoseconds: 0n, restored: 0 };
  const tree = new Tree(bytes);
  const world = new World({ start: '2027-01-01T00:00:00Z', contentFolder: `${folder}/store` });
  await world.deploy(PLAN);
  world.add({ type: 'EFS', name: NAME, content: new TreeContent(tree, counted) });
  const took = await seconds(async () => {
    for (let day = 0; day < days; day++) {
      if (day > 0) {
        tree.change(SHARE);
      }
      await world.advance({ days: 1 });
    }
  });
  const worked = processorSeconds();
  const figures = await world.contentFigures();
  const points = world.pointsOf(NAME);
  if (world.contentFaults().length > 0 || points.length !== figures.captures) {
    throw new Error(`${points.length} points, ${figures.captures} captures, ${JSON.stringify(world.contentFaults())}`);
  }
  const restoring = await seconds(() => restore(world, points));
  await world.close();
  line('through a World', `${mib(tree.bytes)} in ${tree.files.length.toLocaleString('en-US')} files`);
  line('days, kept, changed a day', `${days}, ${KEPT_DAYS}, ${SHARE * 100} %`);
  line('seconds', took.toFixed(0));
  line('seconds of processors', worked.toFixed(0));
  line('seconds of making the content', (Number(counted.nanoseconds) / 1e9).toFixed(0));
  line('read', mib(counted.bytes));
  line('points at the end', points.length);
  line('stored at the end', mib(figures.storedBytes));
  line('the last point restored', `${mib(counted.restored)} in ${restoring.toFixed(0)} seconds`);
  line('peak memory (max RSS)', peakMemory());
}

async function restore(world, points) {
  const { BackupClient, StartRestoreJobCommand } = require('@aws-sdk/client-backup');
  const newest = points.reduce((a, b) => (b.createdAt > a.createdAt ? b : a));
  await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: newest.recoveryPointArn,
      IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
      Metadata: {
        'file-system-id': NAME,
        newFileSystem: 'true',
        CreationToken: 'bench',
        Encrypted: 'false',
        PerformanceMode: 'generalPurpose',
      },
    }),
  );
  for (let hour = 0; hour < 48 && world.restoreJobs()[0]?.state !== 'COMPLETED'; hour++) {
    await world.advance({ hours: 1 });
  }
  if (world.restoreJobs()[0]?.state !== 'COMPLETED') {
    throw new Error(`the restore is ${JSON.stringify(world.restoreJobs()[0])}`);
  }
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
