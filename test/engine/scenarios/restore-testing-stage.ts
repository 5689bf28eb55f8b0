// A World in which restores are tested: resources that a plan backs up at 05:00, and a restore testing plan.
import type {
  RestoreJobsListMember,
  RestoreTestingPlanForCreate,
  RestoreTestingSelectionForCreate,
} from '@aws-sdk/client-backup';
import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { ENV, plan, ROLE, rule, vault, world } from './stage';

export const START = '2027-01-01T00:00:00Z';

/** Backed up every day at 05:00, and kept for 200 days unless told otherwise. */
export function backedUp(resources: StatefulResource[], more: Partial<BackupRule> = {}, seed = 1): WorldState {
  const daily = rule('daily', {
    scheduleExpression: 'cron(0 5 ? * * *)',
    lifecycle: { deleteAfterDays: 200 },
    ...more,
  });
  return world(START, { vaults: [vault('main'), vault('other')], resources, plans: [plan('p', [daily])] }, seed);
}

export function testingPlan(more: Partial<RestoreTestingPlanForCreate> = {}): RestoreTestingPlanForCreate {
  return {
    RestoreTestingPlanName: 'drill',
    ScheduleExpression: 'cron(0 12 ? * * *)',
    StartWindowHours: 1,
    RecoveryPointSelection: {
      Algorithm: 'LATEST_WITHIN_WINDOW',
      RecoveryPointTypes: ['SNAPSHOT'],
      IncludeVaults: ['*'],
    },
    ...more,
  };
}

export function testingSelection(
  more: Partial<RestoreTestingSelectionForCreate> = {},
): RestoreTestingSelectionForCreate {
  return {
    RestoreTestingSelectionName: 'tables',
    ProtectedResourceType: 'DynamoDB',
    IamRoleArn: ROLE,
    ProtectedResourceArns: ['*'],
    ValidationWindowHours: 2,
    ...more,
  };
}

/** Tests at noon, the newest snapshots of all tables, for two hours, unless told otherwise. */
export function tested(
  state: WorldState,
  plan_: Partial<RestoreTestingPlanForCreate> = {},
  selection: Partial<RestoreTestingSelectionForCreate> = {},
): string {
  const RestoreTestingPlan = testingPlan(plan_);
  const { RestoreTestingPlanArn } = createRestoreTestingPlan(state, ENV, { RestoreTestingPlan });
  const { RestoreTestingPlanName } = RestoreTestingPlan;
  const RestoreTestingSelection = testingSelection(selection);
  createRestoreTestingSelection(state, ENV, { RestoreTestingPlanName, RestoreTestingSelection });
  return RestoreTestingPlanArn ?? '';
}

/** Restore jobs, oldest first. */
export function jobs(state: WorldState): RestoreJobsListMember[] {
  return [...(listRestoreJobs(state, ENV, {}).RestoreJobs ?? [])].reverse();
}

/** The points that were restored, by the day of their creation. */
export function days(state: WorldState): string[] {
  return jobs(state).map((job) => job.RecoveryPointCreationDate?.toISOString().slice(5, 10) ?? '');
}
