/**
 * What a World shows of itself: rows and sums with names instead of columns and codes.
 *
 * Pure: types alone.
 * Units    `…At` are Instants; `…Bytes` are bytes.
 * Source   design.md section 2, `simulate --format json` and `explain`.
 */
import type { Instant } from '../kernel/instant';

export type BackupJobState =
  'CREATED' | 'PENDING' | 'RUNNING' | 'ABORTING' | 'ABORTED' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'PARTIAL';
export type CopyJobState = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'PARTIAL';

/** Live recovery points of one vault. */
export interface VaultCount {
  readonly live: number;
  readonly warm: number;
  readonly cold: number;
}

/** The sums of `simulate --format json`, without findings, what was not read, and the digest. */
export interface WorldSummary {
  readonly from: Instant;
  readonly to: Instant;
  readonly seed: number;
  readonly resources: { readonly total: number; readonly byType: Readonly<Record<string, number>> };
  /** Jobs by the state that they are in now; states that no job is in are left out. */
  readonly backupJobs: Readonly<Record<string, number>>;
  readonly copyJobs: Readonly<Record<string, number>>;
  readonly restoreJobs: Readonly<Record<string, number>>;
  readonly recoveryPoints: {
    readonly created: number;
    readonly deleted: number;
    readonly live: number;
    readonly liveWarm: number;
    readonly liveCold: number;
    /** Every vault, empty ones too, by ARN in ascending order. */
    readonly byVault: Readonly<Record<string, VaultCount>>;
  };
}

/** One live recovery point, with the reason for it. */
export interface RecoveryPointView {
  readonly recoveryPointArn: string;
  readonly backupVaultName: string;
  readonly backupVaultArn: string;
  readonly resourceArn: string;
  readonly resourceType: string;
  /** Start of the backup job; for a copy, of the source's (Source B6.2/1). */
  readonly createdAt: Instant;
  readonly completedAt: Instant;
  readonly status: 'COMPLETED' | 'PARTIAL' | 'STOPPED' | 'EXPIRED';
  readonly storageClass: 'WARM' | 'COLD';
  readonly continuous: boolean;
  readonly sizeBytes: number;
  /** How long a restore that begins now takes; undefined for a parent, whose members are restored one by one. */
  readonly restoreMs: number | undefined;
  /** Undefined for an on-demand backup. */
  readonly planName: string | undefined;
  readonly planArn: string | undefined;
  readonly ruleName: string | undefined;
  /** A sentence: which decision made this point. */
  readonly why: string;
  /** A sentence: what ends it, or why nothing does. */
  readonly whyUntil: string;
  /** Undefined when it never moves. */
  readonly coldAt: Instant | undefined;
  /** First instant at which AWS Backup may delete it; undefined when it is kept for ever. */
  readonly deleteAt: Instant | undefined;
  /** Vault and ARN of the point that this one is a copy of. */
  readonly copyOf: { readonly backupVaultArn: string; readonly recoveryPointArn: string } | undefined;
  /** Given where a legal hold keeps it. */
  readonly held?: true;
  /** Given where it goes once its copies into a logically air-gapped vault are over, whatever its lifecycle (Source B7.6/2). */
  readonly temporary?: true;
}

/** One backup or copy job. */
export interface JobView {
  readonly kind: 'backup' | 'copy';
  readonly jobId: string;
  readonly state: BackupJobState | CopyJobState;
  readonly resourceArn: string;
  readonly resourceType: string;
  /** The vault that receives the point. */
  readonly backupVaultArn: string;
  readonly backupVaultName: string;
  readonly sourceBackupVaultArn: string | undefined;
  readonly planName: string | undefined;
  readonly ruleName: string | undefined;
  readonly createdAt: Instant;
  /** End of the start window; undefined for a copy, which has none. */
  readonly startBy: Instant | undefined;
  readonly startedAt: Instant | undefined;
  readonly completedAt: Instant | undefined;
  readonly sizeBytes: number;
  /** Bytes that the job moved; less than its size where the service is incremental. */
  readonly transferredBytes: number;
  /** The point that the job made; undefined unless it completed and the point is still there. */
  readonly recoveryPointArn: string | undefined;
  /** AWS's status message, empty when there is none. */
  readonly statusMessage: string;
  /** A sentence: why the job is in this state. */
  readonly why: string;
}

/** One restore job; the members about tests are undefined for one that no restore testing plan asked for. */
export interface RestoreJobView {
  readonly restoreJobId: string;
  readonly state: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** What was backed up. */
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly recoveryPointArn: string;
  readonly backupVaultArn: string;
  /** When the recovery point was made. */
  readonly pointCreatedAt: Instant;
  readonly createdAt: Instant;
  readonly startedAt: Instant | undefined;
  readonly completedAt: Instant | undefined;
  /** What the restore made; undefined unless it completed. */
  readonly createdResourceArn: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** AWS's status message, empty when there is none. */
  readonly statusMessage: string;
  /** A sentence: why the job is in this state; empty where nothing is to be said. */
  readonly why: string;
  readonly restoreTestingPlanArn: string | undefined;
  readonly validationStatus: 'VALIDATING' | 'SUCCESSFUL' | 'FAILED' | 'TIMED_OUT' | undefined;
  readonly deletionStatus: 'DELETING' | 'SUCCESSFUL' | 'FAILED' | undefined;
}

/** One entry of the event log that was kept. */
export interface EventView {
  readonly at: Instant;
  /** `backup-job`, `copy-job`, `recovery-point`, `vault`, … */
  readonly kind: string;
  /** What happened to it, e.g. `COMPLETED`, `deleted`, `suppressed`. */
  readonly what: string;
  readonly resourceArn: string | undefined;
  readonly backupVaultArn: string | undefined;
  readonly ruleName: string | undefined;
  readonly why: string;
}
