/**
 * CreateBackupPlan.
 *
 * Source   B2.1-B2.3, B1.5 (idempotency: the same document again is refused, the same name with another document makes
 *          a second plan).
 */
import type { BackupPlanInput, CreateBackupPlanInput, CreateBackupPlanOutput } from '@aws-sdk/client-backup';
import { BackupLimits, BackupPlan, BackupPlanRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { answerOf, isAt } from '../find-plan';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { fromPlan, given, toPlan } from './shapes';

export function createBackupPlan(
  state: WorldState,
  caller: Caller,
  input: CreateBackupPlanInput,
): CreateBackupPlanOutput {
  const declaration = declaredPlan(required(input.BackupPlan, 'BackupPlan'), caller, input.BackupPlanTags);
  const standing = state.ledger.plans.list().filter((plan) => isAt(plan, caller));
  const repeated = standing.find(
    (plan) => plan.creatorRequestId !== undefined && plan.creatorRequestId === input.CreatorRequestId,
  );
  if (repeated !== undefined) {
    return answerOf(repeated);
  }
  const document = JSON.stringify(fromPlan(declaration));
  const twin = standing.find((plan) => JSON.stringify(fromPlan(plan.declaration)) === document);
  if (twin !== undefined) {
    throw new AwsFault(
      'AlreadyExistsException',
      'Backup plan with the same plan document already exists',
      given({ arn: twin.arn, creatorRequestId: twin.creatorRequestId }),
    );
  }
  if (standing.length >= BackupLimits.PLANS) {
    // Assumed: the text.
    throw new AwsFault(
      'LimitExceededException',
      `An account has at most ${BackupLimits.PLANS} backup plans in a Region.`,
    );
  }
  return answerOf(state.plans.add(declaration, input.CreatorRequestId));
}

/** The document of a call, found in order. */
export function declaredPlan(
  document: BackupPlanInput,
  caller: Caller,
  tags: Readonly<Record<string, string>> | undefined,
): BackupPlan {
  const declaration = toPlan(document, caller, tags);
  refuse(
    BackupPlanRules.check(declaration, '', WIRE),
    declaration.rules.map((rule) => rule.ruleName),
  );
  return declaration;
}
