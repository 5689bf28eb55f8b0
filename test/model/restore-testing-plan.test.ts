import { RestoreTestingPlan, RestoreTestingPlanRules, RestoreTestingPoints } from '@holdfast/model';
import { testSelection as selection } from './restore-testing-rows';
import { ENV, many, plan, PLAIN, Row, rule, testRows, vaultArn } from './rows';

function testingPlan(over: Partial<RestoreTestingPlan> = {}, points: Partial<RestoreTestingPoints> = {}) {
  return {
    restoreTestingPlanName: 'weekly',
    env: ENV,
    scheduleExpression: 'cron(0 5 ? * SUN *)',
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      recoveryPointTypes: ['SNAPSHOT'],
      includeVaults: ['*'],
      ...points,
    },
    selections: [selection()],
    ...over,
  };
}
const points = (over: Partial<RestoreTestingPoints>) => testingPlan({}, over);
const none = undefined as never;
const VAULTS = 'plan.recoveryPointSelection.includeVaults';

// prettier-ignore
const ROWS: Row<RestoreTestingPlan>[] = [
  ['restore-testing-plan-name', 'passes', testingPlan({ restoreTestingPlanName: 'a' })],
  ['restore-testing-plan-name', 'passes', testingPlan({ restoreTestingPlanName: 'Nightly_'.repeat(6) + 'ab' })],
  ['restore-testing-plan-name', 'fails',  testingPlan({ restoreTestingPlanName: 'x'.repeat(51) }), 'plan.restoreTestingPlanName', `51 characters: ${'x'.repeat(51)}`],
  ['restore-testing-plan-name', 'fails',  testingPlan({ restoreTestingPlanName: 'night-ly' }), 'plan.restoreTestingPlanName', 'night-ly'],
  ['restore-testing-plan-name', 'fails',  testingPlan({ restoreTestingPlanName: '' }), 'plan.restoreTestingPlanName', 'an empty name'],
  ['restore-testing-plan-name', 'fails',  testingPlan({ restoreTestingPlanName: none }), 'plan.restoreTestingPlanName', 'none'],
  ['restore-testing-plan-algorithm', 'passes', points({ algorithm: 'RANDOM_WITHIN_WINDOW' })],
  ['restore-testing-plan-algorithm', 'fails',  points({ algorithm: 'OLDEST' }), 'plan.recoveryPointSelection.algorithm', 'OLDEST'],
  ['restore-testing-plan-algorithm', 'fails',  points({ algorithm: none }), 'plan.recoveryPointSelection.algorithm', 'none'],
  ['restore-testing-plan-recovery-point-types', 'passes', points({ recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'] })],
  ['restore-testing-plan-recovery-point-types', 'fails',  points({ recoveryPointTypes: [] }), 'plan.recoveryPointSelection.recoveryPointTypes', 'none'],
  ['restore-testing-plan-recovery-point-types', 'fails',  points({ recoveryPointTypes: ['SNAPSHOT', 'COPY'] }), 'plan.recoveryPointSelection.recoveryPointTypes[1]', 'COPY'],
  ['restore-testing-plan-include-vaults', 'passes', points({ includeVaults: [vaultArn('main')] })],
  ['restore-testing-plan-include-vaults', 'fails',  points({ includeVaults: [] }), VAULTS, 'none'],
  ['restore-testing-plan-include-vaults', 'fails',  points({ includeVaults: none }), VAULTS, 'none'],
  ['restore-testing-plan-vault-arn', 'passes', points({ includeVaults: ['arn:aws:backup:*:*:backup-vault:asdf-*'] })],
  ['restore-testing-plan-vault-arn', 'passes', points({ includeVaults: ['arn:aws:backup:*'] })],
  ['restore-testing-plan-vault-arn', 'fails',  points({ includeVaults: ['main'] }), `${VAULTS}[0]`, 'main'],
  ['restore-testing-plan-vault-arn', 'fails',  points({ excludeVaults: ['arn:aws:s3:::bucket'] }), 'plan.recoveryPointSelection.excludeVaults[0]', 'arn:aws:s3:::bucket'],
  ['restore-testing-plan-vault-selectors', 'passes', points({ includeVaults: many(15, (n) => vaultArn(`in${n}`)), excludeVaults: many(15, (n) => vaultArn(`out${n}`)) })],
  ['restore-testing-plan-vault-selectors', 'fails',  points({ includeVaults: many(15, (n) => vaultArn(`in${n}`)), excludeVaults: many(16, (n) => vaultArn(`out${n}`)) }), VAULTS, '31'],
  ['restore-testing-plan-vault-place', 'passes', points({ includeVaults: [vaultArn('main')] })],
  ['restore-testing-plan-vault-place', 'passes', points({ includeVaults: ['arn:aws:backup:eu-*:*:backup-vault:*'] })],
  ['restore-testing-plan-vault-place', 'fails',  points({ includeVaults: [vaultArn('main', { region: 'eu-west-1' })] }), `${VAULTS}[0]`, `${vaultArn('main', { region: 'eu-west-1' })}, where the plan is in 123456789012 eu-central-1`],
  ['restore-testing-plan-vault-place', 'fails',  points({ includeVaults: [vaultArn('main', { account: '444455556666' })] }), `${VAULTS}[0]`, `${vaultArn('main', { account: '444455556666' })}, where the plan is in 123456789012 eu-central-1`],
  ['restore-testing-plan-excludes-all', 'passes', points({ excludeVaults: [vaultArn('main')] })],
  ['restore-testing-plan-excludes-all', 'fails',  points({ excludeVaults: ['*'] }), 'plan.recoveryPointSelection.excludeVaults', '*'],
  ['restore-testing-plan-excludes-all', 'fails',  points({ includeVaults: [vaultArn('main')], excludeVaults: [vaultArn('ma*')] }), 'plan.recoveryPointSelection.excludeVaults', vaultArn('ma*')],
  ['restore-testing-plan-excludes-all', 'passes', points({ includeVaults: [vaultArn('main'), vaultArn('other')], excludeVaults: [vaultArn('ma*')] })],
  ['restore-testing-plan-selection-window', 'fails',  points({ selectionWindowDays: 0 }), 'plan.recoveryPointSelection.selectionWindowDays', '0 days'],
  ['restore-testing-plan-selection-window', 'passes', points({ selectionWindowDays: 1 })],
  ['restore-testing-plan-selection-window', 'passes', points({ selectionWindowDays: 365 })],
  ['restore-testing-plan-selection-window', 'fails',  points({ selectionWindowDays: 366 }), 'plan.recoveryPointSelection.selectionWindowDays', '366 days'],
  ['restore-testing-plan-selection-window', 'fails',  points({ selectionWindowDays: 1.5 }), 'plan.recoveryPointSelection.selectionWindowDays', '1.5 days'],
  ['restore-testing-plan-start-window', 'fails',  testingPlan({ startWindowHours: 0 }), 'plan.startWindowHours', '0'],
  ['restore-testing-plan-start-window', 'passes', testingPlan({ startWindowHours: 1 })],
  ['restore-testing-plan-start-window', 'passes', testingPlan({ startWindowHours: 168 })],
  ['restore-testing-plan-start-window', 'fails',  testingPlan({ startWindowHours: 169 }), 'plan.startWindowHours', '169'],
  ['restore-testing-plan-no-selection', 'passes', testingPlan()],
  ['restore-testing-plan-no-selection', 'fails',  testingPlan({ selections: [] }), 'plan.selections', '0'],
  ['restore-testing-plan-no-selection', 'fails',  testingPlan({ selections: undefined }), 'plan.selections', '0'],
  ['restore-testing-plan-selections', 'passes', testingPlan({ selections: many(30, (n) => selection({ restoreTestingSelectionName: `s${n}` })) })],
  ['restore-testing-plan-selections', 'fails',  testingPlan({ selections: many(31, (n) => selection({ restoreTestingSelectionName: `s${n}` })) }), 'plan.selections', '31'],
  ['restore-testing-plan-selection-names', 'passes', testingPlan({ selections: [selection(), selection({ restoreTestingSelectionName: 'other' })] })],
  ['restore-testing-plan-selection-names', 'fails',  testingPlan({ selections: [selection(), selection()] }), 'plan.selections[1].restoreTestingSelectionName', 'tables'],
  ['restore-testing-selection-no-validation-window', 'passes', testingPlan({ validated: true, selections: [selection({ validationWindowHours: 1 })] })],
  ['restore-testing-selection-no-validation-window', 'fails',  testingPlan({ validated: true, selections: [selection({ validationWindowHours: 0 })] }), 'plan.selections[0].validationWindowHours', '0'],
  ['restore-testing-selection-no-validation-window', 'fails',  testingPlan({ validated: true }), 'plan.selections[0].validationWindowHours', 'none'],
  ['restore-testing-selection-no-validation-window', 'passes', testingPlan()],
  ['schedule-cron-form', 'fails', testingPlan({ scheduleExpression: 'rate(1 day)' }), 'plan.scheduleExpression', 'rate(1 day)'],
];

testRows((declared) => RestoreTestingPlanRules.check(declared, 'plan', PLAIN), ROWS);

test('a plan that is just right has no finding', () => {
  expect(RestoreTestingPlanRules.check(testingPlan(), '', PLAIN)).toEqual([]);
});

interface Together {
  readonly includeVaults?: string[];
  readonly excludeVaults?: string[];
  readonly selectionWindowDays?: number;
  readonly rules: Parameters<typeof rule>[0][];
}
const MONTHLY = 'cron(0 5 1 * ? *)';
const WEEKLY = 'cron(0 5 ? * SUN *)';
const WINDOW = 'recoveryPointSelection.selectionWindowDays';
const BERLIN = { scheduleExpression: WEEKLY, scheduleExpressionTimezone: 'Europe/Berlin' };
const copyTo = (arn: string) => [{ destinationBackupVaultArn: arn }];

// prettier-ignore
const TOGETHER: Row<Together>[] = [
  ['restore-testing-plan-window-gap', 'fails',  { rules: [{ scheduleExpression: MONTHLY }] }, WINDOW, '30 days, where plan plan backs up 31 days apart'],
  ['restore-testing-plan-window-gap', 'passes', { rules: [{ scheduleExpression: MONTHLY }], selectionWindowDays: 31 }],
  ['restore-testing-plan-window-gap', 'passes', { rules: [{ scheduleExpression: MONTHLY }, { scheduleExpression: WEEKLY }] }],
  ['restore-testing-plan-window-gap', 'fails',  { rules: [BERLIN], selectionWindowDays: 6 }, WINDOW, '6 days, where plan plan backs up 7 days apart'],
  ['restore-testing-plan-window-gap', 'passes', { rules: [BERLIN], selectionWindowDays: 7 }],
  ['restore-testing-plan-window-gap', 'passes', { rules: [{ scheduleExpression: 'cron(0 5 ? * SUN' }], selectionWindowDays: 1 }],
  ['restore-testing-plan-window-gap', 'passes', { rules: [{ scheduleExpression: MONTHLY, enableContinuousBackup: true }], selectionWindowDays: 1 }],
  ['restore-testing-plan-window-gap', 'fails',  { rules: [{ scheduleExpression: MONTHLY }, { scheduleExpression: WEEKLY, targetBackupVaultName: 'other' }], includeVaults: [vaultArn('main')] }, WINDOW, '30 days, where plan plan backs up 31 days apart'],
  ['restore-testing-plan-untested', 'fails',  { rules: [{}], includeVaults: [vaultArn('other')] }, 'recoveryPointSelection.includeVaults', `${vaultArn('other')}, where plan plan has none`],
  ['restore-testing-plan-untested', 'fails',  { rules: [{}], excludeVaults: [vaultArn('main')] }, 'recoveryPointSelection.includeVaults', '*, where plan plan has none'],
  ['restore-testing-plan-untested', 'passes', { rules: [{ copyActions: copyTo(vaultArn('other')) }], includeVaults: [vaultArn('other')] }],
  ['restore-testing-plan-untested', 'passes', { rules: [{ targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') }], includeVaults: [vaultArn('gapped')] }],
  ['restore-testing-plan-untested', 'passes', { rules: [{}] }],
];

testRows(({ rules, ...over }: Together) => {
  const backupPlan = plan({ rules: rules.map((each) => rule(each)) });
  return RestoreTestingPlanRules.checkBackupPlans(points(over), [backupPlan], '', PLAIN);
}, TOGETHER);

// prettier-ignore
test.each<[boolean, string[], string[]]>([
  [true,  ['*'],                                        []],
  [true,  [vaultArn('main')],                           []],
  [false, [vaultArn('mai')],                            []],
  [true,  ['arn:aws:backup:*:*:backup-vault:ma*'],      [vaultArn('other')]],
  [false, ['*'],                                        ['arn:aws:backup:*:*:backup-vault:ma*']],
  [false, ['*'],                                        [vaultArn('main')]],
])('points of a vault are tested (%s) when it is included in %j and not left out by %j (B9.1/2)', (taken, includeVaults, excludeVaults) => {
  const { recoveryPointSelection } = testingPlan();
  const selected = { ...recoveryPointSelection, includeVaults, excludeVaults };
  expect(RestoreTestingPlanRules.takesFrom(selected, vaultArn('main'))).toBe(taken);
});

test('what is not known yet is neither checked nor tripped over', () => {
  const nothing = { known: () => false };
  expect(RestoreTestingPlanRules.check(testingPlan(), '', nothing)).toEqual([]);
  expect(RestoreTestingPlanRules.checkBackupPlans(testingPlan(), [plan()], '', nothing)).toEqual([]);
});
