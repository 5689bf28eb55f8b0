import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { startScanJob } from '../../../engine/src/operations/backup/start-scan-job';
import { createTieringConfiguration } from '../../../engine/src/operations/backup/create-tiering-configuration';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { updateFramework } from '../../../engine/src/operations/backup/update-framework';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { fromControls } from '../../../engine/src/operations/framework';
import { WorldState } from '../../../engine/src/domain/world-state';
import { FrameworkControl } from '@holdfast/model';
import { costOf } from '../../../engine/src/cost/cost';
import { DEFAULT_PRICES } from '../../../engine/src/cost/default-prices';
import { Prices } from '../../../engine/src/cost/price-book';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { plan } from '../scenarios/stage';
import { testingPlan, testingSelection } from '../scenarios/restore-testing-stage';
import { begun, costAt, daily, EAST, east, january, ofJanuary, runsOnce, vaultIn } from './stage';

const DAY_S = 86_400;
const ROLE = `arn:aws:iam::${EAST.account}:role/backup`;

function pointOf(state: WorldState, arn: string): string {
  const [point] = state.pointsOf(arn);
  return point?.recoveryPointArn ?? '';
}

test('a GiB of warm storage for a whole month costs its price: 100 GiB of EFS 5.00 (B16.2/1)', () => {
  // Made on January 1 at 05:12: that day counts whole, so 31 of 31 days; 100 x 0.05.
  const cost = january([east('efs', 'fs-1', 100)], [runsOnce()]);
  expect(cost.byKind).toEqual({ storage: 5_000_000 });
  expect(cost.lines[0]).toMatchObject({ item: 'storage/warm/efs', quantity: [100], usdMicros: [5_000_000] });
});

test('days that have begun count whole for EFS, seconds for EBS (B16.2/2)', () => {
  // Kept 10 days: 05:12 on January 1 to some time under 8 h after 05:00 on January 11: 11 days.
  const files = january([east('efs', 'fs-1', 31)], [runsOnce({ lifecycle: { deleteAfterDays: 10 } })]);
  expect(files.totalUsdMicros).toBe(11 * 50_000);
  // 31 GiB take 2 min + 186 s: from 05:05:06 on.
  const volume = january([east('ebs', 'vol-1', 31)], [runsOnce()]);
  expect(volume.totalUsdMicros).toBe(ofJanuary(31 * (31 * DAY_S - 18_306), 50_000));
});

test('incremental backups cost the data once and what changed between them, also when the first is gone (B16.2/1)', () => {
  // 100 GiB, 1 a day. Day d has min(d, 11) points, that of its deletion counted: 100 + min(d - 1, 10) GiB.
  const one = east('efs', 'fs-1', 100, { dailyChangePercent: 1 });
  const cost = january([one], [daily(10)]);
  expect(cost.totalUsdMicros).toBe(Math.round(((31 * 100 + 55 + 20 * 10) * 50_000) / 31));
});

test('backups that are always full cost all of it each time: DynamoDB (B16.2/1)', () => {
  // 10 GiB take 3 min: the point of day n is there for (32 - n) days less 05:03:00; days 1 to 31 make 496.
  const cost = january([east('dynamodb-advanced', 'orders', 10)], [daily(35)]);
  expect(cost.totalUsdMicros).toBe(ofJanuary(10 * (496 * DAY_S - 31 * 18_180), 100_000));
});

test('what is deleted before 90 days in cold storage is billed for those that are missing (B16.2/3)', () => {
  const one = east('efs', 'fs-1', 100);
  const lifecycle = { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 };
  const state = begun([one], [runsOnce({ lifecycle })]);
  state.runUntil(parseInstant('2027-01-12T00:00:00Z'));
  deleteRecoveryPoint(state, EAST, { BackupVaultName: 'main', RecoveryPointArn: pointOf(state, one.arn) });
  const { byKind, byTier } = costAt(state, '2027-02-01T00:00:00Z');
  // Cold since January 2, 05:00: 9 days 19 h of 90 days; 80 days 5 h are missing.
  expect(byKind['early-deletion']).toBe(ofJanuary(100 * (80 * DAY_S + 5 * 3600), 10_000));
  // Warm on January 1 and 2, cold from January 3 to 11.
  expect(byTier['warm']).toBe(Math.round((100 * 2 * 50_000) / 31));
  expect(byTier['cold']).toBe((byKind['early-deletion'] ?? 0) + Math.round((100 * 9 * 10_000) / 31));
});

