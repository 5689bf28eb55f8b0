import { describeGlobalSettings } from '../../../engine/src/operations/backup/describe-global-settings';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { acceptHandshake } from '../../../engine/src/operations/organizations/accept-handshake';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import { createOrganizationalUnit } from '../../../engine/src/operations/organizations/create-organizational-unit';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { deletePolicy } from '../../../engine/src/operations/organizations/delete-policy';
import { deregisterDelegatedAdministrator } from '../../../engine/src/operations/organizations/deregister-delegated-administrator';
import { describeOrganization } from '../../../engine/src/operations/organizations/describe-organization';
import { describePolicy } from '../../../engine/src/operations/organizations/describe-policy';
import { detachPolicy } from '../../../engine/src/operations/organizations/detach-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { inviteAccountToOrganization } from '../../../engine/src/operations/organizations/invite-account-to-organization';
import { leaveOrganization } from '../../../engine/src/operations/organizations/leave-organization';
import { listAccounts } from '../../../engine/src/operations/organizations/list-accounts';
import { listAccountsForParent } from '../../../engine/src/operations/organizations/list-accounts-for-parent';
import { listDelegatedAdministrators } from '../../../engine/src/operations/organizations/list-delegated-administrators';
import { listOrganizationalUnitsForParent } from '../../../engine/src/operations/organizations/list-organizational-units-for-parent';
import { listParents } from '../../../engine/src/operations/organizations/list-parents';
import { listPolicies } from '../../../engine/src/operations/organizations/list-policies';
import { listPoliciesForTarget } from '../../../engine/src/operations/organizations/list-policies-for-target';
import { listTargetsForPolicy } from '../../../engine/src/operations/organizations/list-targets-for-policy';
import { putResourcePolicy } from '../../../engine/src/operations/organizations/put-resource-policy';
import { registerDelegatedAdministrator } from '../../../engine/src/operations/organizations/register-delegated-administrator';
import { removeAccountFromOrganization } from '../../../engine/src/operations/organizations/remove-account-from-organization';
import { BACKUP, MANAGEMENT, MEMBER, content, nameOfFault, organization, put } from '../scenarios/organization-stage';

