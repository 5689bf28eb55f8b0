/** Ways to a role that guardrails exempt: open without the guardrail over exempt roles, closed with it, and ordinary ones left. */
import { Guardrail, GuardrailPolicies, PlainValues } from '@holdfast/model';
import { attack, Attack } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { createPolicy as createManagedPolicy } from '../../../engine/src/operations/iam/create-policy';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { MANAGEMENT, MEMBER, organization } from '../scenarios/organization-stage';
import { vault } from '../scenarios/stage';

const arnOf = (kind: string, name: string) => `arn:aws:iam::${MEMBER.account}:${kind}/${name}`;
const ADMINISTRATOR = arnOf('role', 'Administrator');
const GLASS = arnOf('role', 'break-glass');
const DEPLOY = arnOf('role', 'deploy');
const BACKUP = arnOf('role', 'backup');
const KIT = arnOf('policy', 'kit');
const FULL = 'arn:aws:iam::aws:policy/AdministratorAccess';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const trusting = (Principal: object) => document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const service = (name: string) => ({ Service: `${name}.amazonaws.com` });

function addRole(state: WorldState, arn: string, trusts: object, policyArn: string): void {
  const RoleName = arn.split('/')[1] ?? '';
  createRole(state, MEMBER, { RoleName, AssumeRolePolicyDocument: trusting(trusts) });
  attachRolePolicy(state, MEMBER, { RoleName, PolicyArn: policyArn });
}

/** A member account with a vault and a role that guardrails exempt, under guardrails over vaults and what else is asked for. */
function guarded(add: (state: WorldState) => void, ...more: Guardrail[]): Attack {
  const { state, root } = organization({ vaults: [vault('main', { env: MEMBER })] });
  add(state);
  const { policies } = GuardrailPolicies.pack(
    {
      guardrails: [Guardrail.protectVaults(), ...more],
      breakGlassRoleArns: [GLASS],
      deploymentRoleArns: [DEPLOY],
      backupRoleArns: [BACKUP],
      exemptPolicyArns: [KIT],
    },
    '',
    new PlainValues(),
  );
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
  for (const { policyName: Name, content } of policies) {
    const Content = JSON.stringify(content);
    const made = createPolicy(state, MANAGEMENT, { Name, Type: 'SERVICE_CONTROL_POLICY', Content, Description: '' });
    attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id, TargetId: root });
  }
  return attack(state, [ADMINISTRATOR]);
}

/** By which calls the administrator deletes the vault; undefined where it does not. */
function wayOf({ attempts }: Attack): string[] | undefined {
  const through = attempts.find(({ action, succeeds }) => action === 'backup:DeleteBackupVault' && succeeds);
  return through?.steps.map(({ action }) => action);
}

const trusted = (arn: string, by: string) => (state: WorldState) => addRole(state, arn, service(by), FULL);

// prettier-ignore
const CLOSED: readonly (readonly [name: string, add: (state: WorldState) => void, first: string, resource: string])[] = [
  ['a break-glass role handed to Lambda',         trusted(GLASS, 'lambda'),         'iam:PassRole', GLASS],
  ['a break-glass role handed to CloudFormation', trusted(GLASS, 'cloudformation'), 'iam:PassRole', GLASS],
  ['a role that deploys handed to Lambda',        trusted(DEPLOY, 'lambda'),        'iam:PassRole', DEPLOY],
  ['a role that deploys handed to Step Functions', trusted(DEPLOY, 'states'),       'iam:PassRole', DEPLOY],
];

describe.each(CLOSED)('%s', (_, add, first, resource) => {
  // Rewriting its trust would be the shorter way: only the call in question is of interest.
  const passes = ({ action }: { readonly action: string }) => action === first;

  test('leads past the guardrails without the one over exempt roles', () => {
    const open = guarded(add);
    expect(wayOf(open)).toBeDefined();
    expect(open.stoppedChains.filter(passes)).toEqual([]);
  });

  test('does not with it, and the answer names its statement', () => {
    const closed = guarded(add, Guardrail.protectExemptRoles());
    expect(wayOf(closed)).toBeUndefined();
    expect(closed.stoppedChains.find(passes)).toMatchObject({
      becomes: resource,
      resource,
      policyType: 'service-control',
      statement: expect.stringMatching(/^ProtectExemptRoles\d?$/),
    });
  });
});

test('a role that deploys is handed to CloudFormation as before, which the guardrail says that it leaves', () => {
  const deployed = guarded(trusted(DEPLOY, 'cloudformation'), Guardrail.protectExemptRoles());
  expect(wayOf(deployed)).toEqual(['iam:PassRole', 'cloudformation:CreateStack']);
  expect(Guardrail.protectExemptRoles().remains).toContain('passed to CloudFormation');
});

/** A break-glass role that anybody may assume and that may nothing but what its own policy says. */
function bare(state: WorldState): void {
  createManagedPolicy(state, MEMBER, {
    PolicyName: 'kit',
    PolicyDocument: document({ Effect: 'Allow', Action: 'backup:List*', Resource: '*' }),
  });
  addRole(state, GLASS, { AWS: MEMBER.account }, KIT);
}

test('a new version of the policy of an exempt role leads past the guardrails without the one over exempt roles alone', () => {
  const calls = ['iam:CreatePolicyVersion', 'sts:AssumeRole'];
  const ways = (answer: Attack) => answer.stoppedChains.filter(({ action }) => action === calls[0]);
  const open = guarded(bare);
  expect(wayOf(open)).toBeDefined();
  expect(ways(open)).toEqual([]);
  const closed = guarded(bare, Guardrail.protectExemptRoles());
  expect(wayOf(closed)).toBeUndefined();
  expect(ways(closed)[0]).toMatchObject({ resource: KIT, policyType: 'service-control' });
});
