// The engine against the oracle: random small estates, months long, told event by event by both.
import type { BackupPlan, BackupRule, BackupSelection, Estate, Lifecycle, StatefulResource } from '@holdfast/model';
import fc from 'fast-check';
import {
  BACKUP_JOB,
  COPY_JOB,
  kindOfEvent,
  POINT_COLD,
  POINT_DELETED,
  whatOfEvent,
} from '../../../engine/src/domain/event-codes';
import { DELETED_BY_LIFECYCLE } from '../../../engine/src/domain/reasons';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { Oracle } from './oracle';
import { OraclePoint } from './oracle-facts';
import { CMK, DAY, ENV, HOUR, plan, resource, ROLE, vault, vaultArn } from './stage';

const FAR = { ...ENV, region: 'us-east-1' };
const OTHER = { ...ENV, account: '999988887777' };
const BOTH = { ...OTHER, region: 'us-east-1' };
const AWS_KEY = `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs`;
const SERVICES = [
  'dynamodb-advanced',
  'dynamodb',
  'efs',
  'ebs',
  's3',
  'rds',
  'aurora',
  'fsx-windows',
  'ec2',
  'redshift',
  'timestream',
  'virtual-machine',
  'neptune',
  'storage-gateway',
];
const DESTINATIONS = [
  vaultArn('second'),
  vaultArn('locked'),
  vaultArn('nowhere'),
  vaultArn('main'),
  vaultArn('gap'),
  vaultArn('far', FAR),
  vaultArn('other', OTHER),
  vaultArn('bare', OTHER),
  vaultArn('both', BOTH),
];
const SCHEDULES = [
  'cron(0 0 ? * * *)',
  'cron(0 5 ? * * *)',
  'cron(0 5 ? * * *)',
  'cron(30 0/6 ? * * *)',
  'cron(15 1 ? * SUN *)',
  'cron(0 2 1 * ? *)',
  'cron(30 2 ? * * *)',
  'cron(0 12/3 ? * MON-FRI *)',
  'cron(0 * ? * SAT *)',
  'cron(0 23 L * ? *)',
];

const days = (from: number, to: number) => fc.integer({ min: from, max: to });

const lifecycles: fc.Arbitrary<Lifecycle | undefined> = fc.oneof(
  { arbitrary: fc.record({ deleteAfterDays: days(1, 60) }), weight: 6 },
  { arbitrary: fc.constant(undefined), weight: 1 },
  { arbitrary: fc.constant({ deleteAfterDays: -1 }), weight: 1 },
  { arbitrary: fc.record({ moveToColdStorageAfterDays: days(1, 20) }), weight: 1 },
  {
    arbitrary: fc.tuple(days(1, 20), days(90, 130), fc.boolean()).map(([cold, apart, optIn]) => ({
      moveToColdStorageAfterDays: cold,
      deleteAfterDays: cold + apart,
      optInToArchiveForSupportedResources: optIn,
    })),
    weight: 3,
  },
);

const copyActions = fc.array(
  fc
    .tuple(fc.constantFrom(...DESTINATIONS), lifecycles)
    .map(([destinationBackupVaultArn, lifecycle]) =>
      lifecycle === undefined ? { destinationBackupVaultArn } : { destinationBackupVaultArn, lifecycle },
    ),
  { maxLength: 3 },
);

const rules = fc
  .record({
    targetBackupVaultName: fc.constantFrom('main', 'main', 'second', 'locked', 'nowhere'),
    scheduleExpression: fc.constantFrom(...SCHEDULES),
    scheduleExpressionTimezone: fc.constantFrom('Etc/UTC', 'Etc/UTC', 'America/New_York', 'Australia/Lord_Howe'),
    startWindowMinutes: fc.constantFrom(60, 90, 480, 1500),
    completionWindowMinutes: fc.constantFrom(120, 600, 10_080),
    lifecycle: lifecycles,
    continuous: fc.boolean(),
    copyActions,
    airGapped: fc.integer({ min: 0, max: 3 }),
    tags: fc.constantFrom(0, 1, 5),
  })
  .map(({ lifecycle, continuous, airGapped, tags, ...rest }): BackupRule => {
    const retention = lifecycle?.deleteAfterDays ?? -1;
    const short = retention > 0 && retention <= 35;
    return {
      ruleName: 'r',
      ...rest,
      ...(lifecycle === undefined ? {} : { lifecycle }),
      ...(continuous && short ? { enableContinuousBackup: true } : {}),
      ...(airGapped === 0 ? { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') } : {}),
      ...(tags === 0
        ? {}
        : { recoveryPointTags: Object.fromEntries(Array.from({ length: tags }, (_, i) => [`t${i}`, 'x'])) }),
    };
  });

const selections = fc.constantFrom<Partial<BackupSelection>[]>(
  { resources: ['*'] },
  { resources: ['*'] },
  { listOfTags: [{ conditionKey: 'backup', conditionValue: 'yes' }] },
  {
    resources: ['*'],
    conditions: { stringNotEquals: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: 'yes' }] },
  },
);

