/**
 * Restore testing plans to the operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { RestoreTestingPlan } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { createRestoreTestingPlan } from '../operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../operations/backup/create-restore-testing-selection';
import { given } from '../operations/backup/shapes';
import { fromTestingPlan, fromTestingSelection } from '../operations/restore-testing';
import { call, compare } from './deploy-call';

export function deployRestoreTesting(state: WorldState, plan: RestoreTestingPlan): void {
  const { env, restoreTestingPlanName: name } = plan;
  const declaredAt = plan.declaredAt ?? name;
  const input = given({ RestoreTestingPlan: fromTestingPlan(plan), Tags: plan.tags });
  call(declaredAt, 'CreateRestoreTestingPlan', () => createRestoreTestingPlan(state, env, input));
  const selections = [...(plan.selections ?? [])].sort((a, b) =>
    compare(a.restoreTestingSelectionName, b.restoreTestingSelectionName),
  );
  for (const selection of selections) {
    const RestoreTestingSelection = fromTestingSelection(selection);
    call(
      selection.declaredAt ?? `${declaredAt}/${selection.restoreTestingSelectionName}`,
      'CreateRestoreTestingSelection',
      () => createRestoreTestingSelection(state, env, { RestoreTestingPlanName: name, RestoreTestingSelection }),
    );
  }
}
