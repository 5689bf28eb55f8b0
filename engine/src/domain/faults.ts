/**
 * The faults of a World: which are there now, whom they fit, and which jobs they struck.
 *
 * Owns     every fault that was ever added, and who was struck by which.
 * Units    `…At` are Instants, NEVER where there is no end; `probability` is a share of 1.
 * Source   draws are keyed by seed, fault and what is drawn for, never by the order of asking (kernel/prng.ts).
 * Spec     faults.md
 */
import type { Environment } from '@holdfast/model';
import { wordAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { Names } from '../kernel/names';
import { finish, mix, mixInstant, seeded } from '../kernel/prng';
import { Fault, isStanding, JobKind, JobScope, messageOf, textOf, wordsOf } from './fault';
import type { Resource } from './protected-resources';
import type { Vault } from './vaults';

const TWO_32 = 4294967296;

export type FaultState = 'planned' | 'active' | 'over' | 'spared';

/** A job that gets no further. */
export interface Hung {
  readonly number: number;
  /** How long it would still have run. */
  readonly remainingMs: number;
  /** Its reason before. */
  readonly reason: number;
}

/** An entry of the agenda that waits until a fault is over. */
interface Deferred {
  readonly kind: number;
  readonly subject: number;
}

export class StandingFault {
  state: FaultState = 'planned';
  /** How many jobs and calls it struck. */
  strikes = 0;
  /** How many calls it was asked about: each of them is drawn anew. */
  asked = 0;
  readonly hung: Hung[] = [];
  readonly deferred: Deferred[] = [];
  readonly text: string;
  readonly message: string;
  readonly words: string;

  constructor(
    readonly number: number,
    readonly given: Fault,
    readonly from: Instant,
    readonly to: Instant,
  ) {
    this.text = textOf(given);
    this.message = messageOf(given);
    this.words = wordsOf(given);
  }

  get probability(): number {
    return this.given.probability ?? 1;
  }
}

/** What a job is, as far as faults ask. */
export interface Struck {
  readonly jobs: JobKind;
  readonly resource: Resource;
  /** The vault that it writes to, or, for a restore, reads from; undefined where there is none. */
  readonly vault: Vault | undefined;
  /** The vault that a copy reads from. */
  readonly source: Vault | undefined;
  readonly rule: string | undefined;
  /** Number among the names of what tells the job apart from others of its resource and instant. */
  readonly cause: number;
  readonly createdAt: Instant;
  /** Where a restore restores to. */
  readonly restoredTo?: Environment;
}

/** Which fault struck a job, and when one first did. */
export interface Strike {
  readonly fault: StandingFault;
  readonly since: Instant;
}

export class Faults {
  /** How many are there now. While it is 0, nobody need look any further. */
  active = 0;
  /** Those that are there now, by their text, so that it does not matter in which order they were added. */
  standing: StandingFault[] = [];
  /** Kind of the agenda's entries for jobs that look again; fault-runs.ts asks for it. */
  lookKind = -1;
  private readonly all: StandingFault[] = [];
  /** By number of the job. */
  private readonly struck = new Map<number, Strike>();
  /** When jobs that may not begin look again, by number; NEVER for those that wait until their fault is over. */
  readonly held = new Map<number, Instant>();
  /** What events say, by what tells them apart. */
  private readonly told = new Map<string, StandingFault>();

  constructor(
    private readonly names: Names,
    private readonly seed: number,
  ) {}

  add(given: Fault, from: Instant, to: Instant): StandingFault {
    const fault = new StandingFault(this.all.length, given, from, to);
    this.all.push(fault);
    return fault;
  }

  find(number: number): StandingFault {
    const fault = this.all[number];
    if (fault === undefined) {
      throw new Error(`no fault ${number} among ${this.all.length}`);
    }
    return fault;
  }

  /** In the order in which they were added. */
  list(): readonly StandingFault[] {
    return this.all;
  }

  turnOn(fault: StandingFault): void {
    fault.state = 'active';
    const inOrder = (a: StandingFault, b: StandingFault) =>
      a.text === b.text ? a.number - b.number : a.text < b.text ? -1 : 1;
    this.standing = [...this.standing, fault].sort(inOrder);
    this.active = this.standing.length;
  }

  turnOff(fault: StandingFault): void {
    fault.state = 'over';
    this.standing = this.standing.filter((one) => one !== fault);
    this.active = this.standing.length;
  }

  /** The fault that keeps a Region from doing anything for an account; undefined when none does. */
  outOf(env: Environment): StandingFault | undefined {
    return this.standing.find(({ given }) => given.kind === 'region-out' && isOut(given, env));
  }

  /**
   * Whether an entry of the agenda about a place waits until its Region or its account is back.
   *
   * Source B7.4/6: while an account is suspended its backups stay as they are.
   */
  putsOff(env: Environment, kind: number, subject: number): boolean {
    const fault =
      this.active === 0
        ? undefined
        : (this.outOf(env) ??
          this.standing.find(({ given }) => given.kind === 'account-suspended' && given.account === env.account));
    fault?.deferred.push({ kind, subject });
    return fault !== undefined;
  }

  /** Whether a fault happens to what `words` and an instant tell apart from all else. */
  drawn(fault: StandingFault, words: readonly number[], instant: Instant): boolean {
    if (fault.probability >= 1) {
      return true;
    }
    let state = mix(seeded(this.seed), wordAt(this.names.low, this.names.intern(fault.text)));
    for (const word of words) {
      state = mix(state, word);
    }
    return finish(mixInstant(state, instant)) < fault.probability * TWO_32;
  }

  /** The same for a job: each has one draw, or, with `instant`, one for each try. */
  drawnFor(fault: StandingFault, job: Struck, instant = job.createdAt): boolean {
    const { low } = this.names;
    return this.drawn(fault, [wordAt(low, job.resource.arnName), wordAt(low, job.cause)], instant);
  }

  /** The same for a call, each of which is drawn for itself. */
  drawnForCall(fault: StandingFault, names: readonly string[], instant: Instant): boolean {
    const words = names.map((name) => wordAt(this.names.low, this.names.intern(name)));
    return this.drawn(fault, [...words, fault.asked++], instant);
  }

  /** A fault struck a job. */
  strike(number: number, fault: StandingFault, now: Instant): void {
    fault.strikes++;
    this.struck.set(number, { fault, since: this.struck.get(number)?.since ?? now });
  }

  /** What struck a job last. */
  tryFindStrike(number: number): Strike | undefined {
    return this.struck.get(number);
  }

  /** Keeps which fault an event of a struck job is about. */
  note(event: string, number: number): void {
    const strike = this.struck.get(number);
    if (strike !== undefined) {
      this.told.set(event, strike.fault);
    }
  }

  /** The fault that an event is about, in words. */
  wordsOfEvent(event: string): string | undefined {
    return this.told.get(event)?.words;
  }
}

/** What tells an event of a job apart. */
export function eventKey(instant: Instant, code: number, subject: number, place: number, cause: number): string {
  return `${instant} ${code} ${subject} ${place} ${cause}`;
}

/** Whether a fault that is not drawn for each job begins at all. */
export function begins(faults: Faults, fault: StandingFault): boolean {
  return !isStanding(fault.given) || faults.drawn(fault, [], fault.from);
}

/** Whether a Region is out for an account. */
export function isOut(
  given: { readonly region: string; readonly account?: string },
  env: Pick<Environment, 'account' | 'region'>,
): boolean {
  return given.region === env.region && (given.account === undefined || given.account === env.account);
}

/** Whether a job is one of those that a fault is about. */
export function isInScope(scope: JobScope, { jobs, vault, resource, rule }: Struck): boolean {
  const env = vault?.made.env ?? resource.declaration.env;
  return (
    (scope.jobs === undefined || scope.jobs === jobs) &&
    (scope.account === undefined || scope.account === env.account) &&
    (scope.region === undefined || scope.region === env.region) &&
    (scope.vault === undefined || scope.vault === vault?.arn || scope.vault === vault?.name) &&
    (scope.resource === undefined || isResource(resource, scope.resource)) &&
    (scope.service === undefined || isService(resource, scope.service)) &&
    (scope.rule === undefined || scope.rule === rule)
  );
}

function isResource({ declaration }: Resource, named: string): boolean {
  return declaration.arn === named || declaration.name === named;
}

function isService({ service }: Resource, named: string): boolean {
  return [service.id, service.resourceType].some((one) => one.toLowerCase() === named.toLowerCase());
}
