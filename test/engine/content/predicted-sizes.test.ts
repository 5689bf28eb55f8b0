import { BackupClient, CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import { createHash } from 'node:crypto';
import type { CapturedEntry, Content, ContentEntry } from '../../../engine/src/host/content/content';
import { stateOf } from '../../../engine/src/testing/states';
import { World } from '../../../engine/src/testing/world';
import { backupTemplate } from '../../support/backup-template';

// What is captured of real bytes, beside what the rules of AWS (B4.4) make of a size and a share of change.

const PAGES = 100;
const PAGE_BYTES = 64 * 1024;
const PERCENT = 3;
const DAYS = 4;

/** Pages of random bytes, of which as many change each day as the share says. */
class Pages implements Content {
  readonly kind = 'pages';
  private readonly ages = new Int32Array(PAGES);
  private day = 0;

  change(): void {
    this.day++;
    for (let number = 0; number < (PAGES * PERCENT) / 100; number++) {
      this.ages[(this.day * 97 + number) % PAGES] = this.day;
    }
  }

  async sizeBytes(): Promise<number> {
    return PAGES * PAGE_BYTES;
  }

  async version(): Promise<string> {
    return `${this.day}`;
  }

  async *capture(): AsyncIterable<ContentEntry> {
    for (const [number, age] of this.ages.entries()) {
      const bytes = randomBytes(`${number} ${age}`);
      const name = String(number).padStart(6, '0');
      yield { name, about: {}, version: `${age}`, sizeBytes: PAGE_BYTES, bytes: () => piecesOf(bytes) };
    }
  }

  restore(_entries: AsyncIterable<CapturedEntry>): Promise<Content> {
    throw new Error('nothing is restored here');
  }
}

function randomBytes(seed: string): Uint8Array {
  return createHash('shake256', { outputLength: PAGE_BYTES }).update(seed).digest();
}

async function* piecesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

const FAR = 'arn:aws:backup:eu-west-1:123456789012:backup-vault:far';

const RULE = {
  Lifecycle: { DeleteAfterDays: 35 },
  CopyActions: [{ DestinationBackupVaultArn: FAR, Lifecycle: { DeleteAfterDays: 35 } }],
};

interface Moved {
  readonly backups: readonly number[];
  readonly copies: readonly number[];
  readonly sizes: readonly number[];
}

/** Bytes that each job moved, oldest first. */
async function moved(type: string, name: string, content: Pages | undefined): Promise<Moved> {
  const world = new World({ start: '2027-01-01T05:00:00Z' });
  await world
    .client(BackupClient, { region: 'eu-west-1' })
    .send(new CreateBackupVaultCommand({ BackupVaultName: 'far' }));
  await world.deploy(backupTemplate({ rule: RULE }));
  const sized = { sizeGiB: (PAGES * PAGE_BYTES) / 1024 ** 3, dailyChangePercent: PERCENT };
  const { arn } = world.add({ type, name, ...(content === undefined ? sized : { content }) });
  for (let day = 0; day < DAYS; day++) {
    await world.advance({ days: 1 });
    content?.change();
  }
  const jobs = stateOf(world).jobsOf(arn);
  await world.close();
  const of = (kind: string) => jobs.filter((job) => job.kind === kind).map(({ transferredBytes }) => transferredBytes);
  return { backups: of('backup'), copies: of('copy'), sizes: jobs.map(({ sizeBytes }) => sizeBytes) };
}

/** One of each rule: managed fully or not, incremental or always full; those whose copies leave the Region. */
const SERVICES = [
  ['EFS', 'fs-0123456789abcdef0'],
  ['S3', 'orders-of-the-shop'],
  ['EBS', 'vol-0123456789abcdef0'],
  ['EC2', 'i-0123456789abcdef0'],
  ['FSx', 'fs-0123456789abcdef1'],
  ['RDS', 'orders'],
  ['Aurora', 'orders'],
  ['DynamoDB', 'carts'],
  ['Redshift', 'events'],
  ['DocumentDB', 'letters'],
  ['Neptune', 'friends'],
] as const;

test.each(SERVICES)(
  'what %s moves is within 10 %% of what the rules say (B4.4/1, B4.4/3, B4.4/5)',
  async (...[type, name]) => {
    const real = await moved(type, name, new Pages());
    const predicted = await moved(type, name, undefined);
    expect(real.backups).toHaveLength(DAYS);
    expect(real.sizes).toEqual(predicted.sizes);
    expect(real.copies).toHaveLength(DAYS);
    for (const kind of ['backups', 'copies'] as const) {
      real[kind].forEach((bytes, index) => {
        const rule = predicted[kind][index] ?? 0;
        expect(Math.abs(bytes - rule)).toBeLessThanOrEqual(0.1 * rule);
      });
    }
  },
);
