import { Guardrails, GuardrailsProps } from '@holdfast/cdk';
import { Guardrail, GuardrailCatalog, GuardrailPolicies, OrganizationsLimits } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { declareEveryGuardrail } from './support/everything-guardrails';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Organizations::Policy';
const SLOW = 60_000;
const GLASS = 'arn:aws:iam::*:role/emergency/*';

function guardrails(stack: Stack, props: Partial<GuardrailsProps> = {}): Guardrails {
  return new Guardrails(stack, 'Guardrails', {
    guardrails: Guardrails.recommended(),
    targetIds: ['r-ab12'],
    breakGlassRoleArns: [GLASS],
    deploymentRoleArns: [Guardrails.bootstrapRoleArn()],
    backupRoleArns: ['arn:aws:iam::*:role/backup/*'],
    ...props,
  });
}

function templateOf(props: Partial<GuardrailsProps> = {}, stack: Stack = stackOf()): Template {
  guardrails(stack, props);
  return Template.fromStack(stack);
}

describe('defaults', () => {
  test('annotate nothing', () => {
    const stack = stackOf();
    guardrails(stack);
    expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
  });

  test('make one policy of each kind, named by kind and number, described by its guardrails, without tags', () => {
    const template = templateOf();
    template.resourceCountIs(TYPE, 2);
    template.hasResourceProperties(TYPE, {
      Type: 'SERVICE_CONTROL_POLICY',
      Name: 'backup-guardrails-scp-1',
      Description: Match.stringLikeRegexp('protect-vaults, .*stay-in-organization'),
      TargetIds: ['r-ab12'],
      Tags: Match.absent(),
    });
    template.hasResourceProperties(TYPE, {
      Type: 'DECLARATIVE_POLICY_EC2',
      Name: 'backup-guardrails-ec2-1',
      Description: 'block-public-snapshots, block-public-images',
      Content: {
        ec2_attributes: {
          snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
          image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
        },
      },
    });
  });

  test('keep the policies when the stack goes', () => {
    templateOf().allResources(TYPE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('exempt the default role of AWS Backup from the back doors', () => {
    templateOf({
      guardrails: [Guardrail.noBackDoorDeletes(), Guardrail.protectExemptRoles()],
      backupRoleArns: undefined,
    }).hasResourceProperties(TYPE, {
      Content: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'NoBackDoorDeletes',
            Condition: {
              ArnNotLike: {
                'aws:PrincipalArn': ['arn:*:iam::*:role/service-role/AWSBackupDefaultServiceRole', GLASS],
              },
            },
          }),
        ]),
      },
    });
  });
});

test('says of each statement in the metadata which attack it stops', () => {
  const stack = stackOf();
  const made = guardrails(stack, {
    guardrails: [Guardrail.protectVaults(), Guardrail.protectPlans(), Guardrail.protectExemptRoles()],
  });
  const why = {
    guardrails: ['protect-vaults', 'protect-plans'],
    attacks: [Guardrail.protectVaults().attack, Guardrail.protectPlans().attack],
  };
  expect(made.statements).toContainEqual({ sid: 'ProtectVaultsAndMore', ...why });
  Template.fromStack(stack).hasResource(TYPE, {
    Metadata: { Holdfast: { statements: { ProtectVaultsAndMore: why, ProtectExemptRoles: Match.anyValue() } } },
    Properties: {
      Content: {
        Version: '2012-10-17',
        Statement: Match.arrayWith([Match.objectLike({ Sid: 'ProtectVaultsAndMore' })]),
      },
    },
  });
});

test('keeps the policies that exempt roles have', () => {
  const KIT = 'arn:aws:iam::*:policy/emergency/*';
  templateOf({ guardrails: [Guardrail.protectExemptRoles()], exemptPolicyArns: [KIT] }).hasResourceProperties(TYPE, {
    Content: {
      Statement: Match.arrayWith([
        Match.objectLike({ Resource: KIT, Action: Match.arrayWith(['iam:SetDefaultPolicyVersion']) }),
      ]),
    },
  });
});

