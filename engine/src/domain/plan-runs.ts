/**
 * Plans come, change and go, and their rules come due.
 *
 * Owns     the moves of plans; `Plans` holds them.
 * Source   B2.3/8, B2.6.
 * Spec     plans.md
 */
import type { BackupPlan } from '@holdfast/model';
import { NEVER } from '../kernel/instant';
import type { BackupRuns } from './backup-runs';
import { canonicalRule } from './canonical';
import { PLAN_CREATED, PLAN_DELETED, PLAN_UPDATED } from './event-codes';
import type { Ledger } from './ledger';
import { makePlan } from './plan-making';
import type { Plan, PlanManagement, Rule } from './plans';

export class PlanRuns {
  constructor(
    private readonly ledger: Ledger,
    private readonly backups: BackupRuns,
  ) {}

  /** A plan that was found in order comes into being. */
  add(declaration: BackupPlan, creatorRequestId: string | undefined, management?: PlanManagement): Plan {
    const plan = makePlan(this.ledger, declaration, creatorRequestId, management);
    this.declare(PLAN_CREATED, plan, declaration.rules.length, 'CREATED');
    return plan;
  }

  /** Another document takes the place of a plan's, for the runs from now on (Source B2.3/8). */
  update(before: Plan, declaration: BackupPlan): Plan {
    const plan = makePlan(this.ledger, declaration, before.creatorRequestId, undefined, before);
    this.declare(PLAN_UPDATED, plan, plan.revision, 'MODIFIED');
    return plan;
  }

  /** A plan without selections goes; what it made stays (Source B2.6/2, B5.2/8). */
  delete(plan: Plan): void {
    const { ledger } = this;
    plan.deletedAt = ledger.now;
    ledger.plans.retire(plan);
    ledger.declare(PLAN_DELETED, plan.arn, plan.place, '', 0, NEVER);
    ledger.tell({ kind: 'plan', plan, state: 'DELETED' });
  }

  /** Rules that are due at one instant run in canonical order, whichever plan was made first. */
  rulesAreDue(first: number): void {
    const { agenda, plans, now } = this.ledger;
    const due: Rule[] = [plans.rule(first)];
    while (agenda.next(now + 1)) {
      due.push(plans.rule(agenda.subject));
    }
    due.sort((a, b) => (a.plan.arn === b.plan.arn ? inOrder(a, b) : a.plan.arn < b.plan.arn ? -1 : 1));
    for (const rule of due) {
      this.backups.due(rule);
    }
  }

  private declare(code: number, plan: Plan, count: number, state: 'CREATED' | 'MODIFIED'): void {
    const { ledger } = this;
    const rules = JSON.stringify([...plan.rules].sort(inOrder).map((rule) => canonicalRule(rule.declaration)));
    ledger.declare(code, plan.arn, plan.place, rules, count, NEVER);
    ledger.tell({ kind: 'plan', plan, state });
    for (const rule of plan.rules) {
      // A rule that fires at this very instant runs: the plan is there just before.
      this.backups.schedule(rule, ledger.now - 1);
    }
  }
}

/** Rules of one plan by name: to Terraform they are a set, so that their order in the document says nothing but ties. */
function inOrder(a: Rule, b: Rule): number {
  const [one, other] = [a.declaration.ruleName, b.declaration.ruleName];
  return one === other ? a.index - b.index : one < other ? -1 : 1;
}
