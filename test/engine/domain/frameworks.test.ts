import { ControlScope, FrameworkControl } from '@holdfast/model';
import { CONTROL_STATUS } from '../../../engine/src/domain/event-codes';
import { ControlResult, frameworkArn, frameworkStatusOf, isDaily } from '../../../engine/src/domain/frameworks';
import { CONTROL_IS_NOT_MET } from '../../../engine/src/domain/reasons';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, MINUTE } from '../../../engine/src/kernel/instant';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { createBackupSelection } from '../../../engine/src/operations/backup/create-backup-selection';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { deleteFramework } from '../../../engine/src/operations/backup/delete-framework';
import { describeFramework } from '../../../engine/src/operations/backup/describe-framework';
import { listFrameworks } from '../../../engine/src/operations/backup/list-frameworks';
import { fromPlan } from '../../../engine/src/operations/backup/shapes';
import { updateFramework } from '../../../engine/src/operations/backup/update-framework';
import { fromControls } from '../../../engine/src/operations/framework';
import { ENV, plan, resource, ROLE, rule, vault, world } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const PROTECTED = fromControls([FrameworkControl.backupResourcesProtectedByBackupPlan()]);
const MANY = (count: number) =>
  fromControls(
    Array.from({ length: count }, (_, index) =>
      FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: index + 1 }),
    ),
  );

function staged(): WorldState {
  return world(START, { vaults: [vault('main')], resources: [resource('efs', 'fs-1')] });
}

function create(state: WorldState, FrameworkName = 'audit', more = {}): string {
  return createFramework(state, ENV, { FrameworkName, FrameworkControls: PROTECTED, ...more }).FrameworkArn ?? '';
}

function pass(state: WorldState, ms: number): WorldState {
  state.runUntil(state.now + ms);
  return state;
}

function statusOf(state: WorldState): string | undefined {
  return describeFramework(state, ENV, { FrameworkName: 'audit' }).DeploymentStatus;
}

test('a framework is COMPLETED after a minute, and nothing changes it before (B10.1/4)', () => {
  const state = staged();
  expect(create(state)).toMatch(/^arn:aws:backup:eu-central-1:111122223333:framework:audit-[0-9a-f-]{36}$/);
  expect(statusOf(state)).toBe('CREATE_IN_PROGRESS');
  const conflict = expect.objectContaining({ name: 'ConflictException' }) as Error;
  expect(() => updateFramework(state, ENV, { FrameworkName: 'audit' })).toThrow(conflict);
  expect(() => deleteFramework(state, ENV, { FrameworkName: 'audit' })).toThrow(conflict);
  pass(state, MINUTE);
  expect(statusOf(state)).toBe('CREATE_IN_PROGRESS');
  pass(state, 1);
  expect(statusOf(state)).toBe('COMPLETED');
  updateFramework(state, ENV, { FrameworkName: 'audit', FrameworkDescription: 'all of it' });
  expect(statusOf(state)).toBe('UPDATE_IN_PROGRESS');
  pass(state, MINUTE + 1);
  expect(describeFramework(state, ENV, { FrameworkName: 'audit' })).toMatchObject({
    FrameworkDescription: 'all of it',
    FrameworkControls: PROTECTED,
    DeploymentStatus: 'COMPLETED',
    FrameworkStatus: 'ACTIVE',
  });
  deleteFramework(state, ENV, { FrameworkName: 'audit' });
  expect(listFrameworks(state, ENV, {}).Frameworks).toMatchObject([{ DeploymentStatus: 'DELETE_IN_PROGRESS' }]);
  pass(state, MINUTE + 1);
  expect(listFrameworks(state, ENV, {}).Frameworks).toEqual([]);
  expect(() => statusOf(state)).toThrow('Framework audit does not exist.');
});

test('an account and Region has 15 frameworks and 50 controls at most (B10.1/3)', () => {
  const state = staged();
  for (let index = 1; index <= 15; index++) {
    create(state, `f${index}`);
  }
  expect(() => create(state, 'f16')).toThrow('at most 15 frameworks');
  expect(
    createFramework(state, { ...ENV, region: 'eu-west-1' }, { FrameworkName: 'f16', FrameworkControls: PROTECTED }),
  ).toBeDefined();
  const other = staged();
  create(other, 'most', { FrameworkControls: MANY(49) });
  expect(() => create(other, 'more', { FrameworkControls: MANY(2) })).toThrow('at most 50 controls');
  expect(create(other, 'last', { FrameworkControls: MANY(1) })).toContain(':framework:last-');
});

