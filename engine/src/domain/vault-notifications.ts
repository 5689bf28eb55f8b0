/**
 * What AWS Backup publishes to the topic of a vault.
 *
 * Owns     which vaults told already that their topic cannot be reached.
 * Source   B7.3/1 to B7.3/3.
 * Spec     vault-notifications.md
 */
import { floatAt, intAt } from '../kernel/columns';
import { formatInstant } from '../kernel/instant';
import type { Change, JobChange, PointChange, RestoreJobChange } from './changes';
import type { Ledger } from './ledger';
import type { Letter, Messaging } from './messaging';
import { EVENT_DEPRECATED, NO_REASON, TARGET_MISSING, TOPIC_UNSUPPORTED } from './reasons';
import { arnOfPoint, jobView } from './show';
import type { Vault } from './vaults';

const SUBJECT = 'Notification from AWS Backup';

interface Notice {
  readonly vault: Vault;
  /** Names under which PutBackupVaultNotifications asks for it; the first is the one that is sent. */
  readonly events: readonly string[];
  readonly letter: () => Letter;
}

/** Events that are accepted and no longer sent, beside the ones that are (Source B7.3/1). */
const BACKUP_EVENTS: Readonly<Record<string, readonly string[]>> = {
  RUNNING: ['BACKUP_JOB_STARTED'],
  COMPLETED: ['BACKUP_JOB_COMPLETED', 'BACKUP_JOB_SUCCESSFUL'],
  // Assumed: what is partial is completed, and its state says how.
  PARTIAL: ['BACKUP_JOB_COMPLETED'],
  FAILED: ['BACKUP_JOB_COMPLETED', 'BACKUP_JOB_FAILED'],
  ABORTED: ['BACKUP_JOB_COMPLETED', 'BACKUP_JOB_FAILED'],
  EXPIRED: ['BACKUP_JOB_COMPLETED', 'BACKUP_JOB_EXPIRED'],
};
const COPY_EVENTS: Readonly<Record<string, readonly string[]>> = {
  RUNNING: ['COPY_JOB_STARTED'],
  COMPLETED: ['COPY_JOB_SUCCESSFUL'],
  PARTIAL: ['COPY_JOB_SUCCESSFUL'],
  FAILED: ['COPY_JOB_FAILED'],
};
const RESTORE_EVENTS: Readonly<Record<string, readonly string[]>> = {
  RUNNING: ['RESTORE_JOB_STARTED'],
  COMPLETED: ['RESTORE_JOB_COMPLETED', 'RESTORE_JOB_SUCCESSFUL'],
  FAILED: ['RESTORE_JOB_COMPLETED', 'RESTORE_JOB_FAILED'],
  ABORTED: ['RESTORE_JOB_COMPLETED', 'RESTORE_JOB_FAILED'],
};
const INDEX_EVENTS: Readonly<Record<string, readonly string[]>> = {
  ACTIVE: ['RECOVERY_POINT_INDEX_COMPLETED'],
  DELETED: ['RECOVERY_POINT_INDEX_DELETED'],
  FAILED: ['RECOVERY_POINT_INDEXING_FAILED'],
};

/** How a message begins, by the state; Assumed where the guide has no sample. */
const OPENINGS: Readonly<Record<string, string>> = {
  RUNNING: 'was started',
  COMPLETED: 'was completed successfully',
  PARTIAL: 'was completed partially',
  FAILED: 'failed',
  ABORTED: 'was stopped',
  EXPIRED: 'failed to complete in time',
};

export class VaultNotifications {
  private readonly unreached = new Set<string>();

  constructor(
    private readonly ledger: Ledger,
    private readonly messaging: Messaging,
  ) {}

  /** Begins to listen, as a vault was told of a topic. */
  listen(): void {
    this.ledger.observers.add(this.hear);
  }

