import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Guardrails, GuardrailsProps } from '@holdfast/cdktf';
import { Guardrail, GuardrailCatalog, GuardrailPolicies, OrganizationsLimits } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, all, annotations, comment, only, refusal, stackOf, synth, variables } from './support/stacks';

const POLICY = 'aws_organizations_policy';
const ATTACHMENT = 'aws_organizations_policy_attachment';
const GLASS = 'arn:aws:iam::*:role/emergency/*';

function guardrails(stack: TerraformStack, props: Partial<GuardrailsProps> = {}): Guardrails {
  return new Guardrails(stack, 'Guardrails', {
    guardrails: Guardrails.recommended(),
    targetIds: ['r-ab12'],
    breakGlassRoleArns: [GLASS],
    deploymentRoleArns: ['arn:aws:iam::*:role/terraform/*'],
    backupRoleArns: ['arn:aws:iam::*:role/backup/*'],
    ...props,
  });
}

/** The statements of `Guardrail.protectExemptRoles()`, each with why. */
const EXEMPT_ROLES = Object.fromEntries(
  ['', '2', '3'].map((number) => [`ProtectExemptRoles${number}`, expect.anything() as unknown]),
);

interface Document {
  readonly Statement: { Sid: string; Condition: Record<string, Record<string, unknown>> }[];
  readonly ec2_attributes: Record<string, unknown>;
}

/** The first policy of a kind. */
function policyOf(stack: TerraformStack, type: string): Record<string, unknown> | undefined {
  return all(stack, POLICY).find((policy) => policy.type === type);
}

function documentOf(stack: TerraformStack, type: string): Document {
  return JSON.parse(String(policyOf(stack, type)?.content)) as Document;
}

/** What each policy waits for, in their order. */
function chain(stack: TerraformStack, made: Guardrails): unknown[] {
  const { resource = {} } = synth(stack);
  return made.policies.map(({ friendlyUniqueId }) => resource[POLICY]?.[friendlyUniqueId]?.depends_on);
}

