/**
 * The trail of CloudTrail: calls of operations, and what AWS Backup tells of itself.
 *
 * Owns     the latest records. Nothing is recorded until somebody asks for it.
 * Source   B14.3/1 and the guide's list of service events.
 * Spec     trail.md
 */
import type { Environment } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { Latest } from '../kernel/latest';
import { wholeSeconds } from './bus-event';
import type { Change } from './changes';
import type { Ledger } from './ledger';
import { arnOfPoint, jobId } from './show';
import { recordOfCall } from './trail-record';

/** One record as CloudTrail writes it. */
export type TrailRecord = Readonly<Record<string, unknown>>;

const KEPT = 100_000;

interface Told {
  readonly env: Environment;
  readonly eventName: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export class Trail {
  private readonly latest = new Latest<TrailRecord>(KEPT);

  constructor(private readonly ledger: Ledger) {}

  /** Begins to record. */
  listen(): void {
    this.ledger.observers.add(this.hear);
  }

  /** The latest records, oldest first. */
  list(): readonly TrailRecord[] {
    return this.latest.list();
  }

  private readonly hear = (change: Change): void => {
    const { seed, now } = this.ledger;
    if (change.kind === 'api-call') {
      this.latest.add(recordOfCall(seed, now, change));
      return;
    }
    const told = this.toldBy(change);
    if (told !== undefined) {
      this.latest.add(serviceRecord(seed, now, told));
    }
  };

  private toldBy(change: Change): Told | undefined {
    const { ledger } = this;
    switch (change.kind) {
      case 'backup-job':
      case 'copy-job': {
        const word = {
          RUNNING: 'Started',
          COMPLETED: 'Completed',
          FAILED: 'Completed',
          EXPIRED: 'Completed',
          ABORTED: 'Completed',
        }[change.state as string];
        const kind = change.kind === 'backup-job' ? 'Backup' : 'Copy';
        const { env } = ledger.resources.find(intAt(ledger.jobs.resources, change.row)).declaration;
        const details = { [`${kind.toLowerCase()}JobId`]: jobId(ledger, change.row), state: change.state };
        return word === undefined ? undefined : { env, eventName: `${kind}Job${word}`, details };
      }
      case 'recovery-point': {
        const eventName = {
          COMPLETED: 'RecoveryPointCreated',
          COLD: 'BackupTransitionedToCold',
          DELETED: 'BackupDeleted',
        }[change.status as string];
        const vault = ledger.vaultOf(intAt(ledger.points.series, change.row));
        if (eventName === undefined) {
          return undefined;
        }
        const details = { recoveryPointArn: arnOfPoint(ledger, change.row), backupVaultName: vault.name };
        return { env: vault.made.env, eventName, details };
      }
      case 'restore-job': {
        const { env, restoreJobId, state } = change;
        const started = state === 'RUNNING';
        return started || ['COMPLETED', 'FAILED', 'ABORTED'].includes(state)
          ? { env, eventName: started ? 'RestoreStarted' : 'RestoreCompleted', details: { restoreJobId, state } }
          : undefined;
      }
      case 'scan-job': {
        const { env, scanJobId, state } = change;
        const word = {
          CREATED: 'Created',
          RUNNING: 'Started',
          COMPLETED: 'Completed',
          COMPLETED_WITH_ISSUES: 'Completed',
          FAILED: 'Failed',
        }[state as string];
        return word === undefined ? undefined : { env, eventName: `ScanJob${word}`, details: { scanJobId, state } };
      }
      case 'service-event':
        return change;
      default:
        return undefined;
    }
  }
}

function serviceRecord(seed: number, now: number, { env, eventName, details }: Told): TrailRecord {
  const names = [env.account, env.region, eventName, JSON.stringify(details)];
  return {
    eventVersion: '1.08',
    userIdentity: { accountId: env.account, invokedBy: 'backup.amazonaws.com' },
    eventTime: wholeSeconds(now),
    eventSource: 'backup.amazonaws.com',
    eventName,
    awsRegion: env.region,
    requestParameters: null,
    responseElements: null,
    serviceEventDetails: details,
    eventID: uuid(seed, { kind: 'trail-record', names, at: now }),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: env.account,
    eventCategory: 'Management',
  };
}