describe('the tree', () => {
  test('has a root with the management account, units and accounts', () => {
    const { state, root, unit } = organization();
    const shown = describeOrganization(state, MEMBER, {}).Organization;
    expect(shown).toMatchObject({ MasterAccountId: MANAGEMENT.account, FeatureSet: 'ALL' });
    expect(shown?.Id).toMatch(/^o-[a-z0-9]{10}$/);
    expect(unit).toMatch(/^ou-[0-9a-z]{4}-[0-9a-z]{8}$/);
    expect(listAccounts(state, MANAGEMENT, {}).Accounts).toHaveLength(2);
    expect(listAccountsForParent(state, MANAGEMENT, { ParentId: unit }).Accounts).toMatchObject([
      { Id: MEMBER.account },
    ]);
    expect(listOrganizationalUnitsForParent(state, MANAGEMENT, { ParentId: root }).OrganizationalUnits).toMatchObject([
      { Name: 'apps' },
    ]);
    expect(listParents(state, MANAGEMENT, { ChildId: MEMBER.account }).Parents).toEqual([
      { Id: unit, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect(nameOfFault(() => createOrganization(state, MEMBER, {}))).toBe('AlreadyInOrganizationException');
    expect(nameOfFault(() => describeOrganization(state, { ...MEMBER, account: '000000000009' }, {}))).toBe(
      'AWSOrganizationsNotInUseException',
    );
    expect(nameOfFault(() => listAccounts(state, MEMBER, {}))).toBe('AccessDeniedException');
  });

  test('is five units deep below the root, and no deeper (B11.3/5)', () => {
    const { state, root } = organization();
    let ParentId = root;
    const add = (Name: string) => {
      const made = createOrganizationalUnit(state, MANAGEMENT, { ParentId, Name });
      ParentId = made.OrganizationalUnit?.Id ?? '';
    };
    ['1', '2', '3', '4', '5'].forEach(add);
    expect(nameOfFault(() => add('6'))).toBe('ConstraintViolationException');
    const twice = () => createOrganizationalUnit(state, MANAGEMENT, { ParentId: root, Name: 'apps' });
    expect(nameOfFault(twice)).toBe('DuplicateOrganizationalUnitException');
  });

  test('keeps a declarative policy of EC2 where it is attached', () => {
    const { state, root, unit } = organization();
    const Type = 'DECLARATIVE_POLICY_EC2' as const;
    const Content = JSON.stringify({
      ec2_attributes: { snapshot_block_public_access: { state: { '@@assign': 'off' } } },
    });
    const asked = { Name: 'snapshots', Description: '', Type, Content };
    const made = createPolicy(state, MANAGEMENT, asked).Policy?.PolicySummary;
    const attach = () => attachPolicy(state, MANAGEMENT, { PolicyId: made?.Id, TargetId: unit });
    expect(nameOfFault(attach)).toBe('PolicyTypeNotEnabledException');
    enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: Type });
    attach();
    const there = listPoliciesForTarget(state, MANAGEMENT, { TargetId: unit, Filter: Type }).Policies;
    expect(there).toMatchObject([{ Name: 'snapshots', Type, AwsManaged: false }]);
    const unknown = { ...asked, Type: 'TAG_POLICY' as const };
    expect(nameOfFault(() => createPolicy(state, MANAGEMENT, unknown))).toBe('InvalidInputException');
  });

  test('grows by invited accounts, and shrinks when one leaves or is removed', () => {
    const { state } = organization();
    const guest = { ...MANAGEMENT, account: '000000000003' };
    const invited = inviteAccountToOrganization(state, MANAGEMENT, { Target: { Id: guest.account, Type: 'ACCOUNT' } });
    const HandshakeId = invited.Handshake?.Id;
    expect(nameOfFault(() => acceptHandshake(state, MEMBER, { HandshakeId }))).toBe('HandshakeNotFoundException');
    acceptHandshake(state, guest, { HandshakeId });
    expect(listAccounts(state, MANAGEMENT, {}).Accounts).toHaveLength(3);
    leaveOrganization(state, guest, {});
    expect(listAccounts(state, MANAGEMENT, {}).Accounts).toHaveLength(2);
    removeAccountFromOrganization(state, MANAGEMENT, { AccountId: MEMBER.account });
    expect(listAccounts(state, MANAGEMENT, {}).Accounts).toHaveLength(1);
    expect(nameOfFault(() => leaveOrganization(state, MANAGEMENT, {}))).toBe('MasterCannotLeaveOrganizationException');
  });

  test('tells a condition where an account stands', () => {
    const { state, root, unit } = organization();
    const found = state.ledger.organizations.of(MEMBER);
    expect(found?.membershipOf(MEMBER.account)).toEqual({
      id: found?.id,
      path: `${found?.id}/${root}/${unit}/`,
      isManagementAccount: false,
    });
    expect(found?.membershipOf(MANAGEMENT.account)?.isManagementAccount).toBe(true);
  });
});

describe('policies of an organization', () => {
  test('are attached up to ten times to one node (B11.3/4)', () => {
    const { state, root } = organization();
    const add = (index: number) => put(state, `policy-${index}`, '{"plans":{}}', root);
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].forEach(add);
    expect(listPoliciesForTarget(state, MANAGEMENT, { TargetId: root, Filter: 'BACKUP_POLICY' }).Policies).toHaveLength(
      10,
    );
    expect(nameOfFault(() => add(11))).toBe('ConstraintViolationException');
  });

  // prettier-ignore
  test.each([[10_000, 'none'], [10_001, 'ConstraintViolationException']])('of backups have up to 10,000 characters: %p gives %p (B11.3/4)', (length, expected) => {
    const Content = content().padEnd(length);
    expect(nameOfFault(() => createPolicy(organization().state, MANAGEMENT, { Name: 'a', Content, Type: 'BACKUP_POLICY', Description: '' }))).toBe(expected);
  });

  test('fail with an operator that is none, and under a name that is taken (B11.2/1)', () => {
    const { state } = organization();
    const create = (Content: string) =>
      nameOfFault(() =>
        createPolicy(state, MANAGEMENT, { Name: 'a', Content, Type: 'BACKUP_POLICY', Description: '' }),
      );
    expect(create('{"plans":{"a":{"regions":{"@@set":["eu-west-1"]}}}}')).toBe('MalformedPolicyDocumentException');
    expect(create(content())).toBe('none');
    expect(create(content())).toBe('DuplicatePolicyException');
  });

  // prettier-ignore
  test.each([
    [{},                                 'none'],
    [{ Principal: '*' },                 'MalformedPolicyDocumentException'],
    [{ NotPrincipal: { AWS: MANAGEMENT.account } }, 'MalformedPolicyDocumentException'],
  ])('of services have statements that say nothing of principals: %j gives %p (B11.4/2)', (more, expected) => {
    const statement = { Effect: 'Deny', Action: 'backup:Delete*', Resource: '*', ...more };
    const create = (Statement: unknown) => {
      const Content = JSON.stringify({ Version: '2012-10-17', Statement });
      const input = { Name: 'a', Content, Type: 'SERVICE_CONTROL_POLICY' as const, Description: '' };
      return nameOfFault(() => createPolicy(organization().state, MANAGEMENT, input));
    };
    expect([create(statement), create([statement])]).toEqual([expected, expected]);
  });

  test('are read, changed, detached and deleted', () => {
    const { state, root, unit } = organization();
    const PolicyId = put(state, 'base', content(), root);
    expect(describePolicy(state, MANAGEMENT, { PolicyId }).Policy?.Content).toBe(content());
    attachPolicy(state, MANAGEMENT, { PolicyId, TargetId: unit });
    const again = () => attachPolicy(state, MANAGEMENT, { PolicyId, TargetId: unit });
    expect(nameOfFault(again)).toBe('DuplicatePolicyAttachmentException');
    expect(listTargetsForPolicy(state, MANAGEMENT, { PolicyId }).Targets).toMatchObject([
      { TargetId: root, Type: 'ROOT' },
      { TargetId: unit, Type: 'ORGANIZATIONAL_UNIT' },
    ]);
    expect(nameOfFault(() => deletePolicy(state, MANAGEMENT, { PolicyId }))).toBe('PolicyInUseException');
    detachPolicy(state, MANAGEMENT, { PolicyId, TargetId: unit });
    detachPolicy(state, MANAGEMENT, { PolicyId, TargetId: root });
    expect(nameOfFault(() => detachPolicy(state, MANAGEMENT, { PolicyId, TargetId: root }))).toBe(
      'PolicyNotAttachedException',
    );
    deletePolicy(state, MANAGEMENT, { PolicyId });
    expect(listPolicies(state, MANAGEMENT, { Filter: 'BACKUP_POLICY' }).Policies).toEqual([]);
  });

  test('of service control stand everywhere with full access, of which the last stays (B11.4/1)', () => {
    const { state, unit } = organization();
    const Filter = 'SERVICE_CONTROL_POLICY' as const;
    const full = listPoliciesForTarget(state, MANAGEMENT, { TargetId: unit, Filter }).Policies;
    expect(full).toMatchObject([{ Id: 'p-FullAWSAccess', AwsManaged: true }]);
    const detach = () => detachPolicy(state, MANAGEMENT, { PolicyId: 'p-FullAWSAccess', TargetId: unit });
    expect(nameOfFault(detach)).toBe('ConstraintViolationException');
    const Content = '{"Statement":[{"Effect":"Deny","Action":"backup:*","Resource":"*"}]}';
    const made = createPolicy(state, MANAGEMENT, { Name: 'deny', Content, Type: Filter, Description: '' });
    attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id, TargetId: unit });
    expect(nameOfFault(detach)).toBe('none');
  });
});

