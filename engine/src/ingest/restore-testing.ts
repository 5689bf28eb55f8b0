/**
 * Restore testing plans, put together from plans and selections that are declared apart.
 *
 * Owns     the parts of one run over all artifacts.
 * Assumed  What cannot be read of them is left out and listed: nothing of it decides what is backed up.
 */
import type { Environment, RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';
import type { NotRead } from './artifact';
import type { PartPlace } from './listeners';

interface Part {
  readonly of: string;
  readonly selection: RestoreTestingSelection;
  readonly place: PartPlace;
}

export class RestoreTestingDeclarations {
  private readonly plans = new Map<string, RestoreTestingPlan>();
  private readonly parts: Part[] = [];

  addPlan(plan: RestoreTestingPlan): void {
    this.plans.set(keyOf(plan.env, plan.restoreTestingPlanName), plan);
  }

  addSelection(env: Environment, planName: string, selection: RestoreTestingSelection, place: PartPlace): void {
    this.parts.push({ of: keyOf(env, planName), selection, place });
  }

  /** The plans with their selections, and the selections of plans that are in no artifact. */
  together(): { readonly plans: RestoreTestingPlan[]; readonly notRead: NotRead[] } {
    const notRead: NotRead[] = [];
    for (const { of, selection, place } of this.parts) {
      const plan = this.plans.get(of);
      if (plan === undefined) {
        notRead.push({ ...place, reason: 'the restore testing plan that it names is not among the artifacts' });
      } else {
        this.plans.set(of, { ...plan, selections: [...(plan.selections ?? []), selection] });
      }
    }
    return { plans: [...this.plans.values()], notRead };
  }
}

function keyOf({ partition, account, region }: Environment, name: string): string {
  return [partition, account, region, name].join('/');
}
