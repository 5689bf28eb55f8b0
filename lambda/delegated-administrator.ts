/**
 * Makes accounts delegated administrators of AWS Backup, and switches on what that and backup policies need: trusted access,
 * and the type of policies on the root. CloudFormation has types for none of them. Works in the management account alone.
 *
 * Each step asks first what is there, so that a repeated call changes nothing. Deletion takes the delegation back, which is a
 * privilege; trusted access and the type stay, as without them every backup policy of the organization would end
 * (decision 0016).
 */
import {
  DeregisterDelegatedAdministratorCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
  paginateListDelegatedAdministrators,
  paginateListRoots,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { customResource } from './shared/cloudformation-request';

interface DelegatedAdministrators {
  readonly AccountIds: string[];
  readonly EnableBackupPolicies: boolean | string;
}

const AWS_BACKUP = 'backup.amazonaws.com';
const BACKUP_POLICY = 'BACKUP_POLICY';

const organizations = new OrganizationsClient({});

export const handler = customResource<DelegatedAdministrators>(
  async ({ RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties }) => {
    const wanted = ResourceProperties.AccountIds;
    if (RequestType === 'Delete') {
      // What failed to be made has an id that was never given out, and nothing to take back.
      await deregister(PhysicalResourceId === 'delegated-administrators' ? wanted : []);
    } else {
      await enableTrustedAccess();
      if (String(ResourceProperties.EnableBackupPolicies) === 'true') {
        await enableBackupPolicies();
      }
      // First those that go, so that there are never more than AWS takes.
      const before = OldResourceProperties?.AccountIds ?? [];
      await deregister(before.filter((account) => !wanted.includes(account)));
      await register(wanted);
    }
    return { PhysicalResourceId: PhysicalResourceId ?? 'delegated-administrators' };
  },
);

/** Enabling it again changes nothing, says AWS. */
async function enableTrustedAccess(): Promise<void> {
  await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: AWS_BACKUP }));
}

async function enableBackupPolicies(): Promise<void> {
  for await (const { Roots = [] } of paginateListRoots({ client: organizations }, {})) {
    for (const { Id, PolicyTypes = [] } of Roots) {
      if (!PolicyTypes.some(({ Type, Status }) => Type === BACKUP_POLICY && Status !== 'PENDING_DISABLE')) {
        await organizations.send(new EnablePolicyTypeCommand({ RootId: Id, PolicyType: BACKUP_POLICY }));
      }
    }
  }
}

async function register(wanted: readonly string[]): Promise<void> {
  const registered = await administrators();
  for (const AccountId of wanted.filter((account) => !registered.has(account))) {
    await organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: AWS_BACKUP }));
  }
}

async function deregister(unwanted: readonly string[]): Promise<void> {
  const registered = unwanted.length === 0 ? new Set() : await administrators();
  for (const AccountId of unwanted.filter((account) => registered.has(account))) {
    await organizations.send(new DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: AWS_BACKUP }));
  }
}

async function administrators(): Promise<Set<string>> {
  const found = new Set<string>();
  const query = { ServicePrincipal: AWS_BACKUP };
  for await (const { DelegatedAdministrators = [] } of paginateListDelegatedAdministrators(
    { client: organizations },
    query,
  )) {
    for (const { Id } of DelegatedAdministrators) {
      found.add(Id ?? '');
    }
  }
  return found;
}
