import { PlainValues, RuleCatalog, TerraformOrganizationRules } from '@holdfast/model';

const PLAIN = new PlainValues();
const { source, allowed } = RuleCatalog.find('terraform-organization-unknown');

// prettier-ignore
test.each<[string, string[] | undefined, string[] | undefined, boolean, string[]]>([
  ['all that is needed', ['backup.amazonaws.com'], ['BACKUP_POLICY'], true,  []],
  ['more than that',     ['a', 'backup.amazonaws.com'], ['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY'], true, []],
  ['no policies, which are not needed', ['backup.amazonaws.com'], undefined, false, []],
  ['nothing', undefined, undefined, true, [
    'organization.awsServiceAccessPrincipals must be a list with backup.amazonaws.com, got none',
    'organization.enabledPolicyTypes must be a list with BACKUP_POLICY, got none',
  ]],
  ['others', ['a', 'b'], ['SERVICE_CONTROL_POLICY'], true, [
    'organization.awsServiceAccessPrincipals must be a list with backup.amazonaws.com, got a, b',
    'organization.enabledPolicyTypes must be a list with BACKUP_POLICY, got SERVICE_CONTROL_POLICY',
  ]],
])('an organization that enables %s', (_, awsServiceAccessPrincipals, enabledPolicyTypes, policies, expected) => {
  const organization = { awsServiceAccessPrincipals, enabledPolicyTypes };
  const findings = TerraformOrganizationRules.check(policies, 'organization', PLAIN, organization);
  expect(findings.map(({ path, message }) => `${path} ${message}`)).toEqual(expected);
  expect(findings.every(({ rule }) => rule === 'terraform-organization-enables')).toBe(true);
});

test('an organization of elsewhere is a note', () => {
  expect(TerraformOrganizationRules.check(true, 'organization', PLAIN)).toEqual([
    expect.objectContaining({
      rule: 'terraform-organization-unknown',
      severity: 'note',
      path: 'organization',
      message: `must be ${allowed}, got none`,
      source,
    }),
  ]);
});

test('a list, or a member of it, that is not known yet may have what is needed', () => {
  const none = { known: () => false };
  expect(TerraformOrganizationRules.check(false, '', none, { awsServiceAccessPrincipals: ['?'] })).toEqual([]);
  const some = { known: (value: unknown) => value !== '?' };
  expect(TerraformOrganizationRules.check(false, '', some, { awsServiceAccessPrincipals: ['?'] })).toEqual([]);
});
