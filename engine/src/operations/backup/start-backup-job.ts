/**
 * StartBackupJob.
 *
 * Source   B4.2; B3.3/5: an on-demand job ignores opt-in; B4.2/2: never continuous.
 */
import type { StartBackupJobInput, StartBackupJobOutput } from '@aws-sdk/client-backup';
import { BackupRuleDefaults, LifecycleRules } from '@holdfast/model';
import { termsOf } from '../../domain/lifecycle';
import type { NewOrigin } from '../../domain/origins';
import type { Resource } from '../../domain/protected-resources';
import { jobView } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import { dateOf, formatInstant } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { given, toLifecycle } from './shapes';

/** Source B4.2/1. */
const LEAST_START_WINDOW_MINUTES = 60;

export function startBackupJob(state: WorldState, caller: Caller, input: StartBackupJobInput): StartBackupJobOutput {
  const { ledger } = state;
  const vault = findVault(state, caller, input.BackupVaultName);
  const resource = findResource(state, input.ResourceArn);
  const roleArn = required(input.IamRoleArn, 'IamRoleArn');
  const lifecycle = toLifecycle(input.Lifecycle);
  refuse(lifecycle === undefined ? [] : LifecycleRules.check(lifecycle, '', WIRE));
  const startWindowMinutes = input.StartWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES;
  if (startWindowMinutes < LEAST_START_WINDOW_MINUTES) {
    // Assumed: the text.
    throw new AwsFault('InvalidParameterValueException', 'StartWindowMinutes must be at least 60');
  }
  state.ledger.settle();
  const origin: NewOrigin = {
    kind: 'on-demand',
    text: `on-demand ${formatInstant(state.now)} ${vault.arn} ${input.IdempotencyToken ?? ''}`,
    rule: undefined,
    source: undefined,
    roleArn,
    lifecycle,
    terms: termsOf(lifecycle),
    startWindowMinutes,
    completionWindowMinutes: input.CompleteWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    destinationArn: undefined,
    tags: input.RecoveryPointTags ?? {},
  };
  const number = state.backups.begin(resource, ledger.series.of(resource, vault), ledger.origins.add(origin));
  const view = jobView(ledger, ledger.jobs.rowOf(number));
  return given({
    BackupJobId: view.jobId,
    RecoveryPointArn: view.recoveryPointArn,
    CreationDate: dateOf(state.now),
    IsParent: false,
  });
}

/** A resource that the World knows. Assumed: the text follows B4.6/7. */
function findResource(state: WorldState, arn: string | undefined): Resource {
  const wanted = required(arn, 'ResourceArn');
  const resource = state.ledger.resources.tryFind(wanted);
  if (resource === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Could not find resource ${wanted}`);
  }
  return resource;
}
