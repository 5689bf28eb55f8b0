import { DelegatedAdministrator, GlobalSettings, RegionSettings } from '@holdfast/cdk';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { read } from './read';

const ENV = { account: '123456789012', region: 'eu-central-1' };

/** What is read of a stack, with the organization that it is the management account of. */
function readStack(build: (stack: Stack) => void) {
  const stack = new Stack(new App(), 'S', { env: ENV });
  build(stack);
  const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> };
  template.Resources['Organization'] = { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } };
  return read({ 'settings.json': template });
}

test('the construct GlobalSettings says what AWS Backup may do in the organization', () => {
  const { estate } = readStack((stack) => {
    new GlobalSettings(stack, 'Global', { isCrossAccountBackupEnabled: true, isMpaEnabled: false });
  });
  expect(estate.organizationSettings).toMatchObject([
    {
      env: { account: ENV.account },
      settings: { isCrossAccountBackupEnabled: true, isMpaEnabled: false },
      declaredAt: expect.stringContaining('Global'),
    },
  ]);
});

test('the construct RegionSettings says what is opted in', () => {
  const resourceTypeOptInPreference = { EFS: false, EBS: true };
  const resourceTypeManagementPreference = { DynamoDB: true };
  const { estate, notRead } = readStack((stack) => {
    new RegionSettings(stack, 'Region', { resourceTypeOptInPreference, resourceTypeManagementPreference });
  });
  expect(estate.regionSettings).toMatchObject([
    { env: { region: ENV.region }, resourceTypeOptInPreference, resourceTypeManagementPreference },
  ]);
  expect(notRead.map(({ type }) => type).filter((type) => type.startsWith('Custom::Backup'))).toEqual([]);
});

test('the construct DelegatedAdministrator makes accounts administrators of AWS Backup', () => {
  const { estate } = readStack((stack) => {
    new DelegatedAdministrator(stack, 'Admin', { accountIds: ['111111111111'], organizationId: 'o-1234567890' });
  });
  expect(estate.organizations).toMatchObject([
    { administrators: [{ accountId: '111111111111', servicePrincipal: 'backup.amazonaws.com' }] },
  ]);
});
