import {
  DeregisterDelegatedAdministratorCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListDelegatedAdministratorsCommand,
  ListRootsCommand,
  OrganizationsClient,
  PolicyTypeSummary,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lambda/delegated-administrator';
import { answered, request } from './requests';

const ONE = '111122223333';
const TWO = '444455556666';
const THREE = '777788889999';
const ID = 'delegated-administrators';

const aws = mockClient(OrganizationsClient);

/** An organization with these administrators of AWS Backup and types of policies. */
function organization(administrators: string[], types: PolicyTypeSummary[] = []): void {
  aws.reset();
  aws.on(EnableAWSServiceAccessCommand).resolves({});
  aws.on(ListRootsCommand).resolves({ Roots: [{ Id: 'r-a1b2', PolicyTypes: types }] });
  aws.on(EnablePolicyTypeCommand).resolves({});
  const all = administrators.map((Id) => ({ Id }));
  // On two pages, as AWS may answer.
  aws.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: all.slice(0, 1), NextToken: 'more' });
  aws
    .on(ListDelegatedAdministratorsCommand, { ServicePrincipal: 'backup.amazonaws.com', NextToken: 'more' })
    .resolves({ DelegatedAdministrators: all.slice(1) });
  aws.on(RegisterDelegatedAdministratorCommand).resolves({});
  aws.on(DeregisterDelegatedAdministratorCommand).resolves({});
}

/** What was changed, in its order. */
function changes(): string[] {
  return aws.calls().flatMap((call) => {
    const { constructor, input } = call.args[0];
    const { AccountId, RootId, ServicePrincipal } = input as Record<string, string>;
    return constructor.name.startsWith('List')
      ? []
      : [`${constructor.name.replace('Command', '')} ${AccountId ?? RootId ?? ServicePrincipal}`];
  });
}

const wanted = (AccountIds: string[], EnableBackupPolicies: boolean | string = 'true') => ({
  AccountIds,
  EnableBackupPolicies,
});

test('creation enables what is needed and makes the accounts administrators', async () => {
  organization([]);
  expect(await answered(handler, request('Create', wanted([ONE, TWO])))).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: ID,
  });
  expect(changes()).toEqual([
    'EnableAWSServiceAccess backup.amazonaws.com',
    'EnablePolicyType r-a1b2',
    `RegisterDelegatedAdministrator ${ONE}`,
    `RegisterDelegatedAdministrator ${TWO}`,
  ]);
});

test('what is there already is left alone, on whichever page it is', async () => {
  organization([ONE, TWO], [{ Type: 'BACKUP_POLICY', Status: 'ENABLED' }]);
  await answered(handler, request('Create', wanted([ONE, TWO])));
  expect(changes()).toEqual(['EnableAWSServiceAccess backup.amazonaws.com']);
});

test('other types of policies do not count, nor one that is being disabled', async () => {
  organization(
    [ONE],
    [
      { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
      { Type: 'BACKUP_POLICY', Status: 'PENDING_DISABLE' },
    ],
  );
  await answered(handler, request('Create', wanted([ONE])));
  expect(changes()).toContain('EnablePolicyType r-a1b2');
});

test('the type of policies is left alone where it is not asked for', async () => {
  organization([]);
  await answered(handler, request('Create', wanted([ONE], 'false')));
  expect(changes()).toEqual(['EnableAWSServiceAccess backup.amazonaws.com', `RegisterDelegatedAdministrator ${ONE}`]);
});

test('an update takes back first what is no longer named, then gives what is new', async () => {
  organization([ONE, TWO], [{ Type: 'BACKUP_POLICY', Status: 'ENABLED' }]);
  await answered(handler, request('Update', wanted([TWO, THREE]), ID, wanted([ONE, TWO])));
  expect(changes().slice(1)).toEqual([
    `DeregisterDelegatedAdministrator ${ONE}`,
    `RegisterDelegatedAdministrator ${THREE}`,
  ]);
});

test('an administrator that somebody else made is never taken back', async () => {
  organization([ONE, THREE], [{ Type: 'BACKUP_POLICY', Status: 'ENABLED' }]);
  await answered(handler, request('Update', wanted([ONE]), ID, wanted([ONE])));
  expect(changes()).toEqual(['EnableAWSServiceAccess backup.amazonaws.com']);
});

test('deletion takes the delegation back and leaves trusted access and the type of policies', async () => {
  organization([ONE, TWO, THREE]);
  expect(await answered(handler, request('Delete', wanted([ONE, TWO]), ID))).toMatchObject({ Status: 'SUCCESS' });
  expect(changes()).toEqual([`DeregisterDelegatedAdministrator ${ONE}`, `DeregisterDelegatedAdministrator ${TWO}`]);
});

test('deletion of what is gone already succeeds', async () => {
  organization([]);
  expect(await answered(handler, request('Delete', wanted([ONE]), ID))).toMatchObject({ Status: 'SUCCESS' });
  expect(changes()).toEqual([]);
});

test('what failed to be made has nothing to take back', async () => {
  organization([ONE]);
  await answered(handler, request('Delete', wanted([ONE]), 'request-1'));
  expect(aws.calls()).toHaveLength(0);
});

test('a refusal of AWS is told', async () => {
  jest.spyOn(console, 'error').mockImplementation();
  organization([]);
  aws.on(RegisterDelegatedAdministratorCommand).rejects(new Error('you have reached the limit'));
  expect(await answered(handler, request('Create', wanted([ONE])))).toMatchObject({
    Status: 'FAILED',
    Reason: 'Error: you have reached the limit',
  });
  jest.restoreAllMocks();
});
