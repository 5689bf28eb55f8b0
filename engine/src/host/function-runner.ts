/**
 * Runs functions of Lambda: each run a process of this machine, with the World as its AWS.
 *
 * Owns     the process and the socket of each run, for as long as it lasts.
 * Assumed  Each run starts afresh, as after a long pause on Lambda; loading the code does not count against the timeout,
 *          which is real time.
 *
 * No sandbox: the code is the user's own and may reach whatever the user may. It gets none of this process's environment,
 * and its clients of the SDK are pointed at the World; what it asks of other hosts goes there.
 */
import { spawn } from 'node:child_process';
import * as os from 'node:os';
import type { Session } from '../domain/credentials';
import type { Answer, Invocation, StandingFunction } from '../domain/functions';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import { HOUR } from '../kernel/instant';
import { Answerer } from '../wire/answer';
import { TaskCalls } from '../wire/task-calls';
import { CodeFolder, codeFolderOf } from './function-code';
import type { FunctionTask, TaskAnswer } from './function-task';
import { FUNCTION_PROCESS } from './generated/function-process';
import { FunctionTape, RecordedCalls } from './function-tape';
import { Answering, HttpFront } from './http-front';
import { loadClient } from './load-client';

const NODE = /^nodejs\d+\.x$/;
/** Real time that loading may take, however slow the machine. */
const LOADING_SECONDS = 60;
/** How long the keys of a run hold; no run lasts as long. */
const SESSION_HOURS = 12;

export interface FunctionRunnerProps {
  /**
   * Whether code may lie on this machine, as that of an artifact does; where callers of a server make functions, what they
   * name is no path of its machine.
   */
  readonly localCode: boolean;
}

export class FunctionRunner {
  /** Where runs are recorded or come from; each command of a served World has its own, other Worlds have none. */
  tape: FunctionTape | undefined;

  constructor(
    private readonly state: WorldState,
    private readonly props: FunctionRunnerProps,
  ) {}

  /** From now on the functions of the World run, and tasks of its state machines call its services. */
  begin(): void {
    const { functions, executions } = this.state.services;
    const calls = new TaskCalls(this.state, loadClient);
    functions.begin((invocation) => this.run(invocation));
    executions.tasks.begin((call) => calls.make(call));
  }

  /** Runs and calls what is due at this instant. */
  async runDue(): Promise<void> {
    const { functions, executions } = this.state.services;
    for (let due = functions.next(); due !== undefined; due = functions.next()) {
      functions.settle(due, await this.run(due));
    }
    for (let call = executions.tasks.next(); call !== undefined; call = executions.tasks.next()) {
      await call();
    }
  }

  private async run(invocation: Invocation): Promise<Answer> {
    const standing = this.state.services.messaging.functions.tryFind(invocation.functionArn);
    if (standing === undefined) {
      return failed('ResourceNotFoundException', `Function not found: ${invocation.functionArn}`);
    }
    const keys = this.sessionOf(standing);
    const answerer = this.answererFor(standing);
    const before = this.tape?.next(standing.arn);
    if (before !== undefined) {
      for (const call of before.calls) {
        await answerer.answer(call);
      }
      return before.answer;
    }
    const recorded = this.tape?.begin();
    if (recorded === undefined) {
      return this.runNow(standing, invocation, keys, answerer);
    }
    recorded.answer = await this.runNow(standing, invocation, keys, new RecordedCalls(answerer, recorded));
    return recorded.answer;
  }

  private async runNow(
    standing: StandingFunction,
    invocation: Invocation,
    keys: Session,
    answering: Answering,
  ): Promise<Answer> {
    const { runtime = '', code } = standing.settings;
    if (!NODE.test(runtime)) {
      return failed('NotEmulated', `runtime ${runtime} is not emulated; functions of Node.js run`);
    }
    let source: CodeFolder;
    try {
      source = codeFolderOf(code, this.props.localCode);
    } catch (error) {
      return failed('NotEmulated', `${standing.name} cannot run: ${(error as Error).message}`);
    }
    const front = await HttpFront.open(answering);
    try {
      const task = taskOf(standing, invocation, source.folder, this.state.now, this.idOf(invocation, 'chance'));
      return await inProcess(task, environmentOf(standing, source.folder, keys, front.url));
    } finally {
      await front.close();
      source.giveBack();
      if (front.fault !== undefined) {
        throw front.fault;
      }
    }
  }

