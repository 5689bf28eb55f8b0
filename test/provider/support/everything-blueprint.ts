import { Blueprint } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';

/** Declares what a blueprint holds. */
export function declareEveryBlueprint(stack: TerraformStack): void {
  new Blueprint(stack, 'Blueprint', {
    document: {
      schema: 'holdfast.blueprint/1',
      vaults: [
        { backupVaultName: 'reviewed', vaultLock: { minRetentionDays: 7 }, tags: { owner: 'platform' } },
        { backupVaultName: 'reviewed-copies', env: { region: 'eu-central-1' } },
      ],
      plans: [
        {
          backupPlanName: 'reviewed',
          rules: [
            {
              ruleName: 'daily',
              targetBackupVaultName: 'reviewed',
              lifecycle: { moveToColdStorageAfterDays: -1, deleteAfterDays: 35 },
              recoveryPointTags: { kept: 'five weeks' },
            },
          ],
          selections: [
            {
              selectionName: 'tagged',
              iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
              listOfTags: [{ conditionKey: 'backup', conditionValue: 'reviewed' }],
              conditions: { stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }] },
            },
          ],
        },
      ],
    },
  });
}
