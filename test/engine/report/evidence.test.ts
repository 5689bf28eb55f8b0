import {
  BackupRule,
  ComplianceAspect as Aspect,
  ComplianceDemand,
  ComplianceRequirement,
  ComplianceStandard,
  Effect,
  Estate,
  RestoreTestingPlan,
  Severity,
  Waiver,
} from '@holdfast/model';
import * as fc from 'fast-check';
import type { Fault } from '../../../engine/src/domain/fault';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { Chronicle } from '../../../engine/src/report/chronicle/chronicle';
import {
  EvidencedRequirement,
  evidenceFor,
  findingsOfEvidence,
  shortfalls,
} from '../../../engine/src/report/evidence/evidence';
import { longestGap } from '../../../engine/src/report/evidence/gaps';
import { CMK, DAY, ENV, HOUR, plan, resource, ROLE, rule, vault, vaultArn } from '../scenarios/stage';

const START = parseInstant('2027-01-01T00:00:00Z');
const OTHER_REGION = { ...ENV, region: 'eu-west-1' };
const OTHER_ACCOUNT = { ...ENV, account: '444455556666' };
const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60 };
const WEEKLY: Partial<BackupRule> = { ...DAILY, scheduleExpression: 'cron(0 5 ? * SUN *)' };
const MONTHLY: Partial<BackupRule> = { ...DAILY, scheduleExpression: 'cron(0 3 15 * ? *)' };
const FAILS: Fault = { kind: 'job-fails', message: 'it broke' };
const ORDERS = resource('dynamodb-advanced', 'orders');
const FILES = resource('efs', 'fs-1');
const DISK = resource('ebs', 'vol-0123456789abcdef0');

const keeps = (deleteAfterDays: number) => ({ lifecycle: { deleteAfterDays } });
const to = (env: typeof ENV) => ({
  copyActions: [{ destinationBackupVaultArn: vaultArn('far', env), lifecycle: { deleteAfterDays: 35 } }],
});

/** An estate of two resources, a locked vault, one there and one here, and a plan. */
function estate(rules: BackupRule[], more: Partial<Estate> = {}): Estate {
  const far = (env: typeof ENV) => vault('far', { env, encryptionKeyArn: CMK.replace(ENV.region, env.region) });
  return {
    vaults: [vault('main'), far(OTHER_REGION), far(OTHER_ACCOUNT)],
    resources: [ORDERS, FILES],
    plans: [plan('p', rules)],
    ...more,
  };
}

const locked = (vaultLock: object) => ({ vaults: [vault('main', { vaultLock })] });

function drill(more: Partial<RestoreTestingPlan> = {}, perWeek = true): Partial<Estate> {
  const restoreTestingPlans: RestoreTestingPlan[] = [
    {
      restoreTestingPlanName: 'drill',
      env: ENV,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        recoveryPointTypes: ['SNAPSHOT'],
        includeVaults: ['*'],
      },
      scheduleExpression: perWeek ? 'cron(0 12 ? * SUN *)' : 'cron(0 12 1 2 ? *)',
      startWindowHours: 1,
      selections: [
        {
          restoreTestingSelectionName: 'tables',
          iamRoleArn: ROLE,
          protectedResourceType: 'DynamoDB',
          protectedResourceArns: ['*'],
        },
      ],
      ...more,
    },
  ];
  return { restoreTestingPlans };
}

type Asked = Pick<ComplianceRequirement, 'aspect'> & Partial<ComplianceRequirement>;

function standardOf(asked: Asked): ComplianceStandard {
  const requirement = {
    clause: 'section 1',
    demand: ComplianceDemand.OWN,
    lookedUp: true,
    because: 'we say so',
    ...asked,
  };
  return ComplianceStandard.custom({ id: 'own', title: 'Our own', requirements: [requirement] });
}

interface Run {
  readonly days?: number;
  readonly faults?: readonly [Fault, number, number][];
  readonly waivers?: readonly Waiver[];
}