test('takes roles of the app beside patterns', () => {
  const stack = stackOf();
  const made = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  const other = iam.Role.fromRoleArn(stack, 'Other', 'arn:aws:iam::111122223333:role/other');
  const template = templateOf(
    {
      guardrails: [Guardrail.protectRecoveryPoints(), Guardrail.protectVaults(), Guardrail.noSharing({ services: [] })],
      breakGlassRoles: [other],
      deploymentRoleArns: undefined,
      deploymentRoles: [made],
    },
    stack,
  );
  const statement = (Sid: string, roles: unknown[]) =>
    Match.objectLike({ Sid, Condition: { ArnNotLike: { 'aws:PrincipalArn': roles } } });
  template.hasResourceProperties(TYPE, {
    Content: {
      Statement: Match.arrayWith([
        statement('ProtectVaults', [
          { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
          GLASS,
          'arn:aws:iam::111122223333:role/other',
        ]),
        statement('ProtectRecoveryPoints', [GLASS, 'arn:aws:iam::111122223333:role/other']),
      ]),
    },
  });
  expect(annotations(stack, 'info')).toEqual([
    expect.stringContaining('deploymentRoleArns must be known at synthesis'),
  ]);
});

test('makes more policies where the older limits hold, one after the other', () => {
  const stack = stackOf();
  const arns = Array.from({ length: 12 }, (_, index) => `arn:aws:iam::111122223333:role/break-glass-of-team-${index}`);
  const made = guardrails(stack, { limits: OrganizationsLimits.OLDER, breakGlassRoleArns: arns });
  const scps = made.policies.filter(({ type }) => type === 'SERVICE_CONTROL_POLICY');
  expect(scps.length).toBeGreaterThan(1);
  for (const { content } of scps) {
    expect(GuardrailPolicies.sizeOf(content)).toBeLessThanOrEqual(5120);
  }
  const resources = Template.fromStack(stack).findResources(TYPE);
  const ids = made.policies.map((policy) => stack.getLogicalId(policy));
  expect(ids.map((id) => resources[id]?.DependsOn)).toEqual([undefined, ...ids.slice(0, -1).map((id) => [id])]);
});

test('renders every property', () => {
  const stack = stackOf();
  const made = declareEveryGuardrail(stack);
  const template = Template.fromStack(stack);
  expect(new Set(made.statements.flatMap((statement) => statement.guardrails))).toEqual(
    new Set(GuardrailCatalog.all().map(({ id }) => id)),
  );
  template.allResources(TYPE, { DeletionPolicy: 'Delete' });
  template.allResourcesProperties(TYPE, {
    TargetIds: ['r-ab12', 'ou-ab12-11111111', '444455556666'],
    Description: 'Keeps backups',
    Name: Match.stringLikeRegexp('^platform-(scp|rcp|ec2)-[1-9]$'),
    Tags: [{ Key: 'owner', Value: 'platform' }],
  });
  template.hasResourceProperties(TYPE, {
    Content: { ec2_attributes: { exception_message: { '@@assign': 'Ask the platform team.' } } },
  });
  const text = JSON.stringify(template.toJSON());
  for (const name of [
    'BreakGlass',
    'Deployment',
    'Backup',
    'backup/*',
    'emergency/*',
    'cdk-hnb659fds-cfn-exec-role-*',
  ]) {
    expect(text).toContain(`role/${name}"`);
  }
});

test('refuses what AWS Organizations refuses, all at once', () => {
  const declare = () =>
    guardrails(stackOf(), {
      guardrails: [Guardrail.residency(['Frankfurt']), Guardrail.protectVaults(), Guardrail.protectExemptRoles()],
      targetIds: ['root'],
      deploymentRoleArns: ['arn:aws:iam::*:role/*'],
      otherServiceControlPolicies: 9,
    });
  expect(
    refusal(declare)
      .split('\n')
      .map((line) => line.replace(/ \((https|AWS).*/, '')),
  ).toEqual([
    'S/Guardrails: 4 value(s) that AWS Backup refuses',
    '  guardrails[0].regions[0] must be the name of a Region, e.g. eu-central-1, or its beginning and a star, got Frankfurt [guardrail-region]',
    '  deploymentRoleArns[0] must be a pattern with a path or part of a name, as one that every role matches exempts everybody, got arn:aws:iam::*:role/* [guardrail-role-wildcard]',
    '  targetIds[0] must be the id of a root (r-…), of an organizational unit (ou-…) or of an account, got root [guardrail-target]',
    expect.stringContaining(
      'got 1 of the kind SERVICE_CONTROL_POLICY beside FullAWSAccess and 9 others [guardrail-attachments]',
    ),
  ]);
});

test('warns where nobody can undo, deploy or be bound', () => {
  const stack = stackOf();
  guardrails(stack, {
    breakGlassRoleArns: undefined,
    deploymentRoleArns: undefined,
    backupRoleArns: undefined,
    targetIds: undefined,
  });
  expect(annotations(stack, 'warning').map((text) => /\[(guardrail-[a-z-]+)\]/.exec(text)?.[1])).toEqual([
    'guardrail-no-break-glass',
    'guardrail-deployment-locked-out',
    'guardrail-backup-roles',
    'guardrail-no-target',
  ]);
});

test('a finding that is waived is not thrown', () => {
  const waivers = [{ rule: 'guardrail-role-wildcard', path: 'breakGlassRoleArns[0]', reason: 'a sandbox' }];
  const template = templateOf({ breakGlassRoleArns: ['arn:aws:iam::*:role/*'], waivers });
  template.hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
});

test('takes a token for every text and number', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const template = templateOf(
    {
      guardrails: [
        Guardrail.protectExemptRoles(),
        Guardrail.protectKeys({ tagKey: 'key', tagValue: text('TagValue') }),
        Guardrail.residency([text('Region')]),
        Guardrail.lockFloor({ minRetentionDays: number('Floor') }),
        Guardrail.blockPublicImages(),
      ],
      targetIds: [text('Target')],
      breakGlassRoleArns: [text('Role')],
      policyName: text('Name'),
      description: text('Description'),
      exceptionMessage: text('Message'),
      tags: { owner: text('Owner') },
    },
    stack,
  );
  template.hasResourceProperties(TYPE, {
    Type: 'SERVICE_CONTROL_POLICY',
    Name: { 'Fn::Join': ['', [{ Ref: 'Name' }, '-scp-1']] },
    Description: { Ref: 'Description' },
    TargetIds: [{ Ref: 'Target' }],
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
    Content: {
      Statement: Match.arrayWith([
        Match.objectLike({ Condition: { StringNotLike: { 'aws:RequestedRegion': { Ref: 'Region' } } } }),
        Match.objectLike({ Condition: { NumericLessThanIfExists: { 'backup:MinRetentionDays': { Ref: 'Floor' } } } }),
      ]),
    },
  });
});

test('refuses a list and a number that are known at deployment alone', () => {
  const stack = stackOf();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const declare = () =>
    guardrails(stack, {
      breakGlassRoleArns: Fn.split(',', new CfnParameter(stack, 'Roles').valueAsString),
      limits: OrganizationsLimits.of({ serviceControlPoliciesAttached: number }),
      otherServiceControlPolicies: number,
    });
  const rules = [...refusal(declare).matchAll(/\[(guardrail-[a-z-]+)\]/g)].map(([, rule]) => rule);
  expect(rules).toEqual(['guardrail-list-known', 'guardrail-limits', 'guardrail-other-policies']);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  guardrails(stack, { guardrails: GuardrailCatalog.all(), removalPolicy: RemovalPolicy.DESTROY });
  expect(stack.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S',
    'S/Guardrails',
    'S/Guardrails/ServiceControlPolicy1',
    'S/Guardrails/ResourceControlPolicy1',
    'S/Guardrails/DeclarativePolicy1',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'GuardrailsServiceControlPolicy1C080A5CC',
    'GuardrailsResourceControlPolicy174E17B37',
    'GuardrailsDeclarativePolicy110598C7F',
  ]);
});

test(
  'is clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    declareEveryGuardrail(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'guardrails')).toBe('');
  },
  SLOW,
);