describe('delegated administrators', () => {
  test('are five for AWS Backup at most, none of them the management account (B11.3/5, B11.7/2)', () => {
    const { state } = organization();
    const register = (AccountId: string) =>
      nameOfFault(() => registerDelegatedAdministrator(state, MANAGEMENT, { AccountId, ServicePrincipal: BACKUP }));
    const accounts = [3, 4, 5, 6, 7].map((digit) => `00000000000${digit}`);
    for (const id of accounts) {
      createAccount(state, MANAGEMENT, { Email: `${id}@example.com`, AccountName: id }, id);
    }
    expect(register(MANAGEMENT.account)).toBe('ConstraintViolationException');
    expect(accounts.map(register)).toEqual(accounts.map(() => 'none'));
    expect(register(accounts[0] ?? '')).toBe('AccountAlreadyRegisteredException');
    expect(register(MEMBER.account)).toBe('ConstraintViolationException');
    const ServicePrincipal = BACKUP;
    expect(listDelegatedAdministrators(state, MANAGEMENT, { ServicePrincipal }).DelegatedAdministrators).toHaveLength(
      5,
    );
    expect(listAccounts(state, { ...MANAGEMENT, account: '000000000003' }, {}).Accounts).toHaveLength(7);
    expect(nameOfFault(() => leaveOrganization(state, { ...MANAGEMENT, account: '000000000003' }, {}))).toBe(
      'ConstraintViolationException',
    );
    deregisterDelegatedAdministrator(state, MANAGEMENT, { AccountId: '000000000003', ServicePrincipal });
    expect(register(MEMBER.account)).toBe('none');
  });
});

