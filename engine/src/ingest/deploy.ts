/**
 * Declarations to the AWS operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 * Source   design.md section 3, "One path in". The order of the calls is canonical, by place and name, so that it does
 *          not matter in which order an artifact declares.
 */
import type {
  BackupPlan,
  BackupSelection,
  BackupVault,
  Environment,
  Estate,
  LogicallyAirGappedVault,
  RegionSettings,
  RestoreAccessVault,
  VaultNotifications,
} from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { createBackupPlan } from '../operations/backup/create-backup-plan';
import { createBackupSelection } from '../operations/backup/create-backup-selection';
import { createBackupVault } from '../operations/backup/create-backup-vault';
import { createLogicallyAirGappedBackupVault } from '../operations/backup/create-logically-air-gapped-backup-vault';
import { putBackupVaultAccessPolicy } from '../operations/backup/put-backup-vault-access-policy';
import { putBackupVaultLockConfiguration } from '../operations/backup/put-backup-vault-lock-configuration';
import { putBackupVaultNotifications } from '../operations/backup/put-backup-vault-notifications';
import { fromPlan, fromSelection } from '../operations/backup/shapes';
import { updateRegionSettings } from '../operations/backup/update-region-settings';
import { findVault } from '../operations/find-vault';
import { deployTable } from './declared-table';
import { deployAudits } from './deploy-audits';
import { deployAccess } from './deploy-access';
import { call, compare, inOrder } from './deploy-call';
import { deployCompositeAlarm, deployFunction, deployMetricAlarm, deployStateMachine } from './deploy-functions';
import { deployOrganizations } from './deploy-organization';
import { deployLegalHold } from './deploy-legal-hold';
import { deployRestoreTesting } from './deploy-restore-testing';
import { deployShare } from './deploy-share';
import { deployRestoreAccess, deployTiering } from './deploy-tiering';
import { deployQueue, deployRule, deployTopic } from './deploy-listeners';

/**
 * Deploys an estate at the World's present instant.
 *
 * What was made before a refusal stays. Assumed: CloudFormation would roll it back, Terraform would not.
 *
 * @throws DeployRefusal at the first call that AWS answers with an error.
 */
export function deploy(state: WorldState, estate: Estate): void {
  deployOrganizations(state, estate);
  deployAccess(state, estate);
  for (const settings of inOrder(estate.regionSettings, () => '')) {
    deploySettings(state, settings);
  }
  for (const resource of inOrder(estate.resources, (one) => one.arn)) {
    state.addResource(resource);
    deployTable(state, resource);
  }
  for (const vault of inOrder(estate.vaults, (one) => one.backupVaultName)) {
    deployVault(state, vault);
  }
  for (const vault of inOrder(estate.logicallyAirGappedVaults, (one) => one.backupVaultName)) {
    deployAirGappedVault(state, vault);
  }
  for (const tiering of inOrder(estate.tieringConfigurations, (one) => one.tieringConfigurationName)) {
    deployTiering(state, tiering);
  }
  for (const vault of inOrder(estate.restoreAccessVaults, nameOfRestoreAccess)) {
    deployRestoreAccess(state, vault);
  }
  for (const share of inOrder(estate.resourceShares, (one) => one.shareName)) {
    deployShare(state, share);
  }
  for (const plan of inOrder(estate.plans, nameOfPlan)) {
    deployPlan(state, plan);
  }
  for (const plan of inOrder(estate.restoreTestingPlans, (one) => one.restoreTestingPlanName)) {
    deployRestoreTesting(state, plan);
  }
  for (const hold of inOrder(estate.legalHolds, (one) => one.title)) {
    deployLegalHold(state, hold);
  }
  deployAudits(state, estate);
  for (const queue of inOrder(estate.queues, (one) => one.queueName)) {
    deployQueue(state, queue, call);
  }
  for (const topic of inOrder(estate.topics, (one) => one.topicName)) {
    deployTopic(state, topic, call);
  }
  for (const one of inOrder(estate.functions, (one) => one.functionName)) {
    deployFunction(state, one, call);
  }
  for (const one of inOrder(estate.stateMachines, (one) => one.stateMachineName)) {
    deployStateMachine(state, one, call);
  }
  for (const alarm of inOrder(estate.metricAlarms, (one) => one.alarmName)) {
    deployMetricAlarm(state, alarm, call);
  }
  for (const alarm of inOrder(estate.compositeAlarms, (one) => one.alarmName)) {
    deployCompositeAlarm(state, alarm, call);
  }
  for (const rule of inOrder(estate.eventRules, (one) => one.ruleName)) {
    deployRule(state, rule, call);
  }
}

function deploySettings(state: WorldState, settings: RegionSettings): void {
  const declaredAt = settings.declaredAt ?? `${settings.env.account}/${settings.env.region}`;
  call(declaredAt, 'UpdateRegionSettings', () =>
    updateRegionSettings(state, settings.env, {
      ResourceTypeOptInPreference: settings.resourceTypeOptInPreference,
      ResourceTypeManagementPreference: settings.resourceTypeManagementPreference,
    }),
  );
}

