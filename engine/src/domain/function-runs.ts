/**
 * Functions that run: when one is due, what becomes of its answer, when it runs again.
 *
 * Owns     the invocations that are due now. The running itself is host's: the clock stands still until it has settled them.
 * Source   the developer guide of Lambda, "How Lambda handles errors and retries with asynchronous invocation".
 * Spec     functions.md
 */
import { formatInstant, type Instant, MINUTE, NEVER, SECOND } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import type { Sender } from './deliveries';
import type { EventRuns } from './event-runs';
import { FUNCTION_FAILED, FUNCTION_RAN } from './event-codes';
import type { Answer, Invocation, StandingFunction } from './functions';
import type { Ledger } from './ledger';
import type { Letter, Messaging } from './messaging';
import type { Topic } from './topics';
import { placeOf } from './vaults';

const SERVICE = 'lambda.amazonaws.com';

/** How a destination calls what came of an event. */
type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** Runs a function to its end. */
export type RunFunction = (invocation: Invocation) => Promise<Answer>;

export class FunctionRuns {
  private readonly turn: number;
  private readonly due: Invocation[] = [];
  private run: RunFunction | undefined;
  /** What is to happen with the answer of an invocation, by its number. */
  private readonly callers = new Map<number, (answer: Answer) => void>();
  private readonly timers: (() => void)[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
    private readonly events: EventRuns,
  ) {
    this.turn = ledger.turn('function is invoked', (subject) => {
      if (subject < 0) {
        this.timers[~subject]?.();
      } else {
        this.comesUp(subject);
      }
    });
  }

  /** Whether functions run. */
  get runs(): boolean {
    return this.run !== undefined;
  }

  /** Runs a function as soon as the clock stops for it, and goes on with its answer; it is not tried again. */
  call(standing: StandingFunction, payload: string, then: (answer: Answer) => void): void {
    const { ledger } = this;
    const { number } = this.messaging.functions.invoke(standing, payload, ledger.now, true);
    this.callers.set(number, then);
    ledger.agenda.push(ledger.now, this.turn, number);
  }

  /** Goes on after some milliseconds of the World's clock. */
  later(ms: number, then: () => void): void {
    const { agenda, now } = this.ledger;
    agenda.push(now + ms, this.turn, ~(this.timers.push(then) - 1));
  }

  /** From now on functions run: whoever moves the clock runs what is due whenever it stops for them. */
  begin(run: RunFunction): void {
    this.run = run;
    this.messaging.onInvoke = ({ number }) => this.ledger.agenda.push(this.ledger.now, this.turn, number);
  }

  /** Runs a function for a caller who waits, at the present instant; undefined where functions do not run. */
  invoke(standing: StandingFunction, payload: string): Promise<Answer> | undefined {
    const { run } = this;
    if (run === undefined) {
      return undefined;
    }
    const invocation = this.messaging.functions.invoke(standing, payload, this.ledger.now, true);
    return run(invocation).then((answer) => {
      this.settle(invocation, answer);
      return answer;
    });
  }

  /**
   * Publishes to a topic, and runs the functions that subscribe to it, one after the other, for a caller who waits.
   *
   * @returns what each answered; undefined where functions do not run
   */
  publish(topic: Topic, letter: Letter): Promise<Answer[]> | undefined {
    const { run, messaging } = this;
    const { onInvoke } = messaging;
    const invoked: Invocation[] = [];
    messaging.onInvoke = (invocation) => void invoked.push(invocation);
    messaging.publish(topic, letter);
    messaging.onInvoke = onInvoke;
    return run && this.runAll(run, invoked);
  }

  private async runAll(run: RunFunction, invocations: readonly Invocation[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const invocation of invocations) {
      const answer = await run(invocation);
      this.settle(invocation, answer);
      answers.push(answer);
    }
    return answers;
  }

  /** Takes the next invocation that is due; when there is none, the clock may move again. */
  next(): Invocation | undefined {
    const next = this.due.shift();
    this.ledger.waitsForFunctions = this.due.length > 0;
    return next;
  }

