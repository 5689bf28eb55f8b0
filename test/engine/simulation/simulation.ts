// One seed from its World to its quiet end, with every invariant checked after every step.
import type { Environment } from '@holdfast/model';
import { deploy } from '../../../engine/src/ingest/deploy';
import { WorldState } from '../../../engine/src/domain/world-state';
import { Action, actionsOf, callOf, Happening, happeningOf } from './actions';
import { readFault } from '../../../engine/src/ingest/read-fault';
import { plansIn, selectionsOf } from './actions-plans';
import { testingPlansIn } from './actions-tests';
import { Answered, Call, make } from './call';
import { Draw } from './draw';
import { DAY } from './facts';
import { Checker, Violation } from './invariants';
import { listingsOf } from './listings';
import { RandomWorld, worldOf } from './random-world';
import { readingOf, Snapshot, snapshotOf } from './snapshot';
import { Entry, entryOf, FaultSeen, Opening, Step } from './steps';

export interface Options {
  /** Numbers of actions that nobody takes. */
  readonly without?: ReadonlySet<number>;
  /** Has every step handed over, for tests that break a history. */
  readonly onStep?: (step: Step) => void;
  /** Has the World changed before it begins, for tests that break the engine. */
  readonly prepare?: (state: WorldState) => void;
}

export interface Outcome {
  readonly seed: number;
  readonly opening: Opening;
  readonly actions: readonly Action[];
  /** What operators did, in order. */
  readonly calls: readonly {
    readonly at: number;
    readonly number: number;
    readonly what: string;
    readonly call: Answered;
  }[];
  /** What happened beside calls: resources that changed, and faults. */
  readonly happenings: readonly { readonly at: number; readonly what: string }[];
  /** Of the first step that broke anything, after which the run ends. */
  readonly violations: readonly Violation[];
  readonly digest: string;
  readonly steps: number;
}

/** Longer than the longest window and whatever may queue for a resource. */
const QUIET_DAYS = 21;
const STEPS_BETWEEN_LISTINGS = 16;

export function simulate(seed: number, options: Options = {}): Outcome {
  const world = worldOf(seed);
  const simulation = new Simulation(world, options);
  const actions = actionsOf(world).filter(({ number }) => options.without?.has(number) !== true);
  simulation.run(actions);
  const { opening, calls, happenings, violations, count } = simulation;
  return { seed, opening, actions, calls, happenings, violations, digest: simulation.digest(), steps: count };
}

class Simulation {
  readonly opening: Opening;
  readonly calls: { at: number; number: number; what: string; call: Answered }[] = [];
  readonly happenings: { at: number; what: string }[] = [];
  violations: readonly Violation[] = [];
  count = 0;
  private readonly state: WorldState;
  private readonly checker: Checker;
  private readonly draw: Draw;
  private readonly onStep: Options['onStep'];
  private entries: Entry[] = [];
  private readonly faults: FaultSeen[] = [];
  /** Every resource that there ever was. */
  private readonly resources = new Set<string>();
  private snapshot: Snapshot;

  constructor(
    private readonly world: RandomWorld,
    options: Options,
  ) {
    const { start, seed, enforceIam, estate } = world;
    this.onStep = options.onStep;
    this.draw = new Draw(seed, 'listings');
    this.state = new WorldState({ start, seed, enforceIam, stepLimit: 100_000 });
    deploy(this.state, estate);
    this.state.ledger.observers.add((change) => {
      const entry = entryOf(this.state, change);
      if (entry !== undefined) {
        this.entries.push(entry);
      }
    });
    options.prepare?.(this.state);
    this.snapshot = this.look();
    this.opening = { world, snapshot: this.snapshot };
    this.checker = new Checker(this.opening);
  }

  digest(): string {
    return this.state.digest();
  }

