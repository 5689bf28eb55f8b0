// Three official clients under one interface: a call is an operation and its input as plain JSON, whoever sends it.
import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import * as path from 'node:path';
import * as readline from 'node:readline';
import * as sdk from '@aws-sdk/client-backup';

/** What a client got: the members of the answer, or the name and text of the exception. */
export interface Answer {
  readonly output?: Record<string, unknown>;
  readonly error?: string;
  readonly message?: string;
}

export interface Driver {
  readonly name: string;
  /** Operations that the installed version has. */
  known(): Promise<readonly string[]>;
  call(operation: string, input: object, account: string): Promise<Answer>;
  close(): void;
}

/** Times in inputs are text of this form; the SDK for JavaScript wants a Date, the others take the text. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;

export class JavaScript implements Driver {
  readonly name = 'JavaScript SDK';
  private readonly clients = new Map<string, sdk.BackupClient>();

  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {}

  known(): Promise<readonly string[]> {
    return Promise.resolve(Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []));
  }

  async call(operation: string, input: object, account: string): Promise<Answer> {
    const commands = sdk as unknown as Readonly<Record<string, new (input: unknown) => never>>;
    const Command = commands[`${operation}Command`];
    if (Command === undefined) {
      throw new Error(`the SDK for JavaScript has no ${operation}`);
    }
    try {
      const output: object = await this.clientOf(account).send(new Command(withDates(input)));
      const { $metadata: _, ...members } = output as Record<string, unknown>;
      return { output: normal(members) as Record<string, unknown> };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: name, message };
    }
  }

  close(): void {
    this.clients.forEach((client) => client.destroy());
  }

  private clientOf(account: string): sdk.BackupClient {
    const { endpoint, region } = this;
    const credentials = { accessKeyId: account, secretAccessKey: 'secret' };
    const client = this.clients.get(account) ?? new sdk.BackupClient({ endpoint, region, credentials, maxAttempts: 1 });
    this.clients.set(account, client);
    return client;
  }
}

/** boto3 and the AWS CLI, each in a process of Python of its own. */
export class Python implements Driver {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((line: string) => void)[] = [];
  private complaints = '';

  constructor(
    readonly name: string,
    kind: 'boto3' | 'cli',
    endpoint: string,
    region: string,
    service = 'backup',
  ) {
    this.child = spawn('python3', [path.join(__dirname, 'drivers.py'), kind, service], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ENDPOINT_URL: endpoint,
        AWS_DEFAULT_REGION: region,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
        AWS_PAGER: '',
        AWS_CONFIG_FILE: path.join(__dirname, 'cli.ini'),
      },
    });
    this.child.stderr.on('data', (text: Buffer) => (this.complaints += text.toString()));
    readline.createInterface({ input: this.child.stdout }).on('line', (line) => this.waiting.shift()?.(line));
    this.child.on('exit', () => this.waiting.splice(0).forEach((answer) => answer('{"error":"none of AWS"}')));
  }

  async known(): Promise<readonly string[]> {
    const { output } = await this.call('known', {}, '');
    return output?.['operations'] as readonly string[];
  }

  /** The errors that the installed version has for each operation. */
  async errors(): Promise<Readonly<Record<string, readonly string[]>>> {
    const { output } = await this.call('known', {}, '');
    return output?.['errors'] as Readonly<Record<string, readonly string[]>>;
  }

  async call(operation: string, input: object, account: string): Promise<Answer> {
    const line = await new Promise<string>((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify({ operation, input, account })}\n`);
    });
    const answer = JSON.parse(line) as Answer;
    if (answer.error === 'none of AWS') {
      throw new Error(`${this.name}, ${operation}: ${answer.message ?? this.complaints}`);
    }
    return answer.output === undefined ? answer : { output: normal(answer.output) as Record<string, unknown> };
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }
}

function withDates(value: unknown): unknown {
  if (typeof value === 'string') {
    return TIME.test(value) ? new Date(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(withDates);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDates(one)]))
    : value;
}

/** Times as one text, whatever a client makes of them; absent members stay away. */
function normal(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'string') {
    return TIME.test(value) ? new Date(value).toISOString() : value;
  }
  if (Array.isArray(value)) {
    return value.map(normal);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, one]) => one !== undefined)
          .map(([key, one]) => [key, normal(one)]),
      )
    : value;
}
