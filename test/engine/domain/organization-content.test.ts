// What a backup policy says of a plan, read back from the plans that it makes.
import { describeResourcePolicy } from '../../../engine/src/operations/organizations/describe-resource-policy';
import { putResourcePolicy } from '../../../engine/src/operations/organizations/put-resource-policy';
import { createBackupPlan } from '../../../engine/src/operations/backup/create-backup-plan';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { describePolicy } from '../../../engine/src/operations/organizations/describe-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { updatePolicy } from '../../../engine/src/operations/organizations/update-policy';
import { COPY_FEATURE_OFF, COPY_NO_ORGANIZATION, NO_REASON } from '../../../engine/src/domain/reasons';
import type { Plan } from '../../../engine/src/domain/plans';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { until, world } from '../scenarios/stage';
import { assign, content, MANAGEMENT, MEMBER, organization, plans, put } from '../scenarios/organization-stage';

const ROLE = 'arn:aws:iam::$account:role/backup';
const AIR_GAPPED = 'arn:aws:backup:$region:$account:backup-vault:gapped';

function declared(state: WorldState) {
  state.organizationPlans.settle();
  return state.ledger.plans.list().filter(({ declaration }) => declaration.env.account === MEMBER.account);
}

const nameOf = ({ declaration: { backupPlanName, env } }: Plan) => `${backupPlanName} ${env.region}`;

