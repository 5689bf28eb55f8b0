import { awsProviderHas, awsProviderVersion, checkAwsProvider } from '../../provider/src/private/aws-provider';
import { TerraformStack, Testing } from 'cdktf';
import { AWS_PROVIDER_VERSION } from './support/package';
import { stackOf } from './support/stacks';

test('the version is that of the prebuilt provider, unless the context names another', () => {
  expect(awsProviderVersion(new TerraformStack(Testing.app(), 'S'))).toBe(AWS_PROVIDER_VERSION);
  expect(awsProviderVersion(stackOf({ 'holdfast:awsProviderVersion': '6.25.0' }))).toBe('6.25.0');
});

test('what needs a newer provider is refused by the path that asks for it', () => {
  const stack = stackOf();
  expect(awsProviderHas(stack, 'scan-settings')).toBe(false);
  expect(checkAwsProvider(stack, { 'scan-settings': 'scanSettings', 'resource-region': undefined })).toMatchObject([
    { rule: 'terraform-provider-version', path: 'scanSettings' },
  ]);
});

test('a newer provider has it', () => {
  const stack = stackOf({ 'holdfast:awsProviderVersion': '6.25.0' });
  expect(awsProviderHas(stack, 'scan-settings')).toBe(true);
  expect(checkAwsProvider(stack, { 'scan-settings': 'scanSettings' })).toEqual([]);
});
