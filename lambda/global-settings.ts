/**
 * Sets the global settings of AWS Backup, for which CloudFormation has no type. Works in the management account alone.
 *
 * Only what is named and differs is set; deletion leaves everything as it is (decision 0016).
 */
import { BackupClient, DescribeGlobalSettingsCommand, UpdateGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { customResource } from './shared/cloudformation-request';
import { differing, Flags, flagsOf } from './shared/flags';

interface GlobalSettings {
  readonly GlobalSettings?: Flags;
}

const backup = new BackupClient({});

export const handler = customResource<GlobalSettings>(
  async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
    const answer = { PhysicalResourceId: PhysicalResourceId ?? 'global-settings' };
    if (RequestType === 'Delete') {
      return answer;
    }
    const now = await backup.send(new DescribeGlobalSettingsCommand({}));
    const changed = differing(flagsOf(ResourceProperties.GlobalSettings), flagsOf(now.GlobalSettings));
    if (changed !== undefined) {
      const settings = Object.entries(changed).map(([name, on]) => [name, String(on)] as const);
      await backup.send(new UpdateGlobalSettingsCommand({ GlobalSettings: Object.fromEntries(settings) }));
    }
    return answer;
  },
);
