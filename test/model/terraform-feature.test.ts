import { RuleCatalog, TerraformFeatures } from '@holdfast/model';

// prettier-ignore
const ROWS: [feature: string, version: string, has: boolean][] = [
  ['resource-region', '5.100.0', false],
  ['resource-region', '6.0.0', true],
  ['resource-region', '6.0.0-beta1', true],
  ['logically-air-gapped-vault-key', '6.22.0', false],
  ['logically-air-gapped-vault-key', '6.22.1', true],
  ['logically-air-gapped-target', '6.23.9', false],
  ['logically-air-gapped-target', '6.24.0', true],
  ['scan-settings', '6.24', false],
  ['scan-settings', '6.25', true],
  ['scan-settings', '10.0.0', true],
  ['tiering-configuration', '6.66.0', false],
  ['tiering-configuration', '6.67.0', true],
  ['tiering-configuration', '', false],
  ['s3-backup-options', '6.27.0', false],
  ['s3-backup-options', '6.67.0', true],
];

test.each(ROWS)('%s in version %s: %s', (feature, version, has) => {
  expect(TerraformFeatures.has(feature, version)).toBe(has);
  expect(TerraformFeatures.check(feature, version, 'at')).toHaveLength(has ? 0 : 1);
});

test('fails on a version that lacks the feature, with the versions and the arguments', () => {
  expect(TerraformFeatures.check('scan-settings', '5.100.0', 'scanSettings')).toEqual([
    {
      rule: 'terraform-provider-version',
      effect: 'refused-by-aws',
      severity: 'error',
      path: 'scanSettings',
      message:
        'must be used with version 6.25.0 of the AWS provider or a later one ' +
        '(aws_backup_plan.scan_setting, aws_backup_plan.rule.scan_action), got version 5.100.0',
      source: RuleCatalog.find('terraform-provider-version').source,
    },
  ]);
});

test('fails on what HCL loses, and on nothing else', () => {
  const lost = TerraformFeatures.all().filter(({ feature }) => TerraformFeatures.checkHcl(feature, 'at').length > 0);
  expect(lost.map(({ feature }) => feature)).toEqual([
    'logically-air-gapped-target',
    'scan-settings',
    'tiering-configuration',
  ]);
  expect(TerraformFeatures.checkHcl('logically-air-gapped-target', 'at')).toEqual([
    {
      rule: 'terraform-hcl-block',
      effect: 'advice',
      severity: 'error',
      path: 'at',
      message:
        'must be synthesized as JSON, the form in which the Terraform CDK keeps it, ' +
        'got HCL, which loses aws_backup_plan.rule.target_logically_air_gapped_backup_vault_arn',
      source: RuleCatalog.find('terraform-hcl-block').source,
    },
  ]);
});

test('fails to find a feature that is none', () => {
  expect(() => TerraformFeatures.find('x')).toThrow(/^feature must be one of resource-region, .*, got x$/);
});

test('features stand in the order in which they came', () => {
  const versions = TerraformFeatures.all().map(({ since }) => since);
  const inOrder = [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  expect(versions).toEqual(inOrder);
});

test('fails on what no version has an argument for', () => {
  expect(TerraformFeatures.checkAbsent('rules[0].indexActions', 'EBS')).toEqual([
    {
      rule: 'terraform-argument-missing',
      effect: 'refused-by-aws',
      severity: 'error',
      path: 'rules[0].indexActions',
      message: 'must be left out: no version of the AWS provider has an argument for it, got EBS',
      source: RuleCatalog.find('terraform-argument-missing').source,
    },
  ]);
});
