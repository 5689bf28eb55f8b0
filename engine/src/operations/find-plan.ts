/**
 * The plan, and the selection, that a call names; and what AWS shows of a plan.
 *
 * Pure: reads the World.
 * Source   B1.5: a plan that is not there is an InvalidParameterValueException.
 */
import type { BackupPlan as PlanShape, BackupPlansListMember, CreateBackupPlanOutput } from '@aws-sdk/client-backup';
import type { Plan, StandingSelection } from '../domain/plans';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { fromPlan, given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The present version of a plan of the caller's account and Region. */
export function findPlan(state: WorldState, caller: Caller, id: string | undefined): Plan {
  const wanted = required(id, 'BackupPlanId');
  const plan = state.ledger.plans.tryFind(wanted);
  if (plan === undefined || !isAt(plan, caller)) {
    throw new AwsFault('InvalidParameterValueException', `Cannot find Backup plan with ID ${wanted}`);
  }
  return plan;
}

/** Source B11.1/8: nobody in the account changes a plan of the organization. The text is Assumed. */
export function findOwnPlan(state: WorldState, caller: Caller, id: string | undefined): Plan {
  const plan = findPlan(state, caller, id);
  if (plan.management !== undefined) {
    throw new AwsFault('InvalidRequestException', `Backup plan ${plan.id} is managed by an organization.`);
  }
  return plan;
}

/** Any version of a plan, of a deleted one too; the last one unless another is named. */
export function findVersion(state: WorldState, caller: Caller, id: string | undefined, version?: string): Plan {
  const wanted = required(id, 'BackupPlanId');
  const versions = state.ledger.plans.versionsOf(wanted).filter((plan) => isAt(plan, caller));
  const found = version === undefined ? versions.at(-1) : versions.find(({ versionId }) => versionId === version);
  if (found === undefined) {
    const which = versions.length === 0 ? '' : ` in version ${version}`;
    throw new AwsFault('InvalidParameterValueException', `Cannot find Backup plan with ID ${wanted}${which}`);
  }
  return found;
}

/** Assumed: the text. */
export function findSelection(plan: Plan, id: string | undefined): StandingSelection {
  const wanted = required(id, 'SelectionId');
  const selection = plan.selections.find((one) => one.id === wanted);
  if (selection === undefined) {
    throw new AwsFault('InvalidParameterValueException', `Cannot find Backup selection with ID ${wanted}`);
  }
  return selection;
}

export function isAt({ declaration: { env } }: Plan, caller: Caller): boolean {
  return env.partition === caller.partition && env.account === caller.account && env.region === caller.region;
}

/** A plan, or a version of one, as lists have it. */
export function showPlan(plan: Plan): BackupPlansListMember {
  return given({
    BackupPlanArn: plan.arn,
    BackupPlanId: plan.id,
    BackupPlanName: plan.declaration.backupPlanName,
    CreationDate: dateOf(plan.createdAt),
    DeletionDate: toDate(plan.deletedAt),
    LastExecutionDate: toDate(plan.lastExecutedAt),
    VersionId: plan.versionId,
    CreatorRequestId: plan.creatorRequestId,
  });
}

/** The stored form: the document with the ids of its rules (Source B1.3). */
export function documentOf(plan: Plan): PlanShape {
  const shape = fromPlan(plan.declaration);
  const rules = (shape.Rules ?? []).map((rule, index) => ({ ...rule, RuleId: plan.rules[index]?.id }));
  return { ...shape, Rules: rules } as PlanShape;
}

/** What a call that makes a plan, or a version of one, is answered with. */
export function answerOf(plan: Plan): CreateBackupPlanOutput {
  return given({
    BackupPlanId: plan.id,
    BackupPlanArn: plan.arn,
    CreationDate: dateOf(plan.createdAt),
    VersionId: plan.versionId,
    AdvancedBackupSettings: fromPlan(plan.declaration).AdvancedBackupSettings,
  });
}
