/**
 * Vaults, plans with their selections, and opt-in settings of an account in a Region, as declarations.
 *
 * Pure: asks through the reader.
 * Source   API of AWS Backup 2018-11-15.
 */
import {
  type BackupVaultListMember,
  DescribeBackupVaultCommand,
  DescribeRegionSettingsCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  GetBackupVaultAccessPolicyCommand,
  GetBackupVaultNotificationsCommand,
  ListBackupPlansCommand,
  ListBackupSelectionsCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import {
  BackupLimits,
  BackupPlan,
  BackupSelection,
  BackupVault,
  Environment,
  LogicallyAirGappedVault,
  RestoreAccessVault,
} from '@holdfast/model';
import { DAY } from '../kernel/instant';
import { toPlan, toSelection } from '../operations/backup/shapes';
import { Backups, PAGE } from './backups';
import { known, Source } from './source';

const VAULTS: Source = {
  name: 'vaults',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListBackupVaultsCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { BackupVaultList = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const vaults: BackupVault[] = [];
    const logicallyAirGappedVaults: LogicallyAirGappedVault[] = [];
    const restoreAccessVaults: RestoreAccessVault[] = [];
    for (const listed of BackupVaultList) {
      if (listed.VaultType === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT') {
        logicallyAirGappedVaults.push(await airGapped(backups, env, listed));
      } else if (listed.VaultType === 'RESTORE_ACCESS_BACKUP_VAULT') {
        restoreAccessVaults.push(await restoreAccess(backups, env, listed));
      } else {
        vaults.push(await standard(backups, env, listed, reader.today().getTime()));
      }
    }
    return { vaults, logicallyAirGappedVaults, restoreAccessVaults, next };
  },
};

async function standard(
  backups: Backups,
  env: Environment,
  listed: BackupVaultListMember,
  today: number,
): Promise<BackupVault> {
  const BackupVaultName = listed.BackupVaultName ?? '';
  const described = await backups.ask((client) => client.send(new DescribeBackupVaultCommand({ BackupVaultName })));
  const { Locked, MinRetentionDays, MaxRetentionDays, LockDate } = described;
  return known({
    backupVaultName: BackupVaultName,
    env,
    encryptionKeyArn: described.EncryptionKeyArn ?? listed.EncryptionKeyArn,
    accessPolicy: await policyOf(backups, BackupVaultName),
    vaultLock:
      Locked === true
        ? known({
            minRetentionDays: MinRetentionDays,
            maxRetentionDays: MaxRetentionDays,
            changeableForDays: LockDate === undefined ? undefined : graceDays(LockDate.getTime() - today),
          })
        : undefined,
    notifications: await notificationsOf(backups, BackupVaultName),
    tags: await backups.tagsOf(listed.BackupVaultArn ?? ''),
  });
}

/** Whoever puts the lock again has to give it some grace: what is left of it, or the least there is (Source B7.4/1). */
function graceDays(leftMs: number): number {
  return Math.max(BackupLimits.LOCK_GRACE_DAYS, Math.ceil(leftMs / DAY));
}

async function airGapped(
  backups: Backups,
  env: Environment,
  listed: BackupVaultListMember,
): Promise<LogicallyAirGappedVault> {
  const BackupVaultName = listed.BackupVaultName ?? '';
  const described = await backups.ask((client) => client.send(new DescribeBackupVaultCommand({ BackupVaultName })));
  return known({
    backupVaultName: BackupVaultName,
    env,
    minRetentionDays: described.MinRetentionDays ?? listed.MinRetentionDays ?? 0,
    maxRetentionDays: described.MaxRetentionDays ?? listed.MaxRetentionDays ?? 0,
    // The one that AWS owns is nothing that anybody declares.
    encryptionKeyArn:
      described.EncryptionKeyType === 'CUSTOMER_MANAGED_KMS_KEY' ? described.EncryptionKeyArn : undefined,
    mpaApprovalTeamArn: described.MpaApprovalTeamArn,
    accessPolicy: await policyOf(backups, BackupVaultName),
    notifications: await notificationsOf(backups, BackupVaultName),
    tags: await backups.tagsOf(listed.BackupVaultArn ?? ''),
  });
}

/** Why it was asked for, nobody can read any longer. */
async function restoreAccess(
  backups: Backups,
  env: Environment,
  { BackupVaultName, BackupVaultArn = '' }: BackupVaultListMember,
): Promise<RestoreAccessVault> {
  const described = await backups.ask((client) => client.send(new DescribeBackupVaultCommand({ BackupVaultName })));
  return known({
    sourceBackupVaultArn: described.SourceBackupVaultArn ?? '',
    env,
    backupVaultName: BackupVaultName,
    tags: await backups.tagsOf(BackupVaultArn),
  });
}

async function notificationsOf(backups: Backups, BackupVaultName: string): Promise<BackupVault['notifications']> {
  const told = await backups.maybe((client) =>
    client.send(new GetBackupVaultNotificationsCommand({ BackupVaultName })),
  );
  return told?.SNSTopicArn === undefined
    ? undefined
    : { snsTopicArn: told.SNSTopicArn, backupVaultEvents: [...(told.BackupVaultEvents ?? [])] };
}

async function policyOf(backups: Backups, BackupVaultName: string): Promise<unknown> {
  const answer = await backups.maybe((client) =>
    client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName })),
  );
  return answer?.Policy === undefined ? undefined : (JSON.parse(answer.Policy) as unknown);
}

/** Plans of an organization come with the organization, not with the account: they are left out. */
const PLANS: Source = {
  name: 'plans',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListBackupPlansCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { BackupPlansList = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const plans: BackupPlan[] = [];
    for (const { BackupPlanId, BackupPlanArn } of BackupPlansList.filter(
      ({ BackupPlanId: id = '' }) => !/^orgs\//.test(id),
    )) {
      const { BackupPlan: document } = await backups.ask((client) =>
        client.send(new GetBackupPlanCommand({ BackupPlanId })),
      );
      if (document !== undefined && document.BackupPlanName !== undefined) {
        const input = { ...document, BackupPlanName: document.BackupPlanName, Rules: document.Rules ?? [] };
        const plan = toPlan(input as Parameters<typeof toPlan>[0], env, await backups.tagsOf(BackupPlanArn ?? ''));
        plans.push({ ...plan, selections: await selectionsOf(backups, BackupPlanId) });
      }
    }
    return { plans, next };
  },
};

async function selectionsOf(backups: Backups, BackupPlanId: string | undefined): Promise<BackupSelection[]> {
  const selections: BackupSelection[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListBackupSelectionsCommand({
      BackupPlanId,
      MaxResults: PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = await backups.ask((client) => client.send(command));
    for (const { SelectionId } of page.BackupSelectionsList ?? []) {
      const one = await backups.ask((client) =>
        client.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId })),
      );
      if (one.BackupSelection !== undefined) {
        selections.push(toSelection(one.BackupSelection));
      }
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return selections;
}

const SETTINGS: Source = {
  name: 'settings',
  async page(reader, env) {
    const answer = await new Backups(reader, env).ask((client) => client.send(new DescribeRegionSettingsCommand({})));
    return {
      regionSettings: [
        known({
          env,
          resourceTypeOptInPreference: answer.ResourceTypeOptInPreference,
          resourceTypeManagementPreference: answer.ResourceTypeManagementPreference,
        }),
      ],
    };
  },
};

export const BACKUP_SOURCES: readonly Source[] = [VAULTS, PLANS, SETTINGS];