test('a name is taken until its framework is gone, but a repeated token is answered as before', () => {
  const state = staged();
  const arn = create(state, 'audit', { IdempotencyToken: 'once' });
  expect(create(state, 'audit', { IdempotencyToken: 'once' })).toBe(arn);
  expect(() => create(state)).toThrow(expect.objectContaining({ name: 'AlreadyExistsException', arn }) as Error);
  pass(state, MINUTE + 1);
  deleteFramework(state, ENV, { FrameworkName: 'audit' });
  pass(state, MINUTE + 1);
  expect(create(state)).not.toBe(arn);
});

test('fails on what model refuses of a framework', () => {
  const state = staged();
  expect(() => create(state, '1st')).toThrow('frameworkName');
  expect(() => create(state, 'audit', { FrameworkControls: [{ ControlName: 'NO_SUCH' }] })).toThrow('NO_SUCH');
});

test('a daily control says what it saw until a day is over, and the log tells when that changes (B10.1/1, B10.1/4)', () => {
  const state = staged();
  create(state);
  const results = () => state.frameworks.resultsOf(state.frameworks.tryFind(ENV, 'audit')!);
  expect(frameworkStatusOf(results())).toBe('INSUFFICIENT_DATA');
  pass(state, MINUTE + 1);
  expect(frameworkStatusOf(results())).toBe('NON_COMPLIANT');
  const all = plan('p', [rule('r')]);
  const { BackupPlanId } = createBackupPlan(state, ENV, { BackupPlan: fromPlan(all) });
  const BackupSelection = { SelectionName: 's', IamRoleArn: ROLE, Resources: ['*'] };
  createBackupSelection(state, ENV, { BackupPlanId, BackupSelection });
  pass(state, DAY - 1);
  expect(frameworkStatusOf(results())).toBe('NON_COMPLIANT');
  pass(state, 1);
  expect(frameworkStatusOf(results())).toBe('COMPLIANT');
  pass(state, 5 * DAY);
  const told = state.events().filter(({ kind }) => kind === 'audit');
  expect(told.map(({ what }) => what)).toEqual(['framework created', 'NON_COMPLIANT', 'COMPLIANT']);
  expect(told.at(-1)?.why).toBe('all that BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN looks at complies');
});

test('an update drops what was said before, and one control without data leaves a framework open (B10.1/1)', () => {
  const state = staged();
  create(state);
  pass(state, MINUTE + 1);
  const results = () => state.frameworks.resultsOf(state.frameworks.tryFind(ENV, 'audit')!);
  const FrameworkControls = fromControls([
    FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 60 }),
    FrameworkControl.backupRecoveryPointManualDeletionDisabled(),
  ]);
  updateFramework(state, ENV, { FrameworkName: 'audit', FrameworkControls });
  expect(results().map(({ status }) => status)).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  pass(state, MINUTE + 1);
  expect(results().map(({ status }) => status)).toEqual(['INSUFFICIENT_DATA', 'NON_COMPLIANT']);
  expect(frameworkStatusOf(results())).toBe('NON_COMPLIANT');
  expect(frameworkStatusOf(results().slice(0, 1))).toBe('INSUFFICIENT_DATA');
});

test('the ARN of a framework follows from its name and place, so that a template can name it before it is there', () => {
  const state = staged();
  const elsewhere = { ...ENV, region: 'us-east-1' };
  expect(frameworkArn(ENV, 'audit')).toBe(
    'arn:aws:backup:eu-central-1:111122223333:framework:audit-d2835dcc-78dc-4dea-b7db-c93d4f19e9d5',
  );
  expect(create(state)).toBe(frameworkArn(ENV, 'audit'));
  expect(create(state, 'also')).toBe(frameworkArn(ENV, 'also'));
  createFramework(state, elsewhere, { FrameworkName: 'audit', FrameworkControls: PROTECTED });
  const names = (env = ENV) => listFrameworks(state, env, {}).Frameworks?.map(({ FrameworkName }) => FrameworkName);
  expect([names(), names(elsewhere)]).toEqual([['also', 'audit'], ['audit']]);
  expect(state.frameworks.list(elsewhere)[0]?.arn).toBe(frameworkArn(elsewhere, 'audit'));
  pass(state, MINUTE + 1);
  deleteFramework(state, ENV, { FrameworkName: 'audit' });
  pass(state, MINUTE + 1);
  expect(create(state)).toBe(frameworkArn(ENV, 'audit', 1));
  expect(new Set([0, 1, 2].map((before) => frameworkArn(ENV, 'audit', before))).size).toBe(3);
});

test('where things settle at once, a framework is there at once, and gone at once', () => {
  const state = staged();
  state.ledger.settlesAtOnce = true;
  create(state);
  expect(statusOf(state)).toBe('COMPLETED');
  deleteFramework(state, ENV, { FrameworkName: 'audit' });
  expect(listFrameworks(state, ENV, {}).Frameworks).toEqual([]);
});

