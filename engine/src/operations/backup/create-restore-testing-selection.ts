/**
 * CreateRestoreTestingSelection.
 *
 * Source   B9.2, 15 (30 selections of a plan); B1.5 (a repeated request is answered with what the first one made).
 */
import type { CreateRestoreTestingSelectionInput, CreateRestoreTestingSelectionOutput } from '@aws-sdk/client-backup';
import { BackupLimits, RestoreTestingSelectionRules } from '@holdfast/model';
import type { TestingPlan, TestingSelection } from '../../domain/restore-testing-plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { findTestingPlan, toTestingSelection } from '../restore-testing';
import { given } from './shapes';

export function createRestoreTestingSelection(
  state: WorldState,
  caller: Caller,
  input: CreateRestoreTestingSelectionInput,
): CreateRestoreTestingSelectionOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  const declaration = toTestingSelection(required(input.RestoreTestingSelection, 'RestoreTestingSelection'));
  refuse(RestoreTestingSelectionRules.check(declaration, '', WIRE));
  const standing = plan.tryFindSelection(declaration.restoreTestingSelectionName);
  if (standing !== undefined) {
    if (standing.creatorRequestId !== undefined && standing.creatorRequestId === input.CreatorRequestId) {
      return answer(plan, standing);
    }
    // Assumed: the text.
    throw new AwsFault(
      'AlreadyExistsException',
      `Restore testing selection with the same name already exists: ${standing.name}`,
      given({ arn: plan.arn, creatorRequestId: standing.creatorRequestId }),
    );
  }
  if (plan.selections().length >= BackupLimits.RESTORE_TESTING_SELECTIONS) {
    // Assumed: the text.
    throw new AwsFault(
      'LimitExceededException',
      `A restore testing plan has at most ${BackupLimits.RESTORE_TESTING_SELECTIONS} restore testing selections.`,
    );
  }
  return answer(plan, state.restoreTests.select(plan, declaration, input.CreatorRequestId));
}

function answer(plan: TestingPlan, selection: TestingSelection): CreateRestoreTestingSelectionOutput {
  return {
    CreationTime: dateOf(selection.createdAt),
    RestoreTestingPlanArn: plan.arn,
    RestoreTestingPlanName: plan.name,
    RestoreTestingSelectionName: selection.name,
  };
}
