/**
 * Copies recovery points in the direction of recovery: of each resource that is asked for the newest point before an
 * instant, from the vault that holds the copies into the vault of the workload.
 *
 * Asked again, it tells of the copies that it started instead of starting more.
 *
 * Source   API: ListRecoveryPointsByBackupVault, DescribeRecoveryPoint, ListCopyJobs, StartCopyJob, DescribeCopyJob.
 */
import { createHash } from 'node:crypto';
import {
  BackupClient,
  DescribeCopyJobCommand,
  DescribeRecoveryPointCommand,
  paginateListCopyJobs,
  paginateListRecoveryPointsByBackupVault,
  RecoveryPointByBackupVault,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';

/** From where to where; what the construct declares. */
export interface CopyBackConfig {
  readonly sourceVaultName: string;
  readonly destinationVaultArn: string;
  readonly roleArn: string;
  /** Days until the copy is deleted; that of its source when left out. */
  readonly deleteAfterDays?: number;
}

/** Asks for copies. */
export interface CopyRequest {
  readonly resourceArns: readonly string[];
  /** The copies hold what was backed up at or before this instant, ISO 8601; the newest when empty or left out. */
  readonly before?: string;
  /** Makes requests one and the same; the id of the invocation when left out, which is the same when Lambda tries again. */
  readonly token?: string;
  /** Tells what would be copied, and copies nothing. */
  readonly dryRun?: boolean | string;
}

/** Asks how far copies are. */
export interface StateRequest {
  readonly copyJobIds: readonly string[];
}

export type ResourceState = 'STARTED' | 'UNDER_WAY' | 'WOULD_START' | 'NO_POINT' | 'FAILED';

export interface ResourceReport {
  readonly resourceArn: string;
  readonly state: ResourceState;
  readonly recoveryPointArn?: string;
  readonly backedUpAt?: string;
  readonly copyJobId?: string;
  readonly because?: string;
}

export interface CopyReport {
  /** Whether every resource has a copy that is under way. */
  readonly complete: boolean;
  readonly copyJobIds: readonly string[];
  readonly resources: readonly ResourceReport[];
}

export interface JobReport {
  readonly copyJobId: string;
  readonly state: string;
  readonly destinationRecoveryPointArn?: string;
  readonly because?: string;
}

/** A request that cannot be understood; trying it again is of no use. */
class RequestError extends Error {
  public override readonly name = 'RequestError';
}

/** The function, with the client that it calls AWS by. */
export function copyBack(client: BackupClient, config: CopyBackConfig) {
  return async (
    request: CopyRequest | StateRequest,
    context: { readonly awsRequestId: string },
  ): Promise<CopyReport | { readonly complete: boolean; readonly jobs: readonly JobReport[] }> => {
    const report =
      'copyJobIds' in request
        ? await states(client, request.copyJobIds)
        : await copies(new Copier(client, config, request, context.awsRequestId), request);
    console.log(JSON.stringify(report));
    return report;
  };
}

async function states(client: BackupClient, ids: readonly string[]) {
  const jobs: JobReport[] = [];
  for (const copyJobId of ids) {
    const { CopyJob: job } = await client.send(new DescribeCopyJobCommand({ CopyJobId: copyJobId }));
    jobs.push({
      copyJobId,
      state: job?.State ?? 'UNKNOWN',
      destinationRecoveryPointArn: job?.DestinationRecoveryPointArn,
      because: job?.StatusMessage,
    });
  }
  return { complete: jobs.every(({ state }) => state === 'COMPLETED'), jobs };
}

async function copies(copier: Copier, { resourceArns }: CopyRequest): Promise<CopyReport> {
  if (!Array.isArray(resourceArns) || resourceArns.length === 0) {
    throw new RequestError(`resourceArns must be at least 1 ARN, got ${JSON.stringify(resourceArns) ?? 'nothing'}`);
  }
  const resources: ResourceReport[] = [];
  for (const resourceArn of new Set(resourceArns as readonly string[])) {
    resources.push(await copier.copy(resourceArn));
  }
  return {
    complete: resources.every(({ state }) => state !== 'NO_POINT' && state !== 'FAILED'),
    copyJobIds: resources.flatMap(({ copyJobId }) => copyJobId ?? []),
    resources,
  };
}

/** States of a copy job that may still make a copy. */
const UNDER_WAY: readonly string[] = ['CREATED', 'RUNNING'];

class Copier {
  private readonly before: Date | undefined;
  private readonly dryRun: boolean;
  private readonly token: string;

  constructor(
    private readonly client: BackupClient,
    private readonly config: CopyBackConfig,
    request: CopyRequest,
    invocation: string,
  ) {
    this.before = instant(request.before);
    // Systems Manager may hand a Boolean over as text.
    this.dryRun = String(request.dryRun ?? false).toLowerCase() === 'true';
    this.token = request.token ?? invocation;
  }

  /** What fails for one resource leaves the others alone: the report tells of each. */
  public async copy(resourceArn: string): Promise<ResourceReport> {
    try {
      const { point, because } = await this.newest(resourceArn);
      if (point?.RecoveryPointArn === undefined) {
        return { resourceArn, state: 'NO_POINT', because };
      }
      const found = {
        resourceArn,
        recoveryPointArn: point.RecoveryPointArn,
        backedUpAt: point.CreationDate?.toISOString(),
      };
      const earlier = await this.underWay(resourceArn, point.RecoveryPointArn);
      if (earlier !== undefined) {
        return { ...found, state: 'UNDER_WAY', copyJobId: earlier };
      }
      return this.dryRun
        ? { ...found, state: 'WOULD_START' }
        : { ...found, state: 'STARTED', copyJobId: await this.start(point.RecoveryPointArn) };
    } catch (error) {
      const { name, message } = error as Error;
      return { resourceArn, state: 'FAILED', because: `${name}: ${message}` };
    }
  }

  /** The newest point that can be copied: complete, in time, and warm. */
  private async newest(resourceArn: string): Promise<{ point?: RecoveryPointByBackupVault; because: string }> {
    const points: RecoveryPointByBackupVault[] = [];
    const pages = paginateListRecoveryPointsByBackupVault(
      { client: this.client },
      {
        BackupVaultName: this.config.sourceVaultName,
        ByResourceArn: resourceArn,
        // Whether the bound itself counts is not documented: a millisecond more, and what is too new goes below.
        ByCreatedBefore: this.before && new Date(this.before.getTime() + 1),
      },
    );
    for await (const page of pages) {
      points.push(...(page.RecoveryPoints ?? []));
    }
    const inTime = points
      .filter(({ Status, CreationDate }) => Status === 'COMPLETED' && isUntil(CreationDate, this.before))
      .sort((a, b) => (b.CreationDate?.getTime() ?? 0) - (a.CreationDate?.getTime() ?? 0));
    for (const point of inTime) {
      if (await this.isWarm(point)) {
        return { point, because: '' };
      }
    }
    const until = this.before === undefined ? '' : ` until ${this.before.toISOString()}`;
    return {
      because:
        inTime.length > 0
          ? `all ${inTime.length} points${until} are in cold storage, from which AWS Backup copies nothing`
          : `${this.config.sourceVaultName} has no completed point${until}`,
    };
  }

  /** Lists leave the storage class out (Source B6.1/5: cold points are refused). */
  private async isWarm({ RecoveryPointArn }: RecoveryPointByBackupVault): Promise<boolean> {
    const { StorageClass } = await this.client.send(
      new DescribeRecoveryPointCommand({ BackupVaultName: this.config.sourceVaultName, RecoveryPointArn }),
    );
    return StorageClass === undefined || StorageClass === 'WARM';
  }

  private async underWay(resourceArn: string, pointArn: string): Promise<string | undefined> {
    const pages = paginateListCopyJobs(
      { client: this.client },
      { ByResourceArn: resourceArn, ByDestinationVaultArn: this.config.destinationVaultArn },
    );
    for await (const { CopyJobs = [] } of pages) {
      const job = CopyJobs.find(
        ({ SourceRecoveryPointArn, State }) => SourceRecoveryPointArn === pointArn && UNDER_WAY.includes(State ?? ''),
      );
      if (job !== undefined) {
        return job.CopyJobId;
      }
    }
    return undefined;
  }

  private async start(pointArn: string): Promise<string | undefined> {
    const { destinationVaultArn, roleArn, sourceVaultName, deleteAfterDays } = this.config;
    const { CopyJobId } = await this.client.send(
      new StartCopyJobCommand({
        RecoveryPointArn: pointArn,
        SourceBackupVaultName: sourceVaultName,
        DestinationBackupVaultArn: destinationVaultArn,
        IamRoleArn: roleArn,
        IdempotencyToken: createHash('sha256').update(`${this.token} ${pointArn} ${destinationVaultArn}`).digest('hex'),
        Lifecycle: deleteAfterDays === undefined ? undefined : { DeleteAfterDays: deleteAfterDays },
      }),
    );
    return CopyJobId;
  }
}

function isUntil(date: Date | undefined, before: Date | undefined): boolean {
  return before === undefined || (date !== undefined && date.getTime() <= before.getTime());
}

function instant(text: string | undefined): Date | undefined {
  if (text === undefined || text === '') {
    return undefined;
  }
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new RequestError(`before must be an instant of ISO 8601, e.g. 2027-01-31T05:00:00Z, got ${text}`);
  }
  return date;
}

/** What the construct put into the environment. */
export function configOf(environment: Readonly<Record<string, string | undefined>>): CopyBackConfig {
  const { SOURCE_VAULT_NAME = '', DESTINATION_VAULT_ARN = '', ROLE_ARN = '', DELETE_AFTER_DAYS } = environment;
  return {
    sourceVaultName: SOURCE_VAULT_NAME,
    destinationVaultArn: DESTINATION_VAULT_ARN,
    roleArn: ROLE_ARN,
    ...(DELETE_AFTER_DAYS === undefined ? {} : { deleteAfterDays: Number(DELETE_AFTER_DAYS) }),
  };
}

// Throttling is waited out by the SDK.
export const handler = copyBack(new BackupClient({ maxAttempts: 10 }), configOf(process.env));
