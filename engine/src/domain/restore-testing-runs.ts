/**
 * Restore tests on the agenda: plans that are due, restores that begin in their windows, validations, clean-up.
 *
 * Owns     the moves of restore testing plans, what each test came to, and how many tests of a type run at once.
 * Units    `…At` are Instants.
 * Source   B9.3, B9.2/3.
 * Spec     restore-testing.md
 */
import {
  RestoreTestingDefaults,
  RestoreTestingPlan,
  RestoreTestingSelection,
  RestoreTestingSelectionRules,
  PlainValues,
} from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { hex128 } from '../kernel/ids';
import { sortedBy } from '../kernel/order';
import { DAY, HOUR, Instant, MINUTE, minutesAfter, NEVER } from '../kernel/instant';
import { below } from '../kernel/prng';
import { canonicalTestingPlan, canonicalTestingSelection } from './canonical';
import { restorableUntil } from './continuous';
import {
  COMPLETED,
  TEST_CLEANED,
  TEST_CLEANING_FAILED,
  TEST_VALIDATED,
  TESTING_PLAN_CREATED,
  TESTING_PLAN_DELETED,
  TESTING_PLAN_RAN,
  TESTING_PLAN_UPDATED,
  TESTING_SELECTION_DELETED,
  TESTING_SELECTION_PUT,
} from './event-codes';
import { inferredMetadata, RESTORE_TEST, withOverrides } from './inferred-metadata';
import { meetFaultInRestore } from './job-faults';
import type { Ledger } from './ledger';
import { NO_REASON, TEST_METADATA_LACKING, TEST_METADATA_WRONG, TEST_NOT_STARTED, TEST_TAG_GONE } from './reasons';
import { CONTINUOUS } from './recovery-points';
import { keyFault, type Metadata } from './restore-job';
import type { RestoreJob, RestoreRuns, RestoreTest } from './restore-runs';
import { DRAW_BEGIN, DRAW_METADATA, drawOf, pointsToTest, type Tested } from './restore-testing';
import { RestoreTestingPlans, TestingPlan, TestingSelection } from './restore-testing-plans';
import { placeOf } from './vaults';
import { RETRY_MINUTES } from './waiting';

/** Source B9.3/10: tests of a type that run at once, in an account and Region. */
const MOST_AT_ONCE: Readonly<Record<string, number>> = { EBS: 100, EC2: 100, EFS: 30, S3: 30 };
const MOST_OF_OTHERS = 40;
/** Assumed: how long the deletion of what was restored takes. A bucket is emptied by a rule of one day (Source B9.3/6). */
const CLEANING = MINUTE;
const EMPTYING = DAY;
/** What model's rules find where FSx lacks what cannot be inferred (Source B9.3/8). */
const LACKING = 'restore-testing-selection-override-required';

const RESULTS = ['SUCCESSFUL', 'FAILED', 'TIMED_OUT'] as const;
export type ValidationResult = (typeof RESULTS)[number];

/** Tests of one type in one account and Region. */
interface Lane {
  running: number;
  readonly waiting: RestoreJob[];
}

