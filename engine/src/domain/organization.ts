/**
 * Organizations: root, units and accounts, the policies attached to them, and who administers what.
 *
 * Owns     every organization of the World, its tree, its policies and its settings.
 * Units    `…At` are Instants, NEVER where there is none.
 * Source   API model of AWS Organizations 2016-11-28; B6.3/1, B6.3/2, B11.2 to B11.7.
 * Spec     organization.md
 */
import type { Environment } from '@holdfast/model';
import { hex128 } from '../kernel/ids';
import { Instant, minutesAfter, NEVER } from '../kernel/instant';
import { COPY_FEATURE_OFF, COPY_NO_ORGANIZATION, NO_REASON } from './reasons';

/** Declarative policies are kept and shown: what they settle bears on no backup. */
export type PolicyKind =
  'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'BACKUP_POLICY' | 'DECLARATIVE_POLICY_EC2';

export type NodeKind = 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT';

/** The service that trusted access and delegation are for. */
export const BACKUP_SERVICE = 'backup.amazonaws.com';

/** Source B6.3/2: jobs may still run so long after cross-account backup was turned off. */
const LINGERS_MINUTES = 15;

/** What stands in each organization of the kind, and on each node unless it is detached. */
const FULL_ACCESS: Readonly<Partial<Record<PolicyKind, string>>> = {
  SERVICE_CONTROL_POLICY: 'FullAWSAccess',
  RESOURCE_CONTROL_POLICY: 'RCPFullAWSAccess',
};

export class OrganizationNode {
  readonly children: OrganizationNode[] = [];
  parent: OrganizationNode | undefined;
  /** Policies that are attached here, in the order in which they were. */
  readonly policies: OrganizationPolicy[] = [];

  constructor(
    readonly id: string,
    readonly arn: string,
    readonly kind: NodeKind,
    public name: string,
    readonly email: string | undefined,
    readonly joinedAt: Instant,
  ) {}

  /** From the root down to the node itself. */
  get path(): OrganizationNode[] {
    return [...(this.parent?.path ?? []), this];
  }

  moveTo(parent: OrganizationNode): void {
    this.leave();
    this.parent = parent;
    parent.children.push(this);
  }

  leave(): void {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = undefined;
  }
}

export class OrganizationPolicy {
  constructor(
    readonly id: string,
    readonly arn: string,
    readonly kind: PolicyKind,
    public name: string,
    public description: string,
    public content: string,
    readonly awsManaged: boolean,
  ) {}
}

/** The settings of AWS Backup for an organization (Source B11.7/1), as texts. */
export type GlobalSettings = Map<string, string>;

/** Where an account stands, as conditions on `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths` see it. */
export interface Membership {
  readonly id: string;
  /** From the organization to the account's parent, with a slash at the end. */
  readonly path: string;
  readonly isManagementAccount: boolean;
}

/** Ids by which an artifact refers to an organization already. */
export interface OrganizationIds {
  readonly id: string;
  readonly rootId: string;
}

export class Organization {
  readonly id: string;
  readonly root: OrganizationNode;
  readonly policies = new Map<string, OrganizationPolicy>();
  readonly enabledKinds = new Set<PolicyKind>();
  /** Those of them that were enabled with the organization, and that nobody asked for since. */
  readonly impliedKinds = new Set<PolicyKind>();
  /** Service principals with trusted access. */
  readonly trusted = new Set<string>();
  /** Service principals by account that administers them. */
  readonly delegated = new Map<string, Set<string>>();
  /** Accounts by the id of the invitation that they have not answered. */
  readonly invited = new Map<string, string>();
  readonly settings: GlobalSettings = new Map();
  /** Tags by the id of what has them: the root, a unit, an account, a policy or the resource policy. */
  readonly tags = new Map<string, Map<string, string>>();
  /** Lets delegated administrators manage policies; JSON text. */
  resourcePolicy: string | undefined;
  settingsAt: Instant = NEVER;
  /** Copies across accounts are made until then, after the setting was turned off. */
  lingersUntil: Instant = -Infinity;
  private readonly nodes = new Map<string, OrganizationNode>();

