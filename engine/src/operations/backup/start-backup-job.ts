/**
 * StartBackupJob.
 *
 * Source   B4.2; B3.3/5: an on-demand job ignores opt-in; B4.2/2: never continuous; B1.5: a repeated token is answered with
 *          what the first call made; B7.6/1, B7.6/2: a logically air-gapped target.
 */
import type { StartBackupJobInput, StartBackupJobOutput } from '@aws-sdk/client-backup';
import { BackupPlanRules, BackupRuleDefaults, BackupRuleRules, LifecycleRules, TagRules } from '@holdfast/model';
import { termsOf } from '../../domain/lifecycle';
import type { NewOrigin, Origin } from '../../domain/origins';
import type { Resource } from '../../domain/protected-resources';
import { NO_REASON } from '../../domain/reasons';
import { jobView } from '../../domain/show';
import { placeOf, type Vault } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import { dateOf, formatInstant } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { given, toLifecycle } from './shapes';

/** Rules of model about windows, and what the call has for them. */
const WINDOWS: Readonly<Record<string, string>> = {
  'rule-start-window': 'StartWindowMinutes',
  'rule-completion-window': 'CompleteWindowMinutes',
};

export function startBackupJob(state: WorldState, caller: Caller, input: StartBackupJobInput): StartBackupJobOutput {
  const { ledger } = state;
  const vault = findVault(state, caller, input.BackupVaultName);
  const resource = findResource(state, caller, input.ResourceArn);
  const airGap = findAirGap(state, caller, input.LogicallyAirGappedBackupVaultArn);
  const origin = originOf(state, vault, input);
  refuseOptions(resource, input);
  if (origin.index === true && !resource.service.index) {
    // Assumed: the text. Source B5.5/1.
    throw new AwsFault('InvalidParameterValueException', `${resource.service.name} cannot be indexed.`);
  }
  const token = input.IdempotencyToken && [placeOf(caller), resource.arn, input.IdempotencyToken].join(' ');
  const repeated = token === undefined ? undefined : ledger.jobs.tryFindByToken(token);
  if (repeated !== undefined) {
    return answer(state, repeated);
  }
  ledger.settle();
  const direct = airGap !== undefined && resource.managed && resource.airGapRefusal === NO_REASON;
  const made = ledger.origins.add(origin);
  if (airGap !== undefined && !direct) {
    made.airGapCopy = ledger.origins.add(airGapCopy(made, airGap));
  }
  const number = state.backups.begin(resource, ledger.series.of(resource, direct ? airGap : vault), made);
  if (token !== undefined) {
    ledger.jobs.keepToken(token, number);
  }
  return answer(state, number);
}

function answer({ ledger }: WorldState, number: number): StartBackupJobOutput {
  const row = ledger.jobs.rowOf(number);
  const view = jobView(ledger, row);
  return given({
    BackupJobId: view.jobId,
    RecoveryPointArn: view.recoveryPointArn,
    CreationDate: dateOf(floatAt(ledger.jobs.createdAts, row)),
    IsParent: ledger.resources.find(intAt(ledger.jobs.resources, row)).composite,
  });
}

/** @throws AwsFault when the request has no role, or a lifecycle or window that AWS Backup refuses */
function originOf(state: WorldState, vault: Vault, input: StartBackupJobInput): NewOrigin {
  const roleArn = required(input.IamRoleArn, 'IamRoleArn');
  const lifecycle = toLifecycle(input.Lifecycle);
  const { RecoveryPointTags: tags = {} } = input;
  refuse(lifecycle === undefined ? [] : LifecycleRules.check(lifecycle, '', WIRE));
  refuse(TagRules.check(tags, 'RecoveryPointTags', WIRE));
  refuseWindows(vault, input);
  return {
    kind: 'on-demand',
    text: `on-demand ${formatInstant(state.now)} ${vault.arn} ${input.IdempotencyToken ?? ''}`,
    rule: undefined,
    source: undefined,
    roleArn,
    lifecycle,
    terms: termsOf(lifecycle),
    startWindowMinutes: input.StartWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: input.CompleteWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    destinationArn: undefined,
    tags,
    index: input.Index === 'ENABLED',
    ...given({ backupOptions: input.BackupOptions }),
  };
}

/** Windows have the bounds of those of rules (Source B2.1). Assumed: the texts. */
function refuseWindows({ name }: Vault, { StartWindowMinutes, CompleteWindowMinutes }: StartBackupJobInput): void {
  const windows = { startWindowMinutes: StartWindowMinutes, completionWindowMinutes: CompleteWindowMinutes };
  const rule = { ruleName: 'call', targetBackupVaultName: name, ...given(windows) };
  for (const { rule: id, message } of BackupRuleRules.check(rule, '', WIRE)) {
    const member = WINDOWS[id];
    if (member !== undefined) {
      throw new AwsFault('InvalidParameterValueException', `${member} ${message}`);
    }
  }
}

/**
 * Options are those of the advanced settings of plans.
 *
 * Source API: an invalid option is an InvalidParameterValueException. Assumed: the texts; that one of another service is invalid.
 */
function refuseOptions({ declaration }: Resource, { BackupOptions: backupOptions = {} }: StartBackupJobInput): void {
  if (Object.keys(backupOptions).length === 0) {
    return;
  }
  const { resourceType, env } = declaration;
  const settings = [{ resourceType, backupOptions }];
  const plan = { backupPlanName: 'call', env, rules: [], advancedBackupSettings: settings };
  const finding = BackupPlanRules.check(plan, '', WIRE).find(({ path }) => path.startsWith('advancedBackupSettings'));
  if (finding !== undefined) {
    const [, option] = finding.path.split('.backupOptions.');
    const place = option === undefined ? 'BackupOptions: the service of the resource' : `BackupOptions.${option}`;
    throw new AwsFault('InvalidParameterValueException', `${place} ${finding.message}`);
  }
}

/** The copy that takes the backup of a service that is not fully managed into the air-gapped vault. */
function airGapCopy(source: Origin, vault: Vault): NewOrigin {
  return {
    ...source.given,
    kind: 'air-gap-copy',
    text: `${source.given.text}>${vault.arn}#air-gap`,
    source,
    lifecycle: undefined,
    terms: termsOf(undefined),
    destinationArn: vault.arn,
  };
}

/** Source B2.1: of the same account and Region. Assumed: the text. */
function findAirGap(state: WorldState, caller: Caller, arn: string | undefined): Vault | undefined {
  const vault = arn === undefined ? undefined : state.ledger.vaults.tryFindByArn(arn);
  if (arn !== undefined && (vault?.made.airGapped !== true || placeOf(vault.made.env) !== placeOf(caller))) {
    throw new AwsFault(
      'InvalidParameterValueException',
      `LogicallyAirGappedBackupVaultArn must be a logically air-gapped vault of this account and Region, got ${arn}`,
    );
  }
  return vault;
}

/** A resource that the World knows, of the caller's account and Region. Assumed: the text follows B4.6/7. */
function findResource(state: WorldState, caller: Caller, arn: string | undefined): Resource {
  const wanted = required(arn, 'ResourceArn');
  const resource = state.ledger.resources.tryFind(wanted);
  // Source B4.2/1, B6.2/5: a backup is made where its resource is; copies are what takes it elsewhere.
  if (resource === undefined || resource.gone || placeOf(resource.declaration.env) !== placeOf(caller)) {
    throw new AwsFault('ResourceNotFoundException', `Could not find resource ${wanted}`);
  }
  return resource;
}