function shown(declared: Estate, asked: Asked, run: Run = {}): EvidencedRequirement {
  const { days = 30, faults = [], waivers = [] } = run;
  const state = new WorldState({ start: START, seed: 1, meter: true });
  const chronicle = new Chronicle(state, Chronicle.periodOf(days));
  deploy(state, declared);
  faults.forEach(([fault, from, till]) => state.faults.add(fault, START + from * DAY, START + till * DAY));
  state.runUntil(START + days * DAY);
  const standard = standardOf(asked);
  const findings = shortfalls([standard], declared);
  const [evidence] = evidenceFor([standard], chronicle, declared, findings, { waivers, today: '2027-01-01' });
  return evidence?.requirements[0] as EvidencedRequirement;
}

const everyDay = { aspect: Aspect.MAX_HOURS_BETWEEN_BACKUPS, value: 24 };
const kept = (value: number) => ({ aspect: Aspect.MIN_RETENTION_DAYS, value });
const keptLong = (value: number) => ({ aspect: Aspect.LONG_RETENTION_DAYS, value });
const keptAtMost = (value: number) => ({ aspect: Aspect.MAX_RETENTION_DAYS, value });
const warm = (value: number) => ({ aspect: Aspect.MIN_WARM_DAYS, value });
const lockFloor = (value: number) => ({ aspect: Aspect.LOCK_MIN_RETENTION_DAYS, value });
const testedIn = (value: number) => ({ aspect: Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS, value });
const region = { aspect: Aspect.CROSS_REGION_COPY };
const account = { aspect: Aspect.CROSS_ACCOUNT_COPY };
const elsewhere = { aspect: Aspect.COPY_ELSEWHERE };
const governed = { aspect: Aspect.GOVERNANCE_LOCK };
const permanent = { aspect: Aspect.COMPLIANCE_LOCK };
const keyed = { aspect: Aspect.CUSTOMER_MANAGED_KEY };
const pitr = { aspect: Aspect.CONTINUOUS_BACKUP };
const inRegions = (...names: string[]) => ({ aspect: Aspect.REGIONS, names });

const COLD: Partial<BackupRule> = { lifecycle: { moveToColdStorageAfterDays: 10, deleteAfterDays: 100 } };
const NEVER_RUNS = plan('p', [rule('r', DAILY)], {
  selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [ORDERS.arn.replace('orders', 'another')] }],
});
const tables = { resources: [ORDERS] };

