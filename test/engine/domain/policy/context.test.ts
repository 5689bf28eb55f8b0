import { contextOf } from '../../../../engine/src/domain/policy/context';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';
import { parseInstant } from '../../../../engine/src/kernel/instant';
import { OTHER, OWNER, requestFor, roleOf } from './place-table';

const ROLE = roleOf(OWNER);
const USER: Principal = { kind: 'user', arn: `arn:aws:iam::${OWNER}:user/team/ann`, account: OWNER, userId: 'AIDAANN' };
const ROOT: Principal = { kind: 'root', arn: `arn:aws:iam::${OWNER}:root`, account: OWNER, userId: OWNER };
const SERVICE: Principal = { kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' };
const MEMBER = { id: 'o-b', path: 'o-b/r-ab12/', isManagementAccount: false };

type Values = readonly string[] | undefined;

// prettier-ignore
test.each<[what: string, request: Partial<AuthorizationRequest>, keys: Record<string, Values>]>([
  ['a session is known by its role', { principal: { ...ROLE, tags: { team: 'a' } } }, {
    'aws:PrincipalIsAWSService': ['false'], 'aws:PrincipalArn': [ROLE.arn], 'aws:PrincipalAccount': [OWNER],
    'aws:PrincipalType': ['AssumedRole'], 'aws:userid': ['AROAEXAMPLE:ann'], 'aws:username': undefined,
    'aws:PrincipalOrgID': ['o-a1b2c3d4e5'], 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/'],
    'aws:PrincipalTag/team': ['a'], 'aws:PrincipalTag/other': undefined, 'aws:PrincipalServiceName': undefined,
  }],
  ['a user has a name, without its path', { principal: USER }, {
    'aws:PrincipalType': ['User'], 'aws:username': ['ann'], 'aws:userid': ['AIDAANN'],
    'aws:PrincipalOrgID': undefined, 'aws:PrincipalOrgPaths': undefined,
  }],
  ['the root user has none', { principal: ROOT }, {
    'aws:PrincipalType': ['Account'], 'aws:username': undefined, 'aws:userid': [OWNER],
  }],
  ['a service is of no account', { principal: SERVICE }, {
    'aws:PrincipalIsAWSService': ['true'], 'aws:PrincipalServiceName': ['backup.amazonaws.com'],
    'aws:PrincipalServiceNamesList': ['backup.amazonaws.com'], 'aws:PrincipalArn': undefined,
    'aws:PrincipalAccount': undefined, 'aws:PrincipalType': undefined, 'aws:userid': undefined,
  }],
  ['a resource has an account, an organization and tags', { resourceOrganization: MEMBER, resourceTags: { Team: 'b' } }, {
    'aws:ResourceAccount': [OWNER], 'aws:ResourceOrgID': ['o-b'], 'aws:ResourceOrgPaths': ['o-b/r-ab12/'],
    'aws:ResourceTag/Team': ['b'], 'aws:resourcetag/team': ['b'],
  }],
  ['a resource of nobody has none of them', { resourceAccount: '' }, {
    'aws:ResourceAccount': undefined, 'aws:ResourceOrgID': undefined, 'aws:ResourceTag/Team': undefined,
  }],
  ['a call has a Region and an instant', { requestedRegion: 'eu-west-1', at: parseInstant('2027-01-01T00:00:01.900Z') }, {
    'aws:RequestedRegion': ['eu-west-1'], 'aws:SecureTransport': ['true'], 'aws:EpochTime': ['1798761601'],
    'aws:CurrentTime': ['2027-01-01T00:00:01.900Z'], 'aws:ViaAWSService': ['false'], 'aws:CalledVia': undefined,
    'aws:CalledViaFirst': undefined, 'aws:CalledViaLast': undefined, 'aws:TagKeys': undefined,
  }],
  ['a call at no instant has neither form of it', {}, {
    'aws:EpochTime': undefined, 'aws:CurrentTime': undefined, 'aws:RequestedRegion': undefined,
  }],
  ['a service that asks on behalf of another is told', { viaService: 'backup.amazonaws.com' }, {
    'aws:ViaAWSService': ['true'], 'aws:CalledVia': ['backup.amazonaws.com'],
    'aws:CalledViaFirst': ['backup.amazonaws.com'], 'aws:CalledViaLast': ['backup.amazonaws.com'],
  }],
  ['whom a service asks for is told', { sourceAccount: OTHER, sourceArn: 'arn:aws:sns:::t', sourceOrganization: MEMBER }, {
    'aws:SourceAccount': [OTHER], 'aws:SourceArn': ['arn:aws:sns:::t'], 'aws:SourceOrgID': ['o-b'],
    'aws:SourceOrgPaths': ['o-b/r-ab12/'],
  }],
  ['tags of the request are there one by one, and their keys as a list', { requestTags: { team: 'a', keep: 'yes' } }, {
    'aws:TagKeys': ['team', 'keep'], 'aws:RequestTag/team': ['a'], 'aws:RequestTag/keep': ['yes'],
  }],
])('%s', (_, request, keys) => {
  const context = contextOf({ ...requestFor('identity', 'same'), ...request }, {});
  expect(Object.fromEntries(Object.keys(keys).map((key) => [key, context.values(key)]))).toEqual(keys);
});

test('what a request gives itself wins over what its fields make, and an empty list is no value', () => {
  const request = { ...requestFor('identity', 'same'), requestedRegion: 'eu-west-1' };
  const context = contextOf(request, { 'AWS:RequestedRegion': 'us-east-1', 'aws:CalledVia': [], a: ['x', 'y'] });
  expect([context.values('aws:RequestedRegion'), context.values('aws:CalledVia')]).toEqual([['us-east-1'], undefined]);
  expect(context.values('A')).toEqual(['x', 'y']);
});
