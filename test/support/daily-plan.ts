// A plan, and a restore, for tests of the services whose resources are backed up.
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import type { World } from '@holdfast/engine';

const IamRoleArn = 'arn:aws:iam::123456789012:role/backup';

/** A plan that backs up daily, for a week, what has the tag `backup` = `daily`. */
export async function planOfTag(world: World): Promise<BackupClient> {
  const backup = world.client(BackupClient);
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', Lifecycle: { DeleteAfterDays: 7 } };
  const plan = { BackupPlanName: 'plan', Rules: [rule] };
  const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan: plan }));
  const tagged = { ConditionType: 'STRINGEQUALS' as const, ConditionKey: 'backup', ConditionValue: 'daily' };
  const BackupSelection = { SelectionName: 'tagged', IamRoleArn, ListOfTags: [tagged] };
  await backup.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
  return backup;
}

/** Restores a point, and waits for it. */
export async function restore(world: World, RecoveryPointArn: string, Metadata: Record<string, string>): Promise<void> {
  await world.client(BackupClient).send(new StartRestoreJobCommand({ RecoveryPointArn, IamRoleArn, Metadata }));
  await world.advance({ hours: 2 });
}