// prettier-ignore
const CASES: [what: string, asked: Asked, estate: Estate, run: Run, declared: boolean, verdict: string, says: string][] = [
  ['a daily rule, a day asked for',               everyDay,       estate([rule('r', DAILY)]),                                {},                                   true,  'yes',       '2 of 2 resources backed up; at most 24 hours without a newer backup'],
  ['a weekly rule, a day asked for',              everyDay,       estate([rule('r', WEEKLY)]),                               {},                                   false, 'no',        'at most 168 hours'],
  ['a plan that selects nothing that is there',   everyDay,       estate([], { plans: [NEVER_RUNS] }),                       {},                                   true,  'no',        '0 of 2 resources backed up'],
  ['backups that fail for two days',              everyDay,       estate([rule('r', DAILY)]),                                { faults: [[FAILS, 10, 12]] },        true,  'no',        'at most 72 hours'],
  ['a weekly rule and continuous backup',         everyDay,       estate([rule('c', { ...DAILY, enableContinuousBackup: true }), rule('r', DAILY)]), {},           true,  'yes',       'at most 24 hours'],
  ['35 days kept of 35',                          kept(35),       estate([rule('r', { ...DAILY, ...keeps(35) })]),           { days: 60 },                         true,  'yes',       'are kept 35 days'],
  ['34 days kept of 35',                          kept(35),       estate([rule('r', { ...DAILY, ...keeps(34) })]),           { days: 60 },                         false, 'no',        'are kept 34 days'],
  ['nothing made, nothing kept',                  kept(35),       estate([], { plans: [NEVER_RUNS] }),                       {},                                   true,  'not shown', 'no recovery point was made'],
  ['35 days at most of 35',                       keptAtMost(35), estate([rule('r', { ...DAILY, ...keeps(35) })]),           { days: 60 },                         true,  'yes',       'are kept 35 days'],
  ['36 days at most of 35',                       keptAtMost(35), estate([rule('r', { ...DAILY, ...keeps(36) })]),           { days: 60 },                         false, 'no',        'are kept 36 days'],
  ['a monthly point for a year, made',            keptLong(365),  estate([rule('d', DAILY), rule('m', { ...MONTHLY, ...keeps(365) })]), { days: 20 },              true,  'yes',       '2 of 2 resources with a point that is kept so long'],
  ['a monthly point for a year, not yet due',     keptLong(365),  estate([rule('d', DAILY), rule('m', { ...MONTHLY, ...keeps(365) })]), { days: 14 },              true,  'not shown', 'no rule that keeps so long was due by 2027-01-15T00:00:00Z'],
  ['a monthly point for a year, failed',          keptLong(365),  estate([rule('d', DAILY), rule('m', { ...MONTHLY, ...keeps(365) })]), { days: 20, faults: [[FAILS, 14, 15]] }, true, 'no', '0 of 2'],
  ['no rule for a year',                          keptLong(365),  estate([rule('d', DAILY)]),                                {},                                   false, 'no',        '0 of 2'],
  ['10 days warm of 10',                          warm(10),       estate([rule('r', { ...DAILY, ...COLD })], { resources: [FILES] }), {},                          true,  'yes',       'move to cold storage after 10 days'],
  ['10 days warm of 11',                          warm(11),       estate([rule('r', { ...DAILY, ...COLD })], { resources: [FILES] }), {},                          false, 'no',        'move to cold storage after 10 days'],
  ['always warm',                                 warm(730),      estate([rule('r', DAILY)]),                                {},                                   true,  'yes',       'no point moves to cold storage'],
  ['continuous backup of a bucket',               pitr,           estate([rule('c', { ...DAILY, enableContinuousBackup: true })], { resources: [resource('s3', 'b')] }), {}, true, 'yes', '1 of 1 resource with a continuous backup'],
  ['continuous backup where nothing has it',      pitr,           estate([rule('c', { ...DAILY, enableContinuousBackup: true })]), {},                             true,  'not shown', 'no resource that is protected has point-in-time recovery'],
  ['a copy in another Region',                    region,         estate([rule('r', { ...DAILY, ...to(OTHER_REGION) })]),    {},                                   true,  'yes',       '2 of 2 resources with a copy in another Region at the end'],
  ['a copy in another account, Region asked for', region,         estate([rule('r', { ...DAILY, ...to(OTHER_ACCOUNT) })]),   {},                                   false, 'no',        '0 of 2'],
  ['a copy in another account',                   account,        estate([rule('r', { ...DAILY, ...to(OTHER_ACCOUNT) })]),   {},                                   true,  'yes',       '2 of 2 resources with a copy in another account'],
  ['a copy in either',                            elsewhere,      estate([rule('r', { ...DAILY, ...to(OTHER_ACCOUNT) })]),   {},                                   true,  'yes',       'the newest of each at most'],
  ['copies that are refused',                     region,         estate([rule('r', { ...DAILY, ...to(OTHER_REGION) })], { vaults: [vault('main'), vault('far', { env: OTHER_REGION, vaultLock: { minRetentionDays: 90 } })] }), {}, true, 'no', '60 copy jobs failed'],
  ['backups of customer managed vaults',          keyed,          estate([rule('r', DAILY)]),                                {},                                   true,  'yes',       '1 of 1 vault with a customer managed key'],
  ['a vault under a key that AWS manages',        keyed,          estate([rule('r', DAILY)], { vaults: [{ backupVaultName: 'main', env: ENV }] }), {},             false, 'no',        '0 of 1 vault'],
  ['a volume whose own key is not known',         keyed,          estate([rule('r', DAILY)], { resources: [DISK] }),         {},                                   true,  'no',        'keep the key of the resource'],
  ['a volume with a key of its own',              keyed,          estate([rule('r', DAILY)], { resources: [{ ...DISK, encryptedWith: CMK }] }), {},                true,  'yes',       '1 of 1 vault'],
  ['no lock',                                     governed,       estate([rule('r', DAILY)]),                                {},                                   false, 'no',        '0 of 1 vault with points locked'],
  ['a lock',                                      governed,       estate([rule('r', DAILY)], locked({ minRetentionDays: 7 })), {},                                 true,  'yes',       'nobody deletes the 60 points by hand'],
  ['a lock in governance mode, compliance asked', permanent,      estate([rule('r', DAILY)], locked({ minRetentionDays: 7 })), {},                                 false, 'no',        '1 of 1 vault with points locked'],
  ['a lock within its grace',                     permanent,      estate([rule('r', DAILY)], locked({ minRetentionDays: 7, changeableForDays: 30 })), { days: 29 }, true, 'not shown', 'with a lock that can be removed until 2027-01-31T00:00:00Z'],
  ['a lock after its grace',                      permanent,      estate([rule('r', DAILY)], locked({ minRetentionDays: 7, changeableForDays: 30 })), { days: 30 }, true, 'yes', '1 of 1 vault with points locked'],
  ['a lock of 35 days of 35',                     lockFloor(35),  estate([rule('r', DAILY)], locked({ minRetentionDays: 35 })), {},                                true,  'yes',       ''],
  ['a lock of 34 days of 35',                     lockFloor(35),  estate([rule('r', DAILY)], locked({ minRetentionDays: 34 })), {},                                false, 'no',        ''],
  ['a bound without a lock',                      lockFloor(35),  estate([rule('r', DAILY)]),                                {},                                   true,  'not shown', '0 of 1 vault with points locked'],
  ['Regions that are allowed',                    inRegions(ENV.region), estate([rule('r', DAILY)]),                        {},                                    false, 'yes',       `recovery points lie in ${ENV.region}`],
  ['a Region that is not',                        inRegions(ENV.region), estate([rule('r', { ...DAILY, ...to(OTHER_REGION) })]), {},                               false, 'no',        `recovery points lie in ${ENV.region}, ${OTHER_REGION.region}`],
  ['restore tests each week, seven days asked',   testedIn(7),    estate([rule('r', DAILY)], { ...tables, ...drill() }),     {},                                   true,  'yes',       '4 of 4 restore tests passed'],
  ['restore tests each week, six days asked',     testedIn(6),    estate([rule('r', DAILY)], { ...tables, ...drill() }),     {},                                   false, 'no',        '4 of 4 restore tests passed'],
  ['restore tests that fail',                     testedIn(7),    estate([rule('r', DAILY)], { ...tables, ...drill() }),     { faults: [[{ kind: 'job-fails', jobs: 'restore', message: 'no space' }, 0, 30]] }, true, 'no', '4 failed: no space'],
  ['a restore test that is not due yet',          testedIn(366),  estate([rule('r', DAILY)], { ...tables, ...drill({}, false) }), {},                              true,  'not shown', 'a run of 30 days is too short for one every 366 days'],
  ['no restore test',                             testedIn(7),    estate([rule('r', DAILY)]),                                {},                                   false, 'no',        'no restore was tested'],
  ['no report',                                   { aspect: Aspect.EVIDENCE_RETENTION_DAYS, value: 365 }, estate([rule('r', DAILY)]), {},                          false, 'no',        '0 of 0 report plans delivered reports'],
  ['no control',                                  { aspect: Aspect.AUDIT_CONTROLS, names: ['BACKUP_RECOVERY_POINT_ENCRYPTED'] }, estate([rule('r', DAILY)]), {},   false, 'no',        '0 of 1 control evaluated'],
];