export class RestoreTestingRuns {
  readonly plans = new RestoreTestingPlans();
  /** Whether somebody validates what tests restored as soon as it is there. */
  validated = false;
  private readonly toValidate: RestoreJob[] = [];
  private readonly lanes = new Map<string, Lane>();
  /** Plans by the instant at which they run next; entries of plans that were changed since find them not due. */
  private readonly due = new Map<Instant, Set<TestingPlan>>();
  private readonly dueKind: number;
  private readonly testKind: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly restores: RestoreRuns,
  ) {
    this.dueKind = ledger.turn('restore testing plans are due', () => this.plansAreDue());
    this.testKind = ledger.turn('restore test moves on', (number) => {
      this.moveOn(restores.find(number));
    });
    restores.testOver = (job, test) => {
      this.over(job, test);
    };
  }

  /** A plan that was found in order comes into being. */
  add(declaration: RestoreTestingPlan, creatorRequestId: string | undefined): TestingPlan {
    const { ledger } = this;
    const { env, restoreTestingPlanName: name } = declaration;
    const arn = this.plans.arnFor(env, name);
    const place = ledger.names.intern(placeOf(env));
    const plan = new TestingPlan(arn, ledger.names.intern(arn), place, declaration, ledger.now, creatorRequestId);
    this.plans.add(plan);
    this.declare(TESTING_PLAN_CREATED, plan, JSON.stringify(canonicalTestingPlan(declaration)));
    this.schedule(plan, ledger.now - 1);
    return plan;
  }

  update(plan: TestingPlan, declaration: RestoreTestingPlan): void {
    const { now } = this.ledger;
    plan.declaration = declaration;
    plan.updatedAt = now;
    this.declare(TESTING_PLAN_UPDATED, plan, JSON.stringify(canonicalTestingPlan(declaration)));
    // Assumed: what was changed at the very instant of a run does not run again.
    this.schedule(plan, plan.lastRunAt === now ? now : now - 1);
  }

  /** Restores that are under way go on, and are cleaned up: Assumed. */
  delete(plan: TestingPlan): void {
    this.plans.remove(plan);
    plan.dueAt = NEVER;
    this.declare(TESTING_PLAN_DELETED, plan, '');
  }

  select(plan: TestingPlan, declaration: RestoreTestingSelection, creatorRequestId?: string): TestingSelection {
    const selection = new TestingSelection(declaration, this.ledger.now, creatorRequestId);
    plan.put(selection);
    this.declare(TESTING_SELECTION_PUT, plan, JSON.stringify(canonicalTestingSelection(declaration)));
    return selection;
  }

  reselect(plan: TestingPlan, selection: TestingSelection, declaration: RestoreTestingSelection): void {
    selection.declaration = declaration;
    selection.updatedAt = this.ledger.now;
    this.declare(TESTING_SELECTION_PUT, plan, JSON.stringify(canonicalTestingSelection(declaration)));
  }

  deselect(plan: TestingPlan, selection: TestingSelection): void {
    plan.remove(selection);
    this.declare(TESTING_SELECTION_DELETED, plan, selection.name);
  }

  /** The next restore that is to be validated at this instant; when there is none, the clock may move again. */
  nextToValidate(): RestoreJob | undefined {
    const next = this.toValidate.shift();
    this.ledger.waitsForValidation = this.toValidate.length > 0;
    return next;
  }

  /** A result for a restore that is being validated: what it made is cleaned up now (Source B9.3/5, B9.3/6). */
  validate(job: RestoreJob, test: RestoreTest, result: ValidationResult, message: string | undefined): void {
    test.validationStatus = result;
    test.validationMessage = message;
    this.record(job, TEST_VALIDATED + RESULTS.indexOf(result), NO_REASON);
    this.clean(job, test);
  }

  /** With which metadata a test would restore a point. */
  metadataOf(row: number, region: string, suffix: string, draw: number): Metadata {
    const { points } = this.ledger;
    const { declaration, service } = this.ledger.resourceOf(intAt(points.series, row));
    const restorableAt = points.has(row, CONTINUOUS) ? restorableUntil(this.ledger, row) : undefined;
    const { resourceType, name } = declaration;
    return inferredMetadata({ resourceType, service: service.id, name, region, suffix, restorableAt, draw });
  }

  private schedule(plan: TestingPlan, after: Instant): void {
    plan.dueAt = plan.nextAfter(after);
    if (plan.dueAt === NEVER) {
      return;
    }
    const plans = this.due.get(plan.dueAt);
    if (plans === undefined) {
      this.due.set(plan.dueAt, new Set([plan]));
      this.ledger.agenda.push(plan.dueAt, this.dueKind, 0);
    } else {
      plans.add(plan);
    }
  }

  /** Plans that are due at one instant run in order of their ARNs, whichever was made first. */
  private plansAreDue(): void {
    const { now } = this.ledger;
    const plans = [...(this.due.get(now) ?? [])].filter(({ dueAt }) => dueAt === now);
    this.due.delete(now);
    for (const plan of sortedBy(plans, ({ arn }) => arn)) {
      this.run(plan);
      this.schedule(plan, now);
    }
  }

  /** Source B9.3/1 to B9.3/4. Assumed: the jobs of a run are made at once, and begin at moments of the window. */
  private run(plan: TestingPlan): void {
    const { ledger } = this;
    plan.lastRunAt = ledger.now;
    const tested = new Set<string>();
    for (const selection of plan.selections()) {
      for (const one of pointsToTest(ledger, plan, selection)) {
        // Source B9.3/3: one job for a resource in a run; the first selection by name, Assumed.
        if (!tested.has(one.resource.arn)) {
          tested.add(one.resource.arn);
          this.begin(plan, selection.declaration, one);
        }
      }
    }
    ledger.log.append(ledger.now, TESTING_PLAN_RAN, 0, NO_REASON, plan.arnName, plan.place, 0, tested.size, NEVER);
  }

  private begin(plan: TestingPlan, selection: RestoreTestingSelection, { resource, row }: Tested): void {
    const { ledger } = this;
    const { env } = plan;
    const names = [env.account, env.region, plan.name, selection.restoreTestingSelectionName, resource.arn];
    const suffix = hex128(ledger.seed, { kind: 'restore-test', names, at: ledger.now }).slice(0, 16);
    const draw = (purpose: number) => drawOf(ledger, plan, resource.arnName, ledger.now, purpose);
    const inferred = this.metadataOf(row, env.region, suffix, draw(DRAW_METADATA));
    const type = resource.declaration.resourceType;
    const metadata = withOverrides(type, inferred, selection.restoreMetadataOverrides ?? {});
    const windowMs = (plan.declaration.startWindowHours ?? RestoreTestingDefaults.START_WINDOW_HOURS) * HOUR;
    const test: RestoreTest = {
      planArn: plan.arn,
      beginsAt: ledger.now + below(draw(DRAW_BEGIN), windowMs),
      startBy: ledger.now + windowMs,
      validationMs: (selection.validationWindowHours ?? 0) * HOUR,
      refusal: refusalOf(selection, resource.service.id, type, metadata),
      validationStatus: undefined,
      validationMessage: undefined,
      deletionStatus: undefined,
      deletionReason: NO_REASON,
      movesAt: NEVER,
    };
    const roleArn = selection.iamRoleArn;
    const job = this.restores.begin({ row, metadata, roleArn, token: undefined, copyTags: false, env, test });
    this.wakeAt(job, test, test.beginsAt);
  }

  private wakeAt(job: RestoreJob, test: RestoreTest, instant: Instant): void {
    test.movesAt = instant;
    this.ledger.agenda.push(instant, this.testKind, job.number);
  }

  /** The moment of a test has come, or one that it had before it was given another. */
  private moveOn(job: RestoreJob): void {
    const { test } = job.request;
    if (test === undefined || this.ledger.now < test.movesAt) {
      return;
    }
    if (job.startedAt === undefined) {
      this.tryToStart(job, test);
    } else if (test.validationStatus === 'VALIDATING') {
      this.validate(job, test, 'TIMED_OUT', undefined);
    } else if (test.deletionStatus === 'DELETING') {
      this.cleaned(job, test);
    }
  }

  private tryToStart(job: RestoreJob, test: RestoreTest): void {
    if (this.ledger.now >= test.startBy) {
      this.restores.fail(job, TEST_NOT_STARTED);
      return;
    }
    // What a fault keeps from beginning looks again for as long as its window is open.
    if (this.ledger.faults.active !== 0 && meetFaultInRestore(this.ledger, job)?.waits === true) {
      this.wakeAt(job, test, Math.min(minutesAfter(this.ledger.now, RETRY_MINUTES), test.startBy));
      return;
    }
    const lane = this.laneOf(job);
    if (lane.running >= (MOST_AT_ONCE[job.resourceType] ?? MOST_OF_OTHERS)) {
      lane.waiting.push(job);
      this.wakeAt(job, test, test.startBy);
      return;
    }
    this.start(job, test, lane);
  }

  private start(job: RestoreJob, test: RestoreTest, lane: Lane): void {
    test.movesAt = NEVER;
    if (test.refusal !== NO_REASON) {
      this.restores.fail(job, test.refusal);
    } else if (this.restores.run(job)) {
      lane.running++;
    }
  }

  /** A test that had begun is over: another may begin. */
  private over(job: RestoreJob, test: RestoreTest): void {
    const lane = this.laneOf(job);
    lane.running--;
    const most = MOST_AT_ONCE[job.resourceType] ?? MOST_OF_OTHERS;
    for (let next = lane.waiting.shift(); next !== undefined; next = lane.waiting.shift()) {
      if (next.completedAt === undefined && next.request.test !== undefined) {
        this.start(next, next.request.test, lane);
        if (lane.running >= most) {
          break;
        }
      }
    }
    if (job.state !== COMPLETED) {
      return;
    }
    if (test.validationMs === 0) {
      // Source B9.2/3: nothing is waited for. Assumed: the job shows no validation then.
      this.clean(job, test);
      return;
    }
    test.validationStatus = 'VALIDATING';
    this.wakeAt(job, test, this.ledger.now + test.validationMs);
    if (this.validated) {
      this.toValidate.push(job);
      this.ledger.waitsForValidation = true;
    }
  }

  private clean(job: RestoreJob, test: RestoreTest): void {
    test.deletionStatus = 'DELETING';
    this.wakeAt(job, test, this.ledger.now + (job.resourceType === 'S3' ? EMPTYING : CLEANING));
  }

  /** Source B9.3/6: what lost its tag is not deleted. What somebody deleted before is gone, too: Assumed. */
  private cleaned(job: RestoreJob, test: RestoreTest): void {
    const { resources } = this.ledger;
    test.movesAt = NEVER;
    const made = resources.tryFind(job.target.arn);
    if (made !== undefined && made.declaration.tags?.[RESTORE_TEST] === undefined) {
      test.deletionStatus = 'FAILED';
      test.deletionReason = TEST_TAG_GONE;
      this.record(job, TEST_CLEANING_FAILED, TEST_TAG_GONE);
      return;
    }
    if (made !== undefined) {
      resources.remove(made);
      this.ledger.content?.gone(made);
      this.ledger.meter?.provisioned(made);
    }
    test.deletionStatus = 'SUCCESSFUL';
    this.record(job, TEST_CLEANED, NO_REASON);
  }

  private laneOf({ vault, resourceType }: RestoreJob): Lane {
    const key = `${placeOf(vault.made.env)} ${resourceType}`;
    const lane = this.lanes.get(key) ?? { running: 0, waiting: [] };
    this.lanes.set(key, lane);
    return lane;
  }

  private declare(code: number, plan: TestingPlan, what: string): void {
    this.ledger.declare(code, plan.arn, plan.place, what, 0, NEVER);
  }

  private record(job: RestoreJob, code: number, reason: number): void {
    const { ledger } = this;
    ledger.settle();
    const id = ledger.names.intern(job.id);
    ledger.log.append(ledger.now, code, 0, reason, job.resource.arnName, job.vault.arnName, id, 0, NEVER);
  }
}

export function isResult(status: string): status is ValidationResult {
  return RESULTS.some((result) => result === status);
}

/** Why a test cannot restore, whatever the World is like. */
function refusalOf(selection: RestoreTestingSelection, service: string, type: string, metadata: Metadata): number {
  const lacks = RestoreTestingSelectionRules.check({ ...selection, services: [service] }, '', new PlainValues());
  return lacks.some(({ rule }) => rule === LACKING)
    ? TEST_METADATA_LACKING
    : keyFault(type, metadata) === undefined
      ? NO_REASON
      : TEST_METADATA_WRONG;
}