  /** Where policies decide, nobody else who finds the port of a run may call as its account. */
  private answererFor({ env }: StandingFunction): Answerer {
    const callers = this.state.enforceIam ? { env, checks: { now: () => this.state.now } } : { env };
    return new Answerer(this.state, loadClient, callers);
  }

  /** What the run calls AWS as: a session of the role of the function. */
  private sessionOf({ env, name, settings }: StandingFunction): Session {
    const { partition, account } = env;
    const role = settings.roleArn?.split('/').at(-1);
    return this.state.services.credentials.begin({
      env: { partition, account },
      principalArn:
        role === undefined
          ? `arn:${partition}:iam::${account}:root`
          : `arn:${partition}:sts::${account}:assumed-role/${role}/${name}`,
      expiresAt: this.state.now + SESSION_HOURS * HOUR,
    });
  }

  private idOf({ requestId, runs }: Invocation, what: string): string {
    return uuid(this.state.seed, { kind: `function-${what}`, names: [requestId, `${runs.length}`] });
  }
}

function taskOf(
  standing: StandingFunction,
  invocation: Invocation,
  folder: string,
  now: number,
  seed: string,
): FunctionTask {
  const { name, arn, settings } = standing;
  const { handler = 'index.handler', timeoutSeconds, memoryMib } = settings;
  const context = {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: `${memoryMib}`,
    awsRequestId: invocation.requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: '',
  };
  // The user's own clients, where the engine has none of that service.
  const sdkFolders = [__dirname, process.cwd()];
  return { folder, handler, payload: invocation.payload, now, seed, timeoutSeconds, context, sdkFolders };
}

/** What Lambda's runtime sets, and what keeps the SDK from the credentials of this machine. */
function environmentOf(
  { env, name, settings }: StandingFunction,
  folder: string,
  keys: Session,
  url: string,
): Record<string, string> {
  const { handler = 'index.handler', runtime, memoryMib, environment } = settings;
  return {
    ...environment,
    _HANDLER: handler,
    AWS_ACCESS_KEY_ID: keys.id,
    AWS_SECRET_ACCESS_KEY: keys.secret,
    AWS_SESSION_TOKEN: keys.token,
    AWS_REGION: env.region,
    AWS_DEFAULT_REGION: env.region,
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: os.devNull,
    AWS_SHARED_CREDENTIALS_FILE: os.devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${memoryMib}`,
    LAMBDA_TASK_ROOT: folder,
    TZ: ':UTC',
  };
}

/** One run, from the start of its process to the end. */
function inProcess(task: FunctionTask, env: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', FUNCTION_PROCESS], {
      cwd: task.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const written: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => written.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => written.push(chunk));
    let came: TaskAnswer = {
      error: { type: 'Runtime.ExitError', message: 'Runtime exited without providing a reason' },
    };
    let timer = stopAfter(LOADING_SECONDS);
    function stopAfter(seconds: number): NodeJS.Timeout {
      return setTimeout(() => {
        const message = `Task timed out after ${seconds.toFixed(2)} seconds`;
        came = { error: { type: 'Sandbox.Timedout', message } };
        child.kill('SIGKILL');
        // What the function itself started may hold these open for as long as it lasts.
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, seconds * 1000);
    }
    child.on('message', (message: TaskAnswer | { readonly loaded: true }) => {
      clearTimeout(timer);
      if ('loaded' in message) {
        timer = stopAfter(task.timeoutSeconds);
      } else {
        came = message;
      }
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      const log = Buffer.concat(written)
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '');
      resolve({ payload: came.payload, error: came.error, log });
    });
    child.send(task);
  });
}

function failed(type: string, message: string): Answer {
  return { payload: undefined, error: { type, message }, log: [] };
}
