/**
 * Reads AWS by the official SDK: never changes anything, never too fast, and patient where AWS says so.
 *
 * Owns     one client of each class and Region, and when each service was last asked.
 * Units    milliseconds; `perSecond` is calls to one service in one Region.
 * Assumed  10 calls a second stay under AWS's unpublished rates; a call that is throttled is asked again up to 10 times,
 *          after 200 ms at first, then twice as long each time, 20 s at most.
 */

/** What a reader takes from outside. */
export interface Outside {
  /** Real time. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Makes a client of the SDK. */
  make<C>(ClientClass: ClientClass<C>, region: string): C;
}

export type ClientClass<C> = new (config: {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials?: () => Promise<SessionCredentials>;
}) => C;

/** What a role gives to whoever assumes it. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The part of a client that the guard needs. */
interface Guarded {
  readonly middlewareStack: {
    add(middleware: unknown, options: { readonly step: 'initialize'; readonly name: string }): void;
  };
}

interface Context {
  readonly commandName?: string;
}

type Next = (args: unknown) => Promise<unknown>;

/** Commands that change nothing. */
const READS = /^(Describe|List|Get)[A-Z]/;
const FIRST_WAIT = 200;
const LONGEST_WAIT = 20_000;
const TRIES = 10;
const SECOND = 1000;

/** Names of exceptions that mean: later. */
const LATER = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'SlowDown',
  'InternalFailure',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
]);
const CONNECTION = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

export class Reader {
  /** How often AWS was asked, and how often it said later. */
  calls = 0;
  waits = 0;
  private readonly clients = new Map<string, unknown>();
  private readonly nextAt = new Map<string, number>();

  constructor(
    private readonly outside: Outside,
    private readonly perSecond: number,
  ) {}

  /** The present instant, as the SDK's shapes want it. */
  today(): Date {
    return new Date(this.outside.now());
  }

  /** A client that refuses every command that is not a read. */
  client<C extends object>(ClientClass: ClientClass<C>, region: string): C {
    const key = `${ClientClass.name} ${region}`;
    const known = this.clients.get(key) as C | undefined;
    if (known !== undefined) {
      return known;
    }
    const client = this.outside.make(ClientClass, region);
    (client as unknown as Guarded).middlewareStack.add(
      (next: Next, { commandName = '' }: Context) =>
        (args: unknown) => {
          if (!READS.test(commandName)) {
            throw new Error(`an inventory must not send ${commandName}`);
          }
          return next(args);
        },
      { step: 'initialize', name: 'reads-only' },
    );
    this.clients.set(key, client);
    return client;
  }

  /** Asks when it is the turn of a lane (a service in a Region), and again where AWS says later. */
  async ask<T>(lane: string, call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      await this.turn(lane);
      try {
        this.calls++;
        return await call();
      } catch (fault) {
        if (!isLater(fault) || tries === TRIES) {
          throw fault;
        }
        this.waits++;
        await this.outside.sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)));
      }
    }
  }

  private async turn(lane: string): Promise<void> {
    const now = this.outside.now();
    const at = Math.max(now, this.nextAt.get(lane) ?? now);
    this.nextAt.set(lane, at + SECOND / this.perSecond);
    if (at > now) {
      await this.outside.sleep(at - now);
    }
  }
}

/** Names of exceptions that mean: not you. */
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'AuthorizationError',
  // Of `holdfast serve`, whose World has no such service.
  'NotEmulated',
  'UnauthorizedOperation',
]);

/** What is read beside the rest; undefined where AWS does not let us. @throws what AWS says else */
export async function unlessDenied<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (fault) {
    if (DENIED.has((fault as Partial<Error>).name ?? '')) {
      return undefined;
    }
    throw fault;
  }
}

function isLater(fault: unknown): boolean {
  const {
    name = '',
    code = '',
    reason,
    $metadata,
  } = fault as {
    readonly name?: string;
    readonly code?: string;
    /** Why the SDK could not find out where to ask. */
    readonly reason?: object | null;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  if (typeof reason === 'object' && reason !== null) {
    return isLater(reason);
  }
  return LATER.has(name) || CONNECTION.has(code) || status === 429 || status >= 500;
}
