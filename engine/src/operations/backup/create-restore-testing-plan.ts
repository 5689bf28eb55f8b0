/**
 * CreateRestoreTestingPlan.
 *
 * Source   B9.1, 15 (100 plans of an account); B1.5 (a repeated request is answered with what the first one made).
 */
import type { CreateRestoreTestingPlanInput, CreateRestoreTestingPlanOutput } from '@aws-sdk/client-backup';
import { BackupLimits, RestoreTestingPlan, RestoreTestingPlanRules } from '@holdfast/model';
import type { TestingPlan } from '../../domain/restore-testing-plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { toTestingPlan } from '../restore-testing';
import { given } from './shapes';

export function createRestoreTestingPlan(
  state: WorldState,
  caller: Caller,
  input: CreateRestoreTestingPlanInput,
): CreateRestoreTestingPlanOutput {
  const asked = required(input.RestoreTestingPlan, 'RestoreTestingPlan');
  const { partition, account, region } = caller;
  const declaration: RestoreTestingPlan = given({
    restoreTestingPlanName: required(asked.RestoreTestingPlanName, 'RestoreTestingPlanName'),
    env: { partition, account, region },
    recoveryPointSelection: { algorithm: '', recoveryPointTypes: [], includeVaults: [] },
    scheduleExpression: required(asked.ScheduleExpression, 'ScheduleExpression'),
    ...toTestingPlan(asked),
    tags: input.Tags,
  });
  refuse(RestoreTestingPlanRules.check(declaration, '', WIRE));
  const { plans } = state.restoreTests;
  const standing = plans.tryFind(caller, declaration.restoreTestingPlanName);
  if (standing !== undefined) {
    if (standing.creatorRequestId !== undefined && standing.creatorRequestId === input.CreatorRequestId) {
      return answer(standing);
    }
    // Assumed: the text.
    throw new AwsFault(
      'AlreadyExistsException',
      `Restore testing plan with the same name already exists: ${standing.name}`,
      given({ arn: standing.arn, creatorRequestId: standing.creatorRequestId }),
    );
  }
  if (plans.at(caller).length >= BackupLimits.RESTORE_TESTING_PLANS) {
    // Assumed: the text.
    throw new AwsFault(
      'LimitExceededException',
      `An account has at most ${BackupLimits.RESTORE_TESTING_PLANS} restore testing plans.`,
    );
  }
  return answer(state.restoreTests.add(declaration, input.CreatorRequestId));
}

function answer(plan: TestingPlan): CreateRestoreTestingPlanOutput {
  return {
    CreationTime: dateOf(plan.createdAt),
    RestoreTestingPlanArn: plan.arn,
    RestoreTestingPlanName: plan.name,
  };
}
