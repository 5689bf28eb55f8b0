/**
 * Steps of the state machine that validates what a restore test restored: prepares the request to the function of the
 * user, and puts the result.
 *
 * Source   API: DescribeRestoreJob, GetRestoreJobMetadata, PutRestoreValidationResult.
 */
import {
  BackupClient,
  DescribeRestoreJobCommand,
  DescribeRestoreJobCommandOutput,
  GetRestoreJobMetadataCommand,
  PutRestoreValidationResultCommand,
  RestoreValidationStatus,
} from '@aws-sdk/client-backup';

/** What the function of the user is given. */
export interface ValidationRequest {
  readonly version: '1';
  readonly restoreJobId: string;
  readonly resourceType: string | undefined;
  readonly createdResourceArn: string | undefined;
  readonly sourceResourceArn: string | undefined;
  readonly recoveryPointArn: string | undefined;
  readonly recoveryPointCreatedAt: string | undefined;
  readonly backupVaultArn: string | undefined;
  readonly restoreTestingPlanArn: string | undefined;
  readonly restoreCompletedAt: string | undefined;
  /** What the restore was made with, as AWS Backup inferred it and the selection overrode it. */
  readonly metadata: Record<string, string>;
  /** 1, and one more each time that the function answered `PENDING`. */
  readonly attempt: number;
}

/** What a step is asked. */
export type StepEvent =
  | { readonly step: 'prepare'; readonly restoreJobId: string; readonly attempt: number }
  | {
      readonly step: 'report';
      readonly restoreJobId: string;
      readonly attempt: number;
      /** What the function answered. */
      readonly answer?: unknown;
      /** What Step Functions caught when the function threw or ran out of time. */
      readonly error?: { readonly Error?: string; readonly Cause?: string };
    };

export type Prepared =
  | { readonly proceed: true; readonly request: ValidationRequest }
  | { readonly proceed: false; readonly because: string };

export interface Reported {
  readonly pending: boolean;
  readonly validationStatus?: string;
  /** Why this call put nothing. */
  readonly because?: string;
}

/** Assumed: the API states no limit for the message; what is longer is a log, not a message. */
const LONGEST_MESSAGE = 1000;

/** States in which AWS Backup takes no result any more. */
const CLOSED: readonly string[] = ['SUCCESSFUL', 'FAILED', 'TIMED_OUT'];

/** The function, with the client that it calls AWS by. */
export function steps(client: BackupClient): (event: StepEvent) => Promise<Prepared | Reported> {
  return async (event) => {
    const answer = event.step === 'prepare' ? await prepare(client, event) : await report(client, event);
    console.log(JSON.stringify({ step: event.step, restoreJobId: event.restoreJobId, ...answer }));
    return answer;
  };
}

async function prepare(
  client: BackupClient,
  { restoreJobId, attempt }: { readonly restoreJobId: string; readonly attempt: number },
): Promise<Prepared> {
  const job = await client.send(new DescribeRestoreJobCommand({ RestoreJobId: restoreJobId }));
  const because = whyClosed(job);
  if (because !== undefined) {
    return { proceed: false, because };
  }
  const { Metadata = {} } = await client.send(new GetRestoreJobMetadataCommand({ RestoreJobId: restoreJobId }));
  return {
    proceed: true,
    request: {
      version: '1',
      restoreJobId,
      resourceType: job.ResourceType,
      createdResourceArn: job.CreatedResourceArn,
      sourceResourceArn: job.SourceResourceArn,
      recoveryPointArn: job.RecoveryPointArn,
      recoveryPointCreatedAt: job.RecoveryPointCreationDate?.toISOString(),
      backupVaultArn: job.BackupVaultArn,
      restoreTestingPlanArn: job.CreatedBy?.RestoreTestingPlanArn,
      restoreCompletedAt: job.CompletionDate?.toISOString(),
      metadata: Metadata,
      attempt,
    },
  };
}

/** The event may come late, or twice: the job itself says whether there is still something to validate. */
function whyClosed(job: DescribeRestoreJobCommandOutput): string | undefined {
  if (job.Status !== 'COMPLETED') {
    return `the job is ${job.Status}`;
  }
  if (job.ValidationStatus !== undefined && CLOSED.includes(job.ValidationStatus)) {
    return `the validation is ${job.ValidationStatus}`;
  }
  return job.DeletionStatus === undefined ? undefined : `the clean-up is ${job.DeletionStatus}`;
}

async function report(client: BackupClient, event: StepEvent & { readonly step: 'report' }): Promise<Reported> {
  const verdict = event.error === undefined ? verdictOf(event.answer) : failure(event.error);
  if (verdict === undefined) {
    return { pending: true };
  }
  try {
    await client.send(
      new PutRestoreValidationResultCommand({
        RestoreJobId: event.restoreJobId,
        ValidationStatus: verdict.status,
        ValidationStatusMessage: shortened(verdict.message),
      }),
    );
    return { pending: false, validationStatus: verdict.status };
  } catch (error) {
    if ((error as Error).name !== 'InvalidRequestException') {
      throw error;
    }
    // A result is taken once: whoever was first decides, perhaps an earlier try of ours whose answer got lost.
    const job = await client.send(new DescribeRestoreJobCommand({ RestoreJobId: event.restoreJobId }));
    const because = whyClosed(job);
    if (because === undefined) {
      throw error;
    }
    return { pending: false, validationStatus: job.ValidationStatus, because };
  }
}

interface Verdict {
  readonly status: RestoreValidationStatus;
  readonly message: string;
}

/** Undefined while the function has not made up its mind. */
function verdictOf(answer: unknown): Verdict | undefined {
  const { status, message } = (answer ?? {}) as { readonly status?: unknown; readonly message?: unknown };
  if (status === 'PENDING') {
    return undefined;
  }
  if (status === 'SUCCESSFUL' || status === 'FAILED') {
    return { status, message: typeof message === 'string' ? message : '' };
  }
  const allowed = "{ status: 'SUCCESSFUL' | 'FAILED' | 'PENDING', message? }";
  return {
    status: 'FAILED',
    message: `the function must answer ${allowed}, got ${JSON.stringify(answer) ?? 'nothing'}`,
  };
}

/** Step Functions gives what Lambda says of an error as JSON text; of a timeout it gives plain text. */
function failure({ Error: name = 'Error', Cause: cause = '' }: { Error?: string; Cause?: string }): Verdict {
  let told: { readonly errorType?: string; readonly errorMessage?: string } = {};
  try {
    told = JSON.parse(cause) as typeof told;
  } catch {
    told = { errorMessage: cause };
  }
  const { errorType = name, errorMessage = '' } = told ?? {};
  return { status: 'FAILED', message: errorMessage === '' ? errorType : `${errorType}: ${errorMessage}` };
}

function shortened(message: string): string | undefined {
  if (message === '') {
    return undefined;
  }
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message;
}

// Throttling is waited out by the SDK; what still fails, the state machine tries again.
export const handler = steps(new BackupClient({ maxAttempts: 8 }));
