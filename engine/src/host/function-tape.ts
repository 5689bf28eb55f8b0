/**
 * What functions did while a command ran: recorded as it happens, or played back instead of running them again.
 *
 * Owns     the runs, in the order in which they began.
 */
import type { Answer } from '../domain/functions';
import type { WireAnswer, WireRequest } from '../wire/message';
import type { RecordedRun } from './command';
import type { Answering } from './http-front';
import { StoreFault } from './store-fault';

const UNFINISHED: Answer = { payload: undefined, error: undefined, log: [] };

export class FunctionTape {
  readonly runs: RecordedRun[] = [];
  private played = 0;

  private constructor(private readonly given: readonly RecordedRun[] | undefined) {}

  static record(): FunctionTape {
    return new FunctionTape(undefined);
  }

  static play(runs: readonly RecordedRun[]): FunctionTape {
    return new FunctionTape(runs);
  }

  /** The next run as it was; undefined where runs are recorded. */
  next(functionArn: string): RecordedRun | undefined {
    if (this.given === undefined) {
      return undefined;
    }
    const run = this.given[this.played++];
    if (run === undefined) {
      throw new StoreFault(`${functionArn} ran, which it did not when this was recorded`);
    }
    return run;
  }

  /** A run that begins. */
  begin(): RecordedRun {
    const run: RecordedRun = { calls: [], answer: UNFINISHED };
    this.runs.push(run);
    return run;
  }
}

/** Answers the calls of a run one after the other, so that they can be repeated in their order. */
export class RecordedCalls implements Answering {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly answering: Answering,
    private readonly run: RecordedRun,
  ) {}

  answer(request: WireRequest): Promise<WireAnswer> {
    const answer = this.last.then(() => {
      this.run.calls.push(request);
      return this.answering.answer(request);
    });
    this.last = answer.catch(() => undefined);
    return answer;
  }
}