const plans = fc
  .array(fc.tuple(fc.array(rules, { minLength: 1, maxLength: 4 }), selections), { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.map(([members, selection], i): BackupPlan =>
      plan(
        `plan-${i}`,
        members.map((member, k) => ({ ...member, ruleName: `rule-${k}` })),
        { selections: [{ selectionName: 's', iamRoleArn: ROLE, ...selection }] },
      ),
    ),
  );

const resources = fc
  .array(
    fc.record({
      service: fc.constantFrom(...SERVICES),
      sizeGiB: fc.constantFrom(1, 40, 900, 6000),
      dailyChangePercent: fc.integer({ min: 0, max: 40 }),
      tags: fc.constantFrom(0, 1, 50),
      encryptedWith: fc.constantFrom(CMK, AWS_KEY),
      state: fc.constantFrom(undefined, undefined, 'available', 'stopped'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ service, tags, state, ...rest }, i): StatefulResource =>
      resource(service, `one-${i}`, {
        ...rest,
        ...(state === undefined ? {} : { state }),
        tags: Object.fromEntries(Array.from({ length: tags }, (_, k) => [k === 0 ? 'backup' : `k${k}`, 'yes'])),
      }),
    ),
  );

const estates: fc.Arbitrary<Estate> = fc
  .record({ plans, resources, optedOut: fc.constantFrom('EFS', 'Aurora', 'EBS', undefined, undefined) })
  .map(({ optedOut, ...declared }) => ({
    ...declared,
    ...(optedOut === undefined
      ? {}
      : { regionSettings: [{ env: ENV, resourceTypeOptInPreference: { [optedOut]: false } }] }),
    vaults: [
      vault('main'),
      vault('second'),
      vault('locked', { vaultLock: { minRetentionDays: 7, maxRetentionDays: 50 } }),
      vault('far', { env: FAR }),
      vault('other', { env: OTHER, vaultLock: { minRetentionDays: 5 } }),
      vault('both', { env: BOTH }),
      { backupVaultName: 'bare', env: OTHER },
    ],
    logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 130 }],
  }));

interface Told {
  readonly story: string[];
  /** When a lifecycle ended a point. */
  readonly deletions: Map<string, number>;
}

