import {
  BackupClient,
  DescribeGlobalSettingsCommand,
  InvalidRequestException,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambda/global-settings';
import { answered, request } from './requests';

const aws = mockClient(BackupClient);

beforeEach(() => {
  aws.reset();
  aws.on(UpdateGlobalSettingsCommand).resolves({});
  aws.on(DescribeGlobalSettingsCommand).resolves({
    GlobalSettings: { isCrossAccountBackupEnabled: 'false', isMpaEnabled: 'true' },
  });
});

const updates = () => aws.commandCalls(UpdateGlobalSettingsCommand).map((call) => call.args[0].input);

test.each(['Create', 'Update'] as const)('%s sets what differs alone, as texts', async (type) => {
  const settings = {
    GlobalSettings: {
      isCrossAccountBackupEnabled: 'true',
      isMpaEnabled: 'true',
      isDelegatedAdministratorEnabled: false,
    },
  };
  expect(await answered(handler, request(type, settings))).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: 'global-settings',
  });
  expect(updates()).toEqual([
    { GlobalSettings: { isCrossAccountBackupEnabled: 'true', isDelegatedAdministratorEnabled: 'false' } },
  ]);
});

test('what is there already is not set again', async () => {
  await answered(handler, request('Update', { GlobalSettings: { isMpaEnabled: true } }));
  expect(updates()).toEqual([]);
});

test('deletion leaves everything as it is', async () => {
  const deletion = request('Delete', { GlobalSettings: { isMpaEnabled: true } }, 'global-settings');
  expect(await answered(handler, deletion)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'global-settings' });
  expect(aws.calls()).toHaveLength(0);
});

test('in a member account it fails with the words of AWS', async () => {
  jest.spyOn(console, 'error').mockImplementation();
  aws
    .on(UpdateGlobalSettingsCommand)
    .rejects(new InvalidRequestException({ message: 'not the management account', $metadata: {} }));
  const settings = { GlobalSettings: { isCrossAccountBackupEnabled: true } };
  expect(await answered(handler, request('Create', settings))).toMatchObject({
    Status: 'FAILED',
    Reason: 'InvalidRequestException: not the management account',
    PhysicalResourceId: 'request-1',
  });
  jest.restoreAllMocks();
});