  /** What came of a run: it is recorded, and the event is done with, or waits to be tried again. */
  settle(invocation: Invocation, answer: Answer): void {
    const { ledger } = this;
    const { now } = ledger;
    invocation.runs.push({ at: now, ...answer });
    const attempt = invocation.runs.length;
    const standing = this.messaging.functions.tryFind(invocation.functionArn);
    if (standing === undefined) {
      return;
    }
    const what = `attempt ${attempt}: ${answer.error?.type ?? 'returned'}`;
    const code = answer.error === undefined ? FUNCTION_RAN : FUNCTION_FAILED;
    // No name of a function enters the digest, as frameworks make them up.
    ledger.declare(code, '', ledger.names.intern(placeOf(standing.env)), what, 0, NEVER);
    if (invocation.awaited) {
      const then = this.callers.get(invocation.number);
      this.callers.delete(invocation.number);
      then?.(answer);
      return;
    }
    if (answer.error === undefined) {
      this.toDestination(standing, invocation, 'Success');
      return;
    }
    const { retries, maximumAgeSeconds } = standing.asynchronous;
    // Source: one minute before the second run, two before the third.
    const againAt = now + attempt * MINUTE;
    if (attempt > retries) {
      this.giveUp(standing, invocation, answer.error, 'RetriesExhausted');
    } else if (againAt - invocation.at > maximumAgeSeconds * SECOND) {
      this.giveUp(standing, invocation, answer.error, 'EventAgeExceeded');
    } else {
      ledger.agenda.push(againAt, this.turn, invocation.number);
    }
  }

  private comesUp(number: number): void {
    const invocation = this.messaging.functions.invocations[number];
    if (invocation !== undefined) {
      this.due.push(invocation);
      this.ledger.waitsForFunctions = true;
    }
  }

  private giveUp(
    standing: StandingFunction,
    invocation: Invocation,
    error: NonNullable<Answer['error']>,
    condition: Condition,
  ): void {
    this.toDestination(standing, invocation, condition);
    const { deadLetterArn } = standing.settings;
    if (deadLetterArn !== undefined) {
      // Source: the event itself, with what failed as attributes.
      const attributes = {
        RequestID: { type: 'String', value: invocation.requestId },
        ErrorCode: { type: 'Number', value: '200' },
        ErrorMessage: { type: 'String', value: error.message.slice(0, 1024) },
      };
      this.messaging.send(senderOf(standing, condition), deadLetterArn, { body: invocation.payload, attributes });
    }
  }

  private toDestination(standing: StandingFunction, invocation: Invocation, condition: Condition): void {
    const { onSuccessArn, onFailureArn } = standing.asynchronous;
    const to = condition === 'Success' ? onSuccessArn : onFailureArn;
    if (to === undefined) {
      return;
    }
    const record = recordOf(invocation, condition, this.ledger.now);
    if (!to.includes(':event-bus/')) {
      this.messaging.send(senderOf(standing, condition), to, { body: JSON.stringify(record) });
      return;
    }
    const bus = this.events.buses.tryFind(standing.env, to);
    if (bus !== undefined) {
      const detailType = `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`;
      const resources = [`${standing.arn}:$LATEST`];
      this.events.put(bus, { env: standing.env, source: 'lambda', detailType, resources, detail: record });
    }
  }
}

/** A destination is reached by the role of the function. */
function senderOf(standing: StandingFunction, condition: Condition): Sender {
  return { service: SERVICE, arn: standing.arn, env: standing.env, what: condition, byRole: true };
}

/** Source: developer guide, "Capturing records of Lambda asynchronous invocations". */
function recordOf(invocation: Invocation, condition: Condition, now: Instant): Record<string, unknown> {
  const { requestId, functionArn, payload, runs } = invocation;
  const last = runs.at(-1);
  return {
    version: '1.0',
    timestamp: formatInstant(now),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: runs.length,
    },
    requestPayload: parseJson(payload) as unknown,
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(last?.error !== undefined && { functionError: 'Unhandled' }),
    },
    responsePayload:
      last?.error === undefined
        ? (parseJson(last?.payload ?? 'null') as unknown)
        : { errorType: last.error.type, errorMessage: last.error.message },
  };
}