const sourced = (text: string) => text.replace(/ \((https|AWS).*/, '');

describe('defaults', () => {
  test('annotate nothing', () => {
    const stack = stackOf();
    guardrails(stack);
    expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
  });

  test('make one policy of each kind, named by kind and number, described by its guardrails, without tags', () => {
    const stack = stackOf();
    guardrails(stack);
    expect(all(stack, POLICY)).toHaveLength(2);
    expect(policyOf(stack, 'SERVICE_CONTROL_POLICY')).toEqual({
      type: 'SERVICE_CONTROL_POLICY',
      name: 'backup-guardrails-scp-1',
      description: expect.stringMatching(/protect-vaults, .*stay-in-organization/),
      content: expect.any(String),
      skip_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(policyOf(stack, 'DECLARATIVE_POLICY_EC2')).toMatchObject({
      name: 'backup-guardrails-ec2-1',
      description: 'block-public-snapshots, block-public-images',
    });
    expect(documentOf(stack, 'DECLARATIVE_POLICY_EC2').ec2_attributes).toEqual({
      snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
      image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
    });
  });

  test('attach each policy to each target, which Terraform does not undo', () => {
    const stack = stackOf();
    guardrails(stack, { guardrails: [Guardrail.protectPlans()], targetIds: ['r-ab12', 'ou-ab12-11111111'] });
    const common = {
      policy_id: '${aws_organizations_policy.Guardrails_ServiceControlPolicy1_C080A5CC.id}',
      skip_destroy: false,
      lifecycle: { prevent_destroy: true },
    };
    const first = `${ATTACHMENT}.Guardrails_ServiceControlPolicy1-r-ab12_4EE22A0A`;
    expect(all(stack, ATTACHMENT)).toEqual([
      { ...common, target_id: 'ou-ab12-11111111', depends_on: [first] },
      { ...common, target_id: 'r-ab12' },
    ]);
  });

  test('exempt the default role of AWS Backup from the back doors', () => {
    const stack = stackOf();
    guardrails(stack, {
      guardrails: [Guardrail.noBackDoorDeletes(), Guardrail.protectExemptRoles()],
      backupRoleArns: undefined,
    });
    expect(
      documentOf(stack, 'SERVICE_CONTROL_POLICY').Statement.find(({ Sid }) => Sid === 'NoBackDoorDeletes')?.Condition,
    ).toEqual({
      ArnNotLike: { 'aws:PrincipalArn': ['arn:*:iam::*:role/service-role/AWSBackupDefaultServiceRole', GLASS] },
    });
  });
});

test('keeps the policies that exempt roles have', () => {
  const stack = stackOf();
  const KIT = 'arn:aws:iam::*:policy/emergency/*';
  guardrails(stack, { guardrails: [Guardrail.protectExemptRoles()], exemptPolicyArns: [KIT] });
  const statements = documentOf(stack, 'SERVICE_CONTROL_POLICY').Statement as unknown[];
  expect(statements).toContainEqual(
    expect.objectContaining({ Resource: KIT, Action: expect.arrayContaining(['iam:SetDefaultPolicyVersion']) }),
  );
});

test('says of each statement in the comment which attack it stops', () => {
  const stack = stackOf();
  const made = guardrails(stack, { guardrails: [Guardrail.protectVaults(), Guardrail.protectExemptRoles()] });
  const why = { guardrails: ['protect-vaults'], attacks: [Guardrail.protectVaults().attack] };
  expect(made.statements).toContainEqual({ sid: 'ProtectVaults', ...why });
  expect(comment(stack, POLICY)).toEqual({ statements: { ProtectVaults: why, ...EXEMPT_ROLES } });
});

test('makes more policies where the older limits hold, all resources one after the other', () => {
  const stack = stackOf();
  const arns = Array.from({ length: 12 }, (_, index) => `arn:aws:iam::111122223333:role/break-glass-of-team-${index}`);
  const made = guardrails(stack, { limits: OrganizationsLimits.OLDER, breakGlassRoleArns: arns });
  const scps = made.policies.filter(({ typeInput }) => typeInput === 'SERVICE_CONTROL_POLICY');
  expect(scps.length).toBeGreaterThan(1);
  for (const { content } of all(stack, POLICY)) {
    expect(GuardrailPolicies.sizeOf(JSON.parse(String(content)))).toBeLessThanOrEqual(5120);
  }
  expect(chain(stack, made)).toEqual([
    undefined,
    ...made.attachments.slice(0, -1).map(({ friendlyUniqueId }) => [`${ATTACHMENT}.${friendlyUniqueId}`]),
  ]);
});

test('makes policies one after the other that are attached to nobody', () => {
  const stack = stackOf();
  const made = guardrails(stack, { targetIds: undefined });
  expect(made.attachments).toEqual([]);
  expect(chain(stack, made)).toEqual([undefined, [`${POLICY}.${made.policies[0]?.friendlyUniqueId}`]]);
});

test('renders every property', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'Other', { alias: 'management', region: 'us-east-1' });
  const made = guardrails(stack, {
    guardrails: GuardrailCatalog.all(),
    deploymentRoleArns: [Guardrails.bootstrapRoleArn(), Guardrails.bootstrapRoleArn('other')],
    limits: OrganizationsLimits.of({ serviceControlPolicyCharacters: 5120, serviceControlPoliciesAttached: 8 }),
    otherServiceControlPolicies: 1,
    otherResourceControlPolicies: 1,
    otherDeclarativePolicies: 1,
    exceptionMessage: 'Ask the platform team.',
    policyName: 'platform',
    description: 'Keeps backups',
    preventDestroy: false,
    skipDestroy: true,
    tags: { owner: 'platform' },
    provider,
  });
  expect(new Set(made.statements.flatMap((statement) => statement.guardrails))).toEqual(
    new Set(GuardrailCatalog.all().map(({ id }) => id)),
  );
  const common = { provider: 'aws.management', skip_destroy: true, lifecycle: { prevent_destroy: false } };
  for (const policy of all(stack, POLICY)) {
    expect(policy).toMatchObject({
      ...common,
      name: expect.stringMatching(/^platform-(scp|rcp|ec2)-[1-9]$/),
      description: 'Keeps backups',
      tags: { owner: 'platform' },
    });
  }
  for (const attachment of all(stack, ATTACHMENT)) {
    expect(attachment).toMatchObject({ ...common, target_id: 'r-ab12' });
  }
  expect(documentOf(stack, 'DECLARATIVE_POLICY_EC2').ec2_attributes).toMatchObject({
    exception_message: { '@@assign': 'Ask the platform team.' },
  });
  const text = JSON.stringify(synth(stack));
  for (const name of ['backup/*', 'emergency/*', 'cdk-hnb659fds-cfn-exec-role-*', 'cdk-other-cfn-exec-role-*']) {
    expect(text).toContain(`role/${name}`);
  }
});

test('fails on what AWS Organizations refuses, all at once', () => {
  const declare = () =>
    guardrails(stackOf(), {
      guardrails: [Guardrail.residency(['Frankfurt']), Guardrail.protectVaults(), Guardrail.protectExemptRoles()],
      targetIds: ['root'],
      deploymentRoleArns: ['arn:aws:iam::*:role/*'],
      otherServiceControlPolicies: 9,
    });
  expect(refusal(declare).split('\n').map(sourced)).toEqual([
    'S/Guardrails: 4 value(s) that AWS Backup refuses',
    '  guardrails[0].regions[0] must be the name of a Region, e.g. eu-central-1, or its beginning and a star, got Frankfurt [guardrail-region]',
    '  deploymentRoleArns[0] must be a pattern with a path or part of a name, as one that every role matches exempts everybody, got arn:aws:iam::*:role/* [guardrail-role-wildcard]',
    '  targetIds[0] must be the id of a root (r-…), of an organizational unit (ou-…) or of an account, got root [guardrail-target]',
    expect.stringContaining(
      'got 1 of the kind SERVICE_CONTROL_POLICY beside FullAWSAccess and 9 others [guardrail-attachments]',
    ),
  ]);
});

test('fails on a list and a number that Terraform alone knows', () => {
  const stack = stackOf();
  const { list, number } = variables(stack);
  const declare = () =>
    guardrails(stack, {
      breakGlassRoleArns: list('roles'),
      limits: OrganizationsLimits.of({ serviceControlPoliciesAttached: number('limit') }),
      otherServiceControlPolicies: number('others'),
    });
  const rules = [...refusal(declare).matchAll(/\[(guardrail-[a-z-]+)\]/g)].map(([, rule]) => rule);
  expect(rules).toEqual(['guardrail-list-known', 'guardrail-limits', 'guardrail-other-policies']);
});

test('warns where nobody can undo, deploy or be bound', () => {
  const stack = stackOf();
  guardrails(stack, {
    breakGlassRoleArns: undefined,
    deploymentRoleArns: undefined,
    backupRoleArns: undefined,
    targetIds: undefined,
  });
  expect(annotations(stack, 'warn').map((text) => /\[(guardrail-[a-z-]+)\]/.exec(text)?.[1])).toEqual([
    'guardrail-no-break-glass',
    'guardrail-deployment-locked-out',
    'guardrail-backup-roles',
    'guardrail-no-target',
  ]);
});

test('a finding that is waived is not thrown', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'guardrail-role-wildcard', path: 'breakGlassRoleArns[0]', reason: 'a sandbox' }];
  guardrails(stack, {
    guardrails: [Guardrail.protectPlans(), Guardrail.protectExemptRoles()],
    breakGlassRoleArns: ['arn:aws:iam::*:role/*'],
    waivers,
  });
  expect(comment(stack, POLICY)).toMatchObject({ waivers });
});

