import { BackupRule, Estate, Lifecycle, Schedule } from '@holdfast/model';
import * as fc from 'fast-check';
import { airGapped, ENV, plan, resource, rule, selection, vault, vaultArn } from './rows';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-1111-2222-333344445555';

/** Numbers of a declaration: what AWS takes, or anything. */
export interface Numbers {
  readonly retention: fc.Arbitrary<number>;
  readonly within: (least: number, most: number) => fc.Arbitrary<number>;
  readonly cold: (retention: number) => fc.Arbitrary<number | undefined>;
}

export const INSIDE: Numbers = {
  retention: fc.integer({ min: 1, max: 36500 }),
  within: (min, max) => fc.integer({ min, max }),
  cold: (retention) =>
    retention <= 90
      ? fc.constant(undefined)
      : fc.option(fc.integer({ min: 0, max: retention - 90 }), { nil: undefined }),
};

const ANYTHING = fc.oneof(fc.integer(), fc.double());
export const ANY: Numbers = { retention: ANYTHING, within: () => ANYTHING, cold: () => ANYTHING };

function lifecycles(numbers: Numbers): fc.Arbitrary<Lifecycle> {
  return numbers.retention.chain((deleteAfterDays) =>
    fc.record({
      deleteAfterDays: fc.constant(deleteAfterDays),
      moveToColdStorageAfterDays: numbers.cold(deleteAfterDays),
    }),
  );
}

const schedules = fc
  .record({
    minute: fc.constantFrom(0, 15),
    hour: fc.constantFrom(0, 2, 5, 23),
    timeZone: fc.constantFrom(undefined, 'Europe/Berlin', 'Asia/Tokyo'),
  })
  .chain((time) =>
    fc.constantFrom(Schedule.daily(time), Schedule.weekly(time), Schedule.monthly(time), Schedule.lastDayOfMonth(time)),
  );

/** A rule of one of two kinds, and a copy into a vault that its lifecycle suits. */
function rules(numbers: Numbers): fc.Arbitrary<BackupRule> {
  const snapshots = lifecycles(numbers);
  const continuous = numbers.within(1, 35).map((deleteAfterDays) => ({ deleteAfterDays }));
  return fc
    .record({
      kind: fc.boolean().chain((on) => fc.record({ on: fc.constant(on), lifecycle: on ? continuous : snapshots })),
      copy: snapshots,
      schedule: schedules,
      startWindowMinutes: numbers.within(60, 52_560_000),
      completionWindowMinutes: numbers.within(1, 52_560_000),
    })
    .map(({ kind, copy, schedule, ...windows }) =>
      rule({
        ...windows,
        enableContinuousBackup: kind.on,
        lifecycle: kind.lifecycle,
        scheduleExpression: schedule.scheduleExpression,
        scheduleExpressionTimezone: schedule.timeZone,
        copyActions: [{ destinationBackupVaultArn: vaultArn('copy'), lifecycle: copy }],
      }),
    );
}

/** A vault, one to copy to whose lock takes all retentions, a plan with up to ten rules, and resources. */
export function estates(numbers: Numbers): fc.Arbitrary<Estate> {
  return fc
    .record({
      rules: fc.array(rules(numbers), { minLength: 1, maxLength: 10 }),
      grace: numbers.within(3, 36500),
      gapped: numbers.within(7, 400).chain((min) => numbers.within(min, 36500).map((max) => [min, max] as const)),
      size: numbers.within(0, 100_000),
    })
    .map(({ rules: planned, grace, gapped: [minRetentionDays, maxRetentionDays], size }) => ({
      vaults: [
        vault({ encryptionKeyArn: KEY }),
        vault({
          backupVaultName: 'copy',
          vaultLock: { minRetentionDays: 1, maxRetentionDays: 36500, changeableForDays: grace },
        }),
      ],
      logicallyAirGappedVaults: [airGapped({ minRetentionDays, maxRetentionDays })],
      plans: [
        plan({
          rules: planned.map((one, index) => ({ ...one, ruleName: `rule${index}` })),
          selections: [selection({ resources: ['arn:aws:s3:::*'] })],
        }),
      ],
      resources: [resource('s3', 'bucket', { sizeGiB: size, dailyChangePercent: 1 })],
      regionSettings: [{ env: ENV, resourceTypeOptInPreference: { S3: true } }],
    }));
}
