/**
 * What a World takes and gives, as its user writes it.
 *
 * Pure: types.
 * Units    instants are ISO 8601 text; a day is 24 h; sizes are GiB.
 * Source   design.md section 2, Library and Inventory.
 */
import type { Finding } from '@holdfast/model';
import type { AlarmState } from '../domain/alarm-verdict';
import type { AlarmChange } from '../domain/alarms';
import type { Content } from '../host/content/content';
import type { ReadResult } from '../ingest/artifact';

/** How a World begins. */
export interface WorldProps {
  /** Where the clock stands at first, e.g. `2027-01-01T00:00:00Z`. */
  readonly start: string;
  /** Seed of every generated id and every chance; 1 when not given. */
  readonly seed?: number;
  /** Account that an artifact leaves open; `123456789012` when not given. */
  readonly account?: string;
  /** Region that an artifact leaves open; `us-east-1` when not given. */
  readonly region?: string;
  /** Partition that an artifact leaves open; that of the Region when not given. */
  readonly partition?: string;
  /** How many events are kept for matchers that look back; 1 million when not given, at 44 bytes each. */
  readonly keepEvents?: number;
  /**
   * Whether policies decide about the calls of clients that say their `principal`, and about what the roles of jobs may do;
   * not unless given.
   */
  readonly enforceIam?: boolean;
  /**
   * Whether functions of Lambda and state machines run, with this World as their AWS; else their invocations and executions are
   * recorded alone.
   *
   * Each run is a process of Node.js. It is no sandbox: the code is yours, and may do on this machine what you may.
   */
  readonly runFunctions?: boolean;
  /**
   * Whether metrics of AWS Backup are counted and calls are recorded from the start; else metrics from the first alarm or
   * GetMetricStatistics on, and calls from the first `trail()` on, as both cost time in long runs.
   */
  readonly observe?: boolean;
  /**
   * Where captures of what resources hold are kept; a folder that goes with the process unless given. What a World before had
   * there goes.
   */
  readonly contentFolder?: string;
  /** Minutes between batches of the events of AWS Backup; 0 when not given: each at the instant of its change. */
  readonly eventBatchMinutes?: number;
  /** Whether what is done to the World is kept, so that `save` can write it; not unless given. */
  readonly savable?: boolean;
  /**
   * How many minutes after their schedule jobs of rules start at most, each at an instant of its own, its start window
   * permitting; 0 when not given: all at once. AWS Backup spreads them.
   */
  readonly startJitterMinutes?: number;
  /**
   * How many buckets of each account AWS Backup backs up, where AWS has raised that quota: 100 to 1,000; 100 when not given.
   * Backups of further buckets fail.
   */
  readonly bucketQuota?: number;
}

/** What an artifact leaves to deploy time. */
export interface DeployProps {
  /** CloudFormation parameters and Terraform variables. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Values by the path that a refusal named. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A resource that no artifact declares, as an entry of an inventory: `arn`, or `type` and `name`, must be there. */
export interface AddedResource {
  readonly arn?: string;
  /** AWS Backup's word for the type, e.g. `DynamoDB`. */
  readonly type?: string;
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly sizeGiB?: number;
  readonly dailyChangePercent?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** ARN of the key. */
  readonly encryptedWith?: string;
  readonly state?: string;
  /** When the service maintains it each week, in UTC, e.g. `mon:05:00-mon:05:30`. */
  readonly preferredMaintenanceWindow?: string;
  /** When the service makes automated backups each day, in UTC, e.g. `04:00-04:30`. */
  readonly preferredBackupWindow?: string;
  /** For how many days the service keeps those; 0 when it makes none. */
  readonly automatedBackupDays?: number;
  /** What an EC2 instance has for volume shadow copies: `works` when not given, `not-windows`, `agent-missing` … */
  readonly windowsVss?: string;
  /** Whether a bucket keeps versions: one that does not is not backed up. Taken to keep them when not given. */
  readonly versioning?: boolean;
  /** Hypervisor of a virtual machine; one for all machines of its account and Region that name none. */
  readonly hypervisorId?: string;
  /** How many backup gateways that hypervisor has, at 4 jobs at once each; 1 when not given. */
  readonly gatewayCount?: number;
  /** ARNs of what is backed up with a CloudFormation stack or EKS cluster, by logical id or name. */
  readonly members?: Readonly<Record<string, string>>;
  /** What it holds: backups capture it, restores bring it back. Without it, it is a name and a size. */
  readonly content?: Content;
}

/** How far the clock moves. */
export interface Stretch {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/** What a deploy read: the declarations, what the rules find in them, and what was left out. */
export interface Deployed extends ReadResult {
  readonly findings: readonly Finding[];
}

/** An alarm of CloudWatch. */
export interface AlarmView {
  readonly name: string;
  readonly arn: string;
  readonly state: AlarmState;
  /** Its changes of state, oldest first. */
  readonly history: readonly AlarmChange[];
}

/** A template as an object, e.g. `Template.fromStack(stack).toJSON()`, or what `Testing.synth` of cdktf parses to. */
export type TemplateObject = Readonly<Record<string, unknown>>;
