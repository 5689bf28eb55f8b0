/**
 * What a task of a state machine asks of a service: which operation, and whether it waits for more than the answer.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Integrating services" and the page of each optimized integration.
 * Assumed  What errors of optimized integrations are called, beside `EventBridge.FailedEntry`: as the SDK for Java 1 calls them.
 * Spec     state-machines.md
 */
import type { Environment } from '@holdfast/model';
import type { StateFault } from './states-definition';
import type { Context } from './states-scope';

/** Whether a task is over with the answer, with the callback of somebody who has its token, or with what it started. */
export type Pattern = 'answer' | 'callback' | 'job' | 'job as JSON';

/** An integration of a service that has one of its own beside that of the SDK. */
export interface Optimized {
  /** What its errors begin with. */
  readonly prefix: string;
  /** The client of the SDK for Java that they name. */
  readonly client: string;
}

export interface Integration {
  /** As `aws-sdk` integrations call it, e.g. `backup`. */
  readonly service: string;
  /** E.g. `startRestoreJob`. */
  readonly action: string;
  readonly pattern: Pattern;
  /** Undefined for those of the SDK. */
  readonly optimized: Optimized | undefined;
}

/** One call of a task. */
export interface TaskCall {
  readonly integration: Integration;
  readonly parameters: unknown;
  readonly env: Environment;
  /** Session of the machine's role; undefined for one that has none. */
  readonly principalArn: string | undefined;
  readonly requestId: string;
}

export type TaskAnswer =
  | { readonly output: unknown }
  | { readonly fault: StateFault }
  /** Why Step Functions does not begin with such parameters. */
  | { readonly unfit: string }
  /** What is not emulated. */
  | { readonly notRun: string };

/** Makes a call; whoever moves the clock waits for it. */
export type CallService = (call: TaskCall) => Promise<TaskAnswer>;

interface OptimizedService extends Optimized {
  readonly service: string;
  readonly actions: readonly string[];
  readonly patterns: readonly string[];
}

const CALLBACK = 'waitForTaskToken';

const ITEMS = ['getItem', 'putItem', 'updateItem', 'deleteItem'];
const JOB = [CALLBACK, 'sync', 'sync:2'];

const OPTIMIZED: Readonly<Record<string, OptimizedService>> = {
  dynamodb: withOwn('dynamodb', 'DynamoDB', 'AmazonDynamoDB', ITEMS, []),
  events: withOwn('eventbridge', 'EventBridge', 'AmazonEventBridge', ['putEvents'], [CALLBACK]),
  lambda: withOwn('lambda', 'Lambda', 'AWSLambda', ['invoke'], [CALLBACK]),
  sns: withOwn('sns', 'SNS', 'AmazonSNS', ['publish'], [CALLBACK]),
  sqs: withOwn('sqs', 'SQS', 'AmazonSQS', ['sendMessage'], [CALLBACK]),
  states: withOwn('sfn', 'StepFunctions', 'AWSStepFunctions', ['startExecution'], JOB),
};

function withOwn(
  service: string,
  prefix: string,
  client: string,
  actions: readonly string[],
  patterns: readonly string[],
): OptimizedService {
  return { service, prefix, client, actions, patterns };
}

const PATTERNS: Readonly<Record<string, Pattern>> = {
  '': 'answer',
  [CALLBACK]: 'callback',
  sync: 'job',
  'sync:2': 'job as JSON',
};

const RESOURCE = /^arn:[^:]*:states:::(aws-sdk:)?(\w+):(\w+)(?:\.(waitForTaskToken|sync(?::2)?))?$/;

/** The integration that the Resource of a task names; undefined for one that there is not here. */
export function integrationOf(resource: string): Integration | undefined {
  const [, sdk, service = '', action = '', suffix = ''] = RESOURCE.exec(resource) ?? [];
  const pattern = PATTERNS[suffix] as Pattern;
  if (sdk !== undefined) {
    // Source: integrations of the SDK answer or wait for a callback; none runs a job.
    const known = pattern === 'answer' || pattern === 'callback';
    return known ? { service, action, pattern, optimized: undefined } : undefined;
  }
  const optimized = Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service] : undefined;
  const known = optimized?.actions.includes(action) === true && ['', ...optimized.patterns].includes(suffix);
  return known ? { service: (optimized as OptimizedService).service, action, pattern, optimized } : undefined;
}

/** Whether a task of this Resource is given a token. */
export function hasToken(resource: string): boolean {
  return resource.endsWith(`.${CALLBACK}`);
}

/** The parameters that the service gets. Source: events tell of the execution and its machine among their resources. */
export function prepared(integration: Integration, parameters: unknown, context: Context): unknown {
  const { Entries } = (parameters ?? {}) as { readonly Entries?: unknown };
  if (!putsEvents(integration) || !Array.isArray(Entries)) {
    return parameters;
  }
  const { Execution, StateMachine } = context as Readonly<
    Record<'Execution' | 'StateMachine', { readonly Id: string }>
  >;
  const told = [Execution.Id, StateMachine.Id];
  return { ...(parameters as object), Entries: Entries.map((entry: unknown) => withResources(entry, told)) };
}

/** What is no entry, or has no list of resources, is left to the service, which refuses it. */
function withResources(entry: unknown, told: readonly string[]): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return entry;
  }
  const before = (entry as { readonly Resources?: unknown }).Resources ?? [];
  return Array.isArray(before) ? { ...entry, Resources: [...(before as unknown[]), ...told] } : entry;
}

/** What is wrong with an output that came. Source: an entry that failed fails the task. Assumed: its cause is the output. */
export function faultIn(integration: Integration, output: unknown): StateFault | undefined {
  return putsEvents(integration) && (output as { readonly FailedEntryCount: number }).FailedEntryCount > 0
    ? { error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) }
    : undefined;
}

function putsEvents({ optimized, action }: Integration): boolean {
  return optimized !== undefined && action === 'putEvents';
}
