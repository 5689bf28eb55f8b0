/**
 * The flags that commands share, and what each may say.
 *
 * Pure: text in, values out; a value that is not allowed throws UsageError with flag, value and what is allowed.
 * Units    instants are Instants; days are 24 h.
 * Source   design.md section 2: every command's flags and defaults.
 */
import { BackupLimits, ComplianceStandard, Environment, Severity } from '@holdfast/model';
import { Command } from 'commander';
import type { ReadOptions } from '../ingest/artifact';
import { partitionOf } from '../ingest/environments';
import { END_OF_WORLDS, Instant, parseInstant, tryParseInstant } from '../kernel/instant';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, DEFAULT_SEED, DEFAULT_START } from './defaults';
import { UsageError } from './usage-error';

const { LONGEST_DAYS: MOST_DAYS, S3_BUCKETS, S3_BUCKETS_RAISED } = BackupLimits;
const MOST_RUNS = 10000;
const MOST_SEED = 0xffffffff;
/** The years of AWS's cron dialect (Source B2.2/1). */
const FIRST = parseInstant('1970-01-01');
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/;
const ACCOUNT = /^\d{12}$/;
const SEVERITIES = ['error', 'warning', 'note'] as const;

/** Where things are that do not say so themselves. */
export interface PlaceFlags {
  /** Undefined where the default holds: what follows from an assumed place is no error. */
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** What every command takes that reads artifacts. */
export interface CommonFlags extends PlaceFlags {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly inventory?: string;
  readonly waivers?: string;
  readonly failOn: Severity;
  readonly format: 'text' | 'json';
  /** What declarations are held against beside the rules; some commands take it. */
  readonly standard?: readonly ComplianceStandard[];
}

/** What a command takes that runs the estate. */
export interface RunFlags extends CommonFlags {
  readonly days: number;
  readonly start?: Instant;
  readonly seed: number;
  readonly bucketQuota?: number;
  /** Whether policies decide about the steps of jobs; `explain` and `simulate` take it. */
  readonly enforceIam?: boolean;
}

/** Gives a command the flags of a place; `of` says whose. */
export function addPlaceFlags(command: Command, of: string): Command {
  return command
    .option('--account <id>', `account ${of} (default: "${DEFAULT_ACCOUNT}")`, account)
    .option('--region <name>', `Region ${of} (default: "${DEFAULT_REGION}")`, region)
    .option('--partition <name>', `partition ${of} (default: that of the Region)`, partition);
}

/** Gives a command the flags of a World. */
export function addWorldFlags(command: Command, what: string): Command {
  return command
    .option('--start <ISO>', `where ${what} starts (default: ${DEFAULT_START})`, (given) => instant('--start', given))
    .option('--seed <n>', `seed of every chance in ${what}`, seed, DEFAULT_SEED)
    .option(
      '--bucket-quota <n>',
      `S3 buckets of an account that are backed up, where AWS has raised the quota (default: ${S3_BUCKETS})`,
      (given) => wholeNumber('--bucket-quota', given, S3_BUCKETS, S3_BUCKETS_RAISED),
    );
}

const FORMATS = ['text', 'json'] as const;

/**
 * Gives a command the artifacts that it reads and the flags that every command has.
 *
 * @param formats the formats in which it can answer
 */
export function addCommonFlags(command: Command, formats: readonly string[] = FORMATS): Command {
  command
    .argument('<artifact...>', 'cdk.out, a template, cdktf.out, cdk.tf.json, terraform show -json, or a blueprint')
    .option('--inventory <file>', 'resources that no artifact declares, with sizes (YAML or JSON)')
    .option('--waivers <file>', 'findings that are accepted, with reasons (YAML or JSON)')
    .option('--fail-on <severity>', 'least severity that gives exit 1: error, warning or note', severity, SEVERITIES[0])
    .option('--format <format>', listed(formats), (given) => oneOf('--format', given, formats), FORMATS[0]);
  addPlaceFlags(command, 'that an artifact leaves open')
    .option('--parameter <Name=Value>', 'a CloudFormation parameter or Terraform variable; repeatable', parameter)
    .option('--value <path=json>', 'what an artifact leaves to deploy time, by its path; repeatable', value);
  return command;
}

/**
 * Gives a command the flags of a run on the virtual clock.
 *
 * @param days how many there are when the flag is not given; it must be unless this says
 */
export function addRunFlags(command: Command, days?: number): Command {
  const required = days === undefined ? ' (required)' : '';
  requireFlags(addCommonFlags(command), ...(days === undefined ? ['days'] : [])).option(
    '--days <n>',
    `how many days of 24 h to run${required}`,
    (given) => count('--days', given, MOST_DAYS),
    ...(days === undefined ? [] : ([days] as const)),
  );
  return addWorldFlags(command, 'the run');
}

/** Lets a run ask the policies of the artifacts about each step of a job. */
export function addEnforceIamFlag(command: Command): Command {
  return command.option(
    '--enforce-iam',
    'let policies decide about every job; roles that no artifact declares may all',
  );
}

/** Gives a command the standards that declarations are held against. */
export function addStandardFlag(command: Command): Command {
  return command.option(
    '--standard <ids>',
    'standards to hold it against, e.g. hipaa,soc2; docs/compliance.md',
    standards,
  );
}

/** Makes flags mandatory. Commander's own check would come before that of unknown flags, and hide a typing error. */
export function requireFlags(command: Command, ...names: string[]): Command {
  return command.hook('preAction', (_, action) => {
    for (const name of names.filter((flag) => action.getOptionValue(flag) === undefined)) {
      throw new UsageError(`--${name} must be given`);
    }
  });
}

/** The place that the flags name, or the default. */
export function placeOfFlags(flags: PlaceFlags): Environment {
  const inRegion = flags.region ?? DEFAULT_REGION;
  return {
    partition: flags.partition ?? partitionOf(inRegion),
    account: flags.account ?? DEFAULT_ACCOUNT,
    region: inRegion,
  };
}

/** What the readers of artifacts take of the flags. */
export function readOptions(flags: PlaceFlags & Pick<CommonFlags, 'parameter' | 'value'>): ReadOptions {
  return {
    env: placeOfFlags(flags),
    parameters: flags.parameter ?? {},
    values: flags.value ?? {},
  };
}

/** A whole number from 1 up. */
export function count(flag: string, given: string, most: number = MOST_RUNS): number {
  return wholeNumber(flag, given, 1, most);
}

/** A point of time. A date alone is its midnight in UTC; a time needs its zone, as a local time differs by machine. */
export function instant(flag: string, given: string): Instant {
  const at = tryParseInstant(given);
  if (at === undefined || at < FIRST || at >= END_OF_WORLDS) {
    throw new UsageError(
      `${flag} must be a date or a time with zone from 1970 to 2199, e.g. 2027-01-01 or ${DEFAULT_START}, got '${given}'`,
    );
  }
  return at;
}

function seed(given: string): number {
  return wholeNumber('--seed', given, 0, MOST_SEED);
}

function wholeNumber(flag: string, given: string, least: number, most: number): number {
  const number = /^\d{1,15}$/.test(given) ? Number(given) : NaN;
  if (!(number >= least && number <= most)) {
    throw new UsageError(`${flag} must be a whole number from ${least} to ${most}, got '${given}'`);
  }
  return number;
}

function severity(given: string): string {
  return oneOf('--fail-on', given, SEVERITIES);
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function oneOf(flag: string, given: string, allowed: readonly string[]): string {
  if (!allowed.includes(given)) {
    throw new UsageError(`${flag} must be ${allowed.join(' or ')}, got '${given}'`);
  }
  return given;
}

/** Names of Regions with commas between them. */
export function regions(given: string): string[] {
  return given
    .split(',')
    .map((name) => shaped('--regions', name.trim(), REGION, 'Regions such as eu-central-1,us-east-1'));
}

/** Ids of accounts, each once. */
export function accountIds(given: string): string[] {
  const ids = given.split(',').map((id) => shaped('--accounts', id.trim(), ACCOUNT, '12 digits each'));
  return [...new Set(ids)];
}

/** Standards by their ids, each once. */
function standards(given: string, before: readonly ComplianceStandard[] = []): ComplianceStandard[] {
  const named = given.split(',').map((id) => {
    const standard = ComplianceStandard.tryFind(id.trim());
    if (standard === undefined) {
      const allowed = ComplianceStandard.all().map((one) => one.id);
      throw new UsageError(`--standard must be one or more of ${allowed.join(', ')} with commas, got '${id.trim()}'`);
    }
    return standard;
  });
  return [...new Map([...before, ...named].map((one) => [one.id, one])).values()];
}

function account(given: string): string {
  return shaped('--account', given, ACCOUNT, '12 digits');
}

function region(given: string): string {
  return shaped('--region', given, REGION, 'a Region such as eu-central-1');
}

function partition(given: string): string {
  return shaped('--partition', given, /^aws(-[a-z]+)*$/, 'a partition such as aws, aws-cn or aws-us-gov');
}

function shaped(flag: string, given: string, shape: RegExp, allowed: string): string {
  if (!shape.test(given)) {
    throw new UsageError(`${flag} must be ${allowed}, got '${given}'`);
  }
  return given;
}

function parameter(given: string, before: Record<string, string> = {}): Record<string, string> {
  const parts = /^([^=]+)=(.*)$/s.exec(given);
  if (parts === null) {
    throw new UsageError(`--parameter must be Name=Value, got '${given}'`);
  }
  return { ...before, [parts[1] as string]: parts[2] as string };
}

/** The path may hold `=` itself (`aws_backup_vault.v["a=b"].name`), so the first split that leaves JSON counts. */
function value(given: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  for (let at = given.indexOf('='); at > 0; at = given.indexOf('=', at + 1)) {
    const parsed = tryJson(given.slice(at + 1));
    if (parsed !== undefined) {
      return { ...before, [given.slice(0, at)]: parsed };
    }
  }
  throw new UsageError(`--value must be path=json, where text is quoted (path="text"), got '${given}'`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