test.each(CASES)('evidence: %s', (_, asked, declared, run, held, verdict, says) => {
  const row = shown(declared, asked, run);
  expect([row.held, row.shown.verdict, row.shown.what]).toEqual([held, verdict, expect.stringContaining(says)]);
  expect(row.shown.findings.length > 0).toBe(verdict === 'no');
});

test('what falls short names clause, place and value, and one waiver takes one of them away', () => {
  const declared = estate([rule('r', DAILY)], {
    plans: [
      plan('p', [rule('r', DAILY)], {
        selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [ORDERS.arn] }],
      }),
    ],
  });
  const row = shown(declared, everyDay);
  expect(row.shown.findings).toEqual([
    {
      rule: 'compliance-frequency',
      effect: Effect.ADVICE,
      severity: Severity.ERROR,
      path: FILES.arn,
      message: expect.stringMatching(
        /^must be at most 24 hours between two backups under own \(section 1, own\), got no backup: no selection names its ARN/,
      ) as string,
      source: 'section 1: we say so',
    },
  ]);
  const waiver = { rule: 'compliance-frequency', path: FILES.arn, reason: 'scratch space' };
  const accepted = shown(declared, everyDay, { waivers: [waiver] });
  expect(accepted.shown.verdict).toBe('yes');
  expect(accepted.shown.findings.map(({ waived }) => waived)).toEqual(['scratch space']);
});