test('a point that stays 90 days in cold storage costs nothing early (B16.2/3)', () => {
  const lifecycle = { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 };
  const state = begun([east('efs', 'fs-1', 100)], [runsOnce({ lifecycle })]);
  expect(costAt(state, '2027-06-01T00:00:00Z').byKind).toEqual({ storage: expect.any(Number) as number });
});

test('cold backups of EFS stay incremental, what warm ones share with them stays warm (B16.2/4)', () => {
  // 1 GiB of change a day; each point turns cold on its sixth day. On day d, max(0, d - 6) are cold, 1 GiB each.
  const one = east('efs', 'fs-1', 100, { dailyChangePercent: 1 });
  const lifecycle = { moveToColdStorageAfterDays: 5, deleteAfterDays: 95 };
  const { byTier } = january([one], [daily(95, { lifecycle })]);
  expect(byTier['cold']).toBe(Math.round(((25 * 26) / 2) * (10_000 / 31)));
  // The others: 100 + (d - 1) to day 6, 105 after it.
  expect(byTier['warm']).toBe(Math.round(((6 * 100 + 15 + 25 * 105) * 50_000) / 31));
});

test('an archived snapshot of EBS is full, whatever it took before (B16.2/4)', () => {
  const one = east('ebs', 'vol-1', 100, { dailyChangePercent: 1 });
  const archived = { moveToColdStorageAfterDays: 10, deleteAfterDays: 100, optInToArchiveForSupportedResources: true };
  const { byTier } = january([one], [runsOnce({ lifecycle: archived }), daily(99)]);
  // Archived on January 11 at 05:00: 100 GiB for 20 days 19 h.
  expect(byTier['cold']).toBe(ofJanuary(100 * (20 * DAY_S + 19 * 3600), 12_500));
  // 100 GiB from 05:12:00; 1 GiB more each day from 05:02:06 on; 1 GiB less once the archive has it.
  const warm = 100 * (31 * DAY_S - 18_720) + 465 * DAY_S - 30 * 18_126 - (20 * DAY_S + 19 * 3600);
  expect(Math.abs((byTier['warm'] ?? 0) - ofJanuary(warm, 50_000))).toBeLessThanOrEqual(1);
});

test('where the only backup turned cold, the next one is a warm full (B5.2/4)', () => {
  // Weekly, cold after a day: each is warm on the day of its making and the next, with all 100 GiB.
  const one = east('efs', 'fs-1', 100, { dailyChangePercent: 1 });
  const weekly = runsOnce({
    scheduleExpression: 'cron(0 5 ? * FRI *)',
    lifecycle: { moveToColdStorageAfterDays: 1, deleteAfterDays: 91 },
  });
  const { byTier } = january([one], [weekly]);
  // January 1, 8, 15, 22, 29.
  expect(byTier['warm']).toBe(Math.round((5 * 2 * 100 * 50_000) / 31));
  // 100 GiB cold from January 3; once the next is cold, the one before it keeps the 7 GiB that changed between them.
  const days = 29 * 100 + 7 * (22 + 15 + 8 + 1);
  expect(byTier['cold']).toBe(Math.round((days * 10_000) / 31));
});

