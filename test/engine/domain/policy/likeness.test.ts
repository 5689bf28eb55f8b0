// Which requests stand for one another: a key that is too coarse would give one the verdict of another.
import { likenessOf } from '../../../../engine/src/domain/policy/likeness';
import type { PoliciesInForce } from '../../../../engine/src/domain/policy/policies';
import type { AuthorizationRequest } from '../../../../engine/src/domain/policy/request';
import { Json, policy, requestFor } from './place-table';

const ASKED: AuthorizationRequest = { ...requestFor('identity', 'same'), action: 'backup:StartBackupJob' };
const [A, B] = ['arn:aws:ec2:eu-west-1::snapshot/a', 'arn:aws:ec2:eu-west-1::snapshot/b'];
const ALLOW = { Effect: 'Allow', Action: 'backup:StartBackupJob' };

function likeness(request: Partial<AuthorizationRequest>, ...statements: Json[]): string | undefined {
  return likenessOf({ ...ASKED, ...request }, { identity: statements.map((one, at) => policy(`p${at}`, one)) });
}

/** Whether two requests stand for one another. */
function alike(
  one: Partial<AuthorizationRequest>,
  other: Partial<AuthorizationRequest>,
  ...statements: Json[]
): boolean {
  const [first, second] = [one, other].map((asked) => likeness({ resource: A, ...asked }, ...statements));
  expect(first).toBeDefined();
  return first === second;
}

test('resources that the same patterns match are alike, and no others', () => {
  const wide = { ...ALLOW, Resource: 'arn:aws:ec2:*::snapshot/*' };
  expect(alike({ resource: A }, { resource: B }, wide)).toBe(true);
  expect(alike({ resource: A }, { resource: B }, { ...ALLOW, Resource: A })).toBe(false);
  // Each matches one of the two, but another one.
  expect(alike({ resource: A }, { resource: B }, { ...ALLOW, Resource: [A, B] })).toBe(false);
  expect(alike({ resource: A }, { resource: B }, { ...ALLOW, Resource: A }, { ...ALLOW, Resource: B })).toBe(false);
});

test('requests of other accounts, to other Regions or with other context are not alike', () => {
  const anything = { ...ALLOW, Resource: '*' };
  expect(alike({ resourceAccount: '1' }, { resourceAccount: '2' }, anything)).toBe(false);
  expect(alike({ requestedRegion: 'eu-west-1' }, { requestedRegion: 'eu-west-2' }, anything)).toBe(false);
  expect(alike({ context: { 'aws:via': 'x' } }, { context: { 'aws:via': 'x' } }, anything)).toBe(true);
  expect(alike({ context: { 'aws:via': 'x' } }, { context: { 'aws:via': 'y' } }, anything)).toBe(false);
  expect(alike({ context: { 'aws:via': 'x' } }, { context: undefined }, anything)).toBe(false);
});

// prettier-ignore
test.each<[what: string, statements: Json[]]>([
  ['tags',                               [{ ...ALLOW, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }]],
  ['tags, beside who asks',              [{ ...ALLOW, Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '1', 'aws:ResourceTag/a': 'b' } } }]],
  ['tags, in the second statement',      [{ ...ALLOW, Resource: '*' }, { ...ALLOW, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }]],
  ['variables in resources',             [{ ...ALLOW, Resource: 'arn:aws:ec2:*:*:snapshot/${aws:userid}' }]],
  ['variables in one of the resources',  [{ ...ALLOW, Resource: [A, 'arn:aws:ec2:*:*:snapshot/${aws:userid}'] }]],
  ['variables that it compares with',    [{ ...ALLOW, Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': ['1', '${aws:ResourceAccount}'] } } }]],
])('no request stands for another where policies look at %s', (_, statements) => {
  expect(likeness({ resource: A }, ...statements)).toBeUndefined();
});

test('what policies say of who asks, or of another action, keeps no request from standing for another', () => {
  const asks = { ...ALLOW, Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } };
  const other = {
    Effect: 'Deny',
    Action: 'backup:DeleteRecoveryPoint',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } },
  };
  expect(alike({ resource: A }, { resource: B }, asks, other)).toBe(true);
});

test('a trust policy names no resources', () => {
  const trust = policy('t', { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
  const inForce: PoliciesInForce = { identity: [], trust };
  expect(likenessOf({ ...ASKED, action: 'sts:AssumeRole' }, inForce)).toBeDefined();
});
