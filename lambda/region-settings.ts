/**
 * Sets the opt-in settings of AWS Backup in an account and Region, for which CloudFormation has no type.
 *
 * Only the resource types that are named, and of them only those that differ, are set; deletion leaves everything as it is
 * (decision 0016). Each call is made with what is there now, so that a repeated one changes nothing.
 */
import { BackupClient, DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { customResource } from './shared/cloudformation-request';
import { differing, Flags, flagsOf } from './shared/flags';

interface RegionSettings {
  readonly ResourceTypeOptInPreference?: Flags;
  readonly ResourceTypeManagementPreference?: Flags;
}

const backup = new BackupClient({});

export const handler = customResource<RegionSettings>(
  async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
    const answer = { PhysicalResourceId: PhysicalResourceId ?? 'region-settings' };
    if (RequestType === 'Delete') {
      return answer;
    }
    const now = await backup.send(new DescribeRegionSettingsCommand({}));
    const optIn = differing(flagsOf(ResourceProperties.ResourceTypeOptInPreference), now.ResourceTypeOptInPreference);
    const management = differing(
      flagsOf(ResourceProperties.ResourceTypeManagementPreference),
      now.ResourceTypeManagementPreference,
    );
    if (optIn !== undefined || management !== undefined) {
      await backup.send(
        new UpdateRegionSettingsCommand({
          ResourceTypeOptInPreference: optIn,
          ResourceTypeManagementPreference: management,
        }),
      );
    }
    return answer;
  },
);
