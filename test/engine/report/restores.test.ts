// What a page says of restores and of backups that completed with issues.
import { type BackupRule, Coverage, type Estate } from '@holdfast/model';
import { costPage } from '../../../engine/src/cost/cost-page';
import type { Fault } from '../../../engine/src/domain/fault';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { Chronicle } from '../../../engine/src/report/chronicle/chronicle';
import type { Overview } from '../../../engine/src/report/pages/overview';
import { overviewOf } from '../../../engine/src/report/pages/overview-of';
import { DAY, HOUR, plan, resource, rule, vault } from '../scenarios/stage';

const START = parseInstant('2027-01-01T00:00:00Z');
const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60 };
const FAILS: Fault = { kind: 'job-fails', message: 'it broke', jobs: 'restore' };

function estate(more: Partial<Estate>): Estate {
  const resources = [resource('dynamodb-advanced', 'orders', { sizeGiB: 10 })];
  return { vaults: [vault('main')], resources, plans: [plan('p', [rule('daily', DAILY)])], ...more };
}

interface Ran {
  readonly state: WorldState;
  told(): Overview;
}

function begun(declared: Estate): Ran {
  const state = new WorldState({ start: START, seed: 1, meter: true });
  const chronicle = new Chronicle(state);
  deploy(state, declared);
  return {
    state,
    told() {
      const known = { estate: declared, coverage: Coverage.rows(declared), findings: [], notRead: [], evidence: null };
      return overviewOf(chronicle, { title: '', ...known, cost: costPage(state) });
    },
  };
}

function ran(declared: Estate, days: number): Overview {
  const { state, told } = begun(declared);
  state.runUntil(START + days * DAY);
  return told();
}

const TESTING = {
  restoreTestingPlanName: 'drill',
  env: vault('main').env,
  recoveryPointSelection: {
    algorithm: 'LATEST_WITHIN_WINDOW',
    recoveryPointTypes: ['SNAPSHOT'],
    includeVaults: ['*'],
  },
  scheduleExpression: 'cron(0 12 ? * * *)',
  startWindowHours: 1,
  selections: [
    {
      restoreTestingSelectionName: 'tables',
      iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
      protectedResourceType: 'DynamoDB',
      protectedResourceArns: ['*'],
    },
  ],
};

test('restore jobs are among what ended, period by period, and those alike are one row', () => {
  const { state, told } = begun(estate({ restoreTestingPlans: [TESTING] }));
  state.faults.add(FAILS, START + 3 * DAY, START + 5 * DAY);
  state.runUntil(START + 8 * DAY);
  const { outcomes, restores } = told();
  expect(outcomes.restore).toEqual({ COMPLETED: [1, 1, 1, 0, 0, 1, 1, 1], FAILED: [0, 0, 0, 1, 1, 0, 0, 0] });
  const rows = restores.map(({ plan: by, vault: from, state: ended, count }) => [by, from, ended, count]);
  expect(rows).toEqual([
    ['drill', 'main', 'COMPLETED', 6],
    ['drill', 'main', 'FAILED', 2],
  ]);
  expect(restores[1]?.why).toContain('it broke');
});

test('restores are told apart by what their validation said', () => {
  const testing = { ...TESTING, selections: [{ ...TESTING.selections[0]!, validationWindowHours: 1 }] };
  const { state, told } = begun(estate({ restoreTestingPlans: [testing] }));
  for (let day = 1; day <= 3; day++) {
    state.runUntil(START + (day - 1) * DAY + 13 * HOUR + 10 * 60_000);
    const job = state.restores.list().at(-1)!;
    if (day < 3) {
      state.restoreTests.validate(job, job.request.test!, day === 1 ? 'SUCCESSFUL' : 'FAILED', `day ${day}`);
    }
    state.runUntil(START + day * DAY);
  }
  const { restores } = told();
  expect(restores.map(({ validation, count }) => [validation, count])).toEqual([
    ['SUCCESSFUL', 1],
    ['FAILED', 1],
    ['TIMED_OUT', 1],
  ]);
  expect(restores[1]?.why).toContain('day 2');
});

test('backups without the volume shadow copy that was asked for are told of, and are none that went wrong', () => {
  const instance = resource('ec2', 'i-0123456789abcdef0', { sizeGiB: 1, windowsVss: 'agent-missing' });
  const advancedBackupSettings = [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }];
  const declared = estate({
    resources: [instance],
    plans: [plan('p', [rule('daily', DAILY)], { advancedBackupSettings })],
  });
  const { mishaps, resources } = ran(declared, 3);
  expect(mishaps.map(({ state, rule: by, count }) => [state, by, count])).toEqual([
    ['COMPLETED with issues', 'daily', 3],
  ]);
  expect(mishaps[0]?.message).toContain('ec2-vss-agent.exe is not installed');
  expect(resources.wrong).toEqual([0]);
  expect(ran(estate({ resources: [instance] }), 3).mishaps).toEqual([]);
});