  constructor(
    private readonly seed: number,
    readonly env: Pick<Environment, 'partition'>,
    readonly managementAccount: string,
    readonly createdAt: Instant,
    ids?: OrganizationIds,
  ) {
    this.id = ids?.id ?? `o-${this.digits('organization', []).slice(0, 10)}`;
    const rootId = ids?.rootId ?? `r-${this.digits('organization-root', []).slice(0, 4)}`;
    this.root = this.keep(new OrganizationNode(rootId, this.arn('root', rootId), 'ROOT', 'Root', undefined, createdAt));
    this.addAccount(managementAccount, 'management', undefined, createdAt);
  }

  get resourcePolicyId(): string {
    return `rp-${this.digits('organization-resource-policy', []).slice(0, 8)}`;
  }

  get resourcePolicyArn(): string {
    return this.arn('resourcepolicy', this.resourcePolicyId);
  }

  /** Units, accounts and the root, in the order in which they came. */
  all(): OrganizationNode[] {
    return [...this.nodes.values()];
  }

  accounts(): OrganizationNode[] {
    return this.all().filter((node) => node.kind === 'ACCOUNT');
  }

  tryFind(id: string): OrganizationNode | undefined {
    return this.nodes.get(id);
  }

  /** @param id the id by which an artifact refers to the unit already; made up unless given */
  addUnit(name: string, parent: OrganizationNode, at: Instant, id?: string): OrganizationNode {
    const names = [parent.id, name];
    const made = id ?? `ou-${this.root.id.slice(2)}-${this.digits('organizational-unit', names).slice(0, 8)}`;
    const unit = new OrganizationNode(made, this.arn('ou', made), 'ORGANIZATIONAL_UNIT', name, undefined, at);
    return this.place(unit, parent);
  }

  addAccount(id: string, name: string, email: string | undefined, at: Instant): OrganizationNode {
    const account = new OrganizationNode(id, this.arn('account', id), 'ACCOUNT', name, email, at);
    return this.place(account, this.root);
  }

  remove(node: OrganizationNode): void {
    node.leave();
    this.nodes.delete(node.id);
    this.delegated.delete(node.id);
    this.tags.delete(node.id);
  }

  policyArn(kind: PolicyKind, id: string): string {
    return this.arn('policy', id, kind.toLowerCase());
  }

  /** @param id the id by which an artifact refers to the policy already; made up unless given */
  addPolicy(kind: PolicyKind, name: string, description: string, content: string, id?: string): OrganizationPolicy {
    const made = id ?? `p-${this.digits('organization-policy', [kind, name]).slice(0, 8)}`;
    const arn = this.policyArn(kind, made);
    const policy = new OrganizationPolicy(made, arn, kind, name, description, content, false);
    this.policies.set(policy.id, policy);
    return policy;
  }

  /** Source: AWS Organizations user guide: enabling a kind attaches its policy of full access everywhere. */
  enable(kind: PolicyKind): void {
    this.enabledKinds.add(kind);
    const name = FULL_ACCESS[kind];
    if (name !== undefined) {
      const id = `p-${name}`;
      const arn = `arn:${this.env.partition}:organizations::aws:policy/${kind.toLowerCase()}/${id}`;
      const full = this.policies.get(id) ?? new OrganizationPolicy(id, arn, kind, name, '', fullAccess(kind), true);
      this.policies.set(id, full);
      for (const node of this.all().filter((one) => !one.policies.includes(full))) {
        node.policies.push(full);
      }
    }
  }

  targetsOf(policy: OrganizationPolicy): OrganizationNode[] {
    return this.all().filter((node) => node.policies.includes(policy));
  }