test('automated backups of RDS are free up to the size of the databases of the Region (B16.2/9)', () => {
  const one = east('rds', 'shop', 100, { dailyChangePercent: 2 });
  const continuous = daily(7, { enableContinuousBackup: true });
  // 100 GiB from 05:12:00; 2 GiB more each day from 05:02:12 on, 14 at most; 100 GiB are free all month.
  const excess = -100 * 18_720 + 2 * (189 * DAY_S - 7 * 18_132);
  expect(january([one], [continuous]).totalUsdMicros).toBe(ofJanuary(excess, 95_000));
  // Another database that nothing backs up makes room for it.
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [one.arn] }];
  const plans = [plan('q', [continuous], { env: EAST, selections })];
  const both = [one, east('rds', 'reports', 100)];
  const cost = january(both, [], { plans });
  expect(cost.totalUsdMicros).toBe(0);
  expect(cost.lines).toEqual([]);
});

test('snapshots of RDS by AWS Backup are manual ones: nothing of them is free (B16.2/9)', () => {
  const cost = january([east('rds', 'shop', 100)], [runsOnce()]);
  expect(cost.totalUsdMicros).toBe(ofJanuary(100 * (31 * DAY_S - 18_720), 95_000));
});

test('snapshots of Aurora are free as long as automated backups reach back to them (B16.2/10)', () => {
  const cost = january([east('aurora', 'accounts', 100, { automatedBackupDays: 7 })], [runsOnce()]);
  // From January 8, 05:00 on.
  expect(cost.totalUsdMicros).toBe(ofJanuary(100 * (23 * DAY_S + 19 * 3600), 21_000));
  const gone = january(
    [east('aurora', 'accounts', 100, { automatedBackupDays: 7 })],
    [runsOnce({ lifecycle: { deleteAfterDays: 6 } })],
  );
  expect(gone.totalUsdMicros).toBe(0);
});

test('a copy into another Region costs its transfer, and storage there, whose price is told to be missing (B16.2/7)', () => {
  const west = { ...EAST, region: 'us-west-2' };
  const copyActions = [{ destinationBackupVaultArn: `arn:aws:backup:us-west-2:${EAST.account}:backup-vault:far` }];
  const cost = january([east('efs', 'fs-1', 100)], [runsOnce({ copyActions })], { vaults: [vaultIn('far', west)] });
  expect(cost.byKind).toEqual({ storage: 5_000_000, transfer: 2_000_000 });
  expect(cost.lines.find(({ kind }) => kind === 'transfer')).toMatchObject({
    region: 'us-east-1',
    toRegion: 'us-west-2',
    quantity: [100],
    payer: EAST.account,
    copy: true,
  });
  expect(cost.unpriced).toEqual([
    { item: 'storage/warm/efs', region: 'us-west-2', toRegion: null, unit: 'GiB-month', quantity: 100 },
  ]);
});

test('restores cost by the GiB and by the tier they come from (B16.2/5)', () => {
  const one = east('efs', 'fs-1', 100);
  const lifecycle = { moveToColdStorageAfterDays: 20, deleteAfterDays: 200 };
  const state = begun([one], [runsOnce({ lifecycle })]);
  const restore = (): void => {
    startRestoreJob(state, EAST, {
      RecoveryPointArn: pointOf(state, one.arn),
      IamRoleArn: ROLE,
      ResourceType: 'EFS',
      Metadata: {
        'file-system-id': 'fs-1',
        newFileSystem: 'true',
        Encrypted: 'false',
        PerformanceMode: 'generalPurpose',
      },
    });
  };
  state.runUntil(parseInstant('2027-01-10T00:00:00Z'));
  restore();
  expect(costAt(state, '2027-01-11T00:00:00Z').byKind['restore']).toBe(2_000_000);
  state.runUntil(parseInstant('2027-01-25T00:00:00Z'));
  restore();
  const { byKind, notCounted } = costAt(state, '2027-02-01T00:00:00Z');
  expect(byKind['restore']).toBe(2_000_000 + 3_000_000);
  expect(notCounted.join()).toContain('single items');
});

test('a restore test costs 1.50 for each point that it restores (B16.2/12)', () => {
  const state = begun([east('dynamodb-advanced', 'a', 1), east('dynamodb-advanced', 'b', 1)], [daily(35)]);
  createRestoreTestingPlan(state, EAST, { RestoreTestingPlan: testingPlan() });
  const selection = { RestoreTestingPlanName: 'drill', RestoreTestingSelection: testingSelection() };
  createRestoreTestingSelection(state, EAST, selection);
  // At noon of ten days, two tables of 1 GiB each, whose restores cost 0.15 a GiB.
  const { byKind } = costAt(state, '2027-01-11T00:00:00Z');
  expect(byKind['restore-test']).toBe(10 * 2 * 1_500_000);
  expect(byKind['restore']).toBe(10 * 2 * 150_000);
});

