/**
 * Backup policies of organizations as plans in the accounts and Regions that they name.
 *
 * Owns     which plan stands for which policy plan, account and Region; the agenda's entries 'backup policies change'.
 * Source   B11.1/5, B11.1/8, B11.2/4 to B11.2/7, B3.3/6. What comes of several policies is model's EffectivePolicies.
 * Spec     organization.md
 */
import {
  BackupPlan,
  BackupSelection,
  EffectivePolicies,
  EffectivePolicy,
  Environment,
  OrganizationBackupPlan,
  OrganizationBackupPolicies,
  OrganizationNode as PolicyNode,
  Severity,
} from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { NEVER } from '../kernel/instant';
import { ORGANIZATION_PLAN_REMOVED, ORGANIZATION_POLICY_NOT_ENFORCED } from './event-codes';
import type { Ledger } from './ledger';
import { BACKUP_SERVICE, Organization, OrganizationNode } from './organization';
import { addSelection } from './plan-making';
import type { Plan, PlanManagement } from './plans';
import { placeOf } from './vaults';

/** Makes a plan of an organization, as if somebody had called for it. */
export type PlanMaker = (declaration: BackupPlan, management: PlanManagement) => Plan;

interface Standing {
  readonly document: string;
  readonly plan: Plan;
}

export class OrganizationPlans {
  private readonly kind: number;
  private readonly standing = new Map<string, Standing>();
  private due = false;

  constructor(
    private readonly ledger: Ledger,
    private readonly make: PlanMaker,
  ) {
    this.kind = ledger.turn('backup policies change', () => {
      this.settle();
    });
  }

  /** Policies, the tree or access changed: the plans follow at this instant. */
  changed(): void {
    if (!this.due) {
      this.due = true;
      this.ledger.agenda.push(this.ledger.now, this.kind, 0);
    }
  }

  /** The effective backup policies of every account, in the order of the tree. */
  effective(organization: Organization): EffectivePolicy[] {
    return EffectivePolicies.preview(treeOf(organization.root));
  }

  /** Brings the plans in line with the policies. */
  settle(): void {
    if (!this.due) {
      return;
    }
    this.due = false;
    const wanted = new Map<string, { readonly declaration: BackupPlan; readonly management: PlanManagement }>();
    const frozen = new Set<string>();
    for (const organization of this.ledger.organizations.list().filter(enforces)) {
      for (const policy of this.effective(organization)) {
        this.want(organization, policy, wanted, frozen);
      }
    }
    for (const [key, { plan }] of [...this.standing]) {
      if (!wanted.has(key) && !frozen.has(plan.declaration.env.account)) {
        this.drop(key, plan);
      }
    }
    for (const [key, { declaration, management }] of wanted) {
      this.put(key, declaration, management);
    }
    this.ledger.settle();
  }

  /** Source B11.2/5: what is not complete or not valid is not enforced; what was, stays. */
  private want(
    organization: Organization,
    policy: EffectivePolicy,
    wanted: Map<string, { readonly declaration: BackupPlan; readonly management: PlanManagement }>,
    frozen: Set<string>,
  ): void {
    const { ledger } = this;
    const fault = policy.findings.find((finding) => finding.severity === Severity.ERROR);
    if (fault !== undefined) {
      frozen.add(policy.accountId);
      const place = ledger.names.intern(placeOf(at(organization, policy.accountId, '')));
      ledger.declare(ORGANIZATION_POLICY_NOT_ENFORCED, policy.accountId, place, fault.rule, 0, NEVER);
      return;
    }
    for (const plan of OrganizationBackupPolicies.read('effective', policy.content).plans ?? []) {
      for (const region of plan.regions) {
        const env = at(organization, policy.accountId, region);
        const planId = `orgs/${uuid(ledger.seed, { kind: 'organization-plan', names: [placeOf(env), plan.backupPlanName] })}`;
        const optIn = at(organization, organization.managementAccount, region);
        const management = { planId, optIn, selections: selectionsOf(plan) };
        wanted.set(`${placeOf(env)}/${plan.backupPlanName}`, { declaration: declarationOf(plan, env), management });
      }
    }
  }

  private put(key: string, declaration: BackupPlan, management: PlanManagement): void {
    const document = JSON.stringify([declaration, management]);
    const before = this.standing.get(key);
    if (before?.document === document) {
      return;
    }
    if (before !== undefined) {
      this.ledger.plans.remove(before.plan);
    }
    const plan = this.make(declaration, management);
    for (const selection of management.selections) {
      addSelection(this.ledger, plan, selection, undefined);
    }
    this.standing.set(key, { document, plan });
  }

  private drop(key: string, plan: Plan): void {
    this.standing.delete(key);
    this.ledger.plans.remove(plan);
    this.ledger.declare(ORGANIZATION_PLAN_REMOVED, plan.arn, plan.place, plan.declaration.backupPlanName, 0, NEVER);
  }
}

/** Source B11.2/7: the type is enabled, and AWS Backup has trusted access. */
function enforces(organization: Organization): boolean {
  return organization.enabledKinds.has('BACKUP_POLICY') && organization.trusted.has(BACKUP_SERVICE);
}

function at(organization: Organization, account: string, region: string): Environment {
  return { partition: organization.env.partition, account, region };
}

function treeOf(node: OrganizationNode): PolicyNode {
  const attached = node.policies.filter((policy) => policy.kind === 'BACKUP_POLICY');
  return {
    id: node.id,
    name: node.name,
    policies: attached.map(({ name, content }) => ({ policyName: name, content })),
    children: node.children.map(treeOf),
  };
}

function declarationOf(plan: OrganizationBackupPlan, env: Environment): BackupPlan {
  const { backupPlanName, rules, tags, advancedBackupSettings, scanSettings } = plan;
  const written: BackupPlan = {
    backupPlanName,
    env,
    rules: rules.map((rule) => {
      const target = rule.targetLogicallyAirGappedBackupVaultArn;
      // Source B11.1/5: `$region` is known for this ARN alone.
      return target === undefined
        ? rule
        : { ...rule, targetLogicallyAirGappedBackupVaultArn: target.replaceAll('$region', env.region) };
    }),
    ...(tags === undefined ? {} : { tags }),
    ...(advancedBackupSettings === undefined ? {} : { advancedBackupSettings }),
    ...(scanSettings === undefined ? {} : { scanSettings }),
  };
  return written;
}

/** Source B11.1/3, B11.1/4: any of the values of a tag, or types of resources; conditions narrow both. */
function selectionsOf(plan: OrganizationBackupPlan): BackupSelection[] {
  const byTag = (plan.tagSelections ?? []).map(
    ({ selectionName, iamRoleArn, tagKey, tagValues, conditions }): BackupSelection => ({
      selectionName,
      iamRoleArn,
      listOfTags: tagValues.map((conditionValue) => ({ conditionKey: tagKey, conditionValue })),
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  const byType = (plan.resourceSelections ?? []).map(
    ({ selectionName, iamRoleArn, resourceTypes, notResourceTypes, conditions }): BackupSelection => ({
      selectionName,
      iamRoleArn,
      resources: resourceTypes,
      ...(notResourceTypes === undefined ? {} : { notResources: notResourceTypes }),
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  return [...byTag, ...byType];
}
