/**
 * UpdateBackupPlan.
 *
 * Source   B2.6/1, B2.3/8: the whole document is replaced, for the runs from now on; B2.1/1 (2,000 versions).
 */
import type { UpdateBackupPlanInput, UpdateBackupPlanOutput } from '@aws-sdk/client-backup';
import { BackupLimits, BackupPlanRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { answerOf, findOwnPlan } from '../find-plan';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { toPlan } from './shapes';

export function updateBackupPlan(
  state: WorldState,
  caller: Caller,
  input: UpdateBackupPlanInput,
): UpdateBackupPlanOutput {
  const before = findOwnPlan(state, caller, input.BackupPlanId);
  const declaration = toPlan(required(input.BackupPlan, 'BackupPlan'), before.declaration.env, before.declaration.tags);
  refuse(
    BackupPlanRules.check(declaration, '', WIRE),
    declaration.rules.map((rule) => rule.ruleName),
  );
  if (before.revision >= BackupLimits.PLAN_VERSIONS) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `A backup plan has at most ${BackupLimits.PLAN_VERSIONS} versions.`);
  }
  return answerOf(state.plans.update(before, declaration));
}