  run(actions: readonly Action[]): void {
    try {
      for (const action of actions) {
        this.advance(action.at, false);
        this.act(action);
      }
      this.advance(this.world.start + this.world.days * DAY, false);
      this.end();
    } catch (error) {
      if (!(error instanceof Stop)) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.violations = [{ invariant: 'the-engine-does-not-fail', step: this.count, at: this.state.now, text }];
      }
    }
  }

  /** Plans go, days pass, and nothing may be left under way. */
  private end(): void {
    const { state, world } = this;
    this.step('all plans go, and all faults', false, () => {
      for (const fault of state.ledger.faults.list()) {
        state.faults.clear(fault);
      }
      for (const plan of plansIn({ state, world })) {
        for (const SelectionId of selectionsOf(state, plan)) {
          this.remove(plan.env, 'DeleteBackupSelection', { BackupPlanId: plan.id, SelectionId });
        }
        this.remove(plan.env, 'DeleteBackupPlan', { BackupPlanId: plan.id });
      }
      for (const { env, name: RestoreTestingPlanName, selections } of testingPlansIn({ state, world })) {
        for (const RestoreTestingSelectionName of selections) {
          this.remove(env, 'DeleteRestoreTestingSelection', { RestoreTestingPlanName, RestoreTestingSelectionName });
        }
        this.remove(env, 'DeleteRestoreTestingPlan', { RestoreTestingPlanName });
      }
      return undefined;
    });
    this.advance(state.now + QUIET_DAYS * DAY, true);
  }

  private remove(caller: Environment, operation: string, input: Call['input']): void {
    const { fault } = make(this.state, { caller, service: 'backup', operation, input });
    if (fault !== undefined) {
      throw new Error(`${operation} at the end: ${fault.message}`);
    }
  }

  private advance(to: number, quiet: boolean): void {
    if (to > this.state.now) {
      this.step('the clock moves', quiet, () => {
        this.state.runUntil(to);
        return undefined;
      });
    }
  }

  private act(action: Action): void {
    const { state, world, snapshot } = this;
    const scene = { state, world, snapshot, jobs: this.checker.jobs() };
    const happening = happeningOf(action, scene);
    if (happening !== undefined) {
      this.step(happening.what, false, () => {
        this.happen(happening);
        return undefined;
      });
      return;
    }
    const call = callOf(action, scene);
    if (call !== undefined) {
      this.call(call, action.kind.name, action.number);
    }
  }

  private happen(happening: Happening): void {
    const { state } = this;
    const { resource, fault: given } = happening;
    const told = JSON.stringify(given ?? [resource?.arn, resource?.sizeGiB, resource?.tags, resource?.state]);
    this.happenings.push({ at: state.now, what: `${happening.what}: ${told}` });
    if (happening.resource !== undefined) {
      state.addResource(happening.resource);
    }
    if (happening.fault !== undefined) {
      const { fault, from, to } = readFault(happening.fault, 'simulation', '', state.now);
      state.faults.add(fault, from, to);
      this.faults.push({ fault, from, to });
    }
  }

  private call(call: Call, what: string, number: number): void {
    const happen = (): Answered => {
      const answered = make(this.state, call);
      this.calls.push({ at: this.state.now, number, what, call: answered });
      return answered;
    };
    this.step(what, false, happen, true);
  }

  private step(what: string, quiet: boolean, happen: () => Answered | undefined, isCall = false): void {
    const { state, world, snapshot: before } = this;
    const from = state.now;
    this.entries = [];
    const sent = state.services.messaging.deliveries.list().length;
    const reading = isCall ? readingOf(state, world.places) : '';
    const call = happen();
    const refused = call?.fault === undefined ? undefined : { before: reading, after: readingOf(state, world.places) };
    const after = this.look();
    this.snapshot = after;
    const number = this.count++;
    const listings = quiet || number % STEPS_BETWEEN_LISTINGS === 0 ? this.listings() : [];
    const { entries } = this;
    const deliveries = state.services.messaging.deliveries.list().slice(sent);
    const step: Step = {
      faults: [...this.faults],
      deliveries,
      number,
      from,
      to: state.now,
      what,
      call,
      entries,
      before,
      after,
      refused,
      listings,
      quiet,
    };
    this.onStep?.(step);
    this.violations = this.checker.check(step);
    if (this.violations.length > 0) {
      throw new Stop();
    }
  }

  private look(): Snapshot {
    for (const { arn } of this.state.resources) {
      this.resources.add(arn);
    }
    return snapshotOf(this.state, this.world.places, this.resources);
  }

  private listings(): Step['listings'] {
    const env = this.draw.pick(this.world.places);
    const vaults = this.snapshot.vaults
      .filter(({ BackupVaultArn }) => BackupVaultArn?.includes(`:${env.region}:${env.account}:`))
      .map(({ BackupVaultName }) => BackupVaultName ?? '');
    const resources = this.state.resources.filter((one) => one.env === env).map(({ arn }) => arn);
    return listingsOf(this.state, env, vaults, resources.slice(0, 2), this.draw.between(1, 7));
  }
}

/** Ends a run at the first step that breaks something. */
class Stop extends Error {}