test('takes a token for every text and number', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  guardrails(stack, {
    guardrails: [
      Guardrail.protectExemptRoles(),
      Guardrail.protectKeys({ tagKey: 'key', tagValue: text('tag') }),
      Guardrail.residency([text('region')]),
      Guardrail.lockFloor({ minRetentionDays: number('floor') }),
      Guardrail.blockPublicImages(),
    ],
    targetIds: [text('target'), text('other')],
    breakGlassRoleArns: [text('role')],
    policyName: text('name'),
    description: text('description'),
    exceptionMessage: text('message'),
    tags: { owner: text('owner') },
  });
  const scp = policyOf(stack, 'SERVICE_CONTROL_POLICY');
  expect(scp).toMatchObject({
    name: '${var.name}-scp-1',
    description: '${var.description}',
    tags: { owner: '${var.owner}' },
  });
  expect(scp?.content).toContain('{"StringNotLike":{"aws:RequestedRegion":"${var.region}"}}');
  expect(scp?.content).toContain('"backup:MinRetentionDays":${var.floor}');
  expect(all(stack, ATTACHMENT).map(({ target_id: target }) => target)).toEqual([
    '${var.target}',
    '${var.other}',
    '${var.target}',
    '${var.other}',
  ]);
  expect(addresses(stack)).toContainEqual(
    expect.stringMatching(/^aws_organizations_policy_attachment\.Guardrails_ServiceControlPolicy1-target-0_/),
  );
});

test('attaches to each target of a list that Terraform alone knows', () => {
  const stack = stackOf();
  guardrails(stack, { guardrails: [Guardrail.protectPlans()], targetIds: variables(stack).list('targets') });
  expect(only(stack, ATTACHMENT)).toMatchObject({
    for_each: '${toset(var.targets)}',
    target_id: '${each.value}',
  });
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  guardrails(stack, { guardrails: GuardrailCatalog.all() });
  expect(stack.node.findChild('Guardrails').node.children.map(({ node }) => node.id)).toEqual([
    'ServiceControlPolicy1',
    'ServiceControlPolicy1-r-ab12',
    'ResourceControlPolicy1',
    'ResourceControlPolicy1-r-ab12',
    'DeclarativePolicy1',
    'DeclarativePolicy1-r-ab12',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_organizations_policy.Guardrails_DeclarativePolicy1_10598C7F',
    'aws_organizations_policy.Guardrails_ResourceControlPolicy1_74E17B37',
    'aws_organizations_policy.Guardrails_ServiceControlPolicy1_C080A5CC',
    'aws_organizations_policy_attachment.Guardrails_DeclarativePolicy1-r-ab12_677655AD',
    'aws_organizations_policy_attachment.Guardrails_ResourceControlPolicy1-r-ab12_EC1722E4',
    'aws_organizations_policy_attachment.Guardrails_ServiceControlPolicy1-r-ab12_4EE22A0A',
  ]);
});