test('a stack that waits for a framework finds it deployed, or gone', () => {
  const state = staged();
  create(state);
  const framework = state.frameworks.tryFind(ENV, 'audit')!;
  state.frameworks.await(framework);
  expect(statusOf(state)).toBe('COMPLETED');
  deleteFramework(state, ENV, { FrameworkName: 'audit' });
  expect(state.frameworks.tryFind(ENV, 'audit')).toBe(framework);
  state.frameworks.await(framework);
  expect(state.frameworks.tryFind(ENV, 'audit')).toBeUndefined();
});

test('what a framework has is the same in any order of its controls, which are a set', () => {
  const controls = [
    FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1'] }),
    FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: ['444455556666'] }),
  ];
  const declared = (given: FrameworkControl[]) => {
    const state = staged();
    createFramework(state, ENV, { FrameworkName: 'audit', FrameworkControls: fromControls(given) });
    return state.digest();
  };
  expect(declared(controls)).toBe(declared([...controls].reverse()));
  expect(declared(controls)).not.toBe(declared(controls.slice(1)));
  const other = FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['us-east-1'] });
  expect(declared([other])).not.toBe(declared(controls.slice(0, 1)));
});

test('a framework is compliant when all controls are, and open when one says nothing', () => {
  const results = (...statuses: string[]) => statuses.map((status) => ({ status })) as ControlResult[];
  // prettier-ignore
  expect([
    frameworkStatusOf(results('COMPLIANT', 'COMPLIANT')),
    frameworkStatusOf(results('COMPLIANT', 'INSUFFICIENT_DATA')),
    frameworkStatusOf(results('INSUFFICIENT_DATA', 'NON_COMPLIANT')),
  ]).toEqual(['COMPLIANT', 'INSUFFICIENT_DATA', 'NON_COMPLIANT']);
});

test('the log has how many resources failed a control, and the digest its scope (B10.1/1)', () => {
  const staged_ = (scope?: ControlScope) => {
    const state = world(START, {
      vaults: [vault('main')],
      resources: ['fs-1', 'fs-2', 'fs-3'].map((name) => resource('efs', name)),
      plans: [
        plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)' })], {
          selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [resource('efs', 'fs-1').arn] }],
        }),
      ],
    });
    state.runUntil(state.now + DAY / 2);
    const control = FrameworkControl.backupLastRecoveryPointCreated(scope === undefined ? {} : { scope });
    create(state, 'audit', { FrameworkControls: fromControls([control]) });
    return state;
  };
  const state = pass(staged_(), 2 * MINUTE);
  const { log } = state.ledger;
  const kept = Array.from({ length: log.keptCount }, (_, row) => log.event(row));
  const said = kept.filter(({ code }) => code >= CONTROL_STATUS && code < CONTROL_STATUS + 3);
  expect(said.map(({ amount, reason }) => [amount, reason])).toEqual([[2, CONTROL_IS_NOT_MET]]);
  const digest = (scope?: ControlScope) => staged_(scope).digest();
  expect(digest(ControlScope.resourceTypes(['EFS']))).not.toBe(digest());
  expect(digest(ControlScope.resourceTypes(['EFS']))).not.toBe(digest(ControlScope.resourceTypes(['EBS'])));
});

test('an entry of a framework that was changed since finds nothing to do', () => {
  const state = staged();
  create(state);
  pass(state, MINUTE / 2);
  const [framework] = state.frameworks.everywhere();
  state.frameworks.await(framework!);
  expect(framework?.status).toBe('COMPLETED');
  framework!.status = 'UPDATE_IN_PROGRESS';
  framework!.nextAt = state.now + DAY;
  pass(state, MINUTE);
  expect(framework?.status).toBe('UPDATE_IN_PROGRESS');
});

test('controls that nobody knows, and those about changes, are not evaluated daily (B10.1/1)', () => {
  expect(isDaily(FrameworkControl.custom('NO_SUCH_CONTROL'))).toBe(false);
  expect(isDaily(FrameworkControl.backupPlanMinFrequencyAndMinRetention())).toBe(false);
  expect(isDaily(FrameworkControl.backupLastRecoveryPointCreated())).toBe(true);
  const state = staged();
  const both = [
    FrameworkControl.backupPlanMinFrequencyAndMinRetention(),
    FrameworkControl.backupLastRecoveryPointCreated(),
  ];
  create(state, 'audit', { FrameworkControls: fromControls(both) });
  pass(state, MINUTE + 1);
  expect([...(state.frameworks.everywhere()[0]?.daily.keys() ?? [])]).toEqual([1]);
});