  private readonly hear = (change: Change): void => {
    for (const notice of [this.noticeOf(change), this.ofObjects(change), this.ofRestoredObjects(change)]) {
      const wanted = notice?.vault.notifications;
      const event = notice?.events.find((one) => wanted?.backupVaultEvents.includes(one));
      if (notice !== undefined && wanted !== undefined && event !== undefined) {
        this.send(notice, wanted.snsTopicArn, event);
      }
    }
  };

  /**
   * Source B13: a backup of a bucket whose objects cannot be read completes without them. Assumed: one message for the job
   * rather than for each object, and its text.
   */
  private ofObjects(change: Change): Notice | undefined {
    const { jobs, series, vaults, resources, keys } = this.ledger;
    if (change.kind !== 'backup-job' || change.state !== 'COMPLETED') {
      return undefined;
    }
    const { service, declaration } = resources.find(intAt(jobs.resources, change.row));
    if (service.id !== 's3' || keys.refusalOf(declaration.encryptedWith) === NO_REASON) {
      return undefined;
    }
    const vault = vaults.find(intAt(series.vaults, intAt(jobs.series, change.row)));
    const letter = () => {
      const { jobId, startedAt, createdAt, resourceArn, recoveryPointArn } = jobView(this.ledger, change.row);
      const words = 'An AWS Backup job failed to back up objects, whose key cannot be used.';
      const point = `Recovery point ARN: ${recoveryPointArn}. Resource ARN : ${resourceArn}. BackupJob ID : ${jobId}`;
      return letterOf(`${words} ${point}`, {
        EventType: 'S3_BACKUP_OBJECT',
        State: 'FAILED',
        AccountId: vault.made.env.account,
        Id: jobId,
        StartTime: formatInstant(startedAt ?? createdAt),
      });
    };
    return { vault, events: ['S3_BACKUP_OBJECT_FAILED'], letter };
  }

  /** The same for a restore. */
  private ofRestoredObjects(change: Change): Notice | undefined {
    if (change.kind !== 'restore-job' || !change.objectsFailed) {
      return undefined;
    }
    const { backupVaultArn, recoveryPointArn, createdResourceArn, restoreJobId, env, createdAt } = change;
    const words = 'An AWS Backup restore job failed to restore objects, whose key cannot be used.';
    const point = `Recovery point ARN: ${recoveryPointArn}. Resource ARN : ${createdResourceArn}.`;
    return this.notice(backupVaultArn, ['S3_RESTORE_OBJECT_FAILED'], () =>
      letterOf(`${words} ${point} RestoreJob ID : ${restoreJobId}`, {
        EventType: 'S3_RESTORE_OBJECT',
        State: 'FAILED',
        AccountId: env.account,
        Id: restoreJobId,
        StartTime: formatInstant(createdAt),
      }),
    );
  }

  private send({ vault, events, letter }: Notice, topicArn: string, event: string): void {
    const { env } = vault.made;
    const sender = { service: 'backup.amazonaws.com', arn: vault.arn, env, what: event };
    const { topics, deliveries } = this.messaging;
    const foreign = topicArn.split(':')[4] !== env.account || topicArn.endsWith('.fifo');
    const silent = event !== events[0] ? EVENT_DEPRECATED : foreign ? TOPIC_UNSUPPORTED : undefined;
    if (silent === undefined && topics.tryFind(topicArn) !== undefined) {
      this.messaging.send(sender, topicArn, letter());
    } else if (!this.unreached.has(`${vault.arn} ${topicArn} ${event}`)) {
      // Said once: a vault whose topic lies outside of the World would say it at each job.
      this.unreached.add(`${vault.arn} ${topicArn} ${event}`);
      deliveries.record(sender, topicArn, letter().body, silent ?? TARGET_MISSING, event);
    }
  }

  private noticeOf(change: Change): Notice | undefined {
    switch (change.kind) {
      case 'backup-job':
        return this.ofJob(change, BACKUP_EVENTS, 'BACKUP_JOB');
      case 'copy-job':
        return this.ofJob(change, COPY_EVENTS, 'COPY_JOB');
      case 'recovery-point':
        return this.ofPoint(change);
      case 'restore-job':
        return this.ofRestore(change);
      case 'recovery-point-index': {
        const attributes = { EventType: 'RECOVERY_POINT_INDEX', IndexStatus: change.status };
        const body = `The index of a recovery point is ${change.status}. Recovery point ARN: ${change.recoveryPointArn}`;
        return this.notice(change.backupVaultArn, INDEX_EVENTS[change.status], () => letterOf(body, attributes));
      }
      default:
        return undefined;
    }
  }

