/**
 * Functions of Lambda and what they were invoked with.
 *
 * Owns     the functions by ARN and the invocations, oldest first. Running one is host's work (function-runs.ts); unless it
 *          is asked for, an invocation is recorded and nothing runs.
 * Source   the API of Lambda, 2015-03-31.
 * Spec     functions.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { byArn } from '../kernel/order';
import { Repetitions } from '../kernel/repetitions';

/** Where the code of a function is. */
export interface FunctionCode {
  /** Text of a file, as CloudFormation takes it inline. */
  readonly inline?: string;
  /** Folder or zip, as a path of the artifact. */
  readonly path?: string;
  /** A zip as CreateFunction takes it. */
  readonly zip?: Uint8Array;
}

/** What decides nothing here, under the names of the API. */
export type FunctionParticulars = Readonly<Record<string, unknown>>;

export interface FunctionSettings {
  readonly runtime: string | undefined;
  readonly handler: string | undefined;
  readonly roleArn: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMib: number;
  readonly code: FunctionCode;
  /** Queue or topic that gets events whose every run failed. */
  readonly deadLetterArn: string | undefined;
  readonly particulars?: FunctionParticulars;
}

/** What happens to events that a function is invoked with and nobody waits for. */
export interface AsynchronousSettings {
  /** How often it runs again after it failed. */
  readonly retries: number;
  /** How old an event may be when it runs again. */
  readonly maximumAgeSeconds: number;
  /** Whether somebody said so; else it is not shown. */
  readonly ageIsGiven?: boolean;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
}

/** Source: API FunctionEventInvokeConfig: twice, within six hours. */
export const ASYNCHRONOUS: AsynchronousSettings = {
  retries: 2,
  maximumAgeSeconds: 6 * 3600,
  onSuccessArn: undefined,
  onFailureArn: undefined,
};

/** What AddPermission allows. */
export interface FunctionPermission {
  readonly statementId: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
  readonly sourceAccount: string | undefined;
}

export class StandingFunction {
  readonly permissions: FunctionPermission[] = [];
  readonly tags = new Map<string, string>();
  asynchronous = ASYNCHRONOUS;
  changedAt: Instant = 0;
  reservedConcurrency: number | undefined;

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly env: Environment,
    public settings: FunctionSettings,
  ) {}

  /** The resource policy that the permissions make; undefined when there is none. */
  get policy(): string | undefined {
    if (this.permissions.length === 0) {
      return undefined;
    }
    const Statement = this.permissions.map((permission) => statementOf(this.arn, permission));
    return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
  }
}

/** What came of one run. */
export interface Answer {
  /** What the function returned, as JSON text. */
  readonly payload: string | undefined;
  /** What it threw, or why it could not run. */
  readonly error: { readonly type: string; readonly message: string } | undefined;
  /** What it wrote, a line each. */
  readonly log: readonly string[];
}

export interface FunctionRun extends Answer {
  readonly at: Instant;
}

export interface Invocation {
  /** Its place among all invocations. */
  readonly number: number;
  readonly requestId: string;
  readonly functionArn: string;
  readonly at: Instant;
  /** JSON text. */
  readonly payload: string;
  /** Whether the caller waits for the answer; nothing is tried again then. */
  readonly awaited: boolean;
  /** How it ran, oldest first; none where functions do not run. */
  readonly runs: FunctionRun[];
}

export class Functions {
  readonly invocations: Invocation[] = [];
  private readonly byArn = new Map<string, StandingFunction>();
  private readonly repetitions = new Repetitions();

  constructor(private readonly seed: number) {}

  add(env: Environment, name: string, settings: FunctionSettings): StandingFunction {
    const made = new StandingFunction(functionArn(env, name), name, env, settings);
    this.byArn.set(made.arn, made);
    return made;
  }

  remove(standing: StandingFunction): void {
    this.byArn.delete(standing.arn);
  }

  /** By ARN, with or without a version or alias. */
  tryFind(arn: string): StandingFunction | undefined {
    return this.byArn.get(arn.split(':').slice(0, 7).join(':'));
  }

  /** Every function, by ARN in ascending order. */
  list(): StandingFunction[] {
    return byArn(this.byArn.values());
  }

  invoke(standing: StandingFunction, payload: string, now: Instant, awaited = false): Invocation {
    const same = this.repetitions.next(now, standing.arn);
    const names = [standing.arn, payload, `${same}`];
    const requestId = uuid(this.seed, { kind: 'invocation', names, at: now });
    const number = this.invocations.length;
    const invocation = { number, requestId, functionArn: standing.arn, at: now, payload, awaited, runs: [] };
    this.invocations.push(invocation);
    return invocation;
  }
}

export function functionArn(env: Environment, name: string): string {
  return `arn:${env.partition}:lambda:${env.region}:${env.account}:function:${name}`;
}

/** A permission as a statement of the function's policy. */
export function statementOf(arn: string, permission: FunctionPermission): Record<string, unknown> {
  const { principal, sourceArn, sourceAccount } = permission;
  const service = principal.includes('.');
  return {
    Sid: permission.statementId,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : service ? { Service: principal } : { AWS: principal },
    Action: permission.action,
    Resource: arn,
    Condition: {
      ...(sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
      ...(sourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
    },
  };
}