/** The kept events in the oracle's words. */
function told(state: WorldState): Told {
  const { log, names, plans: standing } = state.ledger;
  state.digest();
  const nameOf = new Map(standing.list().map((one) => [one.arn, one.declaration.backupPlanName]));
  const story: string[] = [];
  const deletions = new Map<string, number>();
  for (let row = 0; row < log.keptCount; row++) {
    const event = log.event(row);
    const kind = event.code & 0xff00;
    const ofPoint = event.code === POINT_COLD || event.code === POINT_DELETED;
    if (kind !== BACKUP_JOB && kind !== COPY_JOB && !ofPoint) {
      continue;
    }
    const cause = names.text(event.cause).replace(/^[^#]*/, (arn) => nameOf.get(arn) ?? arn);
    const line = [
      event.at,
      `${kindOfEvent(event.code)} ${whatOfEvent(event.code)}`,
      names.text(event.subject),
      names.text(event.place),
      cause,
    ];
    story.push([...line, ...(ofPoint ? [event.until] : [])].join(' | '));
    if (event.code === POINT_DELETED && event.reason === DELETED_BY_LIFECYCLE) {
      deletions.set([names.text(event.subject), names.text(event.place), cause, event.until].join(' | '), event.at);
    }
  }
  return { story, deletions };
}

function instants(point: { createdAt: number; coldAt?: number | undefined; deleteAt?: number | undefined }): number[] {
  return [point.createdAt, point.coldAt ?? Infinity, point.deleteAt ?? Infinity];
}

function compare(estate: Estate, start: number, length: number): void {
  const end = start + length * DAY;
  const state = new WorldState({ start, seed: 7, keepEvents: 5_000_000 });
  deploy(state, estate);
  const arns = new Map(state.ledger.plans.list().map((one) => [one.declaration.backupPlanName, one.arn]));
  const planOrder = [...arns.keys()].sort((a, b) => ((arns.get(a) ?? '') < (arns.get(b) ?? '') ? -1 : 1));
  state.runUntil(end);
  const { story, deletions } = told(state);
  const delayOf = (point: OraclePoint): number => {
    const { resource: whose, vault: where, cause, createdAt, deleteAt } = point;
    return (deletions.get([whose, where, cause, createdAt].join(' | ')) ?? Infinity) - deleteAt;
  };
  const expected = new Oracle(estate, { start, end, planOrder, delayOf }).run();
  expect(firstDifference(story.sort(byInstant), expected.story.sort(byInstant))).toBeUndefined();
  const summary = state.summary();
  expect(summary.backupJobs).toEqual(expected.backupJobs);
  expect(summary.copyJobs).toEqual(expected.copyJobs);
  expect(summary.recoveryPoints).toMatchObject({
    created: expected.created,
    deleted: expected.deleted,
    live: expected.live.length,
    liveCold: expected.live.filter((point) => point.cold).length,
    liveWarm: expected.live.filter((point) => !point.cold).length,
  });
  for (const [arn, count] of Object.entries(summary.recoveryPoints.byVault)) {
    const here = expected.live.filter((point) => point.vault === arn);
    const cold = here.filter((point) => point.cold).length;
    expect([arn, count]).toEqual([arn, { live: here.length, warm: here.length - cold, cold }]);
  }
  const live = (estate.resources ?? []).flatMap(({ arn }) => state.pointsOf(arn));
  const one = (whose: string, where: string, continuous: boolean, at: number[]) =>
    [whose, where, continuous, ...at].join(' | ');
  expect(
    live.map((point) => one(point.resourceArn, point.backupVaultArn, point.continuous, instants(point))).sort(),
  ).toEqual(expected.live.map((point) => one(point.resource, point.vault, point.continuous, instants(point))).sort());
  const late = expected.live.filter((point) => point.deleteAt + 8 * HOUR <= end);
  expect(late.filter((point) => !point.continuous)).toEqual([]);
  const expired = live.filter((point) => point.status === 'EXPIRED');
  expect(expired.filter((point) => !point.continuous || (point.deleteAt ?? Infinity) > end)).toEqual([]);
  expect(expired.length).toBeGreaterThanOrEqual(late.length);
}

function byInstant(a: string, b: string): number {
  return parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : a > b ? 1 : 0);
}

/** What both have before they part, and where they do. */
function firstDifference(engine: readonly string[], oracle: readonly string[]): object | undefined {
  const row = Array.from({ length: Math.max(engine.length, oracle.length) }).findIndex(
    (_, i) => engine[i] !== oracle[i],
  );
  return row < 0
    ? undefined
    : {
        before: engine.slice(Math.max(0, row - 6), row),
        engine: engine.slice(row, row + 3),
        oracle: oracle.slice(row, row + 3),
      };
}

const starts = fc.constantFrom(Date.UTC(2027, 0, 1), Date.UTC(2027, 1, 14, 5), Date.UTC(2027, 9, 30, 1, 17));

// More of them, without a limit of time: HOLDFAST_RUNS=1000 npx jest test/engine/scenarios/oracle
const MORE = process.env['HOLDFAST_RUNS'];

test('the engine tells what the oracle tells, event by event', () => {
  const months = fc.integer({ min: 30, max: 400 });
  fc.assert(
    fc.property(estates, starts, months, (estate, start, length) => compare(estate, start, length)),
    MORE === undefined ? { numRuns: 60, interruptAfterTimeLimit: 12_000 } : { numRuns: Number(MORE) },
  );
}, 3_600_000);
