import { BackupPlan, BackupSelection, Estate, StatefulResource } from '@holdfast/model';

interface PlanEntry {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly schema_version: number;
  readonly values: Readonly<Record<string, unknown>>;
}

interface ShownPlan {
  readonly terraform_version: string;
  readonly planned_values: { readonly root_module: { readonly resources?: readonly PlanEntry[] } };
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The `terraform.tfstate` that an apply would leave: what the plan knows, and for what only AWS tells (ARNs, ids, what
 * hangs on them) the answers that the engine assumes. With a real account these would be AWS's.
 *
 * @param shown what `terraform show -json` prints of the plan
 * @param estate what the engine reads from plans, this one among them
 * @param file where the plan's `show -json` stands, as the estate names it
 */
export function appliedState(shown: string, estate: Estate, file: string): object {
  const plan = JSON.parse(shown) as ShownPlan;
  const entries = (plan.planned_values.root_module.resources ?? []).filter(({ mode }) => mode === 'managed');
  return {
    version: 4,
    terraform_version: plan.terraform_version,
    serial: 1,
    lineage: '11111111-2222-4333-8444-555555555555',
    outputs: {},
    resources: entries.map(({ address, mode, type, name, schema_version, values }) => ({
      mode,
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version, attributes: { ...values, ...answers(`${file}: ${address}`, estate) } }],
    })),
  };
}

/** What AWS answers when the thing that is declared there is made. */
function answers(declaredAt: string, estate: Estate): Attributes {
  const at = (thing: { readonly declaredAt?: string }): boolean => thing.declaredAt === declaredAt;
  const vault = estate.vaults?.find(at);
  if (vault?.env !== undefined) {
    const { partition, region, account } = vault.env;
    const arn = `arn:${partition}:backup:${region}:${account}:backup-vault:${vault.backupVaultName}`;
    return { id: vault.backupVaultName, arn };
  }
  const plan = estate.plans?.find(at);
  if (plan?.env !== undefined) {
    const { partition, region, account } = plan.env;
    return { id: idOf(plan), arn: `arn:${partition}:backup:${region}:${account}:backup-plan:${idOf(plan)}` };
  }
  const owner = estate.plans?.find(({ selections }) => selections?.some(at));
  const selection = owner?.selections?.find(at);
  const resource = estate.resources?.find(at);
  return owner !== undefined && selection !== undefined
    ? selectionAnswers(owner, selection)
    : resource === undefined
      ? {}
      : resourceAnswers(resource);
}

function idOf(plan: BackupPlan): string {
  return `id-of-${plan.backupPlanName}`;
}

function selectionAnswers(plan: BackupPlan, selection: BackupSelection): Attributes {
  const { selectionName, iamRoleArn, resources = [], notResources = [] } = selection;
  const ofPlan = { id: `id-of-${selectionName}`, plan_id: idOf(plan), iam_role_arn: iamRoleArn };
  return { ...ofPlan, resources, not_resources: notResources };
}

function resourceAnswers({ arn }: StatefulResource): Attributes {
  return { arn, id: arn.split(/[:/]/).at(-1) };
}
