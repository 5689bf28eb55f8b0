import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, readable, shown } from './private/reading';
import { COPY_DESTINATION } from './private/tables/copy-destination';

/**
 * A vault in another Region or account that is made for the copies of a plan, as declared.
 */
export interface CopyPlace {
  /**
   * Region of the vault.
   *
   * @default - that of the plan
   */
  readonly region?: string;

  /**
   * Account of the vault.
   *
   * @default - that of the plan
   */
  readonly account?: string;

  /**
   * Name of the stack that is made.
   *
   * @default - one for all
   */
  readonly supportStackName?: string;

  /**
   * Name of the vault that is made.
   *
   * @default - that of the stack
   */
  readonly backupVaultName?: string;

  /**
   * ARN of a key that is there.
   *
   * @default - a key is made
   */
  readonly encryptionKeyArn?: string;

  /**
   * ARN of a multi-Region key that gets a replica there.
   *
   * @default - no replica
   */
  readonly primaryKeyArn?: string;

  /**
   * Id of the organization whose accounts may copy into the vault.
   *
   * @default - the account of the plan alone
   */
  readonly organizationId?: string;

  /**
   * Name of a role for restores there.
   *
   * @default - no role
   */
  readonly recoveryRoleName?: string;
}

/**
 * What the access policy of a vault for copies allows, the same for every framework.
 */
export class CopyPlacePolicies {
  /**
   * A statement that lets an account copy into the vault (Source B6.3/3).
   *
   * @param partition partition, e.g. `aws`
   * @param account id of the account, 12 digits
   */
  public static allowAccount(partition: string, account: string): any {
    return allow(`AllowCopiesFrom${account}`, `arn:${partition}:iam::${account}:root`);
  }

  /**
   * A statement that lets every account of an organization copy into the vault (Source B6.3/3).
   *
   * @param organizationId e.g. `o-a1b2c3d4e5`
   */
  public static allowOrganization(organizationId: string): any {
    const condition = { StringEquals: { 'aws:PrincipalOrgID': organizationId } };
    return { ...allow('AllowCopiesFromOrganization', '*'), Condition: condition };
  }

  private constructor() {}
}

/**
 * What stands against making a vault for copies in another Region or account.
 */
export class CopyPlaceRules {
  /**
   * What the rules find. Never throws.
   *
   * @param place the declaration
   * @param env where the plan is
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(place: CopyPlace, env: Environment, path: string, probe: IValueProbe): Finding[] {
    const open = openIn(env, probe);
    if (open !== undefined) {
      return [found(COPY_DESTINATION.environment, path, open)];
    }
    const { region, account, organizationId, supportStackName, backupVaultName, recoveryRoleName } = place;
    const findings = [
      ...formed(COPY_DESTINATION.region, region, REGION, at(path, 'region'), probe),
      ...formed(COPY_DESTINATION.account, account, ACCOUNT, at(path, 'account'), probe),
    ];
    const isHere = (region ?? env.region) === env.region && (account ?? env.account) === env.account;
    if (findings.length === 0 && isHere) {
      findings.push(found(COPY_DESTINATION.elsewhere, path, `account ${env.account} in ${env.region}, which is here`));
    }
    if (!absent(place.encryptionKeyArn) && !absent(place.primaryKeyArn)) {
      findings.push(found(COPY_DESTINATION.key, at(path, 'primaryKeyArn'), 'both'));
    }
    if (readable(organizationId, probe) && !ORGANIZATION.test(organizationId)) {
      findings.push(found(COPY_DESTINATION.organization, at(path, 'organizationId'), shown(organizationId)));
    }
    return [
      ...findings,
      ...formed(COPY_DESTINATION.stackName, supportStackName, STACK_NAME, at(path, 'supportStackName'), probe),
      ...formed(COPY_DESTINATION.vaultName, backupVaultName, ANY_NAME, at(path, 'backupVaultName'), probe),
      ...formed(COPY_DESTINATION.roleName, recoveryRoleName, ROLE_NAME, at(path, 'recoveryRoleName'), probe),
    ];
  }

  /**
   * What a later copy asks otherwise of a vault that was made before. Never throws.
   *
   * @param first what was asked for the vault, by name
   * @param later what is asked now; what is left out is no other
   * @param path where the later copy is declared
   */
  public static checkAlike(first: { [name: string]: any }, later: { [name: string]: any }, path: string): Finding[] {
    const before = new Map<string, unknown>(Object.entries(first));
    return Object.entries(later)
      .filter(([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before.get(name)))
      .map(([name, value]) => {
        const given = `${JSON.stringify(value)}, where it was ${JSON.stringify(before.get(name)) ?? 'left out'} before`;
        return found(COPY_DESTINATION.conflict, at(path, name), given);
      });
  }

  /**
   * What the rules find where the provider that is to make the vault is not there, or is of another place. Never throws.
   *
   * @param given what there is instead
   * @param path where the provider is named
   */
  public static checkProvider(given: string, path: string): Finding[] {
    return [found(COPY_DESTINATION.provider, path, given)];
  }

  /**
   * What the rules find where a rule backs up into a destination that would make its vault. Never throws.
   *
   * @param place the Region or account of the destination
   * @param path where the vault of the rule is named
   */
  public static checkTarget(place: string, path: string): Finding[] {
    return [found(COPY_DESTINATION.target, path, `the destination ${place}`)];
  }

  private constructor() {}
}

function allow(sid: string, principal: string): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  };
}

const REGION = /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/;
const ACCOUNT = /^\d{12}$/;
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
/** Its form is a matter of the vault. */
const ANY_NAME = /^/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** What an environment leaves open; undefined where all is known. */
function openIn({ account, region }: Environment, probe: IValueProbe): string | undefined {
  const open = [
    ...(readable(account, probe) ? [] : ['its account']),
    ...(readable(region, probe) ? [] : ['its Region']),
  ];
  return open.length === 0 ? undefined : `a stack that leaves ${open.join(' and ')} open`;
}

/** A name that must be known now, where it is given: a stack cannot be made for a token. */
function formed(
  rule: (typeof COPY_DESTINATION)[keyof typeof COPY_DESTINATION],
  name: string | undefined,
  form: RegExp,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (absent(name)) {
    return [];
  }
  if (!probe.known(name)) {
    return [found(rule, path, 'a value of the deployment')];
  }
  return form.test(name) ? [] : [found(rule, path, shown(name))];
}
