import { OrganizationsOrganization } from '@cdktf/provider-aws/lib/organizations-organization';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { DelegatedAdministrator, DelegatedAdministratorProps } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, annotations, comment, only, refusal, stackOf, variables } from './support/stacks';

const TYPE = 'aws_organizations_delegated_administrator';
const POLICY = 'aws_organizations_resource_policy';
const ADMINISTRATOR = '444455556666';

function administrator(
  stack: TerraformStack,
  props: Partial<DelegatedAdministratorProps> = {},
): DelegatedAdministrator {
  return new DelegatedAdministrator(stack, 'Administrator', {
    accountIds: [ADMINISTRATOR],
    organizationId: 'o-a1b2c3d4e5',
    ...props,
  });
}

const statements = (stack: TerraformStack) =>
  (JSON.parse(String(only(stack, POLICY).content)) as { Statement: Record<string, unknown>[] }).Statement;
const sids = (stack: TerraformStack) => statements(stack).map(({ Sid }) => Sid);
const OTHER = { Sid: 'Other', Effect: 'Allow', Principal: '*', Action: 'organizations:ListPolicies', Resource: '*' };

test('registers the account, and lets it write backup policies and nothing else', () => {
  const stack = stackOf();
  expect(administrator(stack).accountIds).toEqual([ADMINISTRATOR]);
  expect(only(stack, TYPE)).toEqual({ account_id: ADMINISTRATOR, service_principal: 'backup.amazonaws.com' });
  expect(sids(stack)).toEqual([
    'ReadTheOrganization',
    'ReadBackupPolicies',
    'WriteBackupPolicies',
    'AttachBackupPolicies',
    'TagBackupPolicies',
  ]);
  expect(statements(stack)).toContainEqual(
    expect.objectContaining({
      Sid: 'WriteBackupPolicies',
      Principal: { AWS: [`arn:aws:iam::${ADMINISTRATOR}:root`] },
      Resource: 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/backup_policy/*',
      Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } },
    }),
  );
  expect(only(stack, POLICY).depends_on).toEqual([
    'aws_organizations_delegated_administrator.Administrator_Resource-444455556666_C7A03FB2',
  ]);
});

test('a note tells that the organization is made elsewhere', () => {
  const stack = stackOf();
  administrator(stack);
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[terraform-organization-unknown]')]);
});

test('waits for the organization that it is given, and takes the management account from it', () => {
  const stack = stackOf();
  const organization = new OrganizationsOrganization(stack, 'Organization', {
    awsServiceAccessPrincipals: ['backup.amazonaws.com'],
    enabledPolicyTypes: ['BACKUP_POLICY'],
  });
  administrator(stack, { organization });
  expect(annotations(stack, 'info')).toEqual([]);
  expect(only(stack, TYPE).depends_on).toEqual(['aws_organizations_organization.Organization']);
  expect(JSON.stringify(statements(stack))).toContain(
    'arn:aws:organizations::${aws_organizations_organization.Organization.master_account_id}:root/',
  );
});

test('fails on an organization that does not enable what is needed', () => {
  const stack = stackOf();
  const organization = new OrganizationsOrganization(stack, 'Organization', { enabledPolicyTypes: ['TAG_POLICY'] });
  const declare = (id: string, enableBackupPolicies?: boolean) => () =>
    new DelegatedAdministrator(stack, id, {
      accountIds: [ADMINISTRATOR],
      organizationId: organization.id,
      organization,
      enableBackupPolicies,
    });
  expect(refusal(declare('Both')).split('\n')).toEqual([
    'S/Both: 2 value(s) that AWS Backup refuses',
    expect.stringContaining(
      'organization.awsServiceAccessPrincipals must be a list with backup.amazonaws.com, got none',
    ),
    expect.stringContaining('organization.enabledPolicyTypes must be a list with BACKUP_POLICY, got TAG_POLICY'),
  ]);
  expect(refusal(declare('One', false))).toContain('S/One: 1 value(s)');
});

test('leaves the resource policy alone where it is told to', () => {
  const stack = stackOf();
  expect(administrator(stack, { delegateBackupPolicies: false }).resourcePolicy).toBeUndefined();
  expect(all(stack, POLICY)).toEqual([]);
});

test('adds statements and tags to the one policy that an organization has', () => {
  const [both, alone] = [stackOf(), stackOf()];
  administrator(both, { additionalStatements: [OTHER], tags: { owner: 'platform' } });
  expect(sids(both).at(-1)).toBe('Other');
  expect(only(both, POLICY).tags).toEqual({ owner: 'platform' });
  administrator(alone, { additionalStatements: [OTHER], delegateBackupPolicies: false });
  expect(statements(alone)).toEqual([OTHER]);
});

test('fails on what is no account, too many of them, and a policy that is too long', () => {
  const six = Array.from({ length: 6 }, (_, index) => `11112222333${index}`);
  const additionalStatements = [{ ...OTHER, Sid: 'x'.repeat(40_000) }];
  const declare = () =>
    administrator(stackOf(), { accountIds: [...six.slice(1), 'administrator'], additionalStatements });
  expect(refusal(declare).split('\n')).toEqual([
    'S/Administrator: 3 value(s) that AWS Backup refuses',
    expect.stringContaining('accountIds must be 1 to 5 accounts that administer backups, got 6'),
    expect.stringContaining('accountIds[5] must be an account id of 12 digits, got administrator'),
    expect.stringContaining('resourcePolicy must be at most 40000 characters of JSON without white space'),
  ]);
});

test('fails on a list of accounts that Terraform alone knows', () => {
  const stack = stackOf();
  expect(refusal(() => administrator(stack, { accountIds: variables(stack).list('accounts') }))).toContain(
    'accountIds must be a list that is known at synthesis, as a resource is made for each member; its members may be tokens, got a token [terraform-list-known]',
  );
});

test('takes waivers, tokens and a provider, and registers one account after the other', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  const provider = new AwsProvider(stack, 'Other', { alias: 'management', region: 'us-east-1' });
  const waivers = [{ rule: 'terraform-organization-unknown', path: '*', reason: 'made elsewhere' }];
  const accountIds = [text('first'), text('second')];
  const made = administrator(stack, { accountIds, organizationId: text('organization'), waivers, provider });
  expect(made.delegatedAdministrators.map(({ node }) => node.id)).toEqual(['Resource-account-0', 'Resource-account-1']);
  expect(all(stack, TYPE)).toEqual([
    { account_id: '${var.first}', service_principal: 'backup.amazonaws.com', provider: 'aws.management' },
    expect.objectContaining({ account_id: '${var.second}', depends_on: [expect.stringContaining('account-0')] }),
  ]);
  expect(comment(stack, TYPE)).toEqual({ waivers });
  // Of a provider that does not say its account AWS is asked.
  expect(String(only(stack, POLICY).content)).toContain('${data.aws_caller_identity.Administrator_Caller_');
});

test('keeps its addresses', () => {
  const stack = stackOf();
  administrator(stack);
  expect(addresses(stack)).toEqual([
    'aws_organizations_delegated_administrator.Administrator_Resource-444455556666_C7A03FB2',
    'aws_organizations_resource_policy.Administrator_Policy_73B11B07',
  ]);
});