test('a resource whose lack of a plan is waived is out of what the standard is about', () => {
  const declared = estate([rule('r', DAILY)], {
    plans: [
      plan('p', [rule('r', DAILY)], {
        selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [ORDERS.arn] }],
      }),
    ],
    resourcesAreComplete: true,
  });
  const waivers = [{ rule: 'resource-unprotected', path: '*fs-1', reason: 'scratch' }];
  const row = shown(declared, everyDay, { waivers });
  expect([row.shown.verdict, row.shown.what]).toEqual([
    'yes',
    expect.stringContaining(
      '1 of 1 resource backed up; at most 24 hours without a newer backup (orders); 1 left out by waivers',
    ),
  ]);
});

test('what is only recommended is a warning in the run, too', () => {
  const row = shown(estate([rule('r', DAILY)]), { ...region, recommended: true });
  expect(row.shown.findings.map(({ severity }) => severity)).toEqual([Severity.WARNING, Severity.WARNING]);
});

test('every standard has a row for each of its requirements, and what it asks beyond them', () => {
  const declared = estate([rule('r', DAILY)]);
  const state = new WorldState({ start: START, seed: 1, meter: true });
  const chronicle = new Chronicle(state);
  deploy(state, declared);
  state.runUntil(START + 3 * DAY);
  const standards = ComplianceStandard.all();
  const evidence = evidenceFor(standards, chronicle, declared, [], { waivers: [], today: '2027-01-01' });
  expect(evidence.map(({ id, requirements }) => [id, requirements.length])).toEqual(
    standards.map(({ id, requirements }) => [id, requirements.length]),
  );
  for (const { outside, requirements } of evidence) {
    expect(outside.length).toBeGreaterThan(0);
    const clauses = requirements.map(({ clause }) => clause);
    expect(outside.filter(({ clause }) => clauses.includes(clause))).toEqual([]);
  }
  expect(findingsOfEvidence(evidence).length).toBeGreaterThan(0);
});

test('the longest gap of stepped series is that of their instants', () => {
  const run = fc.record({
    first: fc.integer({ min: 0, max: 40 }),
    step: fc.integer({ min: -3, max: 12 }),
    count: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 4 }), (runs) => {
      const instants = runs.flatMap(({ first, step, count }) =>
        Array.from({ length: count }, (_, n) => first + step * n),
      );
      const from = Math.min(0, ...instants);
      const till = Math.max(60, ...instants);
      const all = [from, ...instants.sort((a, b) => a - b), till];
      const longest = Math.max(...all.slice(1).map((instant, index) => instant - (all[index] as number)));
      expect(longestGap(runs, from, till)).toBe(longest);
    }),
    { numRuns: 500 },
  );
});

test('a resource that is a day old has been without a backup for a day', () => {
  expect(longestGap([], START, START + 24 * HOUR)).toBe(24 * HOUR);
});