  private notice(vaultArn: string, events: readonly string[] | undefined, letter: () => Letter): Notice | undefined {
    const vault = this.ledger.vaults.tryFindByArn(vaultArn);
    return vault === undefined || events === undefined ? undefined : { vault, events, letter };
  }

  /** Messages of a backup go to the topic of its vault, those of a copy to that of the source's vault (Assumed). */
  private ofJob(
    { row, state }: JobChange,
    table: Readonly<Record<string, readonly string[]>>,
    EventType: string,
  ): Notice | undefined {
    const { ledger } = this;
    const events = table[state];
    const copy = EventType === 'COPY_JOB';
    const series = intAt(copy ? ledger.jobs.sources : ledger.jobs.series, row);
    const vault = series < 0 ? undefined : ledger.vaultOf(series);
    if (events === undefined || vault?.notifications === undefined) {
      return undefined;
    }
    const letter = () => {
      const job = jobView(ledger, row);
      const point = job.recoveryPointArn === undefined ? '' : ` Recovery point ARN: ${job.recoveryPointArn}.`;
      const id = `${copy ? 'CopyJob' : 'BackupJob'} ID : ${job.jobId}`;
      const words = `An AWS Backup ${copy ? 'copy ' : ''}job ${OPENINGS[state]}.`;
      return letterOf(`${words}${point} Resource ARN : ${job.resourceArn}. ${id}`, {
        EventType,
        State: state,
        AccountId: vault.made.env.account,
        Id: job.jobId,
        StartTime: formatInstant(job.startedAt ?? job.createdAt),
      });
    };
    return { vault, events, letter };
  }

  private ofRestore(job: RestoreJobChange): Notice | undefined {
    return this.notice(job.backupVaultArn, RESTORE_EVENTS[job.state], () =>
      letterOf(
        `An AWS Backup restore job ${OPENINGS[job.state]}. Recovery point ARN: ${job.recoveryPointArn}. ` +
          `RestoreJob ID : ${job.restoreJobId}`,
        {
          EventType: 'RESTORE_JOB',
          State: job.state,
          AccountId: job.env.account,
          Id: job.restoreJobId,
          StartTime: formatInstant(job.createdAt),
        },
      ),
    );
  }

  private ofPoint({ row, status }: PointChange): Notice | undefined {
    const { ledger } = this;
    const vault = ledger.vaultOf(intAt(ledger.points.series, row));
    const event = {
      MODIFIED: 'RECOVERY_POINT_MODIFIED',
      COLD: 'RECOVERY_POINT_MODIFIED',
      STOPPED: 'CONTINUOUS_BACKUP_INTERRUPTED',
    }[status as string];
    if (event === undefined || vault.notifications === undefined) {
      return undefined;
    }
    const letter = () => {
      const arn = arnOfPoint(ledger, row);
      const words = status === 'STOPPED' ? 'A continuous backup was interrupted' : 'A recovery point was modified';
      return letterOf(`${words}. Recovery point ARN: ${arn}`, {
        EventType: 'RECOVERY_POINT',
        State: status === 'STOPPED' ? 'STOPPED' : 'MODIFIED',
        AccountId: vault.made.env.account,
        Id: arn,
        StartTime: formatInstant(floatAt(ledger.points.createdAts, row)),
      });
    };
    return { vault, events: [event], letter };
  }
}

function letterOf(body: string, attributes: Readonly<Record<string, string>>): Letter {
  const typed = Object.entries(attributes).map(([name, value]) => [name, { type: 'String', value }] as const);
  return { body, subject: SUBJECT, attributes: Object.fromEntries(typed) };
}
