/**
 * Plans come, change and go, and their rules come due.
 *
 * Owns     the moves of plans; `Plans` holds them.
 * Source   B2.3/8, B2.6, B3.4.
 * Spec     plans.md
 */
import type { BackupPlan } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { type Instant, NEVER } from '../kernel/instant';
import type { BackupRuns } from './backup-runs';
import { canonicalRule } from './canonical';
import { PLAN_CREATED, PLAN_DELETED, PLAN_UPDATED, RUN_DUE, RUN_SUPPRESSED } from './event-codes';
import { type Ledger, RULE_IS_DUE } from './ledger';
import { makePlan } from './plan-making';
import type { Plan, PlanManagement, Rule } from './plans';
import type { Resource } from './protected-resources';
import { NO_REASON, RUN_SUPPRESSED_BY_LONGER } from './reasons';
import { targetsOf } from './rule-targets';
import { planRoster } from './selections';

/** `suppressedBy` answers it for a run that is kept. */
const KEPT = -1;

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
      this.due(rule);
    }
  }

  /** Puts the next run of a rule after `after` on the agenda. */
  private schedule(rule: Rule, after: Instant): void {
    const next = rule.nextAfter(after);
    if (next !== undefined) {
      this.ledger.agenda.push(next, RULE_IS_DUE, rule.number);
    }
  }

  /** A rule is due: one job for each resource of its plan, unless a longer rule runs instead. */
  private due(rule: Rule): void {
    const { ledger } = this;
    const { now, log } = ledger;
    const { plan, origin } = rule;
    if (plan.removed) {
      return;
    }
    const roster = planRoster(this.ledger, plan);
    const series = targetsOf(ledger, rule, roster);
    const suppressor = plan.runs.suppressedBy(rule.index, now, false);
    const suppressorOfPitr = plan.runs.suppressedBy(rule.index, now, true);
    const planName = ledger.names.intern(plan.arn);
    log.append(now, RUN_DUE, 0, NO_REASON, planName, plan.place, origin.name, roster.length, NEVER);
    if (suppressor === KEPT || suppressorOfPitr === KEPT) {
      plan.lastExecutedAt = now;
    }
    if (suppressor !== KEPT || suppressorOfPitr !== KEPT) {
      log.append(now, RUN_SUPPRESSED, 0, RUN_SUPPRESSED_BY_LONGER, planName, plan.place, origin.name, 0, NEVER);
    }
    const origins = plan.selections.map(({ declaration }) => ledger.origins.forRole(origin, declaration.iamRoleArn));
    for (let i = 0; i < roster.length; i++) {
      const resource = roster[i] as Resource;
      const picked = origins[intAt(plan.pickers, i)] ?? origin;
      if ((resource.pitr ? suppressorOfPitr : suppressor) === KEPT) {
        this.backups.begin(resource, intAt(series, i), picked, ledger.jitter?.delayOf(intAt(series, i), picked));
      }
    }
    this.schedule(rule, now);
  }

  private declare(code: number, plan: Plan, count: number, state: 'CREATED' | 'MODIFIED'): void {
    const { ledger } = this;
    const rules = JSON.stringify([...plan.rules].sort(inOrder).map((rule) => canonicalRule(rule.declaration)));
    ledger.declare(code, plan.arn, plan.place, rules, count, NEVER);
    ledger.tell({ kind: 'plan', plan, state });
    for (const rule of plan.rules) {
      // A rule that fires at this very instant runs: the plan is there just before.
      this.schedule(rule, ledger.now - 1);
    }
  }
}

/** Rules of one plan by name: to Terraform they are a set, so that their order in the document says nothing but ties. */
function inOrder(a: Rule, b: Rule): number {
  const [one, other] = [a.declaration.ruleName, b.declaration.ruleName];
  return one === other ? a.index - b.index : one < other ? -1 : 1;
}
