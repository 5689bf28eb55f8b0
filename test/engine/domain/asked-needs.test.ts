// What is denied of jobs that have not begun: each question is asked once, and no answer stands for another question.
import type { Estate } from '@holdfast/model';
import { AskedNeeds } from '../../../engine/src/domain/asked-needs';
import { RESTORE_NOT_ALLOWED } from '../../../engine/src/domain/denials';
import { backupNeeds, jobRole, type Need, needed } from '../../../engine/src/domain/job-needs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { allow, BACKUPS, enforced, own } from '../scenarios/enforced-stage';
import { CMK, ENV, resource, ROLE, vault } from '../scenarios/stage';

const SECOND_KEY = CMK.replace('1b2c3d4e', '9d0e1f2a');

/** What is denied of some needs in turn: each action, and on what. */
function denied({ ledger }: WorldState, asked: readonly (readonly Need[])[]): string[][] {
  const needs = new AskedNeeds(ledger);
  const [some] = ledger.resources.list();
  return asked.map((of) =>
    needs.denied('backup', some!, of).map(({ request }) => `${request.action} ${request.resource}`),
  );
}

/** What a backup of a resource into a vault takes. */
function backupOf({ ledger }: WorldState, arn: string, into: string): Need[] {
  return backupNeeds(ledger, ROLE, ledger.vaults.tryFind(ENV, into)!, ledger.resources.tryFind(arn)!);
}

test('a key does not answer for another whose policy reads alike', () => {
  const keyFor = (arn: string, AWS: string): NonNullable<Estate['keys']>[number] => {
    const Statement = [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }];
    return { env: ENV, keyId: arn.split('/').at(-1) ?? '', keyPolicy: { Version: '2012-10-17', Statement } };
  };
  const files = resource('efs', 'fs-1');
  const state = enforced([], {
    keys: [keyFor(CMK, ROLE), keyFor(SECOND_KEY, `arn:aws:iam::${ENV.account}:root`)],
    vaults: [vault('main'), vault('second', { encryptionKeyArn: SECOND_KEY })],
    resources: [files],
  });
  own(state, allow('elasticfilesystem:Backup'));
  const asked = ['main', 'second'].map((name) => backupOf(state, files.arn, name));
  expect(denied(state, asked)).toEqual([[], [`kms:CreateGrant ${SECOND_KEY}`]]);
});

// What looks at tags as well has no question that is like another.
test.each([
  ['Regions', []],
  ['Regions and tags', [allow('s3:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } })]],
])('where policies look at %s, a Region does not answer for another with the same name', (_, further) => {
  const state = enforced([], { resources: [resource('s3', 'logs')] });
  own(state, allow('s3:*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': ENV.region } } }), ...further);
  const made = 'arn:aws:s3:::awsbackup-restore-test';
  const asked = [ENV.region, 'eu-west-1'].map((region) => {
    const about = { resource: made, env: { ...ENV, region } };
    const { ledger } = state;
    return needed(
      ledger,
      jobRole(ledger, ROLE),
      [{ on: 'resource', action: 's3:ListBucket' }],
      RESTORE_NOT_ALLOWED,
      about,
    );
  });
  expect(denied(state, asked)).toEqual([[], [`s3:ListBucket ${made}`]]);
});

test('policies are asked once about all that is alike to them', () => {
  const disks = ['vol-1', 'vol-2', 'vol-3'].map((name) => resource('ebs', name));
  const state = enforced([BACKUPS], { vaults: [vault('main')], resources: disks });
  const asked = disks.map(({ arn }) => backupOf(state, arn, 'main'));
  const { decisions } = state.ledger;
  decisions.listen();
  denied(state, [...asked, ...asked]);
  const actions = new Set(asked.flat().map(({ request }) => request.action));
  expect(actions.size).toBeGreaterThan(0);
  expect(decisions.latest().map(({ action }) => action)).toHaveLength(actions.size);
});