export function deployVault(state: WorldState, vault: BackupVault): void {
  const { env, backupVaultName } = vault;
  const declaredAt = vault.declaredAt ?? backupVaultName;
  call(declaredAt, 'CreateBackupVault', () =>
    createBackupVault(state, env, {
      BackupVaultName: backupVaultName,
      EncryptionKeyArn: vault.encryptionKeyArn,
      BackupVaultTags: vault.tags,
    }),
  );
  deployVaultPolicy(state, env, backupVaultName, vault.accessPolicy, declaredAt);
  deployNotifications(state, env, backupVaultName, vault.notifications, declaredAt);
  deployLock(state, vault, declaredAt);
}

export function deployLock(state: WorldState, vault: BackupVault, declaredAt: string): void {
  const { env, backupVaultName, vaultLock: lock } = vault;
  if (lock !== undefined) {
    call(declaredAt, 'PutBackupVaultLockConfiguration', () =>
      putBackupVaultLockConfiguration(state, env, {
        BackupVaultName: backupVaultName,
        MinRetentionDays: lock.minRetentionDays,
        MaxRetentionDays: lock.maxRetentionDays,
        ChangeableForDays: lock.changeableForDays,
      }),
    );
  }
}

export function deployAirGappedVault(state: WorldState, vault: LogicallyAirGappedVault): void {
  const { env, backupVaultName } = vault;
  const declaredAt = vault.declaredAt ?? backupVaultName;
  call(declaredAt, 'CreateLogicallyAirGappedBackupVault', () =>
    createLogicallyAirGappedBackupVault(state, env, {
      BackupVaultName: backupVaultName,
      MinRetentionDays: vault.minRetentionDays,
      MaxRetentionDays: vault.maxRetentionDays,
      EncryptionKeyArn: vault.encryptionKeyArn,
      BackupVaultTags: vault.tags,
    }),
  );
  const made = findVault(state, env, backupVaultName);
  // CloudFormation and Terraform wait until it is there; design.md section 2: all of it comes just before the start.
  made.availableAt = state.now;
  if (vault.mpaApprovalTeamArn !== undefined) {
    // Assumed: multi-party approval is turned on, which artifacts seldom say.
    state.access.setTeam(made, vault.mpaApprovalTeamArn);
  }
  deployVaultPolicy(state, env, backupVaultName, vault.accessPolicy, declaredAt);
  deployNotifications(state, env, backupVaultName, vault.notifications, declaredAt);
}

export function deployVaultPolicy(
  state: WorldState,
  env: Environment,
  name: string,
  policy: unknown,
  declaredAt: string,
): void {
  if (policy !== undefined && policy !== null) {
    const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
    call(declaredAt, 'PutBackupVaultAccessPolicy', () =>
      putBackupVaultAccessPolicy(state, env, { BackupVaultName: name, Policy: text }),
    );
  }
}

export function deployNotifications(
  state: WorldState,
  env: Environment,
  name: string,
  notifications: VaultNotifications | undefined,
  declaredAt: string,
): void {
  if (notifications !== undefined) {
    const events = notifications.backupVaultEvents as NonNullable<
      Parameters<typeof putBackupVaultNotifications>[2]['BackupVaultEvents']
    >;
    call(declaredAt, 'PutBackupVaultNotifications', () =>
      putBackupVaultNotifications(state, env, {
        BackupVaultName: name,
        SNSTopicArn: notifications.snsTopicArn,
        BackupVaultEvents: events,
      }),
    );
  }
}

function deployPlan(state: WorldState, plan: BackupPlan): void {
  const declaredAt = plan.declaredAt ?? plan.backupPlanName;
  const made = call(declaredAt, 'CreateBackupPlan', () =>
    createBackupPlan(state, plan.env, { BackupPlan: fromPlan(plan), BackupPlanTags: plan.tags }),
  );
  const selections = [...(plan.selections ?? [])]
    .map((selection) => [nameOfSelection(selection), selection] as const)
    .sort(([a], [b]) => compare(a, b))
    .map(([, selection]) => selection);
  for (const selection of selections) {
    deploySelection(state, plan, made.BackupPlanId, selection);
  }
}

function deploySelection(
  state: WorldState,
  plan: BackupPlan,
  planId: string | undefined,
  selection: BackupSelection,
): void {
  const declaredAt = selection.declaredAt ?? `${plan.declaredAt ?? plan.backupPlanName}/${selection.selectionName}`;
  call(declaredAt, 'CreateBackupSelection', () =>
    createBackupSelection(state, plan.env, { BackupPlanId: planId, BackupSelection: fromSelection(selection) }),
  );
}

/** Plans may share a name; their documents then tell them apart. */
function nameOfPlan(plan: BackupPlan): string {
  return `${plan.backupPlanName}\u0000${JSON.stringify(fromPlan(plan))}`;
}

function nameOfRestoreAccess({ sourceBackupVaultArn, backupVaultName = '' }: RestoreAccessVault): string {
  return `${sourceBackupVaultArn}\u0000${backupVaultName}`;
}

/** Selections of a plan may share a name, too. */
function nameOfSelection(selection: BackupSelection): string {
  return `${selection.selectionName}\u0000${JSON.stringify(fromSelection(selection))}`;
}