test('another account changes policies as far as the resource policy lets it, and no further (B11.7/2)', () => {
  const { state, unit } = organization();
  const Content = content();
  const detachSome = (PolicyId: string | undefined) =>
    nameOfFault(() => detachPolicy(state, MEMBER, { PolicyId, TargetId: unit }));
  const make = (Type: 'BACKUP_POLICY' | 'SERVICE_CONTROL_POLICY', Name: string) => {
    const document = Type === 'BACKUP_POLICY' ? Content : JSON.stringify({ Version: '2012-10-17', Statement: [] });
    return nameOfFault(() => createPolicy(state, MEMBER, { Type, Name, Content: document, Description: '' }));
  };
  put(state, 'plans', content(), unit);
  const [plans] = listPolicies(state, MANAGEMENT, { Filter: 'BACKUP_POLICY' }).Policies ?? [];
  registerDelegatedAdministrator(state, MANAGEMENT, { AccountId: MEMBER.account, ServicePrincipal: BACKUP });
  // To watch over the jobs of the organization is not to change its policies.
  expect([detachSome(plans?.Id), make('BACKUP_POLICY', 'own')]).toEqual(Array(2).fill('AccessDeniedException'));
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${MEMBER.account}:root` },
    Action: ['organizations:CreatePolicy', 'organizations:DetachPolicy'],
    Resource: '*',
    Condition: { StringLikeIfExists: { 'organizations:PolicyType': ['BACKUP_POLICY'] } },
  };
  const lets = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  putResourcePolicy(state, MANAGEMENT, { Content: lets });
  expect([make('BACKUP_POLICY', 'own'), make('SERVICE_CONTROL_POLICY', 'open')]).toEqual([
    'none',
    'AccessDeniedException',
  ]);
  const other = { AccountId: MEMBER.account, ServicePrincipal: BACKUP };
  deregisterDelegatedAdministrator(state, MANAGEMENT, other);
  expect(detachSome(plans?.Id)).toBe('none');
  expect(nameOfFault(() => attachPolicy(state, MEMBER, { PolicyId: plans?.Id, TargetId: unit }))).toBe(
    'AccessDeniedException',
  );
});

describe('global settings', () => {
  test('are for the management account to change and for members to read (B11.7/1)', () => {
    const { state } = organization();
    const GlobalSettings = { isCrossAccountBackupEnabled: 'true' };
    expect(nameOfFault(() => updateGlobalSettings(state, MEMBER, { GlobalSettings }))).toBe('InvalidRequestException');
    updateGlobalSettings(state, MANAGEMENT, { GlobalSettings });
    expect(describeGlobalSettings(state, MEMBER, {})).toEqual({
      GlobalSettings: {
        isCrossAccountBackupEnabled: 'true',
        isMpaEnabled: 'false',
        isDelegatedAdministratorEnabled: 'false',
      },
      LastUpdateTime: new Date('2027-01-01'),
    });
  });

  // prettier-ignore
  test.each([{ other: 'true' }, { isMpaEnabled: 'yes' }])('fail with %j', (GlobalSettings: object) => {
    const change = () => updateGlobalSettings(organization().state, MANAGEMENT, { GlobalSettings: { ...GlobalSettings } });
    expect(nameOfFault(change)).toBe('InvalidParameterValueException');
  });
});
