/**
 * The World that serves the page: what it says, and what it is told.
 *
 * Owns     nothing: each question is a request to this page's own server, relative to its address.
 */
import type { JobView, EventView } from '../../engine/src/domain/views';
import type { FaultView } from '../../engine/src/report/faults';
import { PageResource, readChapter } from '../../engine/src/report/pages/chapter';
import type { Overview } from '../../engine/src/report/pages/overview';
import type { ContentState } from '../../engine/src/report/content-damage';
import { found, Source } from './source';

/** What a World says of itself, all of it at once. */
export interface Moment {
  /** How often it had changed when it was asked. */
  readonly version: number;
  readonly overview: Overview;
  readonly clock: { readonly now: string; readonly speed: number };
  readonly jobs: readonly JobView[];
  readonly events: readonly EventView[];
  readonly faults: readonly FaultView[];
  readonly enforced: boolean;
  readonly decisions: readonly {
    readonly at: number;
    readonly action: string;
    readonly resource: string;
    readonly allowed: boolean;
    readonly because: string;
  }[];
  readonly content: ContentState;
  readonly worlds: readonly { readonly name: string; readonly now: string }[];
}

/** What the World refuses, in its words. */
export class Refused extends Error {}

export class WorldSource implements Source {
  overview(): Promise<Overview> {
    return this.get('report');
  }

  async resource(number: number): Promise<PageResource> {
    const answer = await fetch(`report/${number}`);
    return found(readChapter(new Uint8Array(await answer.arrayBuffer())), number);
  }

  async moment(): Promise<Moment> {
    const asked = fetch('report');
    const [overview, clock, { jobs }, { events }, { faults }, policies, content, { worlds }] = await Promise.all([
      asked.then(said<Overview>),
      this.get<Moment['clock']>('clock'),
      this.get<Pick<Moment, 'jobs'>>('jobs'),
      this.get<Pick<Moment, 'events'>>('events'),
      this.get<Pick<Moment, 'faults'>>('faults'),
      this.get<Pick<Moment, 'enforced' | 'decisions'>>('decisions'),
      this.get<ContentState>('content'),
      this.get<Pick<Moment, 'worlds'>>('worlds'),
    ]);
    // The first of them to be answered: what changes while the others are, is told of by the next look.
    const version = Number((await asked).headers.get('holdfast-changes'));
    const { enforced, decisions } = policies;
    return { version, overview, clock, jobs, events, faults, enforced, decisions, content, worlds };
  }

  /** Comes when the World has changed since `seen`, or after a while. */
  async changes(seen: number): Promise<number> {
    return (await this.get<{ readonly version: number }>(`changes?since=${seen}`)).version;
  }

  /** Lets a running clock move. */
  tick(): Promise<unknown> {
    return this.get('clock');
  }

  verifyContent(): Promise<ContentState> {
    return this.get('content/verify');
  }

  moveClock(how: object): Promise<unknown> {
    return this.ask('POST', 'clock', how);
  }

  addFault(fault: object): Promise<unknown> {
    return this.ask('POST', 'faults', fault);
  }

  clearFault(id: string): Promise<unknown> {
    return this.ask('DELETE', `faults/${encodeURIComponent(id)}`);
  }

  private get<T>(what: string): Promise<T> {
    return this.ask('GET', what) as Promise<T>;
  }

  private async ask(method: string, what: string, body?: object): Promise<unknown> {
    return said(await fetch(what, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }));
  }
}

/** What an answer says. @throws Refused with the words of a refusal */
async function said<T>(answer: Response): Promise<T> {
  const content = (await answer.json()) as { readonly message?: string };
  if (!answer.ok) {
    throw new Refused(content.message ?? `status ${answer.status}`);
  }
  return content as T;
}
