/**
 * StartRestoreJob.
 *
 * Source   B8/1 to B8/5, B5.3/1.
 */
import type { StartRestoreJobInput, StartRestoreJobOutput } from '@aws-sdk/client-backup';
import { restorableDays } from '../../domain/content-scope';
import { restorableUntil } from '../../domain/continuous';
import { BackupLimits } from '@holdfast/model';
import { restoresFiles } from '../../domain/file-restores';
import { CONTINUOUS } from '../../domain/recovery-points';
import { metadataFault, timeFault, valueOf } from '../../domain/restore-job';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { tryFindRestorable } from '../find-recovery-point';
import { required } from '../find-vault';
import { nestedRestores } from '../nested-restores';

export function startRestoreJob(state: WorldState, caller: Caller, input: StartRestoreJobInput): StartRestoreJobOutput {
  const { ledger } = state;
  const { points } = ledger;
  const row = findPointHere(state, caller, required(input.RecoveryPointArn, 'RecoveryPointArn'));
  const metadata = required(input.Metadata, 'Metadata');
  const { service, declaration } = ledger.resourceOf(intAt(points.series, row));
  if (service.id === 'cloudformation' && ledger.composites.isParent(row)) {
    // Assumed: the text. Its members are restored one by one; that of the template makes a stack.
    throw new AwsFault('InvalidRequestException', 'Composite recovery points cannot be restored; restore nested ones.');
  }
  if (!service.id.startsWith('sap-hana')) {
    required(input.IamRoleArn, 'IamRoleArn');
  }
  const continuous = points.has(row, CONTINUOUS);
  const point = {
    continuous,
    createdAt: floatAt(points.createdAts, row),
    restorableAt: restorableUntil(ledger, row),
    retentionDays: restorableDays(ledger, row),
  };
  const fault =
    metadataFault(declaration.resourceType, metadata) ??
    timeFault(metadata, point, state.now) ??
    // Source B8/7: for S3 it is required.
    (continuous && service.id === 's3' && valueOf(metadata, 'RestoreTime') === undefined
      ? 'Metadata key RestoreTime is required for a continuous recovery point of S3.'
      : undefined);
  if (fault !== undefined) {
    throw new AwsFault('InvalidParameterValueException', fault);
  }
  if (restoresFiles(declaration.resourceType, metadata)) {
    refuseFiles(state, caller, row);
  }
  const nested = nestedRestores(state, row, metadata);
  ledger.settle();
  const asked = {
    roleArn: input.IamRoleArn,
    token: input.IdempotencyToken,
    copyTags: input.CopySourceTagsToRestoredResource ?? false,
    env: { partition: caller.partition, account: caller.account, region: caller.region },
  };
  const job = state.restores.begin({ ...asked, row, metadata: { ...metadata } });
  for (const { member, ...volume } of job.nested.length === 0 ? nested : []) {
    state.restores.begin({ ...asked, ...volume, nestedIn: { parent: job, member } });
  }
  return { RestoreJobId: job.id };
}

/** Source B5.5, B15: files are restored from an index, so many jobs of them at once. Assumed: the texts. */
function refuseFiles(state: WorldState, { account, region }: Caller, row: number): void {
  const status = state.indexes.tryFind(row)?.status;
  if (status !== 'ACTIVE') {
    throw new AwsFault(
      'InvalidRequestException',
      `Files can be restored from a recovery point whose index is ACTIVE; it is ${status ?? 'not indexed'}.`,
    );
  }
  const most = BackupLimits.EBS_FILE_RESTORES;
  const running = state.restores
    .list()
    .filter(
      ({ completedAt, request: { env } }) =>
        completedAt === undefined && env.account === account && env.region === region,
    )
    .filter(({ resourceType, request }) => restoresFiles(resourceType, request.metadata));
  if (running.length >= most) {
    throw new AwsFault('LimitExceededException', `At most ${most} restores of files of EBS run at once.`);
  }
}

/** Source B8/4: what is in another account or Region is copied first, or shared (B7.5/5). Assumed: the text. */
function findPointHere(state: WorldState, caller: Caller, arn: string): number {
  const found = tryFindRestorable(state, caller, arn);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find recovery point ${arn}`);
  }
  return found.row;
}
