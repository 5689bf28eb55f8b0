/**
 * Changes that others may want to hear of: what EventBridge, vault notifications, metrics and the trail are made of.
 *
 * Owns     who listens. Nothing is kept, and with nobody listening nothing is made: `listening` is the one check that
 *          the bulk path pays for.
 * Units    `…At` are Instants; a row is one of the columns of jobs or points, valid while the change is told.
 * Spec     changes.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import type { JobState } from './event-codes';
import type { Plan } from './plans';
import type { Vault } from './vaults';

/** A backup or copy job came into a state; `row` is its row in `ledger.jobs`. */
export interface JobChange {
  readonly kind: 'backup-job' | 'copy-job';
  readonly row: number;
  readonly state: JobState;
  readonly reason: number;
}

/** What happened to a recovery point; `row` is its row in `ledger.points`, which still has it when it is DELETED. */
export interface PointChange {
  readonly kind: 'recovery-point';
  readonly row: number;
  readonly status: 'COMPLETED' | 'MODIFIED' | 'COLD' | 'PARTIAL' | 'EXPIRED' | 'STOPPED' | 'DELETED';
  readonly reason: number;
}

export interface VaultChange {
  readonly kind: 'vault';
  readonly vault: Vault;
  readonly state: 'CREATED' | 'MODIFIED' | 'DELETED';
}

export interface PlanChange {
  readonly kind: 'plan';
  readonly plan: Plan;
  readonly state: 'CREATED' | 'MODIFIED' | 'DELETED';
}

export interface SettingChange {
  readonly kind: 'region-setting';
  readonly env: Environment;
  /** The keys that the call named, as UpdateRegionSettings has them. */
  readonly resourceTypeOptInPreference: Readonly<Record<string, boolean>> | undefined;
}

/** What a restore job is at the moment of its change. */
export interface RestoreJobChange {
  readonly kind: 'restore-job';
  readonly env: Environment;
  readonly restoreJobId: string;
  readonly state: 'CREATED' | 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'ABORTED';
  readonly createdAt: Instant;
  readonly completedAt: Instant | undefined;
  readonly resourceType: string;
  readonly sizeBytes: number;
  readonly iamRoleArn: string;
  readonly statusMessage: string;
  readonly backupVaultArn: string;
  readonly recoveryPointArn: string;
  readonly sourceResourceArn: string;
  readonly createdResourceArn: string | undefined;
  readonly restoreTestingPlanArn: string | undefined;
  /** It completes without its objects, as the key that they would be written under cannot be used. */
  readonly objectsFailed: boolean;
}

/** The index of a recovery point came into a state. */
export interface IndexChange {
  readonly kind: 'recovery-point-index';
  readonly env: Environment;
  readonly status: 'ACTIVE' | 'DELETED' | 'FAILED';
  readonly recoveryPointArn: string;
  readonly backupVaultArn: string;
  readonly sourceResourceArn: string;
  readonly resourceType: string;
  readonly iamRoleArn: string;
  readonly backupCreatedAt: Instant;
  readonly indexCreatedAt: Instant;
  readonly statusMessage: string;
}

/** A malware scan came into a state. */
export interface ScanJobChange {
  readonly kind: 'scan-job';
  readonly env: Environment;
  readonly scanJobId: string;
  readonly scanId: string;
  readonly state: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'COMPLETED_WITH_ISSUES' | 'FAILED' | 'CANCELED';
  readonly result: 'NO_THREATS_FOUND' | 'THREATS_FOUND' | undefined;
  readonly createdAt: Instant;
  readonly completedAt: Instant | undefined;
  readonly backupVaultArn: string;
  readonly recoveryPointArn: string;
  readonly baseRecoveryPointArn: string | undefined;
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly iamRoleArn: string;
  readonly scannerRoleArn: string;
  readonly malwareScanner: string;
  readonly statusMessage: string;
  /** Plan, version and rule, where a rule asked for the scan. */
  readonly createdBy:
    | { readonly planArn: string; readonly planId: string; readonly planVersion: string; readonly ruleId: string }
    | undefined;
}

/** Somebody called an operation, and what AWS answered. */
export interface ApiCall {
  readonly kind: 'api-call';
  readonly env: Environment;
  /** Folder of operations/ or signing name, e.g. `backup`. */
  readonly service: string;
  /** E.g. `DeleteRecoveryPoint`. */
  readonly operation: string;
  /** ARN of the principal; undefined for what CloudFormation or Terraform would call. */
  readonly principalArn: string | undefined;
  /** Input and output as the SDK has them. */
  readonly input: unknown;
  readonly output: unknown;
  /** Name and message of the fault that AWS answered with. */
  readonly fault: { readonly name: string; readonly message: string } | undefined;
}

/** An event of AWS Backup that CloudTrail alone tells of, such as `ReportJobStarted`. */
export interface ServiceEvent {
  readonly kind: 'service-event';
  readonly env: Environment;
  readonly eventName: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type Change =
  | JobChange
  | PointChange
  | VaultChange
  | PlanChange
  | SettingChange
  | RestoreJobChange
  | IndexChange
  | ScanJobChange
  | ApiCall
  | ServiceEvent;

export type Observer = (change: Change) => void;

export class Observers {
  /** Whether anybody would hear of a change: look here before making one on the bulk path. */
  listening = false;
  private readonly all: Observer[] = [];

  /** Has an observer called at each change from now on, after those that came before it. The same one twice is once. */
  add(observer: Observer): void {
    if (!this.all.includes(observer)) {
      this.all.push(observer);
    }
    this.listening = true;
  }

  tell(change: Change): void {
    for (const observer of this.all) {
      observer(change);
    }
  }
}
