import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TieringConfiguration, TieringConfigurationProps, Vault } from '@holdfast/cdktf';
import { TerraformFeatures } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, comment, message, only, refusal, resolve, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_backup_tiering_configuration';
const BUCKET = 'arn:aws:s3:::documents';
const VAULT = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
const NEWER = { 'holdfast:awsProviderVersion': '6.67.0' };
const PROPS: TieringConfigurationProps = { tieringConfigurationName: 'tiers', selections: [{ tierDownAfterDays: 90 }] };

function made(over: Partial<TieringConfigurationProps> = {}, stack = stackOf(NEWER)): TerraformStack {
  new TieringConfiguration(stack, 'Tiering', { ...PROPS, ...over });
  return stack;
}

test('is for every vault and every bucket where none is named', () => {
  expect(only(made(), TYPE)).toEqual({
    name: 'tiers',
    backup_vault_name: '*',
    resource_selection: [{ resource_type: 'S3', resources: ['*'], tiering_down_settings_in_days: 90 }],
  });
});

test('takes a vault, buckets, tags, and a provider', () => {
  const stack = stackOf(NEWER);
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-west-1' });
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary', provider });
  made({ vault, selections: [{ tierDownAfterDays: 60, bucketArns: [BUCKET] }], tags: { a: 'b' }, provider }, stack);
  expect(only(stack, TYPE)).toEqual({
    name: 'tiers',
    backup_vault_name: resolve(stack, vault.backupVaultName),
    resource_selection: [{ resource_type: 'S3', resources: [BUCKET], tiering_down_settings_in_days: 60 }],
    tags: { a: 'b' },
    provider: 'aws.west',
  });
});

test('takes a token for every value', () => {
  const stack = stackOf(NEWER);
  const { list, number, text } = variables(stack);
  const selections = [{ tierDownAfterDays: number('days'), bucketArns: list('buckets') }];
  made({ tieringConfigurationName: text('name'), selections, tags: { a: text('tag') } }, stack);
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    resource_selection: [{ resources: '${var.buckets}', tiering_down_settings_in_days: '${var.days}' }],
    tags: { a: '${var.tag}' },
  });
});

test('gives its name and its ARN', () => {
  const stack = stackOf(NEWER);
  const tiering = new TieringConfiguration(stack, 'Tiering', PROPS);
  const { tieringConfigurationName, tieringConfigurationArn } = tiering;
  const [address] = addresses(stack);
  expect(address).toMatch(/^aws_backup_tiering_configuration\.Tiering_/);
  expect(resolve(stack, [tieringConfigurationName, tieringConfigurationArn])).toEqual([
    `\${${address}.name}`,
    `\${${address}.arn}`,
  ]);
  expect(tiering.node.findAll().map(({ node }) => node.path)).toEqual(['S/Tiering', 'S/Tiering/Resource']);
});

test('fails for an AWS provider that has no such resource, and names the version', () => {
  const allowed = `used with version ${TerraformFeatures.find('tiering-configuration').since} of the AWS provider or a later one (${TYPE})`;
  const said = sentence('terraform-provider-version', 'tieringConfigurationName', 'version 5.100.0', allowed);
  expect(refusal(() => made({}, stackOf({ 'holdfast:awsProviderVersion': '5.100.0' })))).toBe(
    message('S/Tiering', [said]),
  );
});

test('is made for an older AWS provider where that is waived, and says why', () => {
  const waivers = [{ rule: 'terraform-provider-version', path: '*', reason: 'a build of our own' }];
  expect(comment(made({ waivers }, stackOf()), TYPE)).toEqual({ waivers });
});

test('fails for what AWS Backup refuses', () => {
  expect(refusal(() => made({ selections: [{ tierDownAfterDays: 59 }] }))).toMatch(
    /^S\/Tiering: 1 value\(s\) that AWS Backup refuses\n {2}resourceSelection\[0\]\.tieringDownSettingsInDays must be .*, got 59/,
  );
});

test('fails for a second configuration of a vault, anywhere in the app', () => {
  const stack = made({ vault: VAULT });
  const second = () =>
    new TieringConfiguration(stack, 'Second', { ...PROPS, vault: VAULT, tieringConfigurationName: 'b' });
  expect(refusal(second)).toContain('[tiering-configuration-');
  expect(() => new TieringConfiguration(stack, 'Third', { ...PROPS, tieringConfigurationName: 'c' })).not.toThrow();
});
