/**
 * Backup plans with their rules and selections.
 *
 * Owns     the plans by number and by id, and for each which resources its selections come to.
 * Units    `…At` are Instants.
 * Source   B1.3, B2.1, B3.4/1.
 * Spec     plans.md, selections.md
 */
import { BackupPlan, BackupRule, BackupSelection, Environment, PlanRuns } from '@holdfast/model';
import { Instant, NEVER } from '../kernel/instant';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';

export class Rule {
  /** Series of each resource of the plan's roster in the rule's vaults, in the roster's order. */
  series = new Int32Array(0);
  /** The roster that `series` was made for. */
  seriesVersion = -1;
  origin!: Origin;
  /** Number among the rules of all plans, given as it joins its plan. */
  number!: number;

  constructor(
    readonly plan: Plan,
    readonly index: number,
    readonly declaration: BackupRule,
    readonly id: string,
  ) {}

  /** First run strictly after `at`; undefined when the schedule is over. */
  nextAfter(at: Instant): Instant | undefined {
    return this.plan.runs.nextAfter(this.index, at);
  }
}

export interface StandingSelection {
  readonly id: string;
  readonly declaration: BackupSelection;
  readonly createdAt: Instant;
  readonly creatorRequestId: string | undefined;
}

/** What makes a plan an organization's, which the account can neither change nor delete (Source B11.1/8). */
export interface PlanManagement {
  /** `orgs/…` */
  readonly planId: string;
  /** Whose opt-in settings count (Source B3.3/6). */
  readonly optIn: Environment;
  readonly selections: readonly BackupSelection[];
}

export class Plan {
  readonly rules: Rule[] = [];
  readonly selections: StandingSelection[] = [];
  readonly runs: PlanRuns;
  /** What the selections come to, by ARN in ascending order; valid for `rosterVersion`. */
  roster: Resource[] = [];
  /** For each of them the number of the first selection that picks it. */
  pickers = new Int32Array(0);
  rosterVersion = -1;
  /** Its rules come up no more. */
  removed = false;
  /** 1 for the first version. */
  revision = 1;
  /** NEVER unless DeleteBackupPlan was called. */
  deletedAt: Instant = NEVER;
  /** When a rule of it, or of the version before, last ran; NEVER when none did. */
  lastExecutedAt: Instant = NEVER;
  /** How many selections of the plan were deleted: their ids are not used again. */
  deletedSelections = 0;

  constructor(
    readonly id: string,
    readonly arn: string,
    readonly versionId: string,
    readonly declaration: BackupPlan,
    readonly createdAt: Instant,
    readonly creatorRequestId: string | undefined,
    /** Number of account and Region among the names. */
    readonly place: number,
    /** Undefined for a plan of the account's own. */
    readonly management: PlanManagement | undefined = undefined,
  ) {
    this.runs = new PlanRuns(declaration.rules, createdAt);
  }
}

export class Plans {
  private readonly all: Plan[] = [];
  private readonly byId = new Map<string, Plan>();
  private readonly rules: Rule[] = [];
  /** Versions that were followed by another, and deleted plans, by id; oldest first. */
  private readonly past = new Map<string, Plan[]>();

  add(plan: Plan): void {
    this.all.push(plan);
    this.byId.set(plan.id, plan);
  }

  /** Goes before another version of it joins. */
  remove(plan: Plan): void {
    plan.removed = true;
    this.all.splice(this.all.indexOf(plan), 1);
    this.byId.delete(plan.id);
  }

  /** Takes a version away that can still be read. */
  retire(plan: Plan): void {
    this.remove(plan);
    this.past.set(plan.id, [...(this.past.get(plan.id) ?? []), plan]);
  }

  /** Every version of a plan, oldest first; empty when there never was one. */
  versionsOf(id: string): Plan[] {
    const standing = this.byId.get(id);
    return [...(this.past.get(id) ?? []), ...(standing === undefined ? [] : [standing])];
  }

  /** Plans that were deleted, in their last version: it alone was standing then. */
  deleted(): Plan[] {
    return [...this.past.values()].flat().filter(({ deletedAt }) => deletedAt < NEVER);
  }

  addRule(rule: Rule): void {
    rule.number = this.rules.push(rule) - 1;
    rule.plan.rules.push(rule);
  }

  tryFind(id: string): Plan | undefined {
    return this.byId.get(id);
  }

  rule(number: number): Rule {
    const rule = this.rules[number];
    if (rule === undefined) {
      throw new Error(`no rule ${number} among ${this.rules.length}`);
    }
    return rule;
  }

  list(): readonly Plan[] {
    return this.all;
  }
}