test('each evaluation of a control of a resource costs 0.00125 (B16.2/11)', () => {
  const state = begun([east('efs', 'a', 1), east('efs', 'b', 1), east('efs', 'c', 1)], []);
  const FrameworkControls = fromControls([FrameworkControl.backupResourcesProtectedByBackupPlan()]);
  createFramework(state, EAST, { FrameworkName: 'audit', FrameworkControls });
  const { lines } = costAt(state, '2027-01-11T00:00:00Z');
  const [{ quantity = [], usdMicros = [] } = {}] = lines.filter(({ kind }) => kind === 'audit');
  // From a minute after midnight on, at the same time of each of ten days; three resources.
  expect(quantity).toEqual([30]);
  expect(usdMicros).toEqual([37_500]);
});

test('a control of changes is evaluated for each resource once, when its framework is deployed (B16.2/11)', () => {
  const FrameworkControls = fromControls([FrameworkControl.backupRecoveryPointEncrypted()]);
  const state = begun([east('efs', 'a', 1), east('efs', 'b', 1)], [runsOnce()]);
  state.runUntil(parseInstant('2027-01-02T00:00:00Z'));
  createFramework(state, EAST, { FrameworkName: 'audit', FrameworkControls });
  const evaluations = (at: string) => {
    const { lines } = costAt(state, at);
    return lines.filter(({ kind }) => kind === 'audit').map(({ quantity }) => quantity);
  };
  expect(evaluations('2027-01-11T00:00:00Z')).toEqual([[2]]);
  // Controls that it did not have before are others.
  updateFramework(state, EAST, { FrameworkName: 'audit', FrameworkControls });
  expect(evaluations('2027-01-21T00:00:00Z')).toEqual([[4]]);
});

test('an index that was made is counted, one that failed is not (B16.2/13)', () => {
  const keyId = '1b2c3d4e-0000-4000-8000-000000000002';
  const encryptedWith = `arn:aws:kms:us-east-1:${EAST.account}:key/${keyId}`;
  const counted = (refused: boolean) => {
    const volume = east('ebs', 'vol-1', 1, { encryptedWith });
    const state = begun([volume], [runsOnce({ indexActions: ['EBS'] })], { keys: [{ keyId, env: EAST }] });
    state.runUntil(parseInstant('2027-01-01T05:03:00Z'));
    if (refused) {
      disableKey(state, EAST, { KeyId: encryptedWith });
    }
    const { lines } = costAt(state, '2027-01-02T00:00:00Z');
    return [
      state.indexes.list()[0]?.status,
      lines.filter(({ kind }) => kind === 'index-unsized').map((line) => line.quantity),
    ];
  };
  expect(counted(false)).toEqual(['ACTIVE', [[1]]]);
  expect(counted(true)).toEqual(['FAILED', []]);
});

test('the low-cost warm tier of S3 costs 0.035 (B16.2/6)', () => {
  const state = begun([east('s3', 'pictures', 31)], [runsOnce({ lifecycle: { deleteAfterDays: 400 } })]);
  createTieringConfiguration(state, EAST, {
    TieringConfiguration: {
      TieringConfigurationName: 'tiers',
      BackupVaultName: 'main',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
    },
  });
  // It moves on March 3 at midnight: two days at the standard price, 29 at the other.
  const { byTier, lines } = costAt(state, '2027-04-01T00:00:00Z');
  expect(lines.find(({ tier }) => tier === 'low-cost')?.usdMicros).toEqual([0, 0, 29 * 35_000]);
  expect(byTier['warm']).toBe(2 * 31 * 50_000 + 2 * 50_000);
});

