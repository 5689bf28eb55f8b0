import {
  BackDoorService,
  Guardrail,
  GuardrailCatalog,
  GuardrailDeclaration,
  GuardrailPolicies,
  GuardrailPolicyType,
  GuardrailRules,
  OrganizationsLimits,
} from '@holdfast/model';
import { ENV, many, PLAIN, Row, testRows } from './rows';

const GLASS = 'arn:aws:iam::*:role/emergency/break-glass';
const DEPLOY = 'arn:aws:iam::*:role/cdk-*-cfn-exec-role-*';
const ORGANIZATION = 'o-a1b2c3d4e5';

/** Nothing is found in this. */
function declare(over: Partial<GuardrailDeclaration> = {}): GuardrailDeclaration {
  return {
    guardrails: [Guardrail.protectRecoveryPoints(), Guardrail.protectVaults(), Guardrail.protectExemptRoles()],
    breakGlassRoleArns: [GLASS],
    deploymentRoleArns: [DEPLOY],
    targetIds: ['r-ab12'],
    ...over,
  };
}

function only(...guardrails: Guardrail[]): GuardrailDeclaration {
  return declare({ guardrails: [Guardrail.protectExemptRoles(), ...guardrails] });
}

function keysOf(options: Partial<Parameters<typeof Guardrail.keysOnlyInsideOrganization>[0]>): GuardrailDeclaration {
  return only(Guardrail.keysOnlyInsideOrganization({ organizationId: ORGANIZATION, ...options }));
}

function bucketsOf(...bucketNames: string[]): GuardrailDeclaration {
  return only(Guardrail.reportBucketsOnlyInsideOrganization({ organizationId: ORGANIZATION, bucketNames }));
}

const long = (count: number): string[] =>
  many(count, (index) => `arn:aws:iam::111122223333:role/${'x'.repeat(61)}${100 + index}`);
const characters = (serviceControlPolicyCharacters: number) =>
  OrganizationsLimits.of({ serviceControlPolicyCharacters });
const floor = (over: object) => only(Guardrail.lockFloor({ minRetentionDays: 35, ...over }));
const grace = (over: object) => only(Guardrail.graceTime(over));
const images = (...imageProviders: string[]) => only(Guardrail.allowedImages({ imageProviders }));
const recommended = (over: Partial<GuardrailDeclaration>) =>
  declare({ guardrails: GuardrailCatalog.recommended(), ...over });