describe('a backup policy', () => {
  test('gives a plan all that it says: tags, settings, targets by Region, and both kinds of selections (B11.1/3, B11.1/4, B11.1/5)', () => {
    const { state, unit } = organization();
    const condition = (key: string, value: string) => ({
      one: { condition_key: assign(`aws:ResourceTag/${key}`), condition_value: assign(value) },
    });
    const byTag = {
      tags: {
        gold: {
          iam_role_arn: assign(ROLE),
          tag_key: assign('tier'),
          tag_value: assign(['gold', 'silver']),
          conditions: { string_equals: condition('team', 'a') },
        },
      },
    };
    const byType = {
      resources: {
        tables: {
          iam_role_arn: assign(ROLE),
          resource_types: assign(['arn:aws:dynamodb:*:*:table/*']),
          not_resource_types: assign(['arn:aws:s3:::*']),
          conditions: { string_not_equals: condition('backup', 'no') },
        },
        volumes: { iam_role_arn: assign(ROLE), resource_types: assign(['arn:aws:ec2:*:*:volume/*']) },
      },
    };
    const more = {
      regions: assign(['eu-central-1', 'eu-west-1']),
      advanced_backup_settings: { ec2: { windows_vss: assign('enabled') } },
      backup_plan_tags: { owner: { tag_key: assign('owner'), tag_value: assign('platform') } },
      scan_settings: {
        GUARDDUTY: { resource_types: assign(['S3']), scanner_role_arn: assign('arn:aws:iam::$account:role/scanner') },
      },
    };
    const daily = { target_logically_air_gapped_backup_vault_arn: assign(AIR_GAPPED) };
    put(state, 'base', content({ ...more, selections: byTag }, daily), unit);
    put(state, 'types', content({ selections: byType }).replace('"central"', '"types"'), unit);
    const [here, there, types] = declared(state).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    expect(here?.declaration).toMatchObject({
      tags: { owner: 'platform' },
      advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }],
      scanSettings: [
        {
          malwareScanner: 'GUARDDUTY',
          resourceTypes: ['S3'],
          scannerRoleArn: `arn:aws:iam::${MEMBER.account}:role/scanner`,
        },
      ],
    });
    const target = (plan: typeof here) => plan?.declaration.rules[0]?.targetLogicallyAirGappedBackupVaultArn;
    expect([target(here), target(there)]).toEqual(
      ['eu-central-1', 'eu-west-1'].map((region) => `arn:aws:backup:${region}:${MEMBER.account}:backup-vault:gapped`),
    );
    const iamRoleArn = `arn:aws:iam::${MEMBER.account}:role/backup`;
    const where = (operator: string, key: string, conditionValue: string) => ({
      conditions: { [operator]: [{ conditionKey: `aws:ResourceTag/${key}`, conditionValue }] },
    });
    expect(here?.selections.map(({ declaration }) => declaration)).toEqual([
      {
        selectionName: 'gold',
        iamRoleArn,
        listOfTags: ['gold', 'silver'].map((conditionValue) => ({ conditionKey: 'tier', conditionValue })),
        ...where('stringEquals', 'team', 'a'),
      },
    ]);
    expect(types?.selections.map(({ declaration }) => declaration)).toEqual([
      {
        selectionName: 'tables',
        iamRoleArn,
        resources: ['arn:aws:dynamodb:*:*:table/*'],
        notResources: ['arn:aws:s3:::*'],
        ...where('stringNotEquals', 'backup', 'no'),
      },
      { selectionName: 'volumes', iamRoleArn, resources: ['arn:aws:ec2:*:*:volume/*'] },
    ]);
  });

  test('leaves out of a plan what it does not say (B11.1/3)', () => {
    const { state, unit } = organization();
    put(state, 'base', content(), unit);
    const [plan] = declared(state);
    const unsaid = ['tags', 'advancedBackupSettings', 'scanSettings'];
    expect(unsaid.filter((name) => name in (plan?.declaration ?? {}))).toEqual([]);
    expect(plan?.declaration.rules[0]).not.toHaveProperty('targetLogicallyAirGappedBackupVaultArn');
    const [selection] = plan?.selections ?? [];
    expect(selection?.declaration).toEqual({
      selectionName: 'daily',
      iamRoleArn: `arn:aws:iam::${MEMBER.account}:role/backup`,
      listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
    });
  });

  test('changes the plans of the next instant by itself, and only those that it is about (B11.2/4)', () => {
    const { state, root, unit } = organization();
    const PolicyId = put(state, 'base', content(), root);
    until(state, '2027-01-02');
    const days = () => state.ledger.plans.list().map(({ declaration }) => declaration.rules[0]?.lifecycle);
    expect(days()).toEqual([{ deleteAfterDays: 30 }, { deleteAfterDays: 30 }]);
    const before = declared(state).map(({ versionId }) => versionId);
    put(state, 'other', content().replace('"central"', '"more"'), unit);
    until(state, '2027-01-03');
    const after = declared(state);
    expect(after.map(({ declaration }) => declaration.backupPlanName)).toEqual(['central', 'more']);
    expect(after.slice(0, 1).map(({ versionId }) => versionId)).toEqual(before);
    updatePolicy(state, MANAGEMENT, {
      PolicyId,
      Content: content({}, { lifecycle: { delete_after_days: assign('9') } }),
    });
    until(state, '2027-01-04');
    expect(days()).toEqual(expect.arrayContaining([{ deleteAfterDays: 9 }, { deleteAfterDays: 30 }]));
    expect(days()).toHaveLength(3);
  });

  test('gives its plans ids that no plan of the account changes, and a version for each change (B1.2, B11.1/8)', () => {
    const own = (before: boolean) => {
      const { state, unit } = organization();
      const create = () =>
        createBackupPlan(state, MEMBER, {
          BackupPlan: { BackupPlanName: 'central', Rules: [{ RuleName: 'r', TargetBackupVaultName: 'main' }] },
        }).BackupPlanId;
      const ids = before ? [create()] : [];
      const PolicyId = put(state, 'base', content(), unit);
      plans(state);
      ids.push(...(before ? [] : [create()]));
      const versions = () =>
        declared(state)
          .filter(({ management }) => management !== undefined)
          .map(({ id, versionId }) => [id, versionId]);
      const [first] = versions();
      until(state, '2027-01-02');
      updatePolicy(state, MANAGEMENT, {
        PolicyId,
        Content: content({}, { lifecycle: { delete_after_days: assign('9') } }),
      });
      plans(state);
      until(state, '2027-01-03');
      updatePolicy(state, MANAGEMENT, { PolicyId, Content: content() });
      const [last] = versions();
      return { ids, first, last };
    };
    const [one, other] = [own(true), own(false)];
    expect(one.ids).toEqual(other.ids);
    expect(one.first?.[0]).toBe(other.first?.[0]);
    expect(one.last?.[0]).toBe(one.first?.[0]);
    expect(one.last?.[1]).not.toBe(one.first?.[1]);
  });

  test('that is not complete is told of once for each account, however often one looks (B11.2/5)', () => {
    const { state, root } = organization();
    put(state, 'bad', '{"plans":{"central":{"regions":{"@@assign":["eu-west-1"]}}}}', root);
    plans(state);
    plans(state);
    until(state, '2027-01-02');
    expect(state.events().filter(({ what }) => what === 'policy not enforced')).toHaveLength(2);
  });
});

