/**
 * GetBackupPlan.
 *
 * Source   B2.6/1, B2.6/2 (versions, deleted plans), B2.2/6 (coming runs).
 * Gaps     DeleteAfterEvent of a lifecycle is never there: points have it, plans do not.
 */
import type { GetBackupPlanInput, GetBackupPlanOutput, ScheduledPlanExecutionMember } from '@aws-sdk/client-backup';
import type { Plan } from '../../domain/plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf, Instant } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { documentOf, findVersion } from '../find-plan';
import { fromPlan, given, toDate } from './shapes';

const MOST_RUNS = 10;
/** Runs that are suppressed are passed over; a rule whose every run is, is given up after as many. */
const MOST_LOOKS = 1000;

export function getBackupPlan(state: WorldState, caller: Caller, input: GetBackupPlanInput): GetBackupPlanOutput {
  const plan = findVersion(state, caller, input.BackupPlanId, input.VersionId);
  const count = input.MaxScheduledRunsPreview ?? 0;
  if (!Number.isInteger(count) || count < 0 || count > MOST_RUNS) {
    throw new AwsFault(
      'InvalidParameterValueException',
      `MaxScheduledRunsPreview must be 0 to ${MOST_RUNS}, got ${count}`,
    );
  }
  return given({
    BackupPlan: documentOf(plan),
    BackupPlanId: plan.id,
    BackupPlanArn: plan.arn,
    VersionId: plan.versionId,
    CreatorRequestId: plan.creatorRequestId,
    CreationDate: dateOf(plan.createdAt),
    DeletionDate: toDate(plan.deletedAt),
    LastExecutionDate: toDate(plan.lastExecutedAt),
    AdvancedBackupSettings: fromPlan(plan.declaration).AdvancedBackupSettings,
    ScheduledRunsPreview: count === 0 || plan.removed ? undefined : preview(plan, state.now, count),
  });
}

function preview(plan: Plan, now: Instant, count: number): ScheduledPlanExecutionMember[] {
  return plan.rules
    .flatMap((rule) => {
      const runs: { readonly at: Instant; readonly member: ScheduledPlanExecutionMember }[] = [];
      let at = rule.nextAfter(now);
      for (let looks = 0; at !== undefined && runs.length < count && looks < MOST_LOOKS; looks++) {
        if (plan.runs.suppressedBy(rule.index, at, false) < 0) {
          const continuous = rule.declaration.enableContinuousBackup === true;
          const member = {
            ExecutionTime: dateOf(at),
            RuleId: rule.id,
            RuleExecutionType: continuous ? ('CONTINUOUS_AND_SNAPSHOTS' as const) : ('SNAPSHOTS' as const),
          };
          runs.push({ at, member });
        }
        at = rule.nextAfter(at);
      }
      return runs;
    })
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ member }) => member);
}
