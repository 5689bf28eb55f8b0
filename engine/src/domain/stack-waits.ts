/**
 * What stacks wait for: signals for a resource that is being made.
 *
 * Owns     every such wait, the signals that came for it, and what wait condition handles were sent.
 * Units    `…At` and `until` are Instants.
 * Source   AWS CloudFormation User Guide, "CreationPolicy attribute", "Create wait conditions in a CloudFormation template"; API of
 *          CloudFormation 2010-05-15: CreateStack, TimeoutInMinutes.
 * Spec     stacks.md
 */
import { type Instant, MINUTE } from '../kernel/instant';
import type { Ledger } from './ledger';
import type { Stack } from './stacks';

export interface Signal {
  readonly uniqueId: string;
  readonly status: 'FAILURE' | 'SUCCESS';
  readonly reason?: string | undefined;
  readonly data?: string | undefined;
}

/** Signals by their ids: another one with the same id is the same one, sent again. */
export type Signals = Map<string, Signal>;

/** Why work that waits is woken. */
export type Woken = 'cancelled' | 'late' | 'signal' | 'stack late';

export class StackWait {
  over = false;
  /** Goes on with the work; undefined while it is under way. */
  wake: ((how: Woken) => unknown) | undefined;

  constructor(
    readonly stack: Stack,
    readonly logicalId: string,
    readonly signals: Signals,
  ) {}
}

/** An address that signals are put to. */
export interface WaitHandle {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly signals: Signals;
}

export class StackWaits {
  /** Handles that stand, by the last part of their address. */
  readonly handles = new Map<string, WaitHandle>();
  private readonly all: StackWait[] = [];
  private readonly lateKind: number;
  private readonly stackLateKind: number;
  /** What went on when the time of a wait was over, and still runs functions. */
  private running: Promise<unknown> | undefined;

  constructor(private readonly ledger: Ledger) {
    this.lateKind = ledger.turn('stack waits no longer', (number) => this.comesUp(number, 'late'));
    this.stackLateKind = ledger.turn('stack took too long', (number) => this.comesUp(number, 'stack late'));
  }

  /** A stack waits for signals, until then at the longest. */
  begin(stack: Stack, logicalId: string, signals: Signals, until: Instant): StackWait {
    const { agenda } = this.ledger;
    const wait = new StackWait(stack, logicalId, signals);
    const number = this.all.push(wait) - 1;
    agenda.push(until, this.lateKind, number);
    for (let one: Stack | undefined = stack; one !== undefined; one = one.parent) {
      const deadline = deadlineOf(one);
      if (deadline !== undefined) {
        agenda.push(Math.max(deadline, this.ledger.now), this.stackLateKind, number);
      }
    }
    return wait;
  }

  /** What a resource of a stack waits for. */
  tryFind(stack: Stack, logicalId: string): StackWait | undefined {
    return this.all.find((wait) => !wait.over && wait.stack === stack && wait.logicalId === logicalId);
  }

  /** What a stack, or one nested in it, waits for. */
  of(stack: Stack): StackWait | undefined {
    return this.all.find((wait) => !wait.over && (wait.stack === stack || wait.stack.root === stack));
  }

  /** Whoever waits for what was sent goes on, in whose call this is. */
  came(signals: Signals): unknown {
    const waiting = this.all.find((wait) => !wait.over && wait.signals === signals);
    return waiting?.wake?.('signal');
  }

  /** Comes when what the clock set going has run. */
  async settled(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    this.ledger.waitsForStacks = false;
    await running;
  }

  private comesUp(number: number, how: Woken): void {
    const wait = this.all[number];
    if (wait === undefined || wait.over) {
      return;
    }
    if (how === 'stack late') {
      for (let one: Stack | undefined = wait.stack; one !== undefined; one = one.parent) {
        one.timedOut ||= (deadlineOf(one) ?? Infinity) <= this.ledger.now;
      }
    }
    const more = wait.wake?.(how);
    if (more instanceof Promise) {
      this.running = more;
      this.ledger.waitsForStacks = true;
    }
  }
}

/** Source: TimeoutInMinutes counts for the creation alone. */
function deadlineOf({ status, createdAt, timeoutMinutes }: Stack): Instant | undefined {
  return status === 'CREATE_IN_PROGRESS' && timeoutMinutes !== undefined
    ? createdAt + timeoutMinutes * MINUTE
    : undefined;
}
