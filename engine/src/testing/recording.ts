/**
 * What is done to a World, kept so that it can be done again.
 *
 * Owns     the commands, each as text: what a user changes in an object afterwards is not what was done.
 */
import type { Fault } from '../domain/fault';
import type { WorldState } from '../domain/world-state';
import { CommandJson, writeCommand } from '../host/command';
import { marksOf, mayChange } from '../host/marks';
import type { ReadResult } from '../ingest/artifact';
import type { Called } from '../operations/call';
import type { Answerer } from '../wire/answer';
import type { WireAnswer, WireRequest } from '../wire/message';
import type { AddedResource, Stretch } from './world-props';

/** One thing that was done. */
export type Command = Done & {
  /** Whether it threw; what it did before that stays. */
  readonly failed?: true;
};

type Done =
  | { readonly do: 'deploy'; readonly read: ReadResult }
  | { readonly do: 'add'; readonly resource: AddedResource }
  | { readonly do: 'infect' | 'remove'; readonly resource: string }
  | { readonly do: 'advance'; readonly stretch: Stretch }
  | { readonly do: 'add-fault'; readonly fault: Fault }
  | { readonly do: 'clear-fault'; readonly fault?: string }
  | { readonly do: 'approve' | 'deny'; readonly session: string }
  | { readonly do: 'listen' }
  /** Somebody read what closes the events of an instant. */
  | { readonly do: 'settle' }
  | {
      readonly do: 'call';
      readonly request: NonNullable<CommandJson['request']>;
      /** ARN of the principal. */
      readonly principal?: string;
      readonly status: number;
    };

/** Where the World keeps what is done. */
export interface Keeping {
  /** Keeps a command, and does it. */
  keep<T>(command: Done, work: () => T): T;
  /** The same of what takes real time. */
  keepLong<T>(command: Done, work: () => Promise<T>): Promise<T>;
}

/** For a World that is not to be saved. */
export const KEEPS_NOTHING: Keeping = { keep: (_, work) => work(), keepLong: (_, work) => work() };

export class Recording implements Keeping {
  private readonly texts: string[] = [];
  private marks: string;
  private last: Promise<unknown> = Promise.resolve();
  /** Told of the call that is under way, at the instant at which it happens. */
  private happens: (called: Called) => void = () => undefined;

  constructor(private readonly state: WorldState) {
    this.marks = marksOf(state);
  }

  readonly onCall = (called: Called): void => this.happens(called);

  /** What was done so far, oldest first. */
  commands(): Command[] {
    this.noteReads();
    return this.texts.filter((text) => text !== '').map((text) => JSON.parse(text) as Command);
  }

  keep<T>(command: Done, work: () => T): T {
    const place = this.begin(command);
    try {
      return work();
    } catch (error) {
      this.put(place, { ...command, failed: true });
      throw error;
    } finally {
      this.marks = marksOf(this.state);
    }
  }

  async keepLong<T>(command: Done, work: () => Promise<T>): Promise<T> {
    const place = this.begin(command);
    try {
      return await work();
    } catch (error) {
      this.put(place, { ...command, failed: true });
      throw error;
    } finally {
      this.marks = marksOf(this.state);
    }
  }

  /** Keeps the calls of a client. They are answered one after the other, so that each has its place. */
  callsOf(answerer: Answerer, principal: string | undefined): Pick<Answerer, 'answer'> {
    return { answer: (request) => this.inTurn(() => this.call(answerer, request, principal)) };
  }

  private async call(answerer: Answerer, request: WireRequest, principal: string | undefined): Promise<WireAnswer> {
    let happened: { readonly called: Called; readonly place: number; readonly before: string } | undefined;
    this.happens = (called) => {
      happened = { called, place: this.begin(undefined), before: marksOf(this.state) };
    };
    try {
      const answer = await answerer.answer(request);
      const { status } = answer;
      if (happened !== undefined && mayChange(this.state, happened.called, happened.before)) {
        const { request: sent } = writeCommand({ request });
        const by = principal === undefined ? {} : { principal };
        this.put(happened.place, sent && { do: 'call', request: sent, ...by, status });
      }
      return answer;
    } finally {
      this.happens = () => undefined;
      this.marks = marksOf(this.state);
    }
  }

  /** The place of a command that begins now. */
  private begin(command: Done | undefined): number {
    this.noteReads();
    this.texts.push(command === undefined ? '' : JSON.stringify(command));
    return this.texts.length - 1;
  }

  private put(place: number, command: Command | undefined): void {
    this.texts[place] = command === undefined ? '' : JSON.stringify(command);
  }

  /** What changed since the last command was a read: that of a digest closes the events of an instant. */
  private noteReads(): void {
    const marks = marksOf(this.state);
    if (marks !== this.marks) {
      this.texts.push(JSON.stringify({ do: 'settle' } satisfies Command));
      this.marks = marks;
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