// prettier-ignore
const ROWS: Row<GuardrailDeclaration>[] = [
  ['guardrail-none',      'fails',  declare({ guardrails: [], backupRoleArns: [] }), 'guardrails', '0'],
  ['guardrail-none',      'passes', declare()],
  ['guardrail-repeated',  'fails',  only(Guardrail.residency(['eu-west-1']), Guardrail.residency(['eu-west-2'])), 'guardrails[2]', 'residency-regions'],
  ['guardrail-repeated',  'passes', only(Guardrail.residency(['eu-west-1']), Guardrail.copiesOnlyToRegions(['eu-west-1']))],
  ['guardrail-size',      'fails',  declare({ guardrails: [Guardrail.protectLegalHolds()], breakGlassRoleArns: long(110) }), 'guardrails', 'more than 10240 characters for one action of protect-legal-holds'],
  ['guardrail-size',      'passes', declare({ guardrails: [Guardrail.protectLegalHolds()], breakGlassRoleArns: long(100) })],
  ['guardrail-size',      'fails',  declare({ guardrails: [Guardrail.blockPublicImages()], limits: OrganizationsLimits.of({ declarativePolicyCharacters: 90 }) }), 'guardrails', '91 characters of settings of EC2'],
  ['guardrail-size',      'passes', declare({ guardrails: [Guardrail.blockPublicImages()], limits: OrganizationsLimits.of({ declarativePolicyCharacters: 91 }) })],
  ['guardrail-attachments', 'fails',  declare({ otherServiceControlPolicies: 9 }), 'guardrails', '1 of the kind SERVICE_CONTROL_POLICY beside FullAWSAccess and 9 others'],
  ['guardrail-attachments', 'passes', declare({ otherServiceControlPolicies: 8 })],
  ['guardrail-attachments', 'fails',  { ...keysOf({}), otherResourceControlPolicies: 4 }, 'guardrails', '1 of the kind RESOURCE_CONTROL_POLICY beside RCPFullAWSAccess and 4 others'],
  ['guardrail-attachments', 'passes', { ...keysOf({}), otherResourceControlPolicies: 3 }],
  ['guardrail-attachments', 'fails',  { ...images('111122223333'), otherDeclarativePolicies: 10 }, 'guardrails', '1 of the kind DECLARATIVE_POLICY_EC2 beside 10 others'],
  ['guardrail-attachments', 'passes', { ...images('111122223333'), otherDeclarativePolicies: 9 }],
  ['guardrail-older-limits', 'fails',  recommended({ breakGlassRoleArns: long(40) }), 'limits', '16 of the kind SERVICE_CONTROL_POLICY beside FullAWSAccess and 0 others'],
  ['guardrail-older-limits', 'passes', recommended({ breakGlassRoleArns: long(10) })],
  ['guardrail-older-limits', 'passes', recommended({ breakGlassRoleArns: long(40), limits: OrganizationsLimits.OLDER })],
  ['guardrail-size-unknown', 'passes', declare()],
  ['guardrail-limits',    'fails',  declare({ limits: characters(0) }),       'limits.serviceControlPolicyCharacters', '0'],
  ['guardrail-limits',    'fails',  declare({ limits: characters(1.5) }),     'limits.serviceControlPolicyCharacters', '1.5'],
  ['guardrail-limits',    'passes', declare({ limits: characters(1) })],
  ['guardrail-other-policies', 'fails',  declare({ otherServiceControlPolicies: -1 }), 'otherServiceControlPolicies', '-1'],
  ['guardrail-other-policies', 'passes', declare({ otherServiceControlPolicies: 0 })],
  ['guardrail-target',    'fails',  declare({ targetIds: ['root'] }),                 'targetIds[0]', 'root'],
  ['guardrail-target',    'fails',  declare({ targetIds: ['r-ab1'] }),                'targetIds[0]', 'r-ab1'],
  ['guardrail-target',    'fails',  declare({ targetIds: ['ou-ab12-1111111'] }),      'targetIds[0]', 'ou-ab12-1111111'],
  ['guardrail-target',    'fails',  declare({ targetIds: ['1234567890123'] }),        'targetIds[0]', '1234567890123'],
  ['guardrail-target',    'passes', declare({ targetIds: ['r-ab12', 'ou-ab12-11111111', '111122223333'] })],
  ['guardrail-target-twice', 'fails',  declare({ targetIds: ['r-ab12', 'r-ab12'] }), 'targetIds[1]', 'r-ab12'],
  ['guardrail-target-twice', 'passes', declare({ targetIds: ['r-ab12', 'r-ab13'] })],
  ['guardrail-no-target', 'fails',  declare({ targetIds: [] }), 'targetIds', '0'],
  ['guardrail-no-target', 'fails',  declare({ targetIds: undefined }), 'targetIds', '0'],
  ['guardrail-no-target', 'passes', declare()],
  ['guardrail-management-account', 'fails',  declare({ targetIds: ['123456789012'] }), 'targetIds[0]', '123456789012'],
  ['guardrail-management-account', 'passes', declare({ targetIds: ['123456789013'] })],
  ['guardrail-policy-name', 'fails',  declare({ policyName: '' }),              'policyName', '0 characters: an empty name'],
  ['guardrail-policy-name', 'fails',  declare({ policyName: 'x'.repeat(101) }), 'policyName', `101 characters: ${'x'.repeat(101)}`],
  ['guardrail-policy-name', 'fails',  declare({ policyName: 'Schutz für alle' }), 'policyName', '15 characters: Schutz für alle'],
  ['guardrail-policy-name', 'passes', declare({ policyName: 'x'.repeat(100) })],
  ['guardrail-policy-description', 'fails',  declare({ description: 'x'.repeat(513) }), 'description', '513 characters'],
  ['guardrail-policy-description', 'passes', declare({ description: 'x'.repeat(512) })],
  ['guardrail-no-break-glass', 'fails',  declare({ breakGlassRoleArns: [] }), 'breakGlassRoleArns', '0'],
  ['guardrail-no-break-glass', 'passes', declare()],
  ['guardrail-no-break-glass', 'passes', declare({ guardrails: [Guardrail.stayInOrganization()], breakGlassRoleArns: [] })],
  ['guardrail-deployment-locked-out', 'fails',  declare({ deploymentRoleArns: [] }), 'deploymentRoleArns', '0'],
  ['guardrail-deployment-locked-out', 'passes', declare()],
  ['guardrail-deployment-locked-out', 'passes', declare({ guardrails: [Guardrail.protectRecoveryPoints()], deploymentRoleArns: [] })],
  ['guardrail-backup-roles', 'fails',  only(Guardrail.noSharing()), 'backupRoleArns', 'none'],
  ['guardrail-backup-roles', 'passes', { ...only(Guardrail.noSharing()), backupRoleArns: [] }],
  ['guardrail-backup-roles', 'passes', declare()],
  ['guardrail-list-known', 'passes', declare()],
  ['guardrail-role-arn',  'fails',  declare({ breakGlassRoleArns: ['arn:aws:sts::111122223333:assumed-role/x/y'] }), 'breakGlassRoleArns[0]', 'arn:aws:sts::111122223333:assumed-role/x/y'],
  ['guardrail-role-arn',  'fails',  declare({ deploymentRoleArns: ['arn:aws:iam::111122223333:user/x'] }), 'deploymentRoleArns[0]', 'arn:aws:iam::111122223333:user/x'],
  ['guardrail-policy-arn', 'fails',  declare({ exemptPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), 'exemptPolicyArns[0]', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ['guardrail-policy-arn', 'fails',  declare({ exemptPolicyArns: [GLASS] }), 'exemptPolicyArns[0]', GLASS],
  ['guardrail-policy-arn', 'passes', declare({ exemptPolicyArns: ['arn:aws:iam::*:policy/emergency/*', 'arn:aws:iam::111122223333:policy/kit'] })],
  ['guardrail-role-arn',  'fails',  declare({ backupRoleArns: ['break-glass'] }), 'backupRoleArns[0]', 'break-glass'],
  ['guardrail-role-arn',  'fails',  declare({ backupRoleArns: ['arn:aws:iam::1111222233334:role/x'] }), 'backupRoleArns[0]', 'arn:aws:iam::1111222233334:role/x'],
  ['guardrail-role-arn',  'passes', declare({ breakGlassRoleArns: ['arn:*:iam::*:role/x', 'arn:aws-us-gov:iam::111122223333:role/a/b/c', 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Backup_*'] })],
  ['guardrail-role-wildcard', 'fails',  declare({ breakGlassRoleArns: ['arn:aws:iam::*:role/*'] }),           'breakGlassRoleArns[0]', 'arn:aws:iam::*:role/*'],
  ['guardrail-role-wildcard', 'fails',  declare({ breakGlassRoleArns: ['arn:aws:iam::111122223333:role/*/*'] }), 'breakGlassRoleArns[0]', 'arn:aws:iam::111122223333:role/*/*'],
  ['guardrail-role-wildcard', 'passes', declare({ breakGlassRoleArns: ['arn:aws:iam::*:role/emergency/*'] })],
  ['guardrail-role-unguarded', 'fails',  declare({ guardrails: [Guardrail.protectVaults()] }), 'guardrails', DEPLOY],
  ['guardrail-role-unguarded', 'passes', declare({ guardrails: [Guardrail.stayInOrganization()] })],
  ['guardrail-region',    'fails',  only(Guardrail.residency(['eu-central-1', 'Frankfurt'])), 'guardrails[1].regions[1]', 'Frankfurt'],
  ['guardrail-region',    'fails',  only(Guardrail.copiesOnlyToRegions(['*'])),        'guardrails[1].regions[0]', '*'],
  ['guardrail-region',    'passes', only(Guardrail.copiesOnlyToRegions(['eu-*', 'us-gov-west-1', 'ap-southeast-2']))],
  ['guardrail-no-region', 'fails',  only(Guardrail.residency([])), 'guardrails[1].regions', '0'],
  ['guardrail-no-region', 'passes', only(Guardrail.residency(['eu-west-1']))],
  ['guardrail-organization-path', 'fails',  only(Guardrail.copiesOnlyToOrganizationPaths(['ou-ab12-11111111'])), 'guardrails[1].organizationPaths[0]', 'ou-ab12-11111111'],
  ['guardrail-organization-path', 'fails',  only(Guardrail.copiesOnlyToOrganizationPaths(['*'])), 'guardrails[1].organizationPaths[0]', '*'],
  ['guardrail-organization-path', 'passes', only(Guardrail.copiesOnlyToOrganizationPaths([`${ORGANIZATION}/*`, `${ORGANIZATION}/r-ab12/*`, `${ORGANIZATION}/r-ab12/ou-ab12-11111111/ou-ab12-22222222/*`, `${ORGANIZATION}/r-ab12/ou-ab12-11111111/`]))],
  ['guardrail-no-organization-path', 'fails',  only(Guardrail.copiesOnlyToOrganizationPaths([])), 'guardrails[1].organizationPaths', '0'],
  ['guardrail-no-organization-path', 'passes', only(Guardrail.copiesOnlyToOrganizationPaths([`${ORGANIZATION}/*`]))],
  ['guardrail-organization-id', 'fails',  keysOf({ organizationId: 'o-a1b2c3d4e' }), 'guardrails[1].organizationId', 'o-a1b2c3d4e'],
  ['guardrail-organization-id', 'fails',  recommended({ guardrails: GuardrailCatalog.recommended({ reportBucketNames: ['reports'] }) }), 'guardrails[17].organizationId', 'an empty name'],
  ['guardrail-organization-id', 'passes', keysOf({})],
  ['guardrail-account-id', 'fails',  keysOf({ accountIds: ['12345678901'] }), 'guardrails[1].accountIds[0]', '12345678901'],
  ['guardrail-account-id', 'passes', keysOf({ accountIds: ['123456789012'] })],
  ['guardrail-tag-key',   'fails',  only(Guardrail.protectKeys({ tagKey: 'aws:backup' })),    'guardrails[1].tagKey', 'aws:backup'],
  ['guardrail-tag-key',   'fails',  only(Guardrail.protectKeys({ tagKey: 'x'.repeat(129) })), 'guardrails[1].tagKey', 'x'.repeat(129)],
  ['guardrail-tag-key',   'passes', only(Guardrail.protectKeys({ tagKey: 'x'.repeat(128) }))],
  ['guardrail-tag-value', 'fails',  only(Guardrail.copiesOnlyIntoTaggedVaults({ tagValue: '' })),   'guardrails[1].tagValue', 'an empty name'],
  ['guardrail-tag-value', 'fails',  only(Guardrail.copiesOnlyIntoTaggedVaults({ tagValue: 'x'.repeat(257) })), 'guardrails[1].tagValue', 'x'.repeat(257)],
  ['guardrail-tag-value', 'passes', only(Guardrail.copiesOnlyIntoTaggedVaults({ tagValue: 'x'.repeat(256) }))],
  ['guardrail-lock-floor', 'fails',  floor({ minRetentionDays: 0 }),           'guardrails[1].minRetentionDays', '0 days'],
  ['guardrail-lock-floor', 'fails',  floor({ minRetentionDays: undefined }),   'guardrails[1].minRetentionDays', 'none'],
  ['guardrail-lock-floor', 'fails',  floor({ maxRetentionDaysAtLeast: 36501 }), 'guardrails[1].maxRetentionDaysAtLeast', '36501 days'],
  ['guardrail-lock-floor', 'passes', floor({ minRetentionDays: 1, minRetentionDaysAtMost: 36500, maxRetentionDaysAtLeast: 36500 })],
  ['guardrail-lock-bounds', 'fails',  floor({ minRetentionDaysAtMost: 34 }), 'guardrails[1].minRetentionDaysAtMost', '34 days'],
  ['guardrail-lock-bounds', 'passes', floor({ minRetentionDaysAtMost: 35 })],
  ['guardrail-grace-time', 'fails',  grace({ minDays: 2 }),     'guardrails[1].minDays', '2 days'],
  ['guardrail-grace-time', 'fails',  grace({ maxDays: 36501 }), 'guardrails[1].maxDays', '36501 days'],
  ['guardrail-grace-time', 'passes', grace({ minDays: 3, maxDays: 36500 })],
  ['guardrail-grace-bounds', 'fails',  grace({ minDays: 8, maxDays: 7 }), 'guardrails[1].maxDays', '7 days'],
  ['guardrail-grace-bounds', 'passes', grace({ minDays: 7, maxDays: 7 })],
  ['guardrail-grace-nothing', 'fails',  grace({}), 'guardrails[1]', 'none'],
  ['guardrail-grace-nothing', 'passes', grace({ governanceAllowed: false })],
  ['guardrail-no-service', 'fails',  only(Guardrail.noSharing({ services: [] })), 'guardrails[1].services', '0'],
  ['guardrail-no-service', 'passes', only(Guardrail.noSharing({ services: [BackDoorService.RDS] }))],
  ['guardrail-bucket-name', 'fails',  bucketsOf('ab'),        'guardrails[1].bucketNames[0]', 'ab'],
  ['guardrail-bucket-name', 'fails',  bucketsOf('reports*'),  'guardrails[1].bucketNames[0]', 'reports*'],
  ['guardrail-bucket-name', 'passes', bucketsOf('abc', 'x'.repeat(63))],
  ['guardrail-no-bucket', 'fails',  bucketsOf(), 'guardrails[1].bucketNames', '0'],
  ['guardrail-no-bucket', 'passes', bucketsOf('reports')],
  ['guardrail-image-provider', 'fails',  images('111122223333', 'self'), 'guardrails[1].imageProviders[1]', 'self'],
  ['guardrail-image-provider', 'passes', images('111122223333', 'amazon', 'aws-marketplace', 'aws-backup-vault')],
  ['guardrail-image-accounts', 'fails',  images('amazon'), 'guardrails[1].imageProviders', 'no account'],
  ['guardrail-image-accounts', 'passes', images('amazon', '111122223333')],
];

testRows((declared) => GuardrailRules.check(declared, ENV, '', PLAIN), ROWS);

test('nothing is found in a declaration that is right', () => {
  expect(GuardrailRules.check(declare(), ENV, '', PLAIN)).toEqual([]);
});

describe('what is not known yet', () => {
  const known = (...unknown: unknown[]) => ({ known: (value: unknown) => !unknown.includes(value) });
  const rulesOf = (declared: GuardrailDeclaration, ...unknown: unknown[]) =>
    GuardrailRules.check(declared, ENV, '', known(...unknown)).map(
      ({ rule, path, message }) => `${path} ${rule}: ${message.split(' got ')[1]}`,
    );

  test('is not checked, and counts as 128 characters', () => {
    const declared = declare({
      guardrails: [Guardrail.protectLegalHolds()],
      breakGlassRoleArns: ['token'],
      limits: characters(7777),
    });
    expect(rulesOf(declared, 'token').filter((rule) => !rule.includes('unguarded'))).toEqual([
      'breakGlassRoleArns guardrail-size-unknown: 1 that are not',
    ]);
    const [policy] = GuardrailPolicies.pack(
      declare({ guardrails: [Guardrail.protectLegalHolds()], breakGlassRoleArns: ['token'] }),
      '',
      known('token'),
    ).policies;
    expect(policy!.sizeCharacters).toBe(JSON.stringify(policy!.content).length - 'token'.length + 128);
  });

  test('of a list is refused, as nobody knows how long it is', () => {
    const regions = ['token'];
    const roles = ['token'];
    expect(rulesOf({ ...only(Guardrail.residency(regions)), backupRoleArns: roles }, regions, roles)).toEqual([
      'guardrails[1].regions guardrail-list-known: a token',
      'backupRoleArns guardrail-list-known: a token',
    ]);
  });

  test('of a limit or a count is refused, as policies are made now', () => {
    const declared = declare({ limits: characters(7777), otherServiceControlPolicies: 2 });
    expect(rulesOf(declared, 7777, 2)).toEqual([
      'limits.serviceControlPolicyCharacters guardrail-limits: a token',
      'otherServiceControlPolicies guardrail-other-policies: a token',
    ]);
  });

  test('of options, names and targets is let through', () => {
    const declared = {
      ...only(
        Guardrail.lockFloor({ minRetentionDays: -5, minRetentionDaysAtMost: -6, maxRetentionDaysAtLeast: -7 }),
        Guardrail.graceTime({ minDays: -8, maxDays: -9 }),
        Guardrail.keysOnlyInsideOrganization({ organizationId: 'T', accountIds: ['T'], tagKey: 'aws:T', tagValue: '' }),
        Guardrail.residency(['T']),
        Guardrail.copiesOnlyToOrganizationPaths(['T']),
        Guardrail.allowedImages({ imageProviders: ['T'] }),
      ),
      targetIds: ['T'],
      policyName: '',
      description: 'x'.repeat(513),
    };
    expect(rulesOf(declared, -5, -6, -7, -8, -9, 'T', 'aws:T', '', 'x'.repeat(513))).toEqual([]);
  });
});

describe('packing', () => {
  test('makes one policy of what fits into one, with a statement for each condition', () => {
    const { policies } = GuardrailPolicies.pack(
      declare({ guardrails: [Guardrail.protectVaults(), Guardrail.protectPlans(), Guardrail.stayInOrganization()] }),
      '',
      PLAIN,
    );
    expect(policies.map(({ policyType, statements }) => [policyType, statements])).toEqual([
      [
        GuardrailPolicyType.SERVICE_CONTROL_POLICY,
        [
          {
            sid: 'ProtectVaultsAndMore',
            guardrails: ['protect-vaults', 'protect-plans'],
            attacks: [Guardrail.protectVaults().attack, Guardrail.protectPlans().attack],
          },
          {
            sid: 'StayInOrganization',
            guardrails: ['stay-in-organization'],
            attacks: [Guardrail.stayInOrganization().attack],
          },
        ],
      ],
    ]);
  });

  test('makes one declarative policy of all settings, with the message', () => {
    const guardrails = [
      Guardrail.blockPublicSnapshots(),
      Guardrail.blockPublicImages(),
      Guardrail.allowedImages({ imageProviders: ['111122223333'] }),
    ];
    const { policies } = GuardrailPolicies.pack({ guardrails, exceptionMessage: 'Ask the platform team.' }, '', PLAIN);
    expect(policies.map(({ content }) => content)).toEqual([
      {
        ec2_attributes: {
          exception_message: { '@@assign': 'Ask the platform team.' },
          snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
          image_block_public_access: { state: { '@@assign': 'block_new_sharing' } },
          allowed_images_settings: {
            state: { '@@assign': 'enabled' },
            image_criteria: {
              criteria_1: { allowed_image_providers: { '@@assign': ['111122223333', 'aws-backup-vault'] } },
            },
          },
        },
      },
    ]);
  });

  test('lets new sharing alone be blocked, and images be audited alone', () => {
    expect(
      Guardrail.blockPublicSnapshots({ newSharingAlone: true }).settings().snapshot_block_public_access.state,
    ).toEqual({ '@@assign': 'block_new_sharing' });
    const audited = Guardrail.allowedImages({ imageProviders: ['111122223333'], auditOnly: true }).settings();
    expect(audited.allowed_images_settings.state).toEqual({ '@@assign': 'audit_mode' });
  });

  // prettier-ignore
  test.each([
    [OrganizationsLimits.CURRENT, 1,  1],
    [OrganizationsLimits.CURRENT, 10, 2],
    [OrganizationsLimits.CURRENT, 40, 6],
    [OrganizationsLimits.OLDER,   1,  2],
    [OrganizationsLimits.OLDER,   10, 4],
  ])('of all that is recommended, as few policies as they fit into, row %#', (limits, count, policies) => {
    const pack = GuardrailPolicies.pack(recommended({ breakGlassRoleArns: long(count), limits }), '', PLAIN);
    expect(pack.findings.filter(({ rule }) => rule !== 'guardrail-older-limits')).toEqual([]);
    expect(pack.policies.filter(({ policyType }) => policyType === GuardrailPolicyType.SERVICE_CONTROL_POLICY)).toHaveLength(policies);
  });

  test('counts characters of JSON without white space', () => {
    expect(GuardrailPolicies.sizeOf({ Version: '2012-10-17', Statement: [] })).toBe(39);
  });
});

test('the recommended guardrails follow their options', () => {
  const idsOf = (...options: Parameters<typeof GuardrailCatalog.recommended>) =>
    GuardrailCatalog.recommended(...options).map(({ id }) => id);
  const all = GuardrailCatalog.all().map(({ id }) => id);
  const everything = idsOf({
    regions: ['eu-west-1'],
    copyOrganizationPaths: [`${ORGANIZATION}/*`],
    lockMinRetentionDays: 35,
    organizationId: ORGANIZATION,
    reportBucketNames: ['reports'],
    keyTagKey: 'vault-key',
  });
  expect(all.filter((id) => !everything.includes(id))).toEqual([
    'copies-only-into-tagged-vaults',
    'grace-time',
    'allowed-images',
  ]);
  expect(everything.filter((id) => !idsOf().includes(id))).toEqual([
    'copies-only-to-regions',
    'residency-regions',
    'copies-only-to-organization-paths',
    'lock-floor',
    'keys-only-inside-organization',
    'report-buckets-only-inside-organization',
  ]);
});