describe('an organization', () => {
  test('names its policies by their kind, in lower case, with ids of eight digits', () => {
    const { state, root } = organization();
    enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'RESOURCE_CONTROL_POLICY' });
    enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
    const made = (Type: 'BACKUP_POLICY' | 'SERVICE_CONTROL_POLICY', Name: string, Content: string) =>
      createPolicy(state, MANAGEMENT, { Name, Content, Type, Description: '' }).Policy?.PolicySummary;
    const [own] = state.ledger.organizations.list();
    expect(own?.id).toMatch(/^o-[0-9a-z]{10}$/);
    expect(root).toMatch(/^r-[0-9a-z]{4}$/);
    const one = made('BACKUP_POLICY', 'one', content());
    expect(one?.Id).toMatch(/^p-[0-9a-z]{8}$/);
    expect(one?.Arn).toBe(`arn:aws:organizations::${MANAGEMENT.account}:policy/${own?.id}/backup_policy/${one?.Id}`);
    const scp = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });
    const ids = [one, made('BACKUP_POLICY', 'other', content()), made('SERVICE_CONTROL_POLICY', 'one', scp)];
    expect(new Set(ids.map((summary) => summary?.Id)).size).toBe(3);
  });

  // prettier-ignore
  test.each([
    ['SERVICE_CONTROL_POLICY',  'FullAWSAccess',    [{ Effect: 'Allow', Action: '*', Resource: '*' }]],
    ['RESOURCE_CONTROL_POLICY', 'RCPFullAWSAccess', [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }]],
  ] as const)('attaches the full access of %s once to every node (B11.4/1)', (PolicyType, name, Statement) => {
    const { state, root } = organization();
    enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType });
    const { Policy } = describePolicy(state, MANAGEMENT, { PolicyId: `p-${name}` });
    expect(Policy?.PolicySummary).toMatchObject({
      Arn: `arn:aws:organizations::aws:policy/${PolicyType.toLowerCase()}/p-${name}`,
      AwsManaged: true,
      Type: PolicyType,
    });
    expect(JSON.parse(Policy?.Content ?? '')).toEqual({ Version: '2012-10-17', Statement });
    const [own] = state.ledger.organizations.list();
    own?.enable(PolicyType);
    const attached = own?.all().map(({ policies }) => policies.filter(({ id }) => id === `p-${name}`).length);
    expect(attached).toEqual([1, 1, 1, 1]);
  });

  test('has a resource policy with an id and an ARN of its own', () => {
    const { state } = organization();
    const Content = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    putResourcePolicy(state, MANAGEMENT, { Content });
    const summary = describeResourcePolicy(state, MANAGEMENT, {}).ResourcePolicy?.ResourcePolicySummary;
    const [own] = state.ledger.organizations.list();
    expect(summary?.Id).toMatch(/^rp-[0-9a-z]{8}$/);
    expect(summary?.Arn).toBe(`arn:aws:organizations::${MANAGEMENT.account}:resourcepolicy/${own?.id}/${summary?.Id}`);
  });

  test('is that of its partition, and two organizations have no id in common', () => {
    const state = world('2027-01-01', {});
    createOrganization(state, MANAGEMENT, {});
    const china = { ...MANAGEMENT, partition: 'aws-cn', region: 'cn-north-1' };
    expect(state.ledger.organizations.of(china)).toBeUndefined();
    createOrganization(state, { ...MANAGEMENT, account: '000000000007' }, {});
    createOrganization(state, china, {});
    const ids = state.ledger.organizations
      .list()
      .flatMap(({ id, root, resourcePolicyId }) => [id, root.id, resourcePolicyId]);
    expect(new Set(ids).size).toBe(9);
    expect(state.ledger.organizations.of(china)?.env.partition).toBe('aws-cn');
  });
});

describe('a copy from one account to another', () => {
  const OUTSIDER = { ...MANAGEMENT, account: '000000000008' };
  const refusal = (state: WorldState, from: typeof MEMBER, to: typeof MEMBER) =>
    state.ledger.organizations.copyRefusalOf(from, to, state.now);
  const turn = (state: WorldState, value: string) =>
    updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: value } });

  test('stays within one organization (B6.3/1)', () => {
    const { state } = organization();
    turn(state, 'true');
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(NO_REASON);
    expect(refusal(state, MEMBER, OUTSIDER)).toBe(COPY_NO_ORGANIZATION);
    expect(refusal(state, OUTSIDER, MEMBER)).toBe(COPY_NO_ORGANIZATION);
    expect(refusal(state, OUTSIDER, { ...OUTSIDER, account: '000000000009' })).toBe(COPY_NO_ORGANIZATION);
  });

  test('is let through for a while after the setting was turned off, and only when it was on (B6.3/2)', () => {
    const { state } = organization();
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(COPY_FEATURE_OFF);
    turn(state, 'false');
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(COPY_FEATURE_OFF);
    turn(state, 'true');
    until(state, '2027-01-02');
    turn(state, 'false');
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(NO_REASON);
    until(state, '2027-01-03');
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(COPY_FEATURE_OFF);
    turn(state, 'false');
    expect(refusal(state, MEMBER, MANAGEMENT)).toBe(COPY_FEATURE_OFF);
  });
});

test('an account that moves leaves its siblings where they are', () => {
  const { state, unit } = organization();
  const [own] = state.ledger.organizations.list();
  for (const [id, name] of [
    ['000000000003', 'b'],
    ['000000000004', 'c'],
  ] as const) {
    createAccount(state, MANAGEMENT, { Email: `${name}@example.com`, AccountName: name }, id);
  }
  const root = own?.root;
  const node = own?.tryFind('000000000003');
  const parent = own?.tryFind(unit);
  if (node !== undefined && parent !== undefined) {
    node.moveTo(parent);
  }
  expect(root?.children.map(({ id }) => id)).toEqual([MANAGEMENT.account, unit, '000000000004']);
  expect(parent?.children.map(({ id }) => id)).toEqual([MEMBER.account, '000000000003']);
});
