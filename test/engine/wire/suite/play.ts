// Plays the story with one client, lets a second one look, and writes down what was answered.
import { addFaults, clearFaults } from '../../../../engine/src/wire/control-faults';
import { isByFault } from './by-fault';
import { Driver, JavaScript } from './drivers';
import { members, modelledErrors, OPERATIONS } from './shapes';
import { OWNER, REGION, Stage } from './stage';
import type { Call, Limit, Output, Step } from './step';
import { LIMITS, STORY } from './story';

/** What one client got. */
export interface Played {
  /** Operations of the SDK for JavaScript that the client is too old for. */
  readonly unknown: readonly string[];
  /** Operations that went well, and what they answered, in the order of the story. */
  readonly outputs: { readonly operation: string; readonly output: Output }[];
  /** Members that the second client did not see as the story says. */
  readonly unlike: string[];
  /** Modelled errors that a call was answered with, as `operation error`. */
  readonly provoked: Set<string>;
  /** The same of those that a fault of the World stood for. */
  readonly injected: Set<string>;
  /** Operations whose pages together are the whole list. */
  readonly paged: Set<string>;
  /** What else went wrong. */
  readonly faults: string[];
}

export async function play(stage: Stage, client: Driver, reader: Driver): Promise<Played> {
  const known = new Set(await client.known());
  const unknown = OPERATIONS.filter((operation) => !known.has(operation));
  const sets = { provoked: new Set<string>(), injected: new Set<string>(), paged: new Set<string>() };
  const played: Played = { unknown, outputs: [], unlike: [], ...sets, faults: [] };
  const kept: Record<string, string> = {};
  const tried = new Set<string>();
  for (const step of STORY.filter(({ operation }) => known.has(operation))) {
    const call = { ...step, input: filled(step.input, kept) as object };
    if (!tried.has(step.operation)) {
      tried.add(step.operation);
      await refuse(stage, client, call, played);
    }
    const { output, error, message } = await client.call(step.operation, call.input, step.by ?? OWNER);
    if (output === undefined) {
      played.faults.push(`${step.operation}: ${error} ${message}`);
      continue;
    }
    played.outputs.push({ operation: step.operation, output });
    for (const [name, place] of Object.entries(step.keep ?? {})) {
      kept[name] = String(at(output, place) ?? `nothing at ${place} of ${step.operation}`);
    }
    for (const { error: expected, ...refused } of step.fails ?? []) {
      const asked = { operation: step.operation, ...refused, input: filled(refused.input, kept) as object };
      await expectError(client, asked, expected, played.provoked);
    }
    await settle(stage, step);
    if (step.then !== undefined) {
      await look(reader, step.then, filled(step.then.input, kept) as object, filled(step.then.shows, kept), played);
    }
    if (step.operation.startsWith('List') && 'NextToken' in (members(step.operation) ?? {})) {
      await page(client, call, output, played);
    }
  }
  for (const limit of LIMITS) {
    await fill(stage, client, { ...limit, input: filled(limit.input, kept) as object }, played);
  }
  return played;
}

/** A quota is filled up in process; the client is the one that asks for more. */
async function fill({ front }: Stage, client: Driver, { operation, input, most }: Limit, played: Played) {
  const filler = new JavaScript(front.url, REGION);
  for (let number = 1; number <= most; number++) {
    await filler.call(operation, numbered(input, number), OWNER);
  }
  filler.close();
  await expectError(client, { operation, input: numbered(input, most + 1) }, 'LimitExceededException', played.provoked);
}

function numbered(input: object, number: number): object {
  return JSON.parse(JSON.stringify(input).replaceAll('#', String(number))) as object;
}

/** Time passes, and the team answers. */
async function settle({ world }: Stage, step: Step): Promise<void> {
  if (step.approved === true) {
    const waiting = world.state.access.list().filter(({ status }) => status === 'PENDING');
    waiting.forEach((session) => world.state.access.decide(session, true));
  }
  if (step.minutes !== undefined) {
    await world.runUntil(world.state.now + step.minutes * 60_000);
  }
}

async function look(reader: Driver, { operation, by }: Call, input: object, shows: unknown, played: Played) {
  const { output, error, message } = await reader.call(operation, input, by ?? OWNER);
  try {
    expect(output).toMatchObject(shows as object);
  } catch {
    played.unlike.push(
      `${operation}: ${error ?? JSON.stringify(output)} ${message ?? ''}, not ${JSON.stringify(shows)}`,
    );
  }
}

