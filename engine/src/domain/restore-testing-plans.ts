/**
 * Restore testing plans with their selections.
 *
 * Owns     the plans by number, and by account, Region and name.
 * Units    `…At` are Instants.
 * Source   B9.1, B9.2.
 * Spec     restore-testing.md
 */
import { Environment, RestoreTestingPlan, RestoreTestingSelection, Schedule } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { sortedBy } from '../kernel/order';
import { Instant, NEVER } from '../kernel/instant';
import { placeOf } from './vaults';

export class TestingSelection {
  updatedAt: Instant | undefined;

  constructor(
    public declaration: RestoreTestingSelection,
    readonly createdAt: Instant,
    readonly creatorRequestId: string | undefined,
  ) {}

  get name(): string {
    return this.declaration.restoreTestingSelectionName;
  }
}

export class TestingPlan {
  private readonly standing = new Map<string, TestingSelection>();
  private current: RestoreTestingPlan;
  private schedule: Schedule;
  /** NEVER when the schedule is over, or the plan is gone. */
  dueAt: Instant = NEVER;
  lastRunAt: Instant | undefined;
  updatedAt: Instant | undefined;

  constructor(
    readonly arn: string,
    /** Number of the ARN among the names. */
    readonly arnName: number,
    /** Number of account and Region among the names. */
    readonly place: number,
    declaration: RestoreTestingPlan,
    readonly createdAt: Instant,
    readonly creatorRequestId: string | undefined,
  ) {
    this.current = declaration;
    this.schedule = scheduleOf(declaration);
  }

  get name(): string {
    return this.current.restoreTestingPlanName;
  }

  get env(): Environment {
    return this.current.env;
  }

  /** Without its selections, which are `selections()`. */
  get declaration(): RestoreTestingPlan {
    return this.current;
  }

  set declaration(declaration: RestoreTestingPlan) {
    this.current = declaration;
    this.schedule = scheduleOf(declaration);
  }

  /** By name. */
  selections(): TestingSelection[] {
    return sortedBy(this.standing.values(), ({ name }) => name);
  }

  tryFindSelection(name: string): TestingSelection | undefined {
    return this.standing.get(name);
  }

  put(selection: TestingSelection): void {
    this.standing.set(selection.name, selection);
  }

  remove(selection: TestingSelection): void {
    this.standing.delete(selection.name);
  }

  /** First run strictly after `at`; NEVER when the schedule is over. */
  nextAfter(at: Instant): Instant {
    return this.schedule.nextAfter(at) ?? NEVER;
  }
}

export class RestoreTestingPlans {
  private readonly byName = new Map<string, TestingPlan>();
  /** How many plans of a name there ever were. */
  private readonly made = new Map<string, number>();

  add(plan: TestingPlan): void {
    const key = keyOf(plan.env, plan.name);
    this.byName.set(key, plan);
    this.made.set(key, (this.made.get(key) ?? 0) + 1);
  }

  /** The ARN of the next plan of a name. */
  arnFor(env: Environment, name: string): string {
    return restoreTestingPlanArn(env, name, this.made.get(keyOf(env, name)));
  }

  remove(plan: TestingPlan): void {
    this.byName.delete(keyOf(plan.env, plan.name));
  }

  /** Names are unique in an account and Region. */
  tryFind(env: Environment, name: string): TestingPlan | undefined {
    return this.byName.get(keyOf(env, name));
  }

  /** By ARN in ascending order. */
  everywhere(): TestingPlan[] {
    return sortedBy(this.byName.values(), ({ arn }) => arn);
  }

  /** Those of an account and Region, by name. */
  at(env: Environment): TestingPlan[] {
    const here = [...this.byName.values()].filter((plan) => placeOf(plan.env) === placeOf(env));
    return sortedBy(here, ({ name }) => name);
  }
}

/**
 * ARN of a plan.
 *
 * Assumed: its id follows from place and name alone, and from how many plans of the name there were before, so that
 * artifacts can name it before it is there (decision 0003).
 */
export function restoreTestingPlanArn(env: Environment, name: string, before = 0): string {
  const { partition, account, region } = env;
  const names = [partition, account, region, name, ...(before === 0 ? [] : [String(before)])];
  const id = uuid(0, { kind: 'restore-testing-plan', names });
  return `arn:${partition}:backup:${region}:${account}:restore-testing-plan:${name}-${id}`;
}

function keyOf(env: Environment, name: string): string {
  return `${placeOf(env)}/${name}`;
}

function scheduleOf({ scheduleExpression, scheduleExpressionTimezone }: RestoreTestingPlan): Schedule {
  return Schedule.expression(scheduleExpression, scheduleExpressionTimezone);
}
