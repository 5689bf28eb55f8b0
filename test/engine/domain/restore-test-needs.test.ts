// Which of the points that plans would make a restore test takes, and what its role is denied of restoring them.
import type { BackupRule, Estate, RestoreTestingSelection } from '@holdfast/model';
import { AskedNeeds } from '../../../engine/src/domain/asked-needs';
import { declaredPoints, roleDenial, testedSources, unmetOfTests } from '../../../engine/src/domain/restore-test-needs';
import type { TestingPlan } from '../../../engine/src/domain/restore-testing-plans';
import { allow, enforced, own } from '../scenarios/enforced-stage';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn } from '../scenarios/stage';

const IRELAND = { ...ENV, region: 'eu-west-1' };
const TYPES = ['SNAPSHOT', 'CONTINUOUS'];

interface Asked {
  readonly types?: readonly string[];
  readonly selection?: Partial<RestoreTestingSelection>;
  readonly rule?: Partial<BackupRule>;
  readonly estate?: Estate;
}

/** The points that a test of databases takes, and what it takes to restore them. */
function tested({ types = TYPES, selection, rule: more, estate }: Asked) {
  const copyActions = [
    { destinationBackupVaultArn: vaultArn('far', IRELAND) },
    { destinationBackupVaultArn: vaultArn('near') },
  ];
  const state = enforced([], {
    vaults: [
      vault('main'),
      vault('near'),
      vault('far', { env: IRELAND, encryptionKeyArn: CMK.replace(ENV.region, IRELAND.region) }),
    ],
    resources: [resource('rds', 'orders', { tags: { team: 'a' } }), resource('rds', 'other')],
    plans: [plan('p', [rule('r', { copyActions, ...more })])],
    ...estate,
  });
  const { ledger } = state;
  const place = ledger.vaults.tryFind(ENV, 'main')!.place;
  const recoveryPointSelection = { recoveryPointTypes: types, includeVaults: ['*'] };
  const testing = { place, declaration: { recoveryPointSelection } } as unknown as TestingPlan;
  const asked = { iamRoleArn: ROLE, protectedResourceType: 'RDS', ...selection } as RestoreTestingSelection;
  const sources = testedSources(ledger, testing, asked, declaredPoints(ledger, ledger.plans.list()));
  return {
    ledger,
    state,
    asked,
    sources,
    told: sources.map((one) => `${one.resource.declaration.name} in ${one.vault.name}`),
  };
}

test('points of every rule and copy are taken where no ARN is named, but for those in another Region', () => {
  expect(tested({}).told.sort()).toEqual(['orders in main', 'orders in near', 'other in main', 'other in near']);
});

test('tags of the resource are what conditions ask of its points', () => {
  const StringEquals = [{ key: 'aws:ResourceTag/team', value: 'a' }];
  const selection = { protectedResourceConditions: { stringEquals: StringEquals } } as Partial<RestoreTestingSelection>;
  expect(tested({ selection }).told.sort()).toEqual(['orders in main', 'orders in near']);
});

// prettier-ignore
test.each<[what: string, asked: Asked, told: string[]]>([
  ['snapshots of a rule',                    { types: ['SNAPSHOT'] },                                                     ['orders in main', 'orders in near', 'other in main', 'other in near']],
  ['no continuous points of a rule',         { types: ['CONTINUOUS'] },                                                   []],
  ['copies of continuous points, snapshots', { types: ['SNAPSHOT'], rule: { enableContinuousBackup: true } },             ['orders in near', 'other in near']],
  ['continuous points, where the rule is',   { types: ['CONTINUOUS'], rule: { enableContinuousBackup: true } },           ['orders in main', 'other in main']],
  ['snapshots of what has no other points',  { types: ['SNAPSHOT'], rule: { enableContinuousBackup: true, copyActions: [] }, estate: { resources: [resource('ebs', 'vol-1')] }, selection: { protectedResourceType: 'EBS' } }, ['vol-1 in main']],
])('there are %s (B5.3/7)', (_, asked, told) => {
  expect(tested(asked).told.sort()).toEqual(told);
});

test('nothing is denied to a role that is declared elsewhere', () => {
  const { ledger, sources } = tested({});
  expect(roleDenial(ledger, `${ROLE}-elsewhere`, sources)).toBeUndefined();
});

test('what a test makes has a name that no drawn one differs from to policies', () => {
  const of = (asked: Asked, ...statements: object[]) => {
    const { ledger, state, asked: selection, sources } = tested(asked);
    own(state, ...statements);
    return unmetOfTests(ledger, new AskedNeeds(ledger), selection, sources).map(({ request }) => request.resource);
  };
  const names = of({ selection: { protectedResourceArns: [resource('rds', 'orders').arn] } });
  expect(names.filter((name) => name.includes('restore-test'))).not.toEqual([]);
  expect(names.join()).not.toContain('undefined');
  const disks = { estate: { resources: [resource('ebs', 'vol-1')] }, selection: { protectedResourceType: 'EBS' } };
  expect(of({ ...disks, rule: { copyActions: [] } }).join()).toMatch(/volume\//);
  expect(of({ ...disks, rule: { copyActions: [] } }, allow('*'))).toEqual([]);
});