/** Errors that every operation can be brought to without knowing what it does. */
async function refuse({ world }: Stage, client: Driver, call: Call, played: Played): Promise<void> {
  const { operation } = call;
  for (const exception of modelledErrors(operation).filter((one) => isByFault(operation, one))) {
    addFaults(world, { kind: 'calls-refused', service: 'backup', operation, exception });
    await expectError(client, call, exception, played.injected);
    clearFaults(world, undefined, '');
  }
  for (const [error, input] of variants(call)) {
    await expectError(client, { ...call, input }, error, played.provoked);
  }
}

async function expectError(client: Driver, { operation, input, by }: Call, expected: string, met: Set<string>) {
  const { error } = await client.call(operation, input, by ?? OWNER);
  if (error === expected) {
    met.add(`${operation} ${expected}`);
  }
}

/** Names of nothing, in the form that each member has. */
const ABSENT: Readonly<Record<string, string>> = {
  RecoveryPointArn: 'arn:aws:backup:eu-central-1:111122223333:recovery-point:00000000-0000-4000-8000-000000000000',
  BackupPlanId: '00000000-0000-4000-8000-000000000000',
  BackupPlanTemplateId: '00000000-0000-4000-8000-000000000000',
  BackupJobId: '00000000-0000-4000-8000-000000000000',
  CopyJobId: '00000000-0000-4000-8000-000000000000',
  RestoreJobId: '00000000-0000-4000-8000-000000000000',
  ScanJobId: '00000000-0000-4000-8000-000000000000',
  ReportJobId: '00000000-0000-4000-8000-000000000000',
  LegalHoldId: '00000000-0000-4000-8000-000000000000',
  FrameworkName: 'absent',
  ReportPlanName: 'absent',
  RestoreTestingPlanName: 'absent',
  TieringConfigurationName: 'absent',
  SourceBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:absent',
  ResourceArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:absent',
  BackupVaultName: 'absent',
};

/** Names that no thing can have. */
const MALFORMED: Readonly<Record<string, string>> = {
  BackupVaultAccountId: '1',
  BackupVaultName: 'x',
  FrameworkName: '1',
  ReportPlanName: '1',
  TieringConfigurationName: '-',
};

/** Inputs that go wrong, and how. */
function variants({ operation, input }: Call): [error: string, input: object][] {
  const given = input as Readonly<Record<string, unknown>>;
  const found: [string, object][] = [];
  const name = Object.keys(ABSENT).find((member) => member in given);
  if (name !== undefined) {
    // A plan that is not there is told as a wrong parameter (B1.5).
    const error = name === 'BackupPlanId' ? 'InvalidParameterValueException' : 'ResourceNotFoundException';
    found.push([error, { ...given, [name]: ABSENT[name] }]);
  }
  const shape = members(operation) ?? {};
  for (const [member, { required, inPath }] of Object.entries(shape)) {
    if (required && !inPath) {
      const { [member]: _, ...rest } = given;
      found.push(['MissingParameterValueException', rest]);
    }
  }
  for (const [member, value] of Object.entries(MALFORMED).filter(([one]) => one in shape)) {
    found.push(['InvalidParameterValueException', { ...given, [member]: value }]);
  }
  if ('MaxResults' in shape) {
    found.push(['InvalidParameterValueException', { ...given, MaxResults: 1001 }]);
  }
  const wanted = modelledErrors(operation);
  return found.filter(([error]) => wanted.includes(error));
}

/** Pages of one are the list, in its order. */
async function page(client: Driver, { operation, input, by }: Call, whole: Output, played: Played): Promise<void> {
  const [name, all] = Object.entries(whole).find(([, value]) => Array.isArray(value)) ?? ['Tags', whole['Tags']];
  const listed: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const asked = { ...input, MaxResults: 1, ...(NextToken !== undefined && { NextToken }) };
    const { output } = await client.call(operation, asked, by ?? OWNER);
    const part = output?.[name];
    listed.push(...(Array.isArray(part) ? (part as unknown[]) : Object.entries(part ?? {})));
    NextToken = output?.['NextToken'] as string | undefined;
  } while (NextToken !== undefined && listed.length < 1000);
  const wanted = Array.isArray(all) ? all : Object.entries(all ?? {});
  if (wanted.length > 0 && JSON.stringify(listed) === JSON.stringify(wanted)) {
    played.paged.add(operation);
  }
}

function filled(value: unknown, kept: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.startsWith('$') ? (kept[value.slice(1)] ?? value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((one) => filled(one, kept));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, kept)]))
    : value;
}

function at(value: unknown, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}