  membershipOf(account: string): Membership | undefined {
    const node = this.nodes.get(account);
    if (node === undefined) {
      return undefined;
    }
    const above = node.path.slice(0, -1).map((one) => one.id);
    return {
      id: this.id,
      path: `${[this.id, ...above].join('/')}/`,
      isManagementAccount: account === this.managementAccount,
    };
  }

  /** Whether the account watches over the others (Source B11.7/2). */
  isAdministrator(account: string): boolean {
    return account === this.managementAccount || this.delegated.get(account)?.has(BACKUP_SERVICE) === true;
  }

  /** Whether recovery points may be copied to other accounts (Source B6.3/2). */
  copies(now: Instant): boolean {
    const on = this.settings.get('isCrossAccountBackupEnabled') === 'true' || now < this.lingersUntil;
    return on && this.trusted.has(BACKUP_SERVICE);
  }

  changeSettings(settings: Readonly<Record<string, string>>, now: Instant): void {
    const before = this.settings.get('isCrossAccountBackupEnabled') === 'true';
    for (const [name, value] of Object.entries(settings)) {
      this.settings.set(name, value);
    }
    this.settingsAt = now;
    if (before && this.settings.get('isCrossAccountBackupEnabled') !== 'true') {
      this.lingersUntil = minutesAfter(now, LINGERS_MINUTES);
    }
  }

  private place(node: OrganizationNode, parent: OrganizationNode): OrganizationNode {
    node.moveTo(parent);
    for (const kind of this.enabledKinds) {
      const full = this.policies.get(`p-${FULL_ACCESS[kind]}`);
      if (full !== undefined) {
        node.policies.push(full);
      }
    }
    return this.keep(node);
  }

  private keep(node: OrganizationNode): OrganizationNode {
    this.nodes.set(node.id, node);
    return node;
  }

  private arn(...[kind, id, between]: [kind: string, id: string, between?: string]): string {
    const middle = between === undefined ? '' : `${between}/`;
    return `arn:${this.env.partition}:organizations::${this.managementAccount}:${kind}/${this.id}/${middle}${id}`;
  }

  private digits(kind: string, names: readonly string[]): string {
    return hex128(this.seed, { kind, names: [this.env.partition, this.managementAccount, ...names] });
  }
}

export class Organizations {
  private readonly all: Organization[] = [];
  /** Of a World in which no organization was declared: every account is taken to be in one that allows all copies. */
  private readonly implied: GlobalSettings = new Map([['isCrossAccountBackupEnabled', 'true']]);

  get count(): number {
    return this.all.length;
  }

  add(organization: Organization): void {
    this.all.push(organization);
  }

  remove(organization: Organization): void {
    this.all.splice(this.all.indexOf(organization), 1);
  }

  list(): readonly Organization[] {
    return this.all;
  }

  /** The organization that an account is in. */
  of(env: Pick<Environment, 'account' | 'partition'>): Organization | undefined {
    return this.all.find((one) => one.env.partition === env.partition && one.tryFind(env.account) !== undefined);
  }

  /** Settings of a World without a declared organization. */
  get impliedSettings(): GlobalSettings {
    return this.implied;
  }

  /** Why nothing may be copied from one account to another; NO_REASON when it may (Source B6.3/1, B6.3/2). */
  copyRefusalOf(from: Environment, to: Environment, now: Instant): number {
    if (this.count === 0) {
      return this.implied.get('isCrossAccountBackupEnabled') === 'true' ? NO_REASON : COPY_FEATURE_OFF;
    }
    const organization = this.of(from);
    if (organization === undefined || organization !== this.of(to)) {
      return COPY_NO_ORGANIZATION;
    }
    return organization.copies(now) ? NO_REASON : COPY_FEATURE_OFF;
  }
}

function fullAccess(kind: PolicyKind): string {
  const Statement =
    kind === 'RESOURCE_CONTROL_POLICY'
      ? [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }]
      : [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
