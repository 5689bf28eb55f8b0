import { BackupClient, DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambda/region-settings';
import { answered, request } from './requests';

const aws = mockClient(BackupClient);

beforeEach(() => {
  aws.reset();
  aws.on(UpdateRegionSettingsCommand).resolves({});
  aws.on(DescribeRegionSettingsCommand).resolves({
    ResourceTypeOptInPreference: { EBS: true, S3: false, RDS: true },
    ResourceTypeManagementPreference: { DynamoDB: false },
  });
});

const updates = () => aws.commandCalls(UpdateRegionSettingsCommand).map((call) => call.args[0].input);

test.each(['Create', 'Update'] as const)(
  '%s sets what differs alone, of texts as CloudFormation gives them',
  async (type) => {
    const settings = {
      ResourceTypeOptInPreference: { EBS: 'true', S3: 'true', RDS: 'false', EKS: 'true' },
      ResourceTypeManagementPreference: { DynamoDB: 'true' },
    };
    expect(await answered(handler, request(type, settings))).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'region-settings',
    });
    expect(updates()).toEqual([
      {
        ResourceTypeOptInPreference: { S3: true, RDS: false, EKS: true },
        ResourceTypeManagementPreference: { DynamoDB: true },
      },
    ]);
  },
);

test('a map that has nothing to change is left out', async () => {
  await answered(handler, request('Create', { ResourceTypeOptInPreference: { S3: 'true' } }));
  expect(updates()).toEqual([
    { ResourceTypeOptInPreference: { S3: true }, ResourceTypeManagementPreference: undefined },
  ]);
});

test('what is there already is not set again', async () => {
  const settings = { ResourceTypeOptInPreference: { EBS: true, S3: 'false' } };
  expect(await answered(handler, request('Update', settings))).toMatchObject({ Status: 'SUCCESS' });
  expect(updates()).toEqual([]);
});

test('deletion leaves everything as it is', async () => {
  const deletion = request('Delete', { ResourceTypeOptInPreference: { S3: 'true' } }, 'region-settings');
  expect(await answered(handler, deletion)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'region-settings' });
  expect(aws.calls()).toHaveLength(0);
});

test('a type that the Region does not have fails with the words of AWS', async () => {
  jest.spyOn(console, 'error').mockImplementation();
  aws.on(UpdateRegionSettingsCommand).rejects(new Error('EKS is not available in this Region'));
  const settings = { ResourceTypeOptInPreference: { EKS: 'true' } };
  expect(await answered(handler, request('Create', settings))).toMatchObject({
    Status: 'FAILED',
    Reason: 'Error: EKS is not available in this Region',
  });
  jest.restoreAllMocks();
});
