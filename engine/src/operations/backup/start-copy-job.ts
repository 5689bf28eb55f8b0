/**
 * StartCopyJob.
 *
 * Source   B6.1/5 (refused for continuous and cold points), B6.2/5; B1.5 (a repeated token).
 */
import type { StartCopyJobInput, StartCopyJobOutput } from '@aws-sdk/client-backup';
import { CopyActionRules } from '@holdfast/model';
import { termsOf } from '../../domain/lifecycle';
import { COLD, CONTINUOUS } from '../../domain/recovery-points';
import { jobView } from '../../domain/show';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import { dateOf, formatInstant } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRecoveryPoint } from '../find-recovery-point';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { refuseClusterState } from '../refuse-composite';
import { given, toLifecycle } from './shapes';

export function startCopyJob(state: WorldState, caller: Caller, input: StartCopyJobInput): StartCopyJobOutput {
  const { ledger } = state;
  const { points } = ledger;
  const vault = findVault(state, caller, input.SourceBackupVaultName);
  const row = findRecoveryPoint(state, vault, input.RecoveryPointArn);
  const destinationArn = required(input.DestinationBackupVaultArn, 'DestinationBackupVaultArn');
  const roleArn = required(input.IamRoleArn, 'IamRoleArn');
  const lifecycle = toLifecycle(input.Lifecycle);
  refuse(CopyActionRules.check(given({ destinationBackupVaultArn: destinationArn, lifecycle }), '', WIRE));
  if (points.has(row, CONTINUOUS) || points.has(row, COLD)) {
    const what = points.has(row, COLD) ? 'in cold storage' : 'continuous';
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', `Recovery point is ${what} and cannot be copied.`);
  }
  refuseClusterState(state, row, 'copied');
  // Source API: a token tells otherwise identical calls apart. Assumed: calls about one point and destination are.
  const call = [placeOf(caller), input.RecoveryPointArn, destinationArn, input.IdempotencyToken];
  const token = input.IdempotencyToken && call.join(' ');
  const repeated = token === undefined ? undefined : ledger.jobs.tryFindByToken(token);
  if (repeated !== undefined) {
    return answer(state, repeated);
  }
  ledger.settle();
  const source = ledger.origins.find(intAt(points.origins, row));
  const origin = ledger.origins.add({
    kind: 'on-demand-copy',
    text: `copy ${formatInstant(state.now)} ${input.RecoveryPointArn} ${destinationArn} ${input.IdempotencyToken ?? ''}`,
    rule: undefined,
    source,
    roleArn,
    lifecycle,
    terms: termsOf(lifecycle),
    startWindowMinutes: 0,
    completionWindowMinutes: 0,
    destinationArn,
    // Source B6.2/1: a copy takes all tags of its source.
    tags: source.given.tags,
  });
  const resource = ledger.resourceOf(intAt(points.series, row));
  const ends = { coldAt: floatAt(points.coldAts, row), deleteAt: floatAt(points.deleteAts, row) };
  const number = state.copies.begin(resource, row, origin, floatAt(points.createdAts, row), ends);
  if (token !== undefined) {
    ledger.jobs.keepToken(token, number);
  }
  return answer(state, number);
}

function answer({ ledger }: WorldState, number: number): StartCopyJobOutput {
  const row = ledger.jobs.rowOf(number);
  const { jobId, createdAt } = jobView(ledger, row);
  const IsParent = ledger.composites.isParent(intAt(ledger.jobs.points, row));
  return { CopyJobId: jobId, CreationDate: dateOf(createdAt), IsParent };
}