test('logically air-gapped vaults have prices of their own and stand under AWS Backup (B16.2/8, B16.1/2)', () => {
  const gap = { backupVaultName: 'gap', env: EAST, minRetentionDays: 7, maxRetentionDays: 60 };
  const copyActions = [{ destinationBackupVaultArn: `arn:aws:backup:us-east-1:${EAST.account}:backup-vault:gap` }];
  const key = `arn:aws:kms:us-east-1:${EAST.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;
  const one = east('aurora', 'accounts', 100, { encryptedWith: key });
  const { lines } = january([one], [runsOnce({ copyActions })], { logicallyAirGappedVaults: [gap] });
  const there = lines.find(({ tier }) => tier === 'air-gapped');
  expect(there).toMatchObject({ price: { usd: '0.0242', confidence: 'medium' }, billedTo: 'AWS Backup' });
  // The backup ends at 05:12:00, the copy of all of it 12 minutes later.
  expect(there?.usdMicros).toEqual([ofJanuary(100 * (31 * DAY_S - 18_720 - 720), 24_200)]);
});

test('services of full management stand under AWS Backup, others under themselves (B16.1/1)', () => {
  const { byBilledService } = january([east('efs', 'fs-1', 1), east('rds', 'shop', 1)], [runsOnce()]);
  expect(Object.keys(byBilledService)).toEqual([
    'AWS Backup',
    'Amazon RDS DB instance (single-AZ or Multi-AZ instance)',
  ]);
});

test('a scan is billed by GuardDuty, and its price is told to be missing (B16.2/13)', () => {
  const one = east('ebs', 'vol-1', 40);
  const state = begun([one], [runsOnce()]);
  state.runUntil(parseInstant('2027-01-02T00:00:00Z'));
  startScanJob(state, EAST, {
    BackupVaultName: 'main',
    RecoveryPointArn: pointOf(state, one.arn),
    IamRoleArn: ROLE,
    ScannerRoleArn: ROLE,
    MalwareScanner: 'GUARDDUTY',
    ScanMode: 'FULL_SCAN',
  });
  const { lines, unpriced } = costAt(state, '2027-01-03T00:00:00Z');
  expect(lines.find(({ kind }) => kind === 'scan')).toMatchObject({ billedTo: 'Amazon GuardDuty', price: null });
  expect(unpriced).toContainEqual({ item: 'scan/ebs', region: 'us-east-1', toRegion: null, unit: 'GiB', quantity: 40 });
});

test('locks and holds cost nothing (B16.2/14)', () => {
  const one = east('efs', 'fs-1', 100);
  const vaults = [{ ...vaultIn('locked'), vaultLock: { minRetentionDays: 7, maxRetentionDays: 60 } }];
  const cost = january([one], [runsOnce({ targetBackupVaultName: 'locked' })], { vaults });
  expect(cost.totalUsdMicros).toBe(5_000_000);
});

test('a month that is not over costs what it has cost so far', () => {
  const state = begun([east('ebs', 'vol-1', 31)], [runsOnce()]);
  const { months } = costAt(state, '2027-01-16T00:00:00Z');
  expect(months).toEqual([
    {
      from: '2027-01-01T00:00:00Z',
      to: '2027-01-16T00:00:00Z',
      usdMicros: ofJanuary(31 * (15 * DAY_S - 18_306), 50_000),
    },
  ]);
});

test('months run from the day of the start to the same day of the next', () => {
  const state = new WorldState({ start: parseInstant('2027-01-31T12:00:00Z'), meter: true });
  state.runUntil(parseInstant('2027-04-01T00:00:00Z'));
  expect(costOf(state, new Prices(DEFAULT_PRICES)).months.map(({ from }) => from)).toEqual([
    '2027-01-31T12:00:00Z',
    '2027-02-28T12:00:00Z',
    '2027-03-31T12:00:00Z',
  ]);
});

test('fails for a world whose usage was not counted', () => {
  const state = new WorldState({ start: 0 });
  expect(() => costOf(state, new Prices(DEFAULT_PRICES))).toThrow('made without a meter');
});
